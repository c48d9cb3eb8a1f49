"""Which tier (帮扶层次) each kind of measure has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.relief.domain.measures import TierRule, TierRules
from shared.kernel import data
from shared.kernel.clock import today
from shared.kernel.dated import files, rows_of
from shared.kernel.org import division_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def tiers() -> TierRules:
    """The whole table. Raises RuleTableError."""
    return _tiers(files(HERE, "tiers.yaml", RULES_VARIABLE))


def tier_of(measure: str, org_path: str) -> str:
    """EMERGENCY, SAFEGUARD or ROOT_CAUSE: what a measure that is taken today in a place counts as. Raises RuleGap."""
    return tiers().rule(measure, today(), division_of(org_path)).tier


@lru_cache(maxsize=4)
def _tiers(stamps: tuple[data.Stamp, ...]) -> TierRules:
    return TierRules(rows_of(stamps, "tiers", _rows))


def _rows(entry: dict[str, Any]) -> Iterator[TierRule]:
    for measure in entry.pop("measures"):
        yield TierRule(measure=measure, **entry)
