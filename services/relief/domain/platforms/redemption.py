"""Redemption (核销): what was had at an outlet, once for each number of its till, and how the price is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.kinds import ITEMS_OF_PLATFORM
from services.relief.domain.platforms.partner import Outlet
from services.relief.domain.platforms.states import REDEMPTION
from services.relief.domain.platforms.till_refusals import (
    ItemClassNotHere,
    RedeemedInFuture,
    RedeemedTooLate,
    RedemptionSumWrong,
    ReversalNeedsTwo,
    TillNumberUsed,
    WeightMissing,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan

PROPOSING, CONFIRMING = "提出退货 / proposing the reversal", "确认退货 / confirming the reversal"
#: clocks of tills run a little ahead
TOLERANCE = timedelta(minutes=5)


@dataclass(eq=False)
class Redemption(Aggregate):
    """Amounts are fen. `content` is a keyed hash of what the till sent, by which a repetition is known.

    A school's invoice names the places of its pupils by the numbers of their requests (`request_nos`).
    With `order_id` it pays the card's part of that order, which has taken limits and quotas already.
    A settlement takes it once (`settlement_id`, set by the settlement); one reversed afterwards is taken back once
    (`credit_settlement_id`).
    """

    machine = REDEMPTION

    id: str
    org_path: str
    source: str
    kind: str
    outlet_id: str
    partner_id: str
    agreement_id: str
    till_no: str
    content: str
    total_fen: int
    union_fen: int
    partner_fen: int
    redeemed_at: datetime
    redeemed_on: date
    is_offline: bool
    entered_by: str
    created_at: datetime
    card_id: str | None = None
    worker_id: str | None = None
    card_kind: str | None = None
    term: str | None = None
    pupils: int | None = None
    items: list[dict[str, Any]] = field(default_factory=list)
    reversal_reason: str | None = None
    reversal_proposed_by: str | None = None
    reversed_by: str | None = None
    reversed_on: date | None = None
    settlement_id: str | None = None
    credit_settlement_id: str | None = None
    order_id: str | None = None
    request_nos: list[str] | None = None
    state: str = "RECORDED"
    version: int = 1

    @classmethod
    def record_sale(cls, id: str, outlet: Outlet, agreement: PartnerAgreement, till_no: str, content: str,
                    total_fen: int, at: datetime, now: datetime, by: str, **more: Any) -> Redemption:
        """A sale by the edition of the agreement that ruled on its day. Raises SharesMissing."""
        union_fen, partner_fen = agreement.shares(total_fen)
        sale = cls(id, outlet.org_path, more.pop("source", "CARD"), agreement.kind, outlet.id, outlet.partner_id,
                   agreement.id, till_no, content, total_fen, union_fen, partner_fen, at, at.date(),
                   more.pop("is_offline", False), by, now, **more)
        sale._tell("care_redeemed", source=sale.source, outlet_id=outlet.id, total_fen=total_fen, union_fen=union_fen,
                   partner_fen=partner_fen, redeemed_on=sale.redeemed_on)
        return sale

    def require_same(self, content: str) -> None:
        """The till sent its number again: with the same content it gets this record. Raises TillNumberUsed."""
        if content != self.content:
            raise TillNumberUsed(pointer="/till_no", till_no=self.till_no, total=format_yuan(self.total_fen),
                                 day=str(self.redeemed_on))

    @property
    def weights(self) -> dict[str, int]:
        """Item class → grams."""
        return weights(self.items)

    # -- goods returned ----------------------------------------------------------------------------------------

    def reverse(self, reason: str, by: str, today: date) -> None:
        """By the till, on the day of the sale (当日退货). Raises ReversalNeedsTwo."""
        self.move("reverse")
        if today != self.redeemed_on:
            raise ReversalNeedsTwo(day=str(self.redeemed_on))
        self.reversal_reason = reason
        self._reversed(by, today)

    def propose_reversal(self, reason: str, by: str) -> None:
        self.move("propose_reversal")
        self.reversal_reason, self.reversal_proposed_by = reason, by

    def confirm_reversal(self, by: str, today: date) -> None:
        """By somebody else. Raises SamePerson."""
        different(by, CONFIRMING, (PROPOSING, self.reversal_proposed_by))
        self.move("confirm_reversal")
        self._reversed(by, today)

    def reject_reversal(self) -> None:
        self.move("reject_reversal")
        self.reversal_reason = self.reversal_proposed_by = None

    def _reversed(self, by: str, today: date) -> None:
        self.reversed_by, self.reversed_on = by, today
        self._tell("care_redemption_reversed", outlet_id=self.outlet_id, total_fen=self.total_fen)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, redemption_id=self.id, partner_id=self.partner_id, kind=self.kind, **data)


def check_items(kind: str, items: Sequence[Mapping[str, Any]], total_fen: int, weighed: Sequence[str]) -> None:
    """The goods fit the platform, name their weight where a quota counts it, and sum to the total.

    Raises ItemClassNotHere, WeightMissing, RedemptionSumWrong.
    """
    for n, item in enumerate(items):
        check_item(kind, item["item_class"], item["weight_g"], weighed, at=f"/items/{n}")
    sum_fen = sum(item["amount_fen"] for item in items)
    if sum_fen != total_fen:
        raise RedemptionSumWrong(pointer="/total_fen", sum=format_yuan(sum_fen), total=format_yuan(total_fen))


def check_item(kind: str, item_class: str, weight_g: int | None, weighed: Sequence[str], *, at: str = "") -> None:
    """A class of goods that the platform sells on a card, with its weight. Raises ItemClassNotHere, WeightMissing."""
    if item_class not in ITEMS_OF_PLATFORM[kind]:
        raise ItemClassNotHere(pointer=f"{at}/item_class", item_class=item_class, platform=kind)
    if item_class in weighed and not weight_g:
        raise WeightMissing(pointer=f"{at}/weight_g", item_class=item_class)


def check_moment(at: datetime, now: datetime, offline_days: int, document: str) -> None:
    """Not in the future, and not longer ago than a till may report. Raises RedeemedInFuture, RedeemedTooLate."""
    if at > now + TOLERANCE:
        raise RedeemedInFuture(pointer="/at", at=at.isoformat())
    if at.date() < now.date() - timedelta(days=offline_days):
        raise RedeemedTooLate(pointer="/at", day=str(at.date()), days=offline_days, document=document)


def weights(items: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Item class → grams, of the items that were weighed."""
    found: dict[str, int] = {}
    for item in items:
        if item["weight_g"]:
            found[item["item_class"]] = found.get(item["item_class"], 0) + item["weight_g"]
    return found
