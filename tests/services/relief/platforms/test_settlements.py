"""What a settlement takes: every sale once, in its month or the next, and goods returned as credits."""

from __future__ import annotations

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import caller
from tests.services.relief.platforms.settling import Clock, Desks, Sold, assert_sums, lines_of
from tests.services.relief.platforms.shop import CASHIER, DIRECTOR, Shop, days_to, month


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
