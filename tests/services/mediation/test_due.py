"""What falls due by itself, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.kernel.clock import today
from shared.kernel.deadlines import due
from tests.services.desks import Desk
from tests.services.mediation.town import Town, agreement


@pytest.fixture
def town(desk: Callable[[str], Desk]) -> Town:
    return Town(desk)


def test_mediation_fails_the_day_after_its_last_day(town: Town, on_day: Callable[[int], None]) -> None:
    dispute = town.in_mediation([1000], has_consent=True)
    last_day = (due("D-03", today()).due_on - today()).days
    on_day(last_day)
    town.mediation.tick()
    assert town.read(dispute)["state"] == "IN_MEDIATION"
    on_day(last_day + 1)
    for _ in range(2):
        town.mediation.tick()
    assert town.read(dispute)["state"] == "FAILED"
    told = town.mediation.told("mediation_failed")
    assert [one["data"]["has_consent"] for one in told] == [True]


def test_an_accepted_case_without_mediators_fails_too(town: Town, on_day: Callable[[int], None]) -> None:
    accepted, applied = town.accepted([1000]), town.open([1000])
    on_day(40)
    town.mediation.tick()
    assert town.read(accepted)["state"] == "FAILED"
    assert town.read(applied)["state"] == "APPLIED"


def test_an_extension_keeps_it_open(town: Town, on_day: Callable[[int], None]) -> None:
    dispute = town.in_mediation([1000])
    later = today() + timedelta(days=60)
    dispute = town.step("extend_mediation", dispute, {
        "due_on": later.isoformat(), "employer_agrees": True, "claimants_agree": True})
    assert dispute["mediation_due_on"] == later.isoformat()
    on_day(60)
    town.mediation.tick()
    assert town.read(dispute)["state"] == "IN_MEDIATION"
    on_day(61)
    town.mediation.tick()
    assert town.read(dispute)["state"] == "FAILED"


def test_an_agreement_is_in_default_the_day_after(town: Town, on_day: Callable[[int], None]) -> None:
    dispute = town.step("agree", town.in_mediation([1000]), agreement(("PAY_WORKERS", 1000), days=5))
    on_day(5)
    town.mediation.tick()
    assert town.read(dispute)["state"] == "AGREED"
    on_day(6)
    town.mediation.tick()
    town.mediation.tick()
    assert town.read(dispute)["state"] == "DEFAULTED"
    assert len(town.mediation.told("mediation_defaulted")) == 1


def test_what_is_done_is_not_overdue(town: Town, on_day: Callable[[int], None]) -> None:
    dispute = town.step("agree", town.in_mediation([1000]), agreement(("PAY_WORKERS", 1000), days=5))
    town.step("record_performance", dispute, {
        "obligation_id": dispute["obligations"][0]["id"], "amount_fen": 1000, "done_on": today().isoformat(),
        "evidence": "银行代发清单"})
    on_day(30)
    town.mediation.tick()
    assert town.read(dispute)["state"] == "PERFORMED"
