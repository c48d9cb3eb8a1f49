"""What falls due with care cards."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from services.relief.adapters.files import hardship_files
from services.relief.adapters.platforms import care_cards
from services.relief.domain.files.states import CLOSED
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.settlement import last_day_of
from shared.kernel.clock import now, today
from shared.store.work import Work

MOST = 100
ISSUED = ("ISSUED", "ACTIVE", "FROZEN")
LEFT = "已退出困难职工档案 / the household left hardship"
C = care_cards.c


def end_cards_of_closed_files(work: Work) -> None:
    """Cards whose holder has left hardship end with the month."""
    closed = select(hardship_files.c.id).where(hardship_files.c.state.in_(CLOSED))
    due = select(CareCard).where(C.state.in_(ISSUED), C.ends_on.is_(None), C.file_id.in_(closed))
    for card in work.all(due.order_by(C.id).limit(MOST)):
        card.end_with_file(last_day_of(f"{today():%Y-%m}"), LEFT)


def expire_cards(work: Work) -> None:
    """Cards whose last day has passed."""
    due = select(CareCard).where(C.state.in_(ISSUED), or_(C.valid_to < today(), C.ends_on < today()))
    for card in work.all(due.order_by(func.coalesce(C.ends_on, C.valid_to), C.id).limit(MOST)):
        card.expire(now())


TICKS = (end_cards_of_closed_files, expire_cards)
