"""Settlements: what they take, disputes line by line, approval, and the money to the partner's account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from services.relief.adapters.payments import payment_lines
from services.relief.application.payments import outcomes
from services.relief.application.platforms import statements
from services.relief.application.platforms.accounts import (
    partner_accounts,
    partner_faults,
    reveal_partner_accounts,
)
from services.relief.domain.payments.line import Outcome
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.store.work import Work
from tests.services.desks import Desk, caller
from tests.services.relief.platforms.shop import (
    ACCOUNT,
    CASHIER,
    CHAIR,
    DIRECTOR,
    SECOND_CASHIER,
    Record,
    Shop,
    card,
    days_to,
    month,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]
Clock = Callable[[int], None]


class Sold:
    """A shop, a card without limits, and its sales of today."""

    def __init__(self, desk: Desks, *amounts_fen: int, **more: bool) -> None:
        self.relief = desk("relief")
        self.shop = Shop(self.relief, **more)
        self.card = card(self.relief, desk("membership"), monthly_fen=None)
        self.sales = [self.sell(fen) for fen in amounts_fen]

    def sell(self, fen: int) -> Record:
        return Record(self.relief, "redemption", self.shop.must_sell(self.shop.sale(self.card, fen)))

    def refused(self, of_month: str) -> str:
        problem = self.relief.refused("draft_settlement", CASHIER, body={
            "agreement_id": self.shop.agreement["id"], "month": of_month})
        return str(problem["code"])

    def approved(self, of_month: str) -> Record:
        settlement = self.shop.draft_settlement(of_month)
        settlement.must("confirm_settlement", self.shop.clerk)
        settlement.must("approve_settlement", DIRECTOR)
        return settlement


def lines_of(settlement: Record, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = settlement.relief.must(
        "list_settlement_lines", CASHIER, path={"settlement_id": settlement["id"]}, query=query)["items"]
    return found


def assert_sums(settlement: Record) -> None:
    """The settlement is the sum of its lines, to the fen."""
    lines = [line for line in lines_of(settlement) if line["state"] != "REMOVED"]
    for name in ("total_fen", "union_fen", "partner_fen"):
        assert sum(line[name] for line in lines) == settlement[name]


def work_on(relief: Desk) -> Work:
    return Work(relief.database, relief.definition.contract, system("relief"), "test", traceparent="",
                outside=relief.outside)


def hear(settlement: Record, state: str, part: str = "1", reason: str = "") -> None:
    """What payments tells when the bank has spoken."""
    with work_on(settlement.relief) as work:
        outcomes.tell(work, [Outcome("CareSettlement", settlement["id"], part, state, settlement["union_fen"], today(),
                                     reason)])
    settlement.read("get_settlement")


def payment_rows(relief: Desk) -> Sequence[Any]:
    with relief.database.read() as connection:
        return connection.execute(select(payment_lines).order_by(payment_lines.c.about_part)).all()


def test_a_hundred_yuan_from_the_till_to_the_partners_account(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief, fen=50_000)
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert (settlement["total_fen"], settlement["partner_fen"], settlement["union_fen"]) == (10_000, 1_200, 8_800)
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS-1")
    assert (settlement["state"], get_fund(sold.relief, money["id"])["reserved_fen"]) == ("RESERVED", 8_800)
    [line] = payment_rows(sold.relief)
    assert (line.payee_kind, line.payee_id, line.amount_fen, line.purpose, line.about_kind, line.about_id) == (
        "PARTNER", sold.shop.agreement["id"], 8_800, "LIVING", "CareSettlement", settlement["id"])
    assert_sound(sold.relief, money["id"])


def test_what_the_bank_says_reaches_the_settlement(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS-1")
    hear(settlement, "FAILED", reason="账号有误")
    assert (settlement["state"], "账号有误" in settlement["note"]) == ("RESERVED", True)
    hear(settlement, "PAID")
    assert (settlement["state"], settlement["paid_on"], settlement["note"]) == ("PAID", str(today()), None)
    assert [told["data"]["union_fen"] for told in sold.relief.told("care_settlement_paid")] == [8_800]
    hear(settlement, "RETURNED", reason="退汇")
    assert (settlement["state"], settlement["paid_on"]) == ("RESERVED", None)
    hear(settlement, "PAID")
    hear(settlement, "RECOVERED", reason="多付")
    assert settlement["state"] == "RECOVERED"


def test_a_line_is_settled_once_and_a_late_one_in_the_next_month(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 33, 5_001)
    sold.sales[1].must("reverse_redemption", sold.shop.clerk, reason="退货")
    assert sold.refused(month()) == "settlement-month-running"
    on_day(days_to(1) + 1)
    first = sold.shop.draft_settlement(month())
    assert (first["charges_count"], first["credits_count"], first["total_fen"]) == (2, 0, 15_001)
    assert {line["id"] for line in lines_of(first)} == {sold.sales[n]["id"] for n in (0, 2)}
    assert_sums(first)
    assert sold.refused(month()) == "settlement-exists"
    sold.sell(700)
    late = {**sold.shop.sale(sold.card, 300), "at": f"{today().replace(day=1)}T00:00:00+08:00"}
    assert sold.shop.must_sell(late)["redeemed_on"] == str(today().replace(day=1))
    on_day(days_to(2))
    second = sold.shop.draft_settlement(month(1))
    assert (second["charges_count"], second["total_fen"], second["union_fen"]) == (2, 1_000, 880)
    on_day(days_to(3))
    assert sold.refused(month(2)) == "settlement-nothing-due"


def test_a_redemption_that_comes_after_its_months_settlement_goes_to_the_next(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    on_day(days_to(1) - 1)
    at = f"{today()}T23:59:59+08:00"
    on_day(days_to(1))
    sold.shop.draft_settlement(month())
    assert sold.shop.must_sell({**sold.shop.sale(sold.card, 50), "at": at})["redeemed_on"][:7] == month()
    on_day(days_to(2))
    assert sold.shop.draft_settlement(month(1))["total_fen"] == 50


def test_goods_returned_after_the_settlement_become_a_credit(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 2_000)
    on_day(days_to(1))
    first = sold.shop.draft_settlement(month())
    returned = sold.sales[1]
    returned.read("get_redemption")
    returned.must("propose_sale_reversal", sold.shop.clerk, reason="质量问题")
    returned.must("confirm_sale_reversal", DIRECTOR)
    sold.sell(3_000)
    on_day(days_to(2))
    second = sold.shop.draft_settlement(month(1))
    assert (second["charges_count"], second["credits_count"], second["union_fen"]) == (1, 1, 2_640 - 1_760)
    assert lines_of(second, kind="CREDIT")[0]["union_fen"] == -1_760
    assert_sums(second)
    assert first.refused("cancel_settlement", CASHIER, reason="重编") == "settlement-line-credited"
    second.must("cancel_settlement", CASHIER, reason="重编")
    again = sold.shop.draft_settlement(month(1))
    assert (again["credits_count"], again["union_fen"]) == (1, 880)


def test_credits_alone_wait_for_a_month_in_which_something_is_owed(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    on_day(days_to(1))
    sold.shop.draft_settlement(month())
    returned = sold.sales[0]
    returned.read("get_redemption")
    returned.must("propose_sale_reversal", CASHIER, reason="质量问题")
    returned.must("confirm_sale_reversal", DIRECTOR)
    on_day(days_to(2))
    assert sold.refused(month(1)) == "settlement-nothing-due"
    sold.sell(10_001)
    on_day(days_to(3))
    settlement = sold.shop.draft_settlement(month(2))
    assert (settlement["total_fen"], settlement["union_fen"], settlement["partner_fen"]) == (1, 1, 0)


def test_a_redemption_whose_reversal_is_open_waits(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 500)
    sold.sales[1].must("propose_sale_reversal", sold.shop.clerk, reason="质量问题")
    on_day(days_to(1))
    assert sold.shop.draft_settlement(month())["total_fen"] == 10_000


def test_lines_are_disputed_and_settled_one_by_one(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 2_000, 300)
    ids = [sale["id"] for sale in sold.sales]
    on_day(days_to(1))
    settlement = sold.shop.draft_settlement(month())
    clerk = sold.shop.clerk
    settlement.must("dispute_settlement", clerk, lines=[{"line_id": ids[0], "reason": "金额不符"}])
    settlement.must("dispute_settlement", clerk, lines=[{"line_id": ids[1], "reason": "非本店"}])
    assert (settlement["state"], settlement["disputed_count"]) == ("DISPUTED", 2)
    assert settlement.refused("confirm_settlement", clerk) == "wrong-state"
    assert settlement.refused("resolve_settlement_line", CASHIER, line_id=ids[2], result="KEPT", note="-") == \
        "settlement-line-not-disputed"
    settlement.must("resolve_settlement_line", CASHIER, line_id=ids[0], result="KEPT", note="票据相符")
    settlement.must("resolve_settlement_line", DIRECTOR, line_id=ids[1], result="REMOVED", note="下月核实")
    assert (settlement["state"], settlement["disputed_count"], settlement["total_fen"]) == ("DRAFTED", 0, 10_300)
    assert_sums(settlement)
    assert {line["id"]: line["state"] for line in lines_of(settlement)} == {
        ids[0]: "KEPT", ids[1]: "REMOVED", ids[2]: "OPEN"}
    assert settlement.refused("dispute_settlement", clerk, lines=[{"line_id": ids[1], "reason": "-"}]) == \
        "settlement-line-unknown"
    settlement.must("confirm_settlement", clerk)
    on_day(days_to(2))
    assert lines_of(sold.shop.draft_settlement(month(1)))[0]["id"] == ids[1]  # it comes again


def test_a_dispute_of_a_line_that_is_not_there_leaves_nothing(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    on_day(days_to(1))
    settlement = sold.shop.draft_settlement(month())
    status, problem = settlement.do("dispute_settlement", sold.shop.clerk, lines=[
        {"line_id": sold.sales[0]["id"], "reason": "金额不符"}, {"line_id": new_id(), "reason": "金额不符"}])
    assert (status, problem["code"], problem["errors"][0]["pointer"]) == (422, "settlement-line-unknown",
                                                                          "/lines/1/line_id")
    assert lines_of(settlement)[0]["state"] == "OPEN"
    assert settlement.read("get_settlement")["state"] == "DRAFTED"


def test_the_last_line_cannot_be_removed(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    on_day(days_to(1))
    settlement, line_id = sold.shop.draft_settlement(month()), sold.sales[0]["id"]
    settlement.must("dispute_settlement", sold.shop.clerk, lines=[{"line_id": line_id, "reason": "金额不符"}])
    assert settlement.refused("resolve_settlement_line", CASHIER, line_id=line_id, result="REMOVED", note="-") == \
        "settlement-nothing-due"
    settlement.must("cancel_settlement", CASHIER, reason="全部有误")
    assert sold.sales[0].read("get_redemption")["settlement_id"] is None
    assert sold.shop.draft_settlement(month())["total_fen"] == 10_000


def test_two_people_and_the_chair_above_the_limit(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 5_681_819)
    on_day(days_to(1))
    both = caller(Role.CASHIER, Role.CENTRE_DIRECTOR)
    settlement = Record(sold.relief, "settlement", sold.relief.must("draft_settlement", both, body={
        "agreement_id": sold.shop.agreement["id"], "month": month()}))
    assert settlement["union_fen"] == 5_000_001
    settlement.must("confirm_settlement", sold.shop.clerk)
    assert settlement.refused("approve_settlement", both) == "separation-of-duty"
    assert settlement.refused("approve_settlement", DIRECTOR) == "settlement-above-limit"
    settlement.must("approve_settlement", CHAIR)
    money = fund(sold.relief)
    also_cashier = caller(Role.CASHIER, account_id=CHAIR.account_id)
    assert settlement.refused("reserve_settlement", also_cashier, fund_id=money["id"], document_no="-") == \
        "separation-of-duty"


def test_the_money_must_be_there_and_meant_for_it(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    poor, wrong = fund(sold.relief, fen=8_799), fund(sold.relief, "CENTRAL", intents=[])
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=poor["id"], document_no="JS") == \
        "fund-insufficient"
    sponsor = fund(sold.relief, "SPONSOR", intents=["STUDENT"])
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=sponsor["id"], document_no="JS") == \
        "fund-purpose-denied"
    assert (settlement.read("get_settlement")["state"], payment_rows(sold.relief)) == ("APPROVED", [])
    settlement.must("reserve_settlement", CASHIER, fund_id=wrong["id"], document_no="JS")  # living relief is allowed


def test_money_is_released_and_reserved_in_another_fund(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    first, second = fund(sold.relief), fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=first["id"], document_no="JS-1")
    settlement.must("release_settlement", SECOND_CASHIER)
    assert (settlement["state"], get_fund(sold.relief, first["id"])["reserved_fen"]) == ("APPROVED", 0)
    settlement.must("reserve_settlement", CASHIER, fund_id=second["id"], document_no="JS-2")
    assert [(row.about_part, row.state) for row in payment_rows(sold.relief)] == [("1", "RELEASED"), ("2", "RESERVED")]
    hear(settlement, "PAID", part="1")  # of the line that was given back: not of this one
    assert settlement["state"] == "RESERVED"
    with sold.relief.database.write() as connection:
        connection.execute(payment_lines.update().where(payment_lines.c.about_part == "2").values(batch_id=new_id()))
    assert settlement.refused("release_settlement", CASHIER) == "settlement-in-batch"
    assert_sound(sold.relief, first["id"])
    assert_sound(sold.relief, second["id"])


def test_a_partner_without_an_account_is_not_paid(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, account=False)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS") == \
        "partner-account-missing"


def test_who_reserved_does_not_redirect_the_money(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS")
    partner = Record(sold.relief, "partner", sold.shop.partner)
    elsewhere = {**ACCOUNT, "number": "11112222"}
    assert partner.refused("set_partner_account", CASHIER, **elsewhere) == "separation-of-duty"
    partner.must("set_partner_account", SECOND_CASHIER, **elsewhere)
    hear(settlement, "PAID")
    partner.must("set_partner_account", CASHIER, **elsewhere)


def test_where_the_money_goes_is_known_to_payments_and_to_nobody_else(desk: Desks) -> None:
    sold, silent = Sold(desk), Shop(desk("relief"), "PHARMACY", account=False)
    ids = [sold.shop.agreement["id"], silent.agreement["id"], new_id()]
    with work_on(sold.relief) as work:
        accounts = reveal_partner_accounts(work, ids, "银行代发文件", "batch")
        assert accounts == partner_accounts(work, ids)
        assert partner_faults(work, ids) == {ids[0]: None, ids[1]: "CARD_MISSING"}
    assert accounts == {ids[0]: {"partner_id": sold.shop.partner["id"], **ACCOUNT}}
    assert sold.shop.partner["account_tail"] == ACCOUNT["number"][-4:]
    assert ACCOUNT["number"] not in str(sold.shop.partner)
    with sold.relief.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT account_number FROM partners").scalars().all()
        trail = str(connection.exec_driver_sql("SELECT * FROM audit").all())
    assert ACCOUNT["number"] not in str(stored)
    assert ACCOUNT["number"] not in trail
    assert "reveal_partner_account" in trail


def test_the_statement_opens_in_a_spreadsheet_and_sums(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 2_001)
    till_no = '=HYPERLINK("x")'
    sold.shop.must_sell(sold.shop.sale(sold.card, 33, till_no=till_no))
    on_day(days_to(1))
    settlement = sold.shop.draft_settlement(month())
    settlement.must("dispute_settlement", sold.shop.clerk, lines=[
        {"line_id": sold.sales[1]["id"], "reason": "金额不符"}])
    path = {"settlement_id": settlement["id"]}
    book = load_workbook(BytesIO(sold.relief.must("download_settlement", sold.shop.clerk, path=path)))
    told = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert told["结算单 settlement"] == settlement["settlement_no"]
    rows = list(book.worksheets[1].iter_rows(min_row=2))
    assert {row[2].value for row in rows} >= {till_no, sold.sales[0]["till_no"]}
    assert all(row[2].data_type == "s" for row in rows)
    for column, name, heading in ((6, "total_fen", "总额(元) total"), (7, "union_fen", "工会应付(元) union pays"),
                                  (8, "partner_fen", "商户让利(元) partner gives up")):
        fen = sum(round(Decimal(str(row[column].value)) * 100) for row in rows)
        assert fen == settlement[name] == round(Decimal(str(told[heading])) * 100)
    assert [row[9].value for row in rows if row[5].value == "DISPUTED"] == ["金额不符"]
    other = Shop(sold.relief, "PHARMACY")
    assert sold.relief.do("download_settlement", other.clerk, path=path)[0] == 404
    empty = sold.relief.must("download_settlement", CASHIER, path=path, query={"outlet_id": other.outlet_id})
    assert load_workbook(BytesIO(empty)).worksheets[1].max_row == 1


def test_a_statement_that_is_too_long_is_asked_for_by_outlet(desk: Desks, on_day: Clock,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    sold = Sold(desk, 100, 200)
    on_day(days_to(1))
    monkeypatch.setattr(statements, "MOST_LINES", 1)
    problem = sold.relief.refused("download_settlement", CASHIER, path={
        "settlement_id": sold.shop.draft_settlement(month())["id"]})
    assert (problem["code"], problem["params"]["count"]) == ("statement-too-long", 2)


def test_the_cashier_sees_what_is_to_be_settled(desk: Desks, on_day: Clock) -> None:
    sold, other = Sold(desk, 10_000, 2_000), Shop(desk("relief"), "PHARMACY")
    sold.sales[1].must("reverse_redemption", sold.shop.clerk, reason="退货")
    on_day(days_to(1))
    sold.sell(500)
    path = "get_unsettled"
    found = sold.relief.must(path, CASHIER)
    assert [(row["month"], row["count"], row["union_fen"]) for row in found["months"]] == [
        (month(), 1, 8_800), (month(1), 1, 440)]
    assert (found["months"][0]["agreement_id"], found["is_cut"]) == (sold.shop.agreement["id"], False)
    assert sold.relief.must(path, other.clerk)["months"] == []
    sold.shop.draft_settlement(month())
    assert [row["month"] for row in sold.relief.must(path, CASHIER)["months"]] == [month(1)]


def test_editions_are_settled_apart(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    on_day(days_to(1))
    newer = sold.shop.sign(sold.shop.draft(9_000, 1_000, str(today())))
    assert sold.sell(10_000)["agreement_id"] == newer["id"]
    on_day(days_to(2))
    old, new = (sold.shop.draft_settlement(month(1), one)["union_fen"] for one in (sold.shop.agreement, newer))
    assert (old, new) == (8_800, 9_000)


@pytest.mark.parametrize("body", [{"month": "2026-13"}, {"month": "2026-5"}, {"month": "202605"}, {}])
def test_a_month_is_written_in_full(desk: Desks, body: dict[str, str]) -> None:
    assert desk("relief").do("draft_settlement", CASHIER, body={"agreement_id": new_id(), **body})[0] == 422


def test_a_partner_sees_its_own_settlements_only(desk: Desks, on_day: Clock) -> None:
    sold, other = Sold(desk, 10_000), Shop(desk("relief"), "PHARMACY")
    on_day(days_to(1))
    settlement = sold.shop.draft_settlement(month())
    path = {"settlement_id": settlement["id"]}
    assert sold.relief.must("get_settlement", sold.shop.clerk, path=path)["id"] == settlement["id"]
    assert sold.relief.do("get_settlement", other.clerk, path=path)[0] == 404
    assert sold.relief.do("list_settlement_lines", other.clerk, path=path)[0] == 404
    assert sold.relief.must("list_settlements", other.clerk)["items"] == []
    at_outlet = caller(Role.PARTNER_CLERK, org_path=sold.shop.outlets()[0]["org_path"])
    assert sold.relief.do("get_settlement", at_outlet, path=path)[0] == 404
