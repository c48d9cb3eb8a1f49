"""What falls due with school places."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from services.relief.adapters.schools import placement_requests
from services.relief.application.schools.schools import give_back
from services.relief.domain.schools.request import PlacementRequest
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100
NO_ANSWER = "保留期内未答复 / no answer in time"


def lapse_place_offers(work: Work) -> None:
    """Offers that nobody answered: the place is free for another child."""
    columns = placement_requests.c
    due = select(PlacementRequest).where(columns.state == "OFFERED", columns.offered_until < today())
    due = due.order_by(columns.offered_until, columns.id).limit(MOST)
    freed = [request.lapse(NO_ANSWER)
             for request in work.all(due.with_for_update(skip_locked=True))]
    for school_id, places in sorted(Counter(freed).items()):
        give_back(work, school_id, places)


TICKS = (lapse_place_offers,)
