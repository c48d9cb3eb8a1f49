"""The rows of the means test (家计调查标准): all files of rules/means, and of `means` in the folder BANGFU_RULES."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from services.relief.domain.means.standards import (
    CriteriaG1,
    CriteriaG2,
    Dibao,
    MeansStandards,
    MinimumWage,
)
from shared.kernel import data
from shared.kernel.dated import Dated, RuleOverlap, RuleTableError, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent
FOLDER = "means"
GENERATIONS = {"G1": CriteriaG1, "G2": CriteriaG2}
KEYS = ("criteria", "dibao", "minimum_wage")
D = TypeVar("D", bound=Dated)


def standards() -> MeansStandards:
    """The standards of the means test. Raises RuleTableError."""
    return _standards(_stamps(HERE / FOLDER), _stamps(_local()))


def _local() -> Path | None:
    folder = os.environ.get(RULES_VARIABLE)
    return Path(folder) / FOLDER if folder else None


def _stamps(folder: Path | None) -> tuple[data.Stamp, ...]:
    found = sorted(folder.glob("*.yaml")) if folder else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in found)


@lru_cache(maxsize=4)
def _standards(shipped: tuple[data.Stamp, ...], local: tuple[data.Stamp, ...]) -> MeansStandards:
    for stamp in (*shipped, *local):
        _check_keys(stamp)
    for stamps in (shipped, local):
        _check_once(stamps)
    every = (*shipped, *local)
    return MeansStandards(_rows(every, "criteria", _criteria), _rows(every, "dibao", lambda entry: [Dibao(**entry)]),
                          _rows(every, "minimum_wage", lambda entry: [MinimumWage(**entry)]))


def _check_keys(stamp: data.Stamp) -> None:
    content = data.read(stamp)
    if not isinstance(content, dict) or not content or set(content) - set(KEYS):
        raise RuleTableError(f"{stamp[0]}: may hold the lists {', '.join(KEYS)} and nothing else")


def _check_once(stamps: Iterable[data.Stamp]) -> None:
    """A row of one place and day stands in one file of a folder: only a local one may replace a shipped one."""
    seen: dict[tuple[str, ...], str] = {}
    for stamp in stamps:
        for key, entries in data.read(stamp).items():
            for entry in entries if isinstance(entries, list) else ():
                place = (key, str(entry.get("jurisdiction")), str(entry.get("effective_from")))
                if place in seen:
                    raise RuleOverlap(f"{stamp[0]}: {' / '.join(place)} stands in {seen[place]} too")
                seen[place] = stamp[0]


def _criteria(entry: dict[str, Any]) -> list[CriteriaG1 | CriteriaG2]:
    return [GENERATIONS[entry.pop("generation")](**entry)]


def _rows(stamps: Iterable[data.Stamp], key: str, read: Callable[[dict[str, Any]], Iterable[D]]) -> list[D]:
    return rows_of([stamp for stamp in stamps if key in data.read(stamp)], key, read)
