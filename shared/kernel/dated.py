"""Dated rules (有时效的规定): rows that say where and from when to when they apply, and by which document.

A service ships its rows as YAML and an environment variable may name a folder with a file of the same name that adds
rows, or replaces those of the same place and first day. A series with a hole or with two rows for one day is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from shared.kernel import data
from shared.kernel.data import RuleTableError as RuleTableError
from shared.kernel.deadline_rules import NATIONAL

CERTAINTIES = ("T", "X", "2", "K-H", "K-M", "K-L", "D")
_DAY = timedelta(days=1)


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

    @property
    def series(self) -> str:
        """What the row is about: rows of one series and jurisdiction follow each other in time."""
        return type(self).__name__

    def applies(self, on: date, division: str) -> bool:
        """Whether the row is in force on that day in that division."""
        here = self.jurisdiction == NATIONAL or division.startswith(self.jurisdiction)
        return here and self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


D = TypeVar("D", bound=Dated)


def in_force(rows: Iterable[D], on: date, division: str) -> D | None:
    """The row that rules on a day in a division: the narrowest jurisdiction goes first."""
    fitting = [row for row in rows if row.applies(on, division)]
    return max(fitting, key=lambda row: len(row.jurisdiction.removeprefix(NATIONAL)), default=None)


def check_series(rows: Sequence[Dated]) -> None:
    """In each series and jurisdiction the rows must follow each other day by day, and the national ones must not end.

    Raises RuleGap, RuleOverlap, naming the series, the jurisdiction and the days.
    """
    groups: dict[tuple[str, str], list[Dated]] = {}
    for row in rows:
        groups.setdefault((row.series, row.jurisdiction), []).append(row)
    for (series, jurisdiction), group in sorted(groups.items()):
        group.sort(key=lambda row: row.effective_from)
        for row, after in pairwise(group):
            _check_pair(f"{series} / {jurisdiction}", row, after)
        end = group[-1].effective_to
        if end and jurisdiction == NATIONAL:
            raise RuleGap(f"{series} / {jurisdiction}: no rule from {end + _DAY} on")


def _check_pair(what: str, row: Dated, after: Dated) -> None:
    if row.effective_to is None or row.effective_to >= after.effective_from:
        end = min(row.effective_to or date.max, after.effective_to or date.max)
        raise RuleOverlap(f"{what}: two rules from {after.effective_from} {'on' if end == date.max else f'to {end}'}")
    if row.effective_to + _DAY < after.effective_from:
        raise RuleGap(f"{what}: no rule from {row.effective_to + _DAY} to {after.effective_from - _DAY}")


def files(home: Path, name: str, variable: str) -> tuple[data.Stamp, ...]:
    """The shipped file and, after it, the local one where `variable` names a folder that has it. Raises OSError."""
    folder = os.environ.get(variable)
    local = [Path(folder) / name] if folder and (Path(folder) / name).exists() else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in [home / name, *local])


def rows_of(stamps: Sequence[data.Stamp], key: str, read: Callable[[dict[str, Any]], Iterable[D]]) -> list[D]:
    """The checked rows under `key` of the files; `read` makes the rows of an entry. Raises RuleTableError."""
    found: dict[tuple[str, str, date], D] = {}
    for stamp in stamps:
        of_file: dict[tuple[str, str, date], D] = {}
        for row in (row for entry in _entries(stamp, key, stamps) for row in _read(stamp[0], entry, read)):
            place = (row.series, row.jurisdiction, row.effective_from)
            if place in of_file:
                raise RuleOverlap(f"{stamp[0]}: {row.series} / {row.jurisdiction}: two rules from {place[2]} on")
            of_file[place] = row
        found |= of_file
    rows = list(found.values())
    check_series(rows)
    return rows


def _entries(stamp: data.Stamp, key: str, stamps: Sequence[data.Stamp]) -> list[dict[str, Any]]:
    """The list of that name. A local file need not have all that the shipped one of its name has, but nothing else."""
    content = data.read(stamp)
    shipped = next(one for one in stamps if Path(one[0]).name == Path(stamp[0]).name)
    known = [key] if shipped == stamp else [*data.read(shipped)]
    if isinstance(content, dict) and shipped != stamp and key in known:
        unknown = ", ".join(str(one) for one in content if one not in known)
        if unknown:
            raise RuleTableError(f"{stamp[0]}: may hold {', '.join(known)}, not {unknown}")
        content = {key: [], **content}
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise RuleTableError(f"{stamp[0]}: needs a list `{key}`")
    entries: list[dict[str, Any]] = content[key]
    return entries


def _read(file: str, entry: Any, read: Callable[[dict[str, Any]], Iterable[D]]) -> list[D]:
    try:
        return list(read(dict(entry)))
    except (KeyError, TypeError, ValueError) as error:
        raise RuleTableError(f"{file}, {str(entry)[:120]}: {error}") from error
