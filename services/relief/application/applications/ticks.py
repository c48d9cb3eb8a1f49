"""What goes on by itself: approved campaigns reserve their money, a chunk at a time."""

from __future__ import annotations

from collections.abc import Sequence
from random import choice
from typing import Any

from sqlalchemy import select

from services.relief.adapters.applications import relief_campaigns
from services.relief.application.applications.reserving import look_ahead, reserve_chunk
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.funds.fund import FundAccount
from shared.kernel.errors import Refusal
from shared.store.work import Work

MOST = 100


def reserve_campaigns(work: Work) -> None:
    """One chunk of the oldest approved campaign; one that waits for money comes after those that do not."""
    c = relief_campaigns.c
    waiting = select(c.id, c.fund_id, c.stalled_reason).where(c.state == "RESERVING")
    found = _next(work.peek(waiting.order_by(c.stalled_reason.isnot(None), c.created_at).limit(MOST)))
    if found is None:
        return
    ahead = look_ahead(work, found.id, found.fund_id)
    # the fund first, as whoever pays from it does: two that take them the other way round would wait for each other
    fund = work.load(FundAccount, found.fund_id, lock=True)
    campaign = work.load(ReliefCampaign, found.id, lock=True)
    if campaign.state != "RESERVING":
        return
    try:
        reserve_chunk(work, campaign, fund, ahead)
    except Refusal as refusal:
        campaign.stall(refusal.code, f"{refusal.text('zh')} / {refusal.text('en')}")


def _next(waiting: Sequence[Any]) -> Any:
    """The oldest that does not wait for money; else any of those that do, so that none bars the way of another."""
    if not waiting or waiting[0].stalled_reason is None:
        return waiting[0] if waiting else None
    return choice(waiting)


#: a province's list of 12,000 is through after a few rounds; each chunk is a transaction of its own
TICKS = (reserve_campaigns,) * 10
