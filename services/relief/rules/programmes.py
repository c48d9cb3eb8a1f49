"""Relief programmes (救助项目): caps, which place follows which set, what a source asks, who approves how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from services.relief.domain.applications.programme import Adoption, Outside, Programme, Programmes, SourceCondition
from services.relief.domain.funds.purposes import levels_of
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE, Parameters

HERE = Path(__file__).parent
#: who may approve up to how much (审批权限)
LIMITS = Parameters(HERE / "relief_limits.yaml")


def programmes() -> Programmes:
    """Every programme. Raises RuleTableError."""
    return _programmes(*[files(HERE, name, RULES_VARIABLE)
                         for name in ("programmes.yaml", "programme_sets.yaml", "source_conditions.yaml")])


@lru_cache(maxsize=4)
def _programmes(caps: tuple[data.Stamp, ...], sets: tuple[data.Stamp, ...],
                conditions: tuple[data.Stamp, ...]) -> Programmes:
    return Programmes(rows_of(caps, "programmes", _rows), rows_of(sets, "adoptions", _adoption),
                      rows_of(conditions, "sources", _condition))


def _rows(entry: dict[str, Any]) -> Iterator[Programme]:
    """A row for each grade and school level the entry names."""
    grades, levels = entry.pop("grades"), entry.pop("school_levels", [""])
    for name in ("needs", "excluded_students"):
        entry[name] = tuple(entry.get(name, ()))
    entry["outside"] = tuple(Outside(**one) for one in entry.get("outside", ()))
    for whom, level in product(grades, levels):
        yield Programme(whom=whom, school_level=level, **entry)


def _adoption(entry: dict[str, Any]) -> Iterator[Adoption]:
    yield Adoption(**{**entry, "rule_sets": tuple(entry["rule_sets"])})


def _condition(entry: dict[str, Any]) -> Iterator[SourceCondition]:
    """Without `fiscal_levels` a row holds for local fiscal money of every level."""
    levels, fiscal = entry.get("file_levels"), entry.pop("fiscal_levels", None)
    for level in levels_of(entry["source"]) if fiscal is None else fiscal:
        yield SourceCondition(**{**entry, "fiscal_level": level,
                                 "file_levels": None if levels is None else tuple(levels)})


def limits() -> Parameters:
    """The limits of approval, read once to find faults at the start. Raises RuleTableError."""
    for code in ("approval.director", "approval.chair", "campaign.director", "campaign.chair", "instalments.months"):
        LIMITS.row(code, date(2019, 1, 1))
    return LIMITS

