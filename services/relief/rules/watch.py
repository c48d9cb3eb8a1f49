"""Thresholds of watching the spread of money (资金投放监测), and the festivals of each year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from services.relief.domain.watch.spread import Thresholds
from shared.kernel import data
from shared.kernel.clock import today
from shared.kernel.dated import RuleGap, RuleTableError, files
from shared.kernel.parameters import RULES_VARIABLE, Parameters

HERE = Path(__file__).parent
PARAMETERS = Parameters(HERE / "watch.yaml")


def check() -> None:
    """Read both files. Raises RuleTableError."""
    thresholds(today(), "")
    _known()


def thresholds(on: date, division: str) -> Thresholds:
    """From which values on people should look."""
    codes = ("SPREAD-SMALL-PAYMENT", "SPREAD-FESTIVAL-SHARE", "SPREAD-TOP-TENTH", "SPREAD-SESAME")
    return Thresholds(*(PARAMETERS.value(code, on, division) for code in codes))


def festivals(year: int) -> list[date]:
    """The festivals of a year, and New Year's Day after it. Raises RuleGap for a year that is not in the table."""
    known = _known()
    if year not in known:
        raise RuleGap(f"festivals.yaml: no festivals of {year}")
    return [*known[year], date(year + 1, 1, 1)]


def _known() -> dict[int, list[date]]:
    return _festivals(files(HERE, "festivals.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _festivals(stamps: tuple[data.Stamp, ...]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for stamp in stamps:
        try:
            found |= {int(year): [_day(stamp[0], int(year), day) for day in days]
                      for year, days in data.read(stamp)["festivals"].items()}
        except (AttributeError, KeyError, TypeError) as error:
            raise RuleTableError(f"{stamp[0]}: {error!r}") from error
    return found


def _day(file: str, year: int, day: object) -> date:
    if type(day) is not date or day.year != year:
        raise RuleTableError(f"{file}: {day!r} is no day of {year}")
    return day
