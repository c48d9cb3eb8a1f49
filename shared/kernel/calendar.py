"""Working days (工作日) and the counting of days, from the State Council's yearly notice on holidays.

Counting: the start day is excluded, and a period that ends on a day off runs to the next working day
(民事诉讼法 85, 民法典 203). A year without a notice counts Monday to Friday, with a warning in the log.
"""

from __future__ import annotations

import logging
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from shared.kernel import data

HOLIDAYS_VARIABLE = "BANGFU_HOLIDAYS"
MAX_DAYS = 36_600
MAX_HOLIDAY_DAYS = 31
_SATURDAY = 5
_DAY = timedelta(days=1)
_log = logging.getLogger(__name__)
_warned: set[int] = set()


class HolidayTableError(ValueError):
    """The holiday table cannot be used. It names the file and the place: a wrong day off moves legal deadlines."""


@dataclass(frozen=True)
class _Table:
    years: frozenset[int]
    off: frozenset[date]
    working: frozenset[date]


def is_working_day(day: date) -> bool:
    """Whether offices work on this day: Monday to Friday less the holidays, and the shifted working weekends."""
    return _works(_table(), day)


def is_certain(year: int) -> bool:
    """Whether the State Council's notice for this year is in the table; otherwise weekdays are a guess."""
    return year in _table().years


def add_working_days(start: date, n: int) -> date:
    """The n-th working day after `start`; the start day is not counted. With n = 0, the first working day from it."""
    table = _table()
    day = start
    for _ in range(_bounded(n)):
        day = _next_working(table, day + _DAY)
    return _next_working(table, day)


def add_calendar_days(start: date, n: int) -> date:
    """The day n days after `start`, or the next working day if that is a day off (CPL 85)."""
    return roll_forward(start + timedelta(days=_bounded(n)))


def months_later(on: date, months: int) -> date:
    """The same day of a later month (earlier, if negative), or its last day where it has no such day (民法典 202)."""
    years, month0 = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month0 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def roll_forward(day: date) -> date:
    """This day, or the next working day if it is a day off (CPL 85)."""
    return _next_working(_table(), day)


def working_days_between(start: date, end: date) -> int:
    """The working days after `start` up to and including `end`; negative when `end` is the earlier."""
    if end < start:
        return -working_days_between(end, start)
    table = _table()
    return sum(_works(table, start + timedelta(days=n)) for n in range(1, _bounded((end - start).days) + 1))


def _bounded(n: int) -> int:
    if not 0 <= n <= MAX_DAYS:
        raise ValueError(f"a period has 0 to {MAX_DAYS} days, not {n}")
    return n


def _next_working(table: _Table, day: date) -> date:
    while not _works(table, day):
        day += _DAY
    return day


def _works(table: _Table, day: date) -> bool:
    if day.year not in table.years and day.year not in _warned:
        _warned.add(day.year)
        _log.warning("no holiday table for %d: Monday to Friday is assumed (set %s)", day.year, HOLIDAYS_VARIABLE)
    return day in table.working or (day.weekday() < _SATURDAY and day not in table.off)


def _table() -> _Table:
    return _build(data.stamps("holidays.yaml", HOLIDAYS_VARIABLE))


@lru_cache(maxsize=4)
def _build(stamps: tuple[data.Stamp, ...]) -> _Table:
    years: dict[int, tuple[set[date], set[date]]] = {}
    for stamp in stamps:
        try:
            years |= {int(year): _read_year(entry) for year, entry in data.read(stamp)["years"].items()}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise HolidayTableError(f"{stamp[0]}: {error!r}") from error
    off = (day for days, _ in years.values() for day in days)
    working = (day for _, days in years.values() for day in days)
    return _Table(frozenset(years), frozenset(off), frozenset(working))


def _read_year(entry: dict[str, Any]) -> tuple[set[date], set[date]]:
    off = {day for run in entry["holidays"] for day in _run(run["from"], run["to"])}
    working = set(entry["working"])
    for day in working:
        if day.weekday() < _SATURDAY or day in off:
            raise ValueError(f"{day} is listed as a shifted working day but is no weekend, or is also a holiday")
    return off, working


def _run(first: date, last: date) -> list[date]:
    if not 0 <= (last - first).days < MAX_HOLIDAY_DAYS:
        raise ValueError(f"a holiday from {first} to {last}")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
