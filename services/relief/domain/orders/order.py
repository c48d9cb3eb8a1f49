"""An order of the care supermarket (爱心超市订单), online by the worker or on the phone by a hotline agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.orders.catalogue import Offer
from services.relief.domain.orders.refusals import (
    CareCardTooMuch,
    OfferTwice,
    OrderNotOnCard,
    OrderUnconfirmed,
    TwoCatalogues,
)
from services.relief.domain.orders.states import ORDER, TAKING
from services.relief.domain.platforms.redemption import weights
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan, total


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
    item_class: str | None = None
    weight_g: int | None = None

    @property
    def sum_fen(self) -> int:
        return self.quantity * self.unit_fen


@dataclass(eq=False)
class Order(Aggregate):
    """Recipient, phone and address are personal data. `care_card_fen` of `total_fen` is what the card pays at the
    partner's till (`redemption_id`); while `is_card_held` the order has it off the card's limits and quotas.
    `season_classes` are the classes of goods of which the campaign's own quota took the place of the daily one."""

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
    card_id: str | None = None
    is_card_held: bool = False
    redemption_id: str | None = None
    vehicle: str | None = None
    dispatched_on: date | None = None
    delivered_on: date | None = None
    signature_no: str | None = None
    reason: str | None = None
    season_classes: list[str] = field(default_factory=list)
    state: str = "ORDERED"
    version: int = 1

    def fill(self, wanted: Sequence[tuple[Offer, int]], care_card_fen: int) -> None:
        """The lines, at today's prices of the tier. Raises SumTooLarge, CareCardTooMuch."""
        self.lines = [OrderLine(new_id(), n, offer.id, offer.lot_id, offer.goods_class, offer.title, quantity,
                                offer.price_fen(self.tier), offer.item_class, offer.weight_g)
                      for n, (offer, quantity) in enumerate(wanted)]
        self.total_fen = total((f"/items/{n}/quantity", line.sum_fen) for n, line in enumerate(self.lines))
        on_card_fen = sum(line.sum_fen for line in self.lines if line.item_class)
        if care_card_fen > on_card_fen:
            raise CareCardTooMuch(pointer="/care_card_fen", card=format_yuan(care_card_fen),
                                  total=format_yuan(on_card_fen))
        self.care_card_fen = care_card_fen
        self._tell("order_placed", channel=self.channel, total_fen=self.total_fen)

    # -- the care card's part ----------------------------------------------------------------------------------

    @property
    def card_items(self) -> list[dict[str, Any]]:
        """What the card pays for, in full or in part, as a till would name it."""
        return [{"item_class": line.item_class, "amount_fen": line.sum_fen,
                 "weight_g": line.weight_g and line.weight_g * line.quantity} for line in self.lines if line.item_class]

    @property
    def daily_weights(self) -> dict[str, int]:
        """Item class → grams that the card's part takes of the day's quotas."""
        counted = weights(self.card_items)
        return {item_class: grams for item_class, grams in counted.items() if item_class not in self.season_classes}

    def hold_card(self, card_id: str) -> None:
        """Its part was taken off the card's limits and quotas."""
        self.card_id, self.is_card_held = card_id, True

    def redeem(self, redemption_id: str, card_id: str, fen: int) -> None:
        """The till took the card's part: all of it, once, from the card it was held on, when the order is confirmed.
        Raises OrderNotOnCard, OrderUnconfirmed."""
        wanted = self.is_card_held and self.redemption_id is None and self.state in TAKING
        if not wanted or (card_id, fen) != (self.card_id, self.care_card_fen):
            raise OrderNotOnCard(pointer="/order_no", order_no=self.order_no)
        if self.state == "ORDERED":
            raise OrderUnconfirmed(pointer="/order_no", order_no=self.order_no)
        self.redemption_id = redemption_id
        self.touch()

    def free_card(self) -> bool:
        """The order is off, and the till did not take the card's part: whether limits and quotas are to be given
        back. What a till has taken is given back when the till's sale is reversed."""
        return self.redemption_id is None and self._let_go()

    def sale_reversed(self) -> bool:
        """The till gave the card's part back: whether limits and quotas are to be given back."""
        self.touch()
        return self._let_go()

    def _let_go(self) -> bool:
        held, self.is_card_held = self.is_card_held, False
        return held

    # -- to the door -------------------------------------------------------------------------------------------

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
