"""The catalogue of the care supermarket (爱心超市目录): periods, for example 送年货, and the items offered in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.orders.quota import check_quotas
from services.relief.domain.orders.refusals import (
    CatalogueNotOpen,
    OfferIncomplete,
    OfferLimit,
    OfferSoldOut,
    OfferWithdrawn,
    PartnerNotSupermarket,
    PeriodImpossible,
)
from services.relief.domain.orders.states import CARD_PLATFORM, CATALOGUE, OFFER
from services.relief.domain.platforms.partner import Partner
from services.relief.domain.platforms.redemption import check_item
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class Catalogue(Aggregate):
    """A catalogue period: orders are taken from its first to its last day while it is open. `quotas` are its own
    (item_class, unit, per_member, period, document_no), in place of the daily ones of these classes."""

    machine = CATALOGUE

    id: str
    org_path: str
    kind: str
    name: str
    opens_on: date
    closes_on: date
    planned_by: str
    created_at: datetime
    quotas: list[dict[str, Any]] = field(default_factory=list)
    state: str = "PLANNED"
    version: int = 1

    def check_quotas(self) -> None:
        """Raises SeasonQuotaTwice, ItemClassNotHere."""
        check_quotas(CARD_PLATFORM, self.quotas)

    @property
    def own_classes(self) -> list[str]:
        """The classes of goods for which no daily quota is taken."""
        return [quota["item_class"] for quota in self.quotas]

    def check_period(self, today: date) -> None:
        """Raises PeriodImpossible."""
        if self.closes_on < max(self.opens_on, today):
            raise PeriodImpossible(pointer="/closes_on", opens_on=str(self.opens_on), closes_on=str(self.closes_on))

    def open(self, today: date) -> None:
        """Raises PeriodImpossible when its last day has passed."""
        self.machine.next(self.state, "open")
        self.check_period(today)
        self.move("open")
        self.record("catalogue_opened", catalogue_id=self.id, kind=self.kind, closes_on=self.closes_on)

    def close(self) -> None:
        self.move("close")

    def check_open(self, today: date) -> None:
        """Raises CatalogueNotOpen."""
        if self.state != "OPEN" or not self.opens_on <= today <= self.closes_on:
            raise CatalogueNotOpen(name=self.name, opens_on=str(self.opens_on), closes_on=str(self.closes_on),
                                  state=self.state)


@dataclass(eq=False)
class Offer(Aggregate):
    """An item of a catalogue. Donated items are free and reserved in their lot; of a partner's items `available` can
    be ordered, at the price of the household's tier (fen). `item_class` is what it is at a care supermarket's till,
    `weight_g` the weight of one in grams: without a class a care card does not pay for it."""

    machine = OFFER

    id: str
    org_path: str
    catalogue_id: str
    source: str
    goods_class: str
    title: str
    created_at: datetime
    lot_id: str | None = None
    partner_name: str | None = None
    member_fen: int = 0
    hardship_fen: int = 0
    most_per_household: int | None = None
    available: int | None = None
    ordered: int = 0
    item_class: str | None = None
    weight_g: int | None = None
    partner_id: str | None = None
    state: str = "OFFERED"
    version: int = 1

    def check(self, weighed: Sequence[str]) -> None:
        """`weighed` are the classes with a quota in grams. Raises OfferIncomplete, ItemClassNotHere, WeightMissing."""
        sold = self.item_class or self.weight_g or self.member_fen or self.hardship_fen or self.available is not None
        donated = self.lot_id and not sold
        bought = self.partner_id and self.available is not None and 0 < self.hardship_fen <= self.member_fen
        fits = donated and not self.partner_id if self.source == "DONATED" else bought and not self.lot_id
        if not fits:
            raise OfferIncomplete(pointer="/source")
        if self.item_class:
            check_item(CARD_PLATFORM, self.item_class, self.weight_g, weighed)

    def name_partner(self, partner: Partner) -> None:
        """Its name of today stands with the item. Raises PartnerNotSupermarket, PartnerNotActive."""
        if partner.kind != CARD_PLATFORM:
            raise PartnerNotSupermarket(pointer="/partner_id", partner=partner.name, kind=partner.kind)
        partner.require_active()
        self.partner_name = partner.name

    def withdraw(self) -> None:
        self.move("withdraw")

    def price_fen(self, tier: str) -> int:
        return self.hardship_fen if tier == "HARDSHIP" else self.member_fen

    def take(self, quantity: int, taken: int) -> None:
        """`taken` is what the household has of it. Raises OfferWithdrawn, OfferLimit, OfferSoldOut."""
        if self.state != "OFFERED":
            raise OfferWithdrawn(title=self.title)
        if self.most_per_household is not None and taken + quantity > self.most_per_household:
            raise OfferLimit(title=self.title, most=self.most_per_household, taken=taken)
        if self.available is not None and self.ordered + quantity > self.available:
            raise OfferSoldOut(title=self.title, left=self.available - self.ordered, quantity=quantity)
        self.ordered += quantity
        self.touch()

    def give_back(self, quantity: int) -> None:
        """An order was cancelled or came back."""
        self.ordered -= quantity
        self.touch()
