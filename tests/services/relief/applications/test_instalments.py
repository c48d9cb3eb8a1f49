"""Relief in instalments: reserved with the approval, put into batches from their day on, followed to the fen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from services.relief.adapters.payments import payment_lines
from services.relief.application.payments.outcomes import tell
from services.relief.domain.applications.instalments import instalments_of
from services.relief.domain.applications.refusals import InstalmentsImpossible
from services.relief.domain.payments.line import Outcome
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services.desks import Desk
from tests.services.relief.applications.matters import (
    AUDITOR,
    CASHIER,
    DIRECTOR,
    GROUP,
    OFFICER,
    Application,
    bank_says,
    lines_of,
    proposed,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]
GRANT = 100_000


def parts(*amounts_fen: int) -> list[dict[str, Any]]:
    """One today and one every thirty days after it."""
    return [{"amount_fen": fen, "due_on": str(today() + timedelta(days=30 * n))} for n, fen in enumerate(amounts_fen)]


def granted(desk: Desks, *amounts_fen: int) -> tuple[Application, dict[str, Any]]:
    case, money = proposed(desk, GRANT), fund(desk("relief"))
    case.approve(money["id"], instalments=parts(*amounts_fen))
    return case, money


def collected(relief: Desk, money: dict[str, Any]) -> int:
    """How many lines a batch of today takes."""
    batch = relief.must("draft_payment_batch", CASHIER, body={
        "fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT"})
    relief.tick()
    found = relief.must("get_payment_batch", CASHIER, path={"batch_id": batch["id"]})
    relief.must("cancel_payment_batch", CASHIER, path={"batch_id": batch["id"]}, version=found["version"],
                body={"reason": "试"})
    relief.tick()
    return int(found["lines_count"])


def test_a_batch_takes_an_instalment_from_its_day_on(desk: Desks, relief: Desk,
                                                     on_day: Callable[[int], None]) -> None:
    _, money = granted(desk, 33_333, 33_333, 33_334)
    assert get_fund(relief, money["id"])["reserved_fen"] == GRANT
    for day, count in ((0, 1), (29, 1), (30, 2), (60, 3)):
        on_day(day)
        assert collected(relief, money) == count
    assert_sound(relief, money["id"])


def test_it_is_paid_when_the_last_one_is(desk: Desks, relief: Desk) -> None:
    case, _ = granted(desk, 60_000, 40_000)
    bank_says(relief, case.now["id"], "PAID", part="1")
    assert (case.read()["state"], case.now["paid_fen"]) == ("RESERVED", 60_000)
    told = relief.must("get_relief_payment", OFFICER, path=case.path)
    assert (told["state"], told["amount_fen"]) == ("RESERVED", 40_000)
    assert [(one["part"], one["state"]) for one in told["parts"]] == [("1", "PAID"), ("2", "RESERVED")]
    bank_says(relief, case.now["id"], "PAID", part="2")
    assert (case.read()["state"], case.now["paid_fen"]) == ("PAID", GRANT)
    assert [one["data"]["amount_fen"] for one in relief.told("relief_paid")] == [60_000, 40_000]


def test_an_instalment_that_comes_back_is_paid_again(desk: Desks, relief: Desk) -> None:
    case, _ = granted(desk, 60_000, 40_000)
    for part, state, stands, paid_fen in (("1", "PAID", "RESERVED", 60_000), ("1", "RETURNED", "RESERVED", 0),
                                          ("2", "PAID", "RESERVED", 40_000), ("1", "PAID", "PAID", GRANT),
                                          ("2", "RETURNED", "RESERVED", 60_000), ("2", "PAID", "PAID", GRANT)):
        bank_says(relief, case.now["id"], state, part=part)
        assert (case.read()["state"], case.now["paid_fen"]) == (stands, paid_fen)


def test_the_others_can_be_stopped(desk: Desks, relief: Desk) -> None:
    case, money = granted(desk, 60_000, 40_000)
    bank_says(relief, case.now["id"], "PAID", part="1")
    case.read()
    case.must("withdraw_relief", DIRECTOR, reason="已脱困")
    assert (case.now["state"], case.now["proposed_fen"], case.now["paid_fen"]) == ("PAID", 60_000, 60_000)
    assert [line["state"] for line in lines_of(relief, case.now["id"])] == ["PAID", "RELEASED"]
    assert get_fund(relief, money["id"])["available_fen"] == money["available_fen"] - 60_000
    [stopped] = relief.told("relief_instalments_stopped")
    assert stopped["data"]["amount_fen"] == 60_000
    case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")


def test_a_recovery_ends_with_its_last_instalment_back_or_written_off(desk: Desks, relief: Desk) -> None:
    case, _ = granted(desk, 60_000, 40_000)
    for part in ("1", "2"):
        bank_says(relief, case.now["id"], "PAID", part=part)
    case.read()
    case.must("propose_relief_recovery", DIRECTOR, reason="虚报")
    case.must("confirm_relief_recovery", AUDITOR)
    ends(relief, case, "1", "WRITTEN_OFF", written_off_fen=60_000)
    assert (case.read()["state"], case.now["written_off_fen"]) == ("RECOVERING", 0), "the other one is owed"
    ends(relief, case, "2", "RECOVERED", state="RECOVERED", recovered_fen=40_000)
    assert (case.read()["state"], case.now["written_off_fen"], case.now["recovered_fen"]) == (
        "WRITTEN_OFF", 60_000, 40_000)


def ends(relief: Desk, case: Application, part: str, outcome: str, **columns: Any) -> None:
    """As the payments part books the end of a line's recovery."""
    c = payment_lines.c
    with Work(relief.database, relief.definition.contract, system("relief"), "end", traceparent=new_traceparent(),
              outside=relief.outside) as work:
        work.session.execute(update(payment_lines).where(c.about_id == case.now["id"], c.about_part == part).values(
            **columns))
        tell(work, [Outcome("ReliefApplication", case.now["id"], part, outcome, 1, today())])


def test_it_is_recovered_when_every_instalment_is_back(desk: Desks, relief: Desk) -> None:
    case, _ = granted(desk, 60_000, 40_000)
    for part in "12":
        bank_says(relief, case.now["id"], "PAID", part=part)
    for part, stands, back_fen in (("2", "RECOVERING", 40_000), ("1", "RECOVERED", GRANT)):
        with relief.database.write() as connection:
            connection.execute(payment_lines.update().where(payment_lines.c.about_part == part).values(
                recovered_fen=payment_lines.c.amount_fen))
        bank_says(relief, case.now["id"], "RECOVERED", part=part)
        assert (case.read()["state"], case.now["recovered_fen"]) == (stands, back_fen)


def test_all_or_nothing_is_freed(desk: Desks, relief: Desk) -> None:
    """One of them is in a batch: the bank may have it."""
    case, money = granted(desk, 60_000, 40_000)
    relief.must("draft_payment_batch", CASHIER, body={
        "fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT"})
    relief.tick()
    assert case.refused("withdraw_relief", OFFICER, reason="-") == "relief-payment-under-way"
    assert get_fund(relief, money["id"])["reserved_fen"] == GRANT


@pytest.mark.parametrize("asked", [
    parts(60_000, 39_999), parts(60_000, 40_001), list(reversed(parts(60_000, 40_000))),
    [*parts(60_000), *parts(40_000)], [{"amount_fen": GRANT, "due_on": str(today() - timedelta(days=1))}],
    [*parts(60_000), {"amount_fen": 40_000, "due_on": str(today() + timedelta(days=367))}]])
def test_what_is_no_plan_is_refused_and_reserves_nothing(desk: Desks, relief: Desk, asked: list[Any]) -> None:
    case, money = proposed(desk, GRANT), fund(relief)
    body = {"fund_id": money["id"], "document_no": "JZ-1", "instalments": asked}
    assert case.refused("approve_relief", GROUP, **body) == "relief-instalments-impossible"
    assert case.read()["state"] == "PROPOSED"
    assert get_fund(relief, money["id"])["reserved_fen"] == 0


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=24), st.integers(-3, 3))
def test_instalments_sum_to_the_fen(amounts_fen: list[int], off: int) -> None:
    asked = [{"amount_fen": fen, "due_on": today() + timedelta(days=n)} for n, fen in enumerate(amounts_fen)]
    approved_fen, until = sum(amounts_fen) + off, today() + timedelta(days=365)
    if off == 0:
        assert sum(one.amount_fen for one in instalments_of(approved_fen, asked, today(), until)) == approved_fen
        return
    with pytest.raises(InstalmentsImpossible):
        instalments_of(approved_fen, asked, today(), until)
