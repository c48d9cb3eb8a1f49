"""Proposals and approvals of one dispute at once: as many pass as fit, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.samples import DIRECTOR, REQUESTED, Case, Roster
from tests.services.relief.test_races import TwoDesks, at_once, command


@pytest.fixture
def roster(desk: Callable[[str], Desk]) -> Roster:
    return Roster(desk("membership"), [200_000] * 6)


def codes(answers: list[Answer]) -> list[str]:
    return sorted(json.loads(answer.body).get("code") or "" for answer in answers)


def test_proposals_for_other_claims_at_once_stay_within_the_disputes_limit(two: TwoDesks, roster: Roster,
                                                                           limits: Callable[..., None]) -> None:
    limits(most_total_fen=500_000)
    answers = at_once([(two[n % 2], command("propose_wage_advance", caller(Role.CENTRE_DIRECTOR), roster.part(line)))
                       for n, line in enumerate(roster.lines)])
    assert codes(answers) == ["", ""] + ["advance-above-cap"] * 4
    assert len(two[0].told("wage_advance_proposed")) == 2


@pytest.mark.parametrize("again", range(2))
def test_emergency_approvals_of_one_dispute_at_once_stay_within_the_limit(two: TwoDesks, roster: Roster, again: int,
                                                                          limits: Callable[..., None]) -> None:
    limits(most_emergency_fen=500_000)
    cases = [Case(two[0], two[0].must("propose_wage_advance", DIRECTOR, body=roster.part(line)))
             for line in roster.lines]
    answers = at_once([(two[n % 2], command("approve_emergency_advance", caller(Role.CHAIR), {}, case))
                       for n, case in enumerate(cases)])
    assert codes(answers) == ["", ""] + ["advance-above-cap"] * 4
    assert sorted(case.read()["state"] for case in cases) == ["APPROVED"] * 2 + ["PROPOSED"] * 4


def test_a_request_of_mediation_and_a_proposal_of_relief_make_one_advance(two: TwoDesks, roster: Roster) -> None:
    """Each desk has its own event or command; the claims go to whoever comes first."""
    envelope = {"id": new_id(), "type": REQUESTED, "subject": roster.dispute_id, "sequence": 100, "orgpath": PLACE,
                "actor": "x", "data": roster.request}
    with ThreadPoolExecutor(2) as pool:
        hearing = pool.submit(two[0].hear, [envelope])
        answer = pool.submit(two[1].answer, command("propose_wage_advance", DIRECTOR, roster.body)).result()
        hearing.result()
    two[0].reactor.retry_due()
    states = sorted(row["state"] for row in two[0].must("list_wage_advances", DIRECTOR)["items"])
    assert (answer.status, states) in [(201, ["PROPOSED", "REFUSED"]), (409, ["PROPOSED"])]
