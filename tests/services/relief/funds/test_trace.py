"""Following a donation to the families, an advance to its repayment, a transfer to the other fund."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import book, correct, due, settle, transfer
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR, Roster, fund, propose, receive


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def traced(relief: Desk, fund_id: str, **query: str) -> list[Any]:
    found: list[Any] = relief.must("trace_funds", AUDITOR, path={"fund_id": fund_id}, query=query)["items"]
    return found


def shown(rows: list[Any]) -> list[Any]:
    return [(row["about_id"], row["amount_fen"], [(r["receipt_no"], r["amount_fen"]) for r in row["receipts"]])
            for row in rows]


def pay(relief: Desk, fund_id: str, *amounts: int) -> list[Any]:
    dues = [due(fen) for fen in amounts]
    book(relief, fund_id, dues)
    settle(relief, fund_id, dues)
    return dues


def test_a_donation_is_followed_to_the_families(relief: Desk) -> None:
    money = fund(relief, "SPONSOR", fen=0)
    receive(relief, money["id"], 1_000, "JZ-1")
    receive(relief, money["id"], 2_000, "JZ-2")
    one, two, three = pay(relief, money["id"], 700, 800, 900)
    assert shown(traced(relief, money["id"])) == [
        (one.about_id, 700, [("JZ-1", 700)]),
        (two.about_id, 800, [("JZ-1", 300), ("JZ-2", 500)]),
        (three.about_id, 900, [("JZ-2", 900)])]
    assert shown(traced(relief, money["id"], receipt_no="JZ-1")) == [
        (one.about_id, 700, [("JZ-1", 700)]), (two.about_id, 300, [("JZ-1", 300)])]
    assert {row["purpose"] for row in traced(relief, money["id"])} == {"LIVING"}


def test_what_came_back_went_nowhere(relief: Desk) -> None:
    money = fund(relief, fen=0)
    receive(relief, money["id"], 1_000, "JZ-1")
    receive(relief, money["id"], 1_000, "JZ-2")
    one, two = pay(relief, money["id"], 600, 800)
    settle(relief, money["id"], [one], "RETURNED", "RESERVED")
    assert shown(traced(relief, money["id"])) == [(two.about_id, 800, [("JZ-1", 800)])]


def test_a_receipt_that_was_reversed_paid_nothing(relief: Desk) -> None:
    money = fund(relief, fen=0)
    wrong = receive(relief, money["id"], 1_000, "JZ-1")
    receive(relief, money["id"], 1_000, "JZ-2")
    [one] = pay(relief, money["id"], 600)
    correct(relief, wrong)
    assert shown(traced(relief, money["id"])) == [(one.about_id, 600, [("JZ-2", 600)])]
    problem = relief.refused("trace_funds", AUDITOR, path={"fund_id": money["id"]}, query={"receipt_no": "JZ-1"})
    assert problem["status"] == 404


def test_an_advance_counts_as_far_as_it_was_not_repaid(relief: Desk, desk: Callable[[str], Desk]) -> None:
    money = fund(relief, fen=0)
    receive(relief, money["id"], 500_000, "SJ-1")
    case = propose(relief, Roster(desk("membership"), [60_000, 40_000]))
    case.secure()
    case.pay(money["id"])
    assert shown(traced(relief, money["id"])) == [(case.now["id"], 100_000, [("SJ-1", 100_000)])]
    case.must("record_repayment", CASHIER, amount_fen=30_000, receipt_no="HK-1")
    assert shown(traced(relief, money["id"])) == [(case.now["id"], 70_000, [("SJ-1", 70_000)])]
    case.must("record_repayment", CASHIER, amount_fen=70_000, receipt_no="HK-2")
    assert traced(relief, money["id"]) == []


def test_a_transfer_is_followed_into_the_other_fund(relief: Desk) -> None:
    giver, taker = fund(relief, fen=0), fund(relief, "WARMTH_FUND", fen=0)
    receive(relief, giver["id"], 1_000, "SJ-1")
    made = transfer(relief, giver, taker, 400)
    relief.must("approve_transfer", CHAIR, path={"transfer_id": made["id"]}, version=made["version"])
    [one] = pay(relief, taker["id"], 150)
    [out], [use] = traced(relief, giver["id"]), traced(relief, taker["id"])
    assert (out["about_kind"], out["about_id"], out["about_part"], out["amount_fen"]) == (
        "FundTransfer", made["id"], taker["id"], 400)
    assert use["about_id"] == one.about_id
    assert [(r["kind"], r["about_id"], r["amount_fen"]) for r in use["receipts"]] == [
        ("TRANSFERRED_IN", made["id"], 150)]


def test_pages_join_without_a_seam(relief: Desk) -> None:
    money = fund(relief, fen=0)
    for n in range(4):
        receive(relief, money["id"], 250, f"JZ-{n}")
    pay(relief, money["id"], *[90] * 10)
    whole, paged, cursor = traced(relief, money["id"]), [], None
    while True:
        query = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = relief.must("trace_funds", AUDITOR, path={"fund_id": money["id"]}, query=query)
        paged += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == whole
    assert sum(row["amount_fen"] for row in paged) == 900


def test_another_units_money_is_not_traced(relief: Desk) -> None:
    other = caller(Role.AUDITOR, org_path="/37/3701/")
    assert relief.refused("trace_funds", other, path={"fund_id": fund(relief)["id"]})["status"] == 404
