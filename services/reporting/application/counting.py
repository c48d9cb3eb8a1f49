"""Keeps one fact a counted event."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select

from services.reporting.adapters.tables import facts
from services.reporting.domain.facts import fact_of
from shared.kernel.clock import SHANGHAI, now
from shared.kernel.ids import new_id
from shared.service.react import Told
from shared.store.work import Work


def count(work: Work, told: Told) -> None:
    """The order of events does not matter: ratios are put together when they are asked for."""
    told_at = datetime.fromisoformat(told.time).astimezone(SHANGHAI) if told.time else now()
    fact = fact_of(told.type.rpartition(".v")[0], told.subject, told.sequence, told_at, told.data)
    if fact is None:
        return
    known = select(facts.c.id).where(facts.c.type == fact.type, facts.c.dedupe == fact.dedupe)
    if work.session.execute(known).first() is None:
        work.session.execute(insert(facts).values(id=new_id(), org_path=told.org_path, event_id=told.id,
                                                  recorded_at=now(), **asdict(fact)))
