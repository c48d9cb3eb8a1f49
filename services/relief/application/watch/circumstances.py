"""Keeps what is known of workers, each newest, until it runs out."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import Row, delete, insert, select, tuple_, update

from services.relief.adapters.watch import circumstances
from services.relief.domain.watch.circumstance import Circumstance
from shared.kernel.clock import today
from shared.store.work import Work

KEY = (circumstances.c.worker_id, circumstances.c.kind, circumstances.c.part)
NAMES = tuple(field.name for field in fields(Circumstance))
#: rows deleted in one transaction
MOST = 500


def keep(work: Work, told: Circumstance) -> None:
    """Keep it unless it is no longer valid, or something newer is known."""
    if told.valid_until is not None and told.valid_until < today():
        return
    this = [column == value for column, value in zip(KEY, (told.worker_id, told.kind, told.part), strict=True)]
    row = work.session.execute(select(circumstances).where(*this).with_for_update()).first()
    if row is None:
        work.session.execute(insert(circumstances).values(**asdict(told)))
    elif told.outdates(known(row)):
        work.session.execute(update(circumstances).where(*this).values(**asdict(told)))


def known(row: Row[tuple[object, ...]]) -> Circumstance:
    return Circumstance(**{name: row._mapping[name] for name in NAMES})


def forget_circumstances(work: Work) -> None:
    """Tick: what is no longer valid is deleted."""
    c = circumstances.c
    over = select(*KEY).where(c.valid_until < today()).order_by(c.valid_until).limit(MOST)
    found = [tuple(row) for row in work.peek(over)]
    if found:
        gone = delete(circumstances).where(tuple_(*KEY).in_(found), c.valid_until < today())
        work.session.execute(gone)
