"""Two proposals, two approvals of one dispute at once: what fits once passes once, on SQLite and on PostgreSQL."""

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
    return Roster(desk("membership"), [200_000, 200_000])


def codes(answers: list[Answer]) -> list[str]:
    return sorted(json.loads(answer.body).get("code") or "" for answer in answers)


def test_two_proposals_for_other_claims_stay_within_the_disputes_limit(two: TwoDesks, roster: Roster,
                                                                      limits: Callable[..., None]) -> None:
    limits(most_total_fen=300_000)
    answers = at_once([(at, command("propose_wage_advance", caller(Role.CENTRE_DIRECTOR), roster.part(line)))
                       for at, line in zip(two, roster.lines, strict=True)])
    assert codes(answers) == ["", "advance-above-cap"]
    assert len(two[0].told("wage_advance_proposed")) == 1


@pytest.mark.parametrize("together", range(3))
def test_two_emergency_approvals_of_one_dispute_stay_within_the_limit(two: TwoDesks, roster: Roster, together: int,
                                                                      limits: Callable[..., None]) -> None:
    limits(most_emergency_fen=300_000)
    cases = [Case(two[0], two[0].must("propose_wage_advance", DIRECTOR, body=roster.part(line)))
             for line in roster.lines]
    answers = at_once([(at, command("approve_emergency_advance", caller(Role.CHAIR), {}, case))
                       for at, case in zip(two, cases, strict=True)])
    assert codes(answers) == ["", "advance-above-cap"]
    assert sorted(case.read()["state"] for case in cases) == ["APPROVED", "PROPOSED"]


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
