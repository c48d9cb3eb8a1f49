"""What falls due with the catalogue."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.orders import catalogues
from services.relief.domain.orders.catalogue import Catalogue
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def close_catalogues(work: Work) -> None:
    """Periods whose last day has passed."""
    columns = catalogues.c
    due = select(Catalogue).where(columns.state.in_(("PLANNED", "OPEN")), columns.closes_on < today())
    for catalogue in work.all(due.order_by(columns.closes_on, columns.id).limit(MOST)):
        catalogue.close()


TICKS = (close_catalogues,)
