"""An order of the care supermarket (爱心超市订单), online by the worker or on the phone by a hotline agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from services.relief.domain.orders.catalogue import Offer
from services.relief.domain.orders.refusals import CareCardTooMuch, OfferTwice, TwoCatalogues
from services.relief.domain.orders.states import ORDER
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan


@dataclass(eq=False)
class OrderLine:
    """What is ordered of one offer, at the price of the order's day (fen). `lot_id` is set for donated goods."""

    id: str
    position: int
    offer_id: str
    lot_id: str | None
    goods_class: str
    title: str
    quantity: int
    unit_fen: int


@dataclass(eq=False)
class Order(Aggregate):
    """Recipient, phone and address are personal data. `total_fen` and `care_card_fen` are noted, not paid here."""

    machine = ORDER

    id: str
    org_path: str
    order_no: str
    catalogue_id: str
    channel: str
    worker_id: str
    household: str
    tier: str
    recipient: str
    phone: str
    address: str
    township: str
    ordered_on: date
    ordered_by: str
    created_at: datetime
    lines: list[OrderLine] = field(default_factory=list)
    total_fen: int = 0
    care_card_fen: int = 0
    vehicle: str | None = None
    dispatched_on: date | None = None
    delivered_on: date | None = None
    signature_no: str | None = None
    reason: str | None = None
    state: str = "ORDERED"
    version: int = 1

    def fill(self, wanted: Sequence[tuple[Offer, int]], care_card_fen: int) -> None:
        """The lines, at today's prices of the tier. Raises CareCardTooMuch."""
        self.lines = [OrderLine(new_id(), n, offer.id, offer.lot_id, offer.goods_class, offer.title, quantity,
                                offer.price_fen(self.tier)) for n, (offer, quantity) in enumerate(wanted)]
        self.total_fen = sum(line.quantity * line.unit_fen for line in self.lines)
        if care_card_fen > self.total_fen:
            raise CareCardTooMuch(pointer="/care_card_fen", card=format_yuan(care_card_fen),
                                  total=format_yuan(self.total_fen))
        self.care_card_fen = care_card_fen
        self._tell("order_placed", channel=self.channel, total_fen=self.total_fen)

    def confirm(self) -> None:
        self.move("confirm")

    def pack(self) -> None:
        self.move("pack")

    def dispatch(self, vehicle: str, on: date) -> None:
        """Handed to the driver: what was reserved leaves the stock."""
        self.move("dispatch")
        self.vehicle, self.dispatched_on = vehicle, on

    def deliver(self, signature_no: str, on: date) -> None:
        self.move("deliver")
        self.signature_no, self.delivered_on = signature_no, on
        self._tell("order_delivered", delivered_on=on)

    def bring_back(self, reason: str) -> None:
        """Nobody was there, or the household did not want it (退回)."""
        self.move("bring_back")
        self.reason = reason
        self._tell("order_returned")

    def cancel(self, reason: str) -> None:
        """Before it leaves; what was reserved is free again."""
        self.move("cancel")
        self.reason = reason
        self._tell("order_cancelled")

    def _tell(self, event: str, **data: object) -> None:
        self.record(event, order_id=self.id, order_no=self.order_no, catalogue_id=self.catalogue_id, **data)


def check_wanted(offers: Sequence[Offer]) -> None:
    """Raises OfferTwice, TwoCatalogues."""
    if len({offer.id for offer in offers}) < len(offers):
        raise OfferTwice(pointer="/items")
    if len({offer.catalogue_id for offer in offers}) > 1:
        raise TwoCatalogues(pointer="/items")
