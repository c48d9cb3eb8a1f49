"""Legal and house deadlines (期限), D-01 to D-35, as dated rows of deadlines.yaml.

The start day is excluded; a period in calendar days, months or years that ends on a day off runs to the next working
day (民事诉讼法 85, 民法典 202, 203). In the arbitration rules 3, 5 and 10 days are working days, 15 and 45 calendar
days; the unit stands in each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel import calendar
from shared.kernel.deadline_rules import NATIONAL, DeadlineRule, Unit, rules
from shared.kernel.errors import Conflict, Invalid

__all__ = ["Deadline", "DeadlineRule", "agreed", "due", "rule", "rules"]

_DAY = timedelta(days=1)
_REMINDERS_PERCENT = (50, 80)


class DeadlineUnknown(Invalid):
    """No row of that code."""

    code = "deadline-unknown"
    zh = "期限表中没有“{deadline}”。相近的代码:{similar}。"
    en = "There is no deadline {deadline} in the table. Similar codes: {similar}."


class DeadlineNotInForce(Invalid):
    """The rule took effect later than the matter began."""

    code = "deadline-not-in-force"
    zh = "期限 {deadline} 自 {effective_from} 起施行,不适用于 {start_on} 开始的事项。请在期限表中补充当时的规定。"
    en = "{deadline} is in force from {effective_from}, not for what began on {start_on}. Add the earlier rule."


class ExtensionImpossible(Conflict):
    """The rule has no extension by a fixed time."""

    code = "deadline-not-extendable"
    zh = "期限 {deadline}({name_zh})不能按固定天数延长。{how_zh}"
    en = "{deadline} ({name_en}) has no extension of a fixed length. {how_en}"


class AgreementImpossible(Conflict):
    """A day was wanted from a rule that leaves it to agreement, or an agreement offered where the rule sets the day."""

    code = "deadline-agreement"
    zh = "期限 {deadline}({name_zh}){how_zh}"
    en = "{deadline} ({name_en}) {how_en}"


class DueBeforeStart(Invalid):
    """An agreed day that lies before the start."""

    code = "deadline-before-start"
    zh = "约定日期 {due_on} 早于起算日 {start_on},请核对。"
    en = "The agreed day {due_on} is before the start {start_on}."


@dataclass(frozen=True)
class Deadline:
    """One running deadline. `due_on` is its last day."""

    code: str
    start_on: date
    due_on: date
    unit: Unit
    basis: str

    @property
    def is_certain(self) -> bool:
        """Whether the holiday tables of all its years are known; otherwise `due_on` may yet move."""
        return all(calendar.is_certain(year) for year in {self.start_on.year, self.due_on.year})

    def is_missed(self, on: date) -> bool:
        """Whether the last day has passed. Of D-18: whether the urgent window is open."""
        return on > self.due_on

    def remind_on(self) -> list[date]:
        """The days to remind on, at 50 %, at 80 % and the day before, each once, none after the period."""
        length_days = (self.due_on - self.start_on).days
        days = {self.start_on + timedelta(days=length_days * percent // 100) for percent in _REMINDERS_PERCENT}
        return sorted(day for day in days | {self.due_on - _DAY} if self.start_on <= day < self.due_on)


def rule(code: str, on: date, division: str = "") -> DeadlineRule:
    """The row that rules what begins on a day in a division (GB/T 2260, may be empty).

    A local row goes before the national one, a later row before an earlier. Where a code has only rows of other
    places (D-20 of Zhejiang), the latest of them serves as the default; its jurisdiction says so.
    Raises DeadlineUnknown, DeadlineNotInForce.
    """
    known = [row for row in rules() if row.code == code]
    if not known:
        similar = sorted({row.code for row in rules() if row.code.startswith(code[:4])})
        raise DeadlineUnknown(deadline=code[:40], similar=", ".join(similar) or "-")
    in_force = [row for row in known if row.effective_from <= on]
    if not in_force:
        first = min(row.effective_from for row in known)
        raise DeadlineNotInForce(deadline=code, effective_from=str(first), start_on=str(on))
    here = [row for row in in_force if row.applies_in(division)]
    return max(here or in_force, key=lambda row: (len(row.jurisdiction.removeprefix(NATIONAL)), row.effective_from))


def due(code: str, start_on: date, *, extended: bool = False, excluded_days: int = 0, division: str = "") -> Deadline:
    """The deadline that begins on a day.

    `extended` adds the row's extension to the whole period; `excluded_days` is time that does not count (waiting for
    supplements, a hearing, a suspension), in the row's unit. Of a row that counts backwards (D-18), `start_on` is the
    day it leads up to. Raises DeadlineUnknown, DeadlineNotInForce, ExtensionImpossible, AgreementImpossible.
    """
    row = rule(code, start_on, division)
    if row.unit == "agreed":
        raise AgreementImpossible(
            deadline=code,
            name_zh=row.zh,
            name_en=row.en,
            how_zh="由约定日期决定,请填写约定日期。",
            how_en="is set by agreement: give the agreed day.",
        )
    if (extended and not row.extension_limit) or (excluded_days and not row.may_stop):
        raise ExtensionImpossible(
            deadline=code, name_zh=row.zh, name_en=row.en, how_zh=row.extension_zh, how_en=row.extension_en
        )
    limit = row.limit + (row.extension_limit if extended else 0)
    return Deadline(code, start_on, _last_day(row, start_on, limit, excluded_days), row.unit, row.basis)


def agreed(code: str, start_on: date, due_on: date, division: str = "") -> Deadline:
    """A deadline on the day the parties agreed on (D-04, D-27; D-03 when both extend). The day is not moved.

    Raises DeadlineUnknown, DeadlineNotInForce, AgreementImpossible, DueBeforeStart.
    """
    row = rule(code, start_on, division)
    if not row.may_agree:
        raise AgreementImpossible(
            deadline=code,
            name_zh=row.zh,
            name_en=row.en,
            how_zh="由规定确定,不能自行约定日期。",
            how_en="is set by the rule: no other day can be agreed on.",
        )
    if due_on < start_on:
        raise DueBeforeStart(start_on=str(start_on), due_on=str(due_on))
    return Deadline(code, start_on, due_on, row.unit, row.basis)


def _last_day(row: DeadlineRule, start_on: date, limit: int, excluded_days: int) -> date:
    if row.backwards:
        # not rolled: that would take days from the person who is running out of them
        return start_on - timedelta(days=limit)
    if row.unit == "working_day":
        return calendar.add_working_days(start_on, limit + excluded_days)
    if row.unit == "calendar_day":
        return calendar.add_calendar_days(start_on, limit + excluded_days)
    months = limit * 12 if row.unit == "year" else limit
    return calendar.add_calendar_days(calendar.months_later(start_on, months), excluded_days)
