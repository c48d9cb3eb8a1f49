"""Keeps one fact a counted event."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

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
    kept = work.database.insert(facts).on_conflict_do_nothing(index_elements=["type", "dedupe"])
    work.session.execute(kept, {"id": new_id(), "org_path": told.org_path, "event_id": told.id, "recorded_at": now(),
                                **asdict(fact)})
