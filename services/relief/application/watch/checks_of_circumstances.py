"""Checks by what other services told: on civil affairs' list, or long unemployed, and without a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, or_, select

from services.relief.adapters.watch import circumstances
from services.relief.application.watch.circumstances import known
from services.relief.application.watch.looking import open_files, parameter
from services.relief.domain.watch.circumstance import Circumstance, months_between
from services.relief.domain.watch.finding import Hit

Known = Mapping[str, Sequence[Circumstance]]


def listed_without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-1: a member on civil affairs' relief list, and no file."""
    hits = []
    for worker_id, facts in _without_file(connection, worker_ids, on).items():
        left_at = max((fact.told_at for fact in facts if fact.kind == "LEFT"), default=None)
        spells = [fact for fact in facts if fact.kind == "RELIEF_LIST" and _runs(fact, on)
                  and (left_at is None or fact.told_at > left_at)]
        for fact in sorted(spells, key=lambda spell: (spell.as_of, spell.part))[-1:]:
            figures = {"category": fact.part, "since": str(fact.since), "data_date": str(fact.as_of)}
            rule = parameter("BLD-LIST-VALID", on, fact.org_path)
            hits.append(Hit("BLD-1", "WORKER", worker_id, fact.org_path, str(on.year), figures, None, worker_id, rule))
    return hits


def jobless_without_help(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-4: long unemployed in a household where nobody works, no file and no placement."""
    hits = []
    for worker_id, facts in _without_file(connection, worker_ids, on).items():
        running = [fact for fact in facts if _runs(fact, on)]
        seekers = [fact for fact in running if fact.kind == "JOB_SEEKER"]
        if not seekers or any(fact.kind == "PLACEMENT" for fact in running):
            continue
        since = min(fact.since for fact in running if fact.kind in ("JOB_SEEKER", "UNEMPLOYED_LIST") and fact.since)
        rule, months = parameter("BLD-4-MONTHS", on, seekers[0].org_path), months_between(since, on)
        if months >= rule.value:
            figures = {"since": str(since), "months": months, "least": rule.value}
            hits.append(Hit("BLD-4", "WORKER", worker_id, seekers[0].org_path, str(on.year), figures, None, worker_id,
                            rule))
    return hits


def _without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> Known:
    """Worker → what is known of them, of those without a file."""
    files, c = open_files(connection, worker_ids), circumstances.c
    wanted = select(circumstances).where(
        c.worker_id.in_([one for one in worker_ids if one not in files]),
        or_(c.valid_until.is_(None), c.valid_until >= on)).order_by(c.worker_id, c.kind, c.part)
    found: dict[str, list[Circumstance]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.worker_id].append(known(row))
    return found


def _runs(fact: Circumstance, on: date) -> bool:
    return fact.is_running and (fact.until is None or fact.until >= on)
