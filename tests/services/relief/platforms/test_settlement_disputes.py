"""Disputes of a settlement, line by line."""

from __future__ import annotations

from shared.kernel.ids import new_id
from tests.services.relief.platforms.settling import Clock, Desks, Sold, assert_sums, lines_of
from tests.services.relief.platforms.shop import CASHIER, DIRECTOR, days_to, month


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
