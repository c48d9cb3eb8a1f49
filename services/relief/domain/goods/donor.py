"""How a donor is shown to the public (捐赠人公示)."""

from __future__ import annotations

from services.relief.domain.goods.lot import DonationLot

ANONYMOUS = "匿名捐赠人"
MASK = "**"


def shown_name(lot: DonationLot) -> str:
    """The name where the donor agreed to it; else its first character; nothing of an anonymous donor."""
    if lot.is_anonymous or not lot.donor_name:
        return ANONYMOUS
    return lot.donor_name if lot.name_may_be_published else lot.donor_name[0] + MASK
