"""Guesses at a card's PIN are counted, and after some the card is locked for the day.

A guess is counted in a transaction of its own, before the command's begins: the refusal that follows must not undo it.
"""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import select

from services.relief.adapters.platforms import care_cards, care_uses
from services.relief.application.platforms.uses import Counter, raised
from services.relief.domain.platforms.till_refusals import PinLocked, PinWrong
from shared.kernel.clock import today
from shared.store.work import Work

C, U = care_cards.c, care_uses.c


def check_pin(work: Work, card_no: str, pin: str | None, most_tries: int) -> None:
    """Look before the transaction begins. A card without a PIN passes. Raises PinLocked, PinWrong."""
    found = work.peek(select(C.worker_id, C.kind, C.pin).where(C.card_no == card_no, C.pin.is_not(None)))
    if not found:
        return
    [card], counter = found, Counter(f"PIN {found[0].kind}", str(today()))
    tried = work.peek(select(U.used).where(U.worker_id == card.worker_id, U.what == counter.what,
                                           U.period == counter.period))
    if tried and tried[0].used >= most_tries:
        raise PinLocked(pointer="/pin", tries=tried[0].used)
    if not compare_digest(card.pin.encode(), (pin or "").encode()):
        with work.database.write() as connection:
            connection.execute(raised(work, card.worker_id, counter, 1))
        raise PinWrong(pointer="/pin")
