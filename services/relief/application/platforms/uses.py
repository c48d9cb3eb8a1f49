"""What was used of limits and quotas. A counter is raised first and looked at afterwards, so two tills take turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from services.relief.adapters.platforms import care_uses
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.till_refusals import LimitReached, QuotaExceeded
from services.relief.rules import platforms as platform_rules
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of
from shared.store.reading import Reading
from shared.store.work import Work

U = care_uses.c


@dataclass(frozen=True, order=True)
class Counter:
    """`what` is a kind of card (fen a month or year) or a class of goods (grams a day)."""

    what: str
    period: str


def counters(card_kind: str, weights: Mapping[str, int], total_fen: int, day: date) -> Iterator[tuple[Counter, int]]:
    """The counters a sale moves, and by how much; always in one order, so that nobody waits in a circle."""
    moved = {Counter(card_kind, f"{day:%Y-%m}"): total_fen, Counter(card_kind, f"{day:%Y}"): total_fen}
    moved |= {Counter(item_class, str(day)): grams for item_class, grams in weights.items()}
    yield from sorted(moved.items())


def take(work: Work, card: CareCard, weights: Mapping[str, int], total_fen: int, day: date, division: str,
         pointer: str = "/total_fen") -> None:
    """Count a sale, or an order's part that the card pays. Raises LimitReached, QuotaExceeded."""
    quotas = {rule.item_class: rule for rule in platform_rules.rules().quotas(day, division)}
    for counter, amount in counters(card.kind, weights, total_fen, day):
        used = _raise(work, card.worker_id, counter, amount)
        if counter.what == card.kind:
            _check_limit(card, counter, used, amount, pointer)
        elif counter.what in quotas and used > quotas[counter.what].most_g:
            rule = quotas[counter.what]
            raise QuotaExceeded(pointer="/items", item_class=counter.what, used_g=used - amount, asked_g=amount,
                                most_g=rule.most_g, document=rule.document)


def _check_limit(card: CareCard, counter: Counter, used: int, amount: int, pointer: str) -> None:
    monthly = "-" in counter.period
    limit_fen = card.monthly_limit_fen if monthly else card.yearly_limit_fen
    if limit_fen is not None and used > limit_fen:
        raise LimitReached(pointer=pointer, period_zh="每月" if monthly else "每年",
                           period_en="month" if monthly else "year", used=format_yuan(used - amount),
                           asked=format_yuan(amount), limit=format_yuan(limit_fen))


def _raise(work: Work, worker_id: str, counter: Counter, amount: int) -> int:
    """The counter after it was raised."""
    return int(work.session.execute(raised(work, worker_id, counter, amount)).scalar_one())


def raised(work: Work, worker_id: str, counter: Counter, amount: int) -> Any:
    """The statement that raises a counter and tells what it is then."""
    first = work.database.insert(care_uses).values(worker_id=worker_id, what=counter.what, period=counter.period,
                                                   used=amount)
    counted = first.on_conflict_do_update(index_elements=["worker_id", "what", "period"],
                                          set_={"used": U.used + amount})
    return counted.returning(U.used)


def give_back(work: Work, worker_id: str, card_kind: str, weights: Mapping[str, int], total_fen: int,
              day: date) -> None:
    """A sale was reversed, or an order cancelled or returned: it uses nothing any more."""
    for counter, amount in counters(card_kind, weights, total_fen, day):
        work.session.execute(update(care_uses).where(
            U.worker_id == worker_id, U.what == counter.what, U.period == counter.period).values(used=U.used - amount))


def use_of(reading: Reading, card: CareCard, day: date) -> dict[str, Any]:
    """What the holder has used on a day, in its month and its year."""
    periods = [str(day), f"{day:%Y-%m}", f"{day:%Y}"]
    rows = reading.all(select(U.what, U.period, U.used).where(U.worker_id == card.worker_id, U.period.in_(periods)))
    used = {(row.what, row.period): row.used for row in rows}
    month, year = (used.get((card.kind, period), 0) for period in periods[1:])
    quotas = platform_rules.rules().quotas(day, division_of(card.org_path))
    return {
        "card_id": card.id, "on": day, "month_used_fen": month, "year_used_fen": year,
        "month_left_fen": _left(card.monthly_limit_fen, month), "year_left_fen": _left(card.yearly_limit_fen, year),
        "quotas": [{"item_class": rule.item_class, "most_g": rule.most_g, "document": rule.document,
                    "certainty": rule.certainty, "used_g": used.get((rule.item_class, str(day)), 0)}
                   for rule in quotas]}


def _left(limit_fen: int | None, used_fen: int) -> int | None:
    return None if limit_fen is None else max(limit_fen - used_fen, 0)
