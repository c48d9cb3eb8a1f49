"""What goes on by itself: approved campaigns reserve their money, a chunk at a time."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.applications import relief_campaigns
from services.relief.application.applications.reserving import reserve_chunk
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.funds.fund import FundAccount
from shared.kernel.errors import Refusal
from shared.store.work import Work


def reserve_campaigns(work: Work) -> None:
    """One chunk of the oldest approved campaign; one that waits for money comes after those that do not."""
    c = relief_campaigns.c
    waiting = select(c.id, c.fund_id).where(c.state == "RESERVING")
    found = work.peek(waiting.order_by(c.stalled_reason.isnot(None), c.created_at).limit(1))
    if not found:
        return
    # the fund first, as whoever pays from it does: two that take them the other way round would wait for each other
    fund = work.load(FundAccount, found[0].fund_id, lock=True)
    campaign = work.load(ReliefCampaign, found[0].id, lock=True)
    if campaign.state != "RESERVING":
        return
    try:
        reserve_chunk(work, campaign, fund)
    except Refusal as refusal:
        campaign.stall(f"{refusal.text('zh')} / {refusal.text('en')}"[:500])


TICKS = (reserve_campaigns,)
