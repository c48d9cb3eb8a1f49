"""The stock of a lot under any order of what can happen to it: it adds up, and is never negative."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.relief.domain.goods.adjustment import StockAdjustment, difference_of
from services.relief.domain.goods.issue import GoodsIssue
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.policy import GoodsRule
from services.relief.domain.goods.refusals import GoodsExpired, NothingHeld, StockShort
from services.relief.domain.goods.stock import COUNTERS, KINDS, Movement, counted
from shared.kernel.clock import now
from shared.kernel.errors import Refusal, WrongState
from shared.kernel.ids import new_id

DAY, PLACE = date(2026, 5, 6), "/37/3702/370202/"
LAST = DAY + timedelta(days=40)
RULE = GoodsRule(goods_class="CLOTHES", needs_disinfection=True, needs_expiry=False, most=None, days=1,
                 jurisdiction="CN", effective_from=date(2008, 1, 1), document="d", certainty="D")
SOME = st.integers(1, 60)


class Garden(RuleBasedStateMachine):
    """A lot, its issues, orders and adjustments. `outside` is what people hold, `gone` what was thrown away or lost."""

    @initialize(quantity=st.integers(1, 100))
    def receive(self, quantity: int) -> None:
        self.day, self.ledger = DAY, []
        self.lot = DonationLot(new_id(), PLACE, "JZ1", "CLOTHES", "棉衣", "PIECE", "GOOD", DAY, "clerk", now(),
                               expires_on=LAST)
        self.ledger.append(self.lot.receive(quantity))
        self.came, self.outside, self.gone = quantity, 0, 0
        self.issues: list[GoodsIssue] = []
        self.orders: list[tuple[str, int]] = []
        self.sent: list[tuple[str, int]] = []
        self.waiting: list[StockAdjustment] = []

    def book(self, kind: str, quantity: int) -> Movement:
        return self.lot.book(kind, quantity, "Test", "test")

    def keep(self, moved: Movement | list[Movement] | None) -> None:
        self.ledger += [] if moved is None else moved if isinstance(moved, list) else [moved]

    @rule()
    def disinfect(self) -> None:
        self.tried(lambda: self.lot.disinfect("臭氧", self.day, "clerk", self.day))

    @rule(unusable=st.integers(0, 10))
    def sort(self, unusable: int) -> None:
        unusable = min(unusable, self.lot.on_hand)
        usable = self.lot.on_hand - unusable
        grades = [{"grade": "A", "category": "成人", "quantity": usable}] if usable else []
        self.tried(lambda: self.keep(self.lot.sort(grades, unusable, RULE, "clerk", self.day)))

    @rule()
    def shelve(self) -> None:
        self.tried(lambda: self.lot.shelve("A-1", self.day))

    @rule(quantity=SOME)
    def issue(self, quantity: int) -> None:
        def give() -> None:
            self.lot.check_issuable(RULE, self.day)
            self.keep(self.book("ISSUED", quantity))
            self.issues.append(GoodsIssue(new_id(), PLACE, "FF1", self.lot.id, "CLOTHES", quantity, "h", None, "h",
                                          self.day, "clerk", now()))
            self.outside += quantity

        self.tried(give)

    @precondition(lambda self: self.issues)
    @rule(quantity=SOME, which=st.integers(0, 99))
    def come_back(self, quantity: int, which: int) -> None:
        def back() -> None:
            self.issues[which % len(self.issues)].take_back(quantity, "不合")
            self.keep(self.book("RETURNED", quantity))
            self.outside -= quantity

        self.tried(back)

    @rule(quantity=SOME)
    def order(self, quantity: int) -> None:
        def reserve() -> None:
            self.lot.check_issuable(RULE, self.day)
            self.keep(self.book("RESERVED", quantity))
            self.orders.append((new_id(), quantity))

        self.tried(reserve)

    @precondition(lambda self: self.orders)
    @rule(kind=st.sampled_from(["UNRESERVED", "DISPATCHED"]))
    def end_an_order(self, kind: str) -> None:
        order = self.orders.pop()
        self.keep(self.book(kind, order[1]))
        if kind == "DISPATCHED":
            self.sent.append(order)
            self.outside += order[1]

    @precondition(lambda self: self.sent)
    @rule()
    def bring_an_order_back(self) -> None:
        quantity = self.sent.pop()[1]
        self.keep(self.book("RETURNED", quantity))
        self.outside -= quantity

    @rule(quantity=SOME)
    def propose_disposal(self, quantity: int) -> None:
        self.propose("DISPOSAL", quantity, None)

    @rule(count=st.integers(0, 120))
    def count_the_shelves(self, count: int) -> None:
        self.propose("STOCK_TAKE", None, count)

    def propose(self, kind: str, quantity: int | None, count: int | None) -> None:
        def made() -> None:
            difference = difference_of(kind, self.lot, quantity, count)
            found = StockAdjustment(new_id(), PLACE, self.lot.id, kind, difference, "r", "clerk", now(), count)
            self.keep(found.hold(self.lot))
            self.waiting.append(found)

        self.tried(made)

    @precondition(lambda self: self.waiting)
    @rule()
    def confirm(self) -> None:
        found = self.waiting.pop()

        def confirmed() -> None:
            self.keep(found.confirm(self.lot, "director"))
            if found.difference < 0:
                self.gone -= found.difference
            else:
                self.came += found.difference

        self.tried(confirmed)

    @rule(quantity=SOME)
    def release(self, quantity: int) -> None:
        again = {"method": "臭氧", "on": self.day}
        self.tried(lambda: self.keep(self.lot.release(quantity, RULE, again, "clerk", self.day)))

    @rule(days=st.integers(1, 10))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        if self.day > LAST:
            self.tried(self.lot.expire)

    def tried(self, action: object) -> None:
        """Do it, or be refused and leave the stock as it was."""
        before = [getattr(self.lot, name) for name in (*COUNTERS, "on_hand", "movements_count")]
        try:
            action()  # type: ignore[operator]
        except Refusal:
            assert before == [getattr(self.lot, name) for name in (*COUNTERS, "on_hand", "movements_count")]

    @invariant()
    def everything_is_somewhere(self) -> None:
        lot = self.lot
        assert lot.on_hand == lot.received - lot.issued - lot.disposed == self.came - self.outside - self.gone
        assert min(lot.on_hand, lot.issued, lot.disposed, lot.reserved, lot.held, lot.free) >= 0

    @invariant()
    def the_movements_say_the_same(self) -> None:
        assert counted((m.kind, m.quantity) for m in self.ledger) == {n: getattr(self.lot, n) for n in COUNTERS}
        assert [m.number for m in self.ledger] == list(range(1, self.lot.movements_count + 1))

    @invariant()
    def what_is_reserved_is_what_is_ordered(self) -> None:
        assert self.lot.reserved == sum(quantity for _, quantity in self.orders)

    @invariant()
    def nothing_left_undisinfected(self) -> None:
        assert self.lot.disinfected_on is not None or self.lot.issued == 0


TestGarden = Garden.TestCase
TestGarden.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def shelf(quantity: int) -> DonationLot:
    lot = DonationLot(new_id(), PLACE, "JZ1", "CLOTHES", "棉衣", "PIECE", "GOOD", DAY, "clerk", now(), state="SHELVED",
                      expires_on=LAST, disinfected_on=DAY)
    lot.receive(quantity)
    return lot


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("quantity", [0, -1, True, 1.0])
def test_a_movement_is_a_whole_positive_quantity(kind: str, quantity: int) -> None:
    lot = shelf(5)
    with pytest.raises(ValueError, match="quantity"):
        lot.book(kind, quantity, "Test", "t")
    assert lot.on_hand == 5


@pytest.mark.parametrize(("kind", "refusal"), [
    ("ISSUED", StockShort), ("RESERVED", StockShort), ("HELD", StockShort), ("LOST", StockShort),
    ("DISPATCHED", StockShort), ("UNRESERVED", StockShort), ("RETURNED", StockShort), ("UNHELD", NothingHeld),
    ("DISPOSED", NothingHeld)])
def test_what_is_not_there_cannot_move(kind: str, refusal: type[Refusal]) -> None:
    lot = shelf(5)
    with pytest.raises(refusal):
        lot.book(kind, 6, "Test", "t")
    assert (lot.on_hand, lot.reserved, lot.held, lot.movements_count) == (5, 0, 0, 1)


def test_the_last_day_is_still_good() -> None:
    lot = shelf(5)
    lot.check_issuable(RULE, LAST)
    with pytest.raises(GoodsExpired):
        lot.check_issuable(RULE, LAST + timedelta(days=1))
    lot.expire()
    with pytest.raises(WrongState):
        lot.check_issuable(RULE, LAST)
