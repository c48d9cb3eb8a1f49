"""How the money of a year was spread, for a unit and for the units below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from services.relief.adapters.watch_queries import (
    Scope,
    households_of,
    months_of,
    paid_by_path,
    paid_of,
    tiers_of,
)
from services.relief.domain.applications.kinds import TIERS
from services.relief.domain.watch.explaining import explain
from services.relief.domain.watch.spread import Window, share_bp, spread_of, windows
from services.relief.rules import means as means_rules
from services.relief.rules import watch as rules
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading

MOST_UNITS, MOST_HOUSEHOLDS = 200, 100


def get_spread(reading: Reading, asked: Asked) -> dict[str, Any]:
    scope, runs, lead_days = _scope(reading, asked)
    on, division = date(scope.year, 12, 31), division_of(scope.org_path)
    limits = rules.thresholds(on, division)
    standard = means_rules.standards().on(on, division)
    found = spread_of(paid_of(reading.connection, scope, limits.small_fen), scope.year, runs, standard.dibao_fen,
                      limits)
    steps = explain(found, scope.year, runs, lead_days, limits, standard.dibao)
    return {**asdict(found), "year": scope.year, "org_path": scope.org_path, "months": _months(reading, scope),
            "tiers": _tiers(reading, scope, found.amount_fen),
            "steps_zh": steps.zh, "steps_en": steps.en}


def get_spread_by_unit(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The units one level below, most money first."""
    scope, runs, _ = _scope(reading, asked)
    on = date(scope.year, 12, 31)
    found = []
    for path, paid in paid_by_path(reading.connection, scope, _small_fen(scope, on)).items():
        division = division_of(path)
        dibao_fen = means_rules.standards().on(on, division).dibao_fen
        found.append((path, spread_of(paid, scope.year, runs, dibao_fen, rules.thresholds(on, division))))
    found.sort(key=lambda pair: (-pair[1].amount_fen, pair[0]))
    units = [{"org_path": path, **asdict(spread)} for path, spread in found[:MOST_UNITS]]
    return {"year": scope.year, "org_path": scope.org_path, "units": units, "has_more": len(found) > MOST_UNITS}


def get_spread_by_household(reading: Reading, asked: Asked) -> dict[str, Any]:
    scope, _, _ = _scope(reading, asked)
    found = households_of(reading.connection, scope, asked.query.get("month"), asked.query["order"] == "MOST",
                          MOST_HOUSEHOLDS + 1)
    return {"year": scope.year, "org_path": scope.org_path, "households": found[:MOST_HOUSEHOLDS],
            "has_more": len(found) > MOST_HOUSEHOLDS}


def _small_fen(scope: Scope, on: date) -> int:
    return rules.thresholds(on, division_of(scope.org_path)).small_fen


def _scope(reading: Reading, asked: Asked) -> tuple[Scope, list[Window], int]:
    """What is asked about, the days round its festivals, and how many days before one count."""
    query: Mapping[str, Any] = asked.query
    year, org_path = query.get("year") or today().year, place_of(reading.caller, query.get("org_path"))
    lead_days = rules.PARAMETERS.value("SPREAD-FESTIVAL-LEAD", date(year, 12, 31), division_of(org_path))
    runs = windows(year, rules.festivals(year), lead_days)
    return Scope(org_path, year, query.get("purpose"), tuple(runs)), runs, lead_days


def _months(reading: Reading, scope: Scope) -> list[dict[str, Any]]:
    found = months_of(reading.connection, scope)
    return [{"month": month, "payments": found.get(month, (0, 0))[0], "amount_fen": found.get(month, (0, 0))[1],
             "has_festival_window": any(start.month <= month <= end.month for start, end in scope.windows)}
            for month in range(1, 13)]


def _tiers(reading: Reading, scope: Scope, total_fen: int) -> list[dict[str, Any]]:
    found = tiers_of(reading.connection, scope)
    sums = {tier: found.get(tier, (0, 0)) for tier in TIERS}
    return [{"tier": tier, "payments": many, "amount_fen": fen, "share_bp": share_bp(fen, total_fen)}
            for tier, (many, fen) in sums.items()]
