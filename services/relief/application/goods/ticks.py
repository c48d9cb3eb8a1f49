"""What falls due with donated goods."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.goods import donation_lots
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.states import STORED
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def expire_goods(work: Work) -> None:
    """Lots whose last day has passed are blocked."""
    lots = donation_lots.c
    due = select(DonationLot).where(lots.state.in_(STORED), lots.expires_on < today())
    for lot in work.all(due.order_by(lots.expires_on, lots.id).limit(MOST)):
        lot.expire()


TICKS = (expire_goods,)
