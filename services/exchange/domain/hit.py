"""Agency hit (名单命中): a union member stands on an agency's list. Ids, codes and days only; no name, no number."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.exchange.domain.batch import AgencyBatch
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.states import Machine


@dataclass(frozen=True)
class Spell:
    """From when until when somebody receives relief or is unemployed, as a row of a list says."""

    since: date
    until: date | None
    is_running: bool


@dataclass(eq=False)
class AgencyHit(Aggregate):
    """Once for a row of a batch. It lies where membership serves the worker."""

    machine = Machine("FOUND", [])

    id: str
    org_path: str
    batch_id: str
    number: int
    worker_id: str
    kind: str
    category: str
    is_running: bool
    since: date
    until: date | None
    created_at: datetime
    state: str = "FOUND"
    version: int = 1

    @classmethod
    def find(cls, place: Mapping[str, Any], batch: AgencyBatch, number: int, category: str, spell: Spell,
             at: datetime) -> AgencyHit:
        """`place` is what membership says of the member: worker_id and org_path."""
        found = cls(new_id(), place["org_path"], batch.id, number, place["worker_id"], batch.kind, category,
                    spell.is_running, spell.since, spell.until, at)
        found.record("agency_hit_found", worker_id=found.worker_id, batch_id=batch.id, kind=batch.kind,
                     category=category, is_running=spell.is_running, since=spell.since, until=spell.until,
                     data_date=batch.data_date)
        return found


def relief_spell(row: Mapping[str, Any]) -> Spell:
    """Of a loaded row of civil affairs' list; months are YYYYMM, the last one counts whole."""
    until = row["end_ym"] and _last_day(row["end_ym"])
    return Spell(_first_day(row["start_ym"]), until, row["status"] == "ACTIVE")


def unemployment_spell(row: Mapping[str, Any]) -> Spell:
    """Of a loaded row of the list of the unemployed: one with a last day has ended."""
    return Spell(row["registered_on"], row["ended_on"], row["ended_on"] is None)


SPELLS = {"CIVIL_AFFAIRS_RELIEF": relief_spell, "UNEMPLOYMENT": unemployment_spell}


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[4:]), 1)


def _last_day(month: str) -> date:
    first = _first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])
