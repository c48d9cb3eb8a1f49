"""Keeps one fact a counted event."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from services.reporting.adapters.tables import facts
from services.reporting.domain.facts import fact_of
from shared.kernel.clock import SHANGHAI, now
from shared.kernel.ids import new_id
from shared.service.react import Told
from shared.store.engine import Database
from shared.store.work import Work


def count(work: Work, told: Told) -> None:
    """The order of events does not matter: ratios are put together when they are asked for."""
    told_at = datetime.fromisoformat(told.time).astimezone(SHANGHAI) if told.time else now()
    fact = fact_of(told.type.rpartition(".v")[0], told.subject, told.sequence, told_at, told.data)
    if fact is None:
        return
    row = {"id": new_id(), "org_path": told.org_path, "event_id": told.id, "recorded_at": now(), **asdict(fact)}
    work.session.execute(_keeping(work.database), row)


@cache
def _keeping(database: Database) -> Any:
    """Made once for each database. An event told twice is one fact."""
    return database.insert(facts).on_conflict_do_nothing(index_elements=["type", "dedupe"])
