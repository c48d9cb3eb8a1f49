"""The parameters of payments (资金发放参数)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from shared.kernel import calendar
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.kernel.parameters import Parameter, Parameters

_ALL = Parameters(Path(__file__).with_name("payments.yaml"))
CODES = ("bank_term_days", "file_most_lines", "line_most_fen")


def parameters() -> list[Parameter]:
    """Every parameter in force today. Raises RuleTableError, RuleGap."""
    return [_ALL.row(code, today()) for code in CODES]


def outcome_due_on(sent_on: date, org_path: str) -> date:
    """The last working day of the bank's term."""
    return calendar.add_working_days(sent_on, _ALL.value("bank_term_days", sent_on, division_of(org_path)))


def file_most_lines(org_path: str) -> int:
    return _ALL.value("file_most_lines", today(), division_of(org_path))


def line_most(org_path: str) -> Parameter:
    return _ALL.row("line_most_fen", today(), division_of(org_path))
