"""What mediation tells relief of the wages owed in a dispute, before anything is advanced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.mediation.town import Town, agreement, finding


@pytest.fixture
def town(desk: Callable[[str], Desk]) -> Town:
    return Town(desk)


def arrears(town: Town, dispute_id: str) -> Any:
    return town.mediation.outside.ask("mediation", "describe_arrears", {"dispute_id": dispute_id})


def test_verified_arrears_are_told_claim_by_claim(town: Town) -> None:
    dispute = town.with_facts([100, 200])
    assert arrears(town, dispute["id"]) == {
        "dispute_id": dispute["id"], "org_path": dispute["org_path"], "employer_id": town.employer_id,
        "state": "IN_MEDIATION", "advanceable_fen": 300, "obstacle_zh": None, "obstacle_en": None,
        "claims": [{"claim_id": claim["id"], "worker_id": claim["worker_id"], "claimed_fen": claim["claimed_fen"],
                    "advance_state": None} for claim in dispute["claims"]]}


def test_no_more_than_the_employer_acknowledges(town: Town) -> None:
    dispute = town.step("hold_session", town.in_mediation([100, 200]), finding(250))
    assert arrears(town, dispute["id"])["advanceable_fen"] == 250


def test_what_was_asked_for_shows_on_its_claims(town: Town) -> None:
    dispute = town.requested([100, 200], 30)
    assert [claim["advance_state"] for claim in arrears(town, dispute["id"])["claims"]] == ["REQUESTED"] * 2


OBSTACLES: list[tuple[Callable[[Town], Any], str, str]] = [
    (lambda town: town.open([100]), "不在调解中", "APPLIED"),
    (lambda town: town.accepted([100]), "不在调解中", "ACCEPTED"),
    (lambda town: town.in_mediation([100]), "尚未召开调解会", "no session"),
    (lambda town: town.step("hold_session", town.in_mediation([100]), finding(100, wages_undisputed=False)),
     "有争议", "disputed"),
    (lambda town: town.step("hold_session", town.in_mediation([100]), finding(None)), "没有承认", "acknowledge"),
    (lambda town: town.step("hold_session", town.in_mediation([100]), finding(100, short_term_inability=False)),
     "不是短期", "short term"),
    (lambda town: town.step("hold_session", town.in_mediation([100], kind="INJURY_MEDICAL"), finding(100)),
     "不是劳动报酬", "not about wages"),
    (lambda town: town.step("agree", town.with_facts([100]), agreement(("PAY_WORKERS", 100))), "不在调解中", "AGREED"),
    (lambda town: town.step("fail_mediation", town.with_facts([100]), {"reason": "x"}), "不在调解中", "FAILED"),
    (lambda town: town.step("withdraw_dispute", town.with_facts([100]), {"reason": "x"}), "不在调解中", "WITHDRAWN"),
]


@pytest.mark.parametrize(("made", "zh", "en"), OBSTACLES)
def test_why_nothing_can_be_advanced_is_told_in_two_languages(town: Town, made: Callable[[Town], Any], zh: str,
                                                             en: str) -> None:
    told = arrears(town, made(town)["id"])
    assert zh in told["obstacle_zh"]
    assert en in told["obstacle_en"]


def test_a_dispute_that_is_not_there(town: Town) -> None:
    with pytest.raises(NotFound):
        arrears(town, new_id())
