"""A lot of donated goods (捐赠批次) in the care garden (爱心互助园地): from receipt to shelf, with its stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.goods.policy import GoodsRule
from services.relief.domain.goods.refusals import (
    DisinfectionDayImpossible,
    DonorAnonymous,
    DonorNameMissing,
    GoodsExpired,
    IntentForbids,
    NothingHeld,
    SortedWrong,
    StockShort,
)
from services.relief.domain.goods.states import LOT
from services.relief.domain.goods.stock import COUNTERS, KINDS, Movement, is_sound
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import DayInFuture, WrongState


@dataclass(eq=False)
class DonationLot(Aggregate):
    """Quantities are whole `unit`s. `receipt_no` is the donation receipt's number (捐赠票据号), published; the donor's
    name and phone are personal data and shown to the public only as far as the donor agreed."""

    machine = LOT

    id: str
    org_path: str
    receipt_no: str
    goods_class: str
    title: str
    unit: str
    condition: str
    received_on: date
    received_by: str
    created_at: datetime
    is_anonymous: bool = True
    name_may_be_published: bool = False
    donor_name: str | None = None
    donor_phone: str | None = None
    intended_for: str = "ANY"
    intent: str | None = None
    expires_on: date | None = None
    disinfected_on: date | None = None
    disinfection_method: str | None = None
    disinfected_by: str | None = None
    grades: list[dict[str, Any]] = field(default_factory=list)
    sorted_by: str | None = None
    shelf: str | None = None
    received: int = 0
    issued: int = 0
    disposed: int = 0
    reserved: int = 0
    held: int = 0
    on_hand: int = 0
    movements_count: int = 0
    state: str = "RECEIVED"
    version: int = 1

    @property
    def free(self) -> int:
        """What can be taken now."""
        return self.on_hand - self.reserved - self.held

    # -- receipt -----------------------------------------------------------------------------------------------

    def check_donor(self) -> None:
        """Raises DonorNameMissing, DonorAnonymous."""
        if self.is_anonymous and (self.donor_name or self.donor_phone or self.name_may_be_published):
            raise DonorAnonymous(pointer="/is_anonymous")
        if not self.is_anonymous and not self.donor_name:
            raise DonorNameMissing(pointer="/donor_name")

    def check_receipt(self, rule: GoodsRule, today: date) -> None:
        """Raises DonorNameMissing, DonorAnonymous, DayInFuture, ExpiryMissing, GoodsExpired."""
        self.check_donor()
        if self.received_on > today:
            raise DayInFuture(pointer="/received_on", day=str(self.received_on))
        rule.check_expiry(self.expires_on)
        self.check_fresh(today)

    def receive(self, quantity: int) -> Movement:
        """The goods are on the books; the movement is what the stock ledger must say."""
        self.record("donation_received", lot_id=self.id, receipt_no=self.receipt_no, goods_class=self.goods_class,
                    quantity=quantity, received_on=self.received_on)
        return self._count("RECEIVED", quantity, "DonationLot", self.id)

    # -- towards the shelf -------------------------------------------------------------------------------------

    def disinfect(self, method: str, on: date, by: str, today: date) -> None:
        """Raises DisinfectionDayImpossible."""
        self.machine.next(self.state, "disinfect")
        self._disinfected(method, on, by, today)
        self.move("disinfect")

    def _disinfected(self, method: str, on: date, by: str, today: date) -> None:
        if not self.received_on <= on <= today:
            raise DisinfectionDayImpossible(pointer="/on", received_on=str(self.received_on), today=str(today))
        self.disinfection_method, self.disinfected_on, self.disinfected_by = method, on, by

    def sort(self, grades: Sequence[Mapping[str, Any]], unusable: int, rule: GoodsRule, by: str,
             today: date) -> list[Movement]:
        """Into grades and categories; what is unusable is held back for disposal by two people.

        Raises NotDisinfected, GoodsExpired, SortedWrong.
        """
        self.machine.next(self.state, "sort")
        rule.check_disinfected(self.disinfected_on)
        self.check_fresh(today)
        total = sum(grade["quantity"] for grade in grades) + unusable
        if total != self.on_hand:
            raise SortedWrong(pointer="/grades", sum=total, on_hand=self.on_hand)
        self.move("sort")
        self.grades, self.sorted_by = [dict(grade) for grade in grades], by
        return [self._count("HELD", unusable, "DonationLot", self.id)] if unusable else []

    def shelve(self, shelf: str, today: date) -> None:
        """Raises GoodsExpired."""
        self.machine.next(self.state, "shelve")
        self.check_fresh(today)
        self.move("shelve")
        self.shelf = shelf
        self.record("goods_shelved", lot_id=self.id, receipt_no=self.receipt_no, goods_class=self.goods_class,
                    quantity=self.free)

    def release(self, quantity: int, rule: GoodsRule, disinfection: Mapping[str, Any] | None, by: str,
                today: date) -> Movement:
        """Put back on the shelf what was held back; returned goods of some classes are disinfected again first.

        Raises NotDisinfected, DisinfectionDayImpossible, NothingHeld, GoodsExpired.
        """
        self.machine.next(self.state, "release")
        self.check_fresh(today)
        rule.check_disinfected(disinfection["on"] if disinfection else None)
        if quantity > self.held:
            raise NothingHeld(held=self.held, quantity=quantity)
        if disinfection:
            self._disinfected(disinfection["method"], disinfection["on"], by, today)
        return self.book("UNHELD", quantity, "DonationLot", self.id)

    def expire(self) -> None:
        """The last day has passed: nothing of it may be given out any more."""
        self.move("expire")
        self.record("goods_expired", lot_id=self.id, receipt_no=self.receipt_no, goods_class=self.goods_class,
                    quantity=self.on_hand)

    # -- giving out --------------------------------------------------------------------------------------------

    def check_issuable(self, rule: GoodsRule, today: date) -> None:
        """Only what is on the shelf can be taken. Raises GoodsExpired, WrongState, NotDisinfected."""
        self.check_fresh(today)
        if self.state != "SHELVED":
            raise WrongState(state=self.state, command="issue", allowed=self.machine.allowed(self.state))
        rule.check_disinfected(self.disinfected_on)

    def check_intent(self, *, has_file: bool, is_migrant: bool) -> None:
        """The donor's wish (捐赠意愿) binds. Raises IntentForbids."""
        fits = {"ANY": True, "HARDSHIP_HOUSEHOLDS": has_file, "MIGRANT_WORKERS": is_migrant}
        if not fits[self.intended_for]:
            raise IntentForbids(intended_for=self.intended_for)

    def check_fresh(self, today: date) -> None:
        """Raises GoodsExpired."""
        if self.expires_on is not None and self.expires_on < today:
            raise GoodsExpired(receipt_no=self.receipt_no, expires_on=str(self.expires_on))

    # -- stock -------------------------------------------------------------------------------------------------

    def book(self, kind: str, quantity: int, about_kind: str, about_id: str) -> Movement:
        """Make a movement. Raises StockShort, NothingHeld; nothing is ever negative."""
        self.touch()
        return self._count(kind, quantity, about_kind, about_id)

    def _count(self, kind: str, quantity: int, about_kind: str, about_id: str) -> Movement:
        if type(quantity) is not int or quantity < 1:
            raise ValueError(f"quantity {quantity!r}")
        after = {name: getattr(self, name) + KINDS[kind].get(name, 0) * quantity for name in COUNTERS}
        if after["held"] < 0:
            raise NothingHeld(held=self.held, quantity=quantity)
        if not is_sound(after):
            raise StockShort(receipt_no=self.receipt_no, free=self.free, quantity=quantity)
        for name, value in after.items():
            setattr(self, name, value)
        self.on_hand = self.received - self.issued - self.disposed
        self.movements_count += 1
        return Movement(self.movements_count, kind, quantity, about_kind, about_id)
