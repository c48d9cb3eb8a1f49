"""Whatever is sold, returned, settled and cancelled over months: every sale is paid once, and taken back once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.desks import Desk, Desks
from tests.services.relief.platforms.shop import CASHIER, DIRECTOR, Record, Shop, card, days_to, month

STEPS = st.one_of(
    st.tuples(st.just("sell"), st.integers(1, 99_999)), st.tuples(st.just("return"), st.integers(0, 20)),
    st.tuples(st.just("settle"), st.just(0)), st.tuples(st.just("cancel"), st.integers(0, 5)))


class Months:
    """A shop over months, and what ought to have become of its sales."""

    def __init__(self, relief: Desk, membership: Desk, on_day: Callable[[int], None]) -> None:
        on_day(0)
        self.relief, self.shop, self.on_day = relief, Shop(relief), on_day
        self.card = card(relief, membership, monthly_fen=None)
        self.sales: list[Record] = []
        self.settlements: list[Record] = []
        self.passed = 0

    def sell(self, fen: int) -> None:
        self.sales.append(Record(self.relief, "redemption", self.shop.must_sell(self.shop.sale(self.card, fen))))

    def take_back(self, which: int) -> None:
        if self.sales:
            sale = self.sales[which % len(self.sales)]
            if sale.read("get_redemption")["state"] == "RECORDED":
                sale.must("propose_sale_reversal", CASHIER, reason="退货")
                sale.must("confirm_sale_reversal", DIRECTOR)

    def settle(self, _: int) -> None:
        self.passed += 1
        self.on_day(days_to(self.passed))
        status, data = self.relief.do("draft_settlement", CASHIER, body={
            "agreement_id": self.shop.agreement["id"], "month": month(self.passed - 1)})
        if status == 201:
            self.settlements.append(Record(self.relief, "settlement", data))
        else:
            assert data["code"] == "settlement-nothing-due"

    def cancel(self, which: int) -> None:
        if self.settlements:
            settlement = self.settlements[which % len(self.settlements)]
            if settlement["state"] == "DRAFTED":
                status, data = settlement.do("cancel_settlement", CASHIER, reason="重编")
                assert status == 200 or data["code"] == "settlement-line-credited"

    def lines(self) -> list[dict[str, Any]]:
        found = []
        for settlement in self.settlements:
            mine = self.relief.must("list_settlement_lines", CASHIER, query={"limit": 200},
                                    path={"settlement_id": settlement["id"]})["items"]
            standing = [line for line in mine if line["state"] != "REMOVED"]
            assert (settlement["state"] == "CANCELLED") == (standing == [])
            if standing:
                assert sum(line["union_fen"] for line in standing) == settlement["union_fen"] > 0
            found += standing
        return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture,
                                                                 HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=14))
def test_every_sale_is_paid_once_and_taken_back_once(desk: Any, template: Callable[[str], Path],
                                                     on_day: Callable[[int], None],
                                                     steps: list[tuple[str, int]]) -> None:
    desks = Desks(template)
    months = Months(desks("relief"), desks("membership"), on_day)
    do = {"sell": months.sell, "return": months.take_back, "settle": months.settle, "cancel": months.cancel}
    for name, value in [*steps, ("sell", 9_999_999), ("settle", 0)]:  # the last sale outweighs every credit
        do[name](value)
    lines = months.lines()
    assert len({(line["id"], line["kind"]) for line in lines}) == len(lines)
    for sale in months.sales:
        paid = sum(line["union_fen"] for line in lines if line["id"] == sale["id"])
        owed = sale["union_fen"] if sale.read("get_redemption")["state"] == "RECORDED" else 0
        assert paid == owed, (sale.now, steps)
    desks.close()
