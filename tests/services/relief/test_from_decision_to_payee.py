"""One fen from the donor to the family and to the shop: decisions of several parts, paid by batches of payments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.services.desks import Desk
from tests.services.relief.applications import matters
from tests.services.relief.payments import bank
from tests.services.relief.payments.bank import AUDITOR, DRAFTER, SENDER, Batch
from tests.services.relief.platforms.settling import Sold
from tests.services.relief.platforms.shop import CASHIER, days_to, month
from tests.services.relief.samples import assert_sound, fund, get_fund, give_card

Desks = Callable[[str], Desk]


def paid(relief: Desk, fund_id: str, outcome: str = "成功") -> Batch:
    """All waiting lines of a fund, collected, checked, approved, sent, and answered by the bank."""
    body = {"fund_id": fund_id, "purpose": "LIVING", "kind": "COLLECT"}
    batch = Batch(relief, relief.must("draft_payment_batch", DRAFTER, body=body))
    batch.settle()
    batch.send()
    [file] = [one for one in batch.files() if one["file_format"] == "CSV"]
    batch.told(bank.answer(batch.content(file["id"]), lambda _line: outcome))
    return batch


def test_a_family_and_a_shop_are_paid_from_one_donation(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    sold = Sold(desk, 10_000)
    money = fund(relief, fen=500_000)["id"]
    head, _file = matters.household(desk)
    give_card(desk("membership"), head)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money, document_no="JS-1")
    case = matters.apply(relief, head)
    case.propose(100_000)
    case.approve(money)
    batch = paid(relief, money)
    batch.must("reconcile_payment_batch", SENDER, statement_no="DZ-1", debited_fen=108_800)
    assert (case.read()["state"], settlement.read("get_settlement")["state"]) == ("PAID", "PAID")
    assert (get_fund(relief, money)["paid_fen"], get_fund(relief, money)["reserved_fen"]) == (108_800, 0)
    assert_sound(relief, money)
    uses = {(one["about_kind"], one["amount_fen"]) for one in traced(relief, money)}
    assert uses == {("ReliefApplication", 100_000), ("CareSettlement", 8_800)}


def traced(relief: Desk, fund_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = relief.must("trace_funds", AUDITOR, path={"fund_id": fund_id})["items"]
    return found


def test_what_the_bank_refuses_waits_for_the_next_batch(desk: Desks) -> None:
    relief = desk("relief")
    money = fund(relief, fen=500_000)["id"]
    head, _file = matters.household(desk)
    give_card(desk("membership"), head)
    case = matters.apply(relief, head)
    case.propose(100_000)
    case.approve(money)
    paid(relief, money, "失败")
    assert (case.read()["state"], case.now["reason"]) == ("RESERVED", "账户状态异常")
    assert paid(relief, money).now["paid_fen"] == 100_000
    assert case.read()["state"] == "PAID"
    assert_sound(relief, money)
