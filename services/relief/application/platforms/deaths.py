"""What the death of a worker (职工死亡) does to their care cards."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.platforms import care_cards
from services.relief.application.watch.deaths import died_on
from services.relief.domain.platforms.card import CareCard
from shared.kernel.clock import now
from shared.service.react import Told
from shared.store.work import Work

HOLDER_DIED = "持卡人去世 / the holder has died"
C = care_cards.c


def stop_cards(work: Work, told: Told) -> None:
    """No till takes a card of the dead; staff cancel it. Corrected, what stopped for this alone goes on."""
    worker_id = told.data["worker_id"]
    has_died = died_on(work, worker_id) is not None
    cards = select(CareCard).where(C.worker_id == worker_id, C.state.in_(("ACTIVE", "FROZEN")))
    for card in work.all(cards.order_by(C.id)):
        if has_died and card.state == "ACTIVE":
            card.freeze(HOLDER_DIED, now())
        elif not has_died and card.state == "FROZEN" and card.reason == HOLDER_DIED:
            card.unfreeze()


REACTIONS = {
    "membership.worker_deceased.v1": stop_cards,
    "membership.worker_death_corrected.v1": stop_cards,
}
