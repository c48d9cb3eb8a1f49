"""Campaign in kind (实物集中慰问: 送米面油、送年货、冬储菜): one occasion, one list, the same package for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.refusals import NothingReserved, PackageShort, PackageTwice
from services.relief.domain.goods.states import GOODS_CAMPAIGN
from services.relief.domain.goods.stock import Movement
from shared.kernel.aggregate import Aggregate

ABOUT = "GoodsCampaign"
#: lines are LISTED until the campaign is approved; EXCLUDED by a person, SKIPPED by the rules, RELEASED at the end
LINE_STATES = ("LISTED", "EXCLUDED", "SKIPPED", "RESERVED", "HANDED_OVER", "RELEASED")


@dataclass(eq=False)
class GoodsCampaign(Aggregate):
    """`package` is what one household gets: lots with quantities in whole units. Lines are plain rows, changed many at
    a time; the counters change in the transaction of the lines.

    What the lots have reserved for it is always the package times (`reserved_count` - `handed_count` -
    `released_count`).
    """

    machine = GOODS_CAMPAIGN

    id: str
    org_path: str
    campaign_no: str
    title: str
    occasion: str
    year: int
    drafted_by: str
    created_at: datetime
    package: list[dict[str, Any]] = field(default_factory=list)
    filters: dict[str, Any] = field(default_factory=dict)
    listed_count: int = 0
    already_aided_count: int = 0
    skipped_count: int = 0
    reserved_count: int = 0
    handed_count: int = 0
    released_count: int = 0
    document_no: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    reason: str | None = None
    state: str = "DRAFT"
    version: int = 1

    @property
    def waiting_count(self) -> int:
        """The households whose package is reserved and not handed over."""
        return self.reserved_count - self.handed_count - self.released_count

    def pack(self, lots: Sequence[DonationLot], quantities: Sequence[int]) -> None:
        """Raises PackageTwice."""
        for place, lot in enumerate(lots):
            if lot in lots[:place]:
                raise PackageTwice(pointer=f"/package/{place}/lot_id", receipt_no=lot.receipt_no)
        self.package = [{"lot_id": lot.id, "receipt_no": lot.receipt_no, "title": lot.title, "unit": lot.unit,
                         "goods_class": lot.goods_class, "quantity": quantity}
                        for lot, quantity in zip(lots, quantities, strict=True)]

    def of_class(self) -> dict[str, int]:
        """What one household gets of each class, the classes in order."""
        return {goods_class: sum(item["quantity"] for item in self.package if item["goods_class"] == goods_class)
                for goods_class in sorted({item["goods_class"] for item in self.package})}

    def tell_drafted(self) -> None:
        self._tell("goods_campaign_drafted", households=self.listed_count)

    def take_off(self) -> None:
        """One household less, while the list is a draft."""
        self.move("exclude")
        self.listed_count -= 1

    def approve(self, document_no: str, reserved: int, skipped: int, lots: Sequence[DonationLot], by: str,
                on: date) -> list[Movement]:
        """Once for the whole list: every lot of the package is reserved, or none. Raises SamePerson, PackageShort."""
        different(by, "审批 / approval", ("拟定名单 / drafting the list", self.drafted_by))
        self.machine.next(self.state, "approve")
        self._check_stock(reserved, lots)
        self.move("approve")
        self.document_no, self.approved_by, self.approved_on = document_no, by, on
        self.reserved_count, self.skipped_count = reserved, skipped
        self._tell("goods_campaign_approved", households=reserved)
        return [lot.book("RESERVED", item["quantity"] * reserved, ABOUT, self.id)
                for item, lot in zip(self.package, lots, strict=True)]

    def _check_stock(self, households: int, lots: Sequence[DonationLot]) -> None:
        wanted = [(lot, item["quantity"] * households) for item, lot in zip(self.package, lots, strict=True)]
        short = [(lot, needed) for lot, needed in wanted if needed > lot.free]
        if short:
            raise PackageShort(
                households=households,
                missing_zh=";".join(f"{lot.receipt_no} {lot.title} 需 {needed},可用 {lot.free},缺 {needed - lot.free}"
                                     for lot, needed in short),
                missing_en="; ".join(f"{lot.receipt_no} {lot.title}: {needed} needed, {lot.free} free, "
                                     f"{needed - lot.free} missing" for lot, needed in short))

    def cancel(self, reason: str) -> None:
        self.move("cancel")
        self.reason = reason
        self._tell("goods_campaign_cancelled")

    def hand_over(self, households: int) -> None:
        """Some households have their packages; the last one ends the campaign. Raises NothingReserved."""
        self.machine.next(self.state, "hand_over")
        if households > self.waiting_count:
            raise NothingReserved(waiting=self.waiting_count)
        self.move("hand_over")
        self.handed_count += households
        if not self.waiting_count:
            self._end(0)

    def finish(self, reason: str) -> int:
        """The rest is given up; how many packages are free again."""
        left = self.waiting_count
        self.machine.next(self.state, "finish")
        self.reason = reason
        self._end(left)
        return left

    def _end(self, released: int) -> None:
        self.move("finish")
        self.released_count += released
        self._tell("goods_campaign_finished", households=self.handed_count, released=released)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, campaign_id=self.id, campaign_no=self.campaign_no, occasion=self.occasion, year=self.year,
                    **data)
