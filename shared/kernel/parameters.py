"""Rule parameters: single numbers a rule needs, as dated rows of a service's `rules/*.yaml` under `parameters`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from shared.kernel import data
from shared.kernel.dated import Dated, RuleGap, RuleTableError, files, in_force, rows_of

RULES_VARIABLE = "BANGFU_RULES"


@dataclass(frozen=True, kw_only=True)
class Parameter(Dated):
    """One row. `unit` says what `value` counts: persons, calendar_day, basis_point, score."""

    code: str
    value: int
    unit: str
    zh: str
    en: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if type(self.value) is not int or self.value < 0:
            raise ValueError(f"value {self.value!r} is no whole number")

    @property
    def series(self) -> str:
        return self.code


class Parameters:
    """The rows of one shipped file, and those a folder named by BANGFU_RULES adds to or puts in their place."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def row(self, code: str, on: date, division: str = "") -> Parameter:
        """The row in force on a day in a division (GB/T 2260, may be empty). Raises RuleTableError, RuleGap."""
        rows = _build(files(self.file.parent, self.file.name, RULES_VARIABLE))
        found = in_force([row for row in rows if row.code == code], on, division)
        if found is None:
            raise RuleGap(f"{self.file.name}: no {code} in force on {on}")
        return found

    def value(self, code: str, on: date, division: str = "") -> int:
        return self.row(code, on, division).value


@lru_cache(maxsize=16)
def _build(stamps: tuple[data.Stamp, ...]) -> tuple[Parameter, ...]:
    rows = tuple(rows_of(stamps, "parameters", _rows))
    if len(stamps) > 1:
        _check_codes(stamps[-1], rows, {row.code for row in rows_of(stamps[:1], "parameters", _rows)})
    return rows


def _check_codes(local: data.Stamp, rows: Sequence[Parameter], known: Collection[str]) -> None:
    """Nothing ever asks for a code that the shipped file has not: it is a slip of the pen."""
    for row in rows:
        if row.code not in known:
            near = ", ".join(get_close_matches(row.code, known)) or ", ".join(sorted(known))
            raise RuleTableError(f"{local[0]}: {row.code} is no parameter; known: {near}")


def _rows(entry: dict[str, Any]) -> Iterator[Parameter]:
    yield Parameter(**entry)
