"""Dated rules (有时效的规定): rows that say where and from when to when they apply, and by which document.

A service ships its rows as YAML and an environment variable may name a folder with a file of the same name that adds
rows, or replaces those of the same place and first day. A series with a hole or with two rows for one day is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from shared.kernel import data
from shared.kernel.deadline_rules import NATIONAL

CERTAINTIES = ("T", "X", "2", "K-H", "K-M", "K-L", "D")
_DAY = timedelta(days=1)


class RuleTableError(ValueError):
    """A rule file cannot be used. It names the file or the series, and the days."""


class RuleGap(RuleTableError):
    """Days for which a series has no rule."""


class RuleOverlap(RuleTableError):
    """Days for which a series has two rules."""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """One row. `jurisdiction` is CN or the first digits of a division code; `effective_to` is the last day, None while
    in force; `certainty` as in the table of deadlines: all but T may change locally."""

    jurisdiction: str
    effective_from: date
    effective_to: date | None = None
    document: str
    certainty: str

    def __post_init__(self) -> None:
        if self.certainty not in CERTAINTIES:
            raise ValueError(f"certainty {self.certainty!r}")
        if type(self.effective_from) is not date or type(self.effective_to) not in (date, type(None)):
            raise ValueError(f"effective from {self.effective_from!r} to {self.effective_to!r}")
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError(f"ends on {self.effective_to}, before {self.effective_from}")

    def applies(self, on: date, division: str) -> bool:
        """Whether the row is in force on that day in that division."""
        here = self.jurisdiction == NATIONAL or division.startswith(self.jurisdiction)
        return here and self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


D = TypeVar("D", bound=Dated)


def in_force(rows: Iterable[D], on: date, division: str) -> D | None:
    """The row that rules on a day in a division: the narrowest jurisdiction goes first."""
    fitting = [row for row in rows if row.applies(on, division)]
    return max(fitting, key=lambda row: len(row.jurisdiction.removeprefix(NATIONAL)), default=None)


def check_series(what: str, rows: Sequence[Dated]) -> None:
    """Every jurisdiction's rows must follow each other day by day, and the national ones must not end.

    Raises RuleGap, RuleOverlap, naming `what`, the jurisdiction and the days.
    """
    for jurisdiction in sorted({row.jurisdiction for row in rows}):
        of_place = sorted((r for r in rows if r.jurisdiction == jurisdiction), key=lambda row: row.effective_from)
        for row, after in pairwise(of_place):
            _check_pair(f"{what} / {jurisdiction}", row, after)
        end = of_place[-1].effective_to
        if end and jurisdiction == NATIONAL:
            raise RuleGap(f"{what} / {jurisdiction}: no rule from {end + _DAY} on")


def _check_pair(what: str, row: Dated, after: Dated) -> None:
    if row.effective_to is None or row.effective_to >= after.effective_from:
        raise RuleOverlap(f"{what}: two rules from {after.effective_from} to {row.effective_to or '-'}")
    if row.effective_to + _DAY < after.effective_from:
        raise RuleGap(f"{what}: no rule from {row.effective_to + _DAY} to {after.effective_from - _DAY}")


def files(home: Path, name: str, variable: str) -> tuple[data.Stamp, ...]:
    """The shipped file and, after it, the local one where `variable` names a folder that has it. Raises OSError."""
    folder = os.environ.get(variable)
    local = [Path(folder) / name] if folder and (Path(folder) / name).exists() else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in [home / name, *local])


def rows_of(stamps: Sequence[data.Stamp], key: str, kind: type[D]) -> list[D]:
    """The rows under `key` of the files; a later row replaces one that differs in its values only. Raises RuleTableError.

    Two rows are of one place and day when their jurisdiction, first day and texts of `SAME` (of the kind) are equal.
    """
    found: dict[tuple[Any, ...], D] = {}
    for stamp in stamps:
        for entry in _entries(stamp, key):
            row = _row(stamp[0], entry, kind)
            same = tuple(getattr(row, name) for name in getattr(kind, "SAME", ()))
            found[row.jurisdiction, row.effective_from, *same] = row
    return list(found.values())


def _entries(stamp: data.Stamp, key: str) -> list[dict[str, Any]]:
    content = data.read(stamp)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise RuleTableError(f"{stamp[0]}: needs a list `{key}`")
    entries: list[dict[str, Any]] = content[key]
    return entries


def _row(file: str, entry: Any, kind: type[D]) -> D:
    try:
        return kind(**entry)
    except (TypeError, ValueError) as error:
        raise RuleTableError(f"{file}, {str(entry)[:120]}: {error}") from error
