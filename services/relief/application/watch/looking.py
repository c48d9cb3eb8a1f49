"""What the checks look up together: open files of workers, payments by year, rows of rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, extract, func, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.rules import means as means_rules
from services.relief.rules.watch import PARAMETERS
from shared.kernel.org import division_of
from shared.kernel.parameters import Parameter

LINES = payment_lines.c
YEAR = extract("year", LINES.paid_on)
#: what a payment comes to, less what the payee gave back
LEFT_FEN = LINES.amount_fen - LINES.recovered_fen


def year_before(on: date) -> date:
    """The first day that is looked at: payments of this year and of the last."""
    return date(on.year - 1, 1, 1)


def open_files(connection: Connection, worker_ids: Sequence[str]) -> dict[str, str]:
    """Worker → the open file that they are a member of."""
    m = hardship_members.c
    query = select(m.worker_id, m.file_id).where(m.worker_id.in_(worker_ids), m.is_open)
    return {row.worker_id: row.file_id for row in connection.execute(query)}


def rows_of_files(connection: Connection, file_ids: Sequence[str]) -> Sequence[Any]:
    """What the checks need of files."""
    f = hardship_files.c
    columns = (f.id, f.file_no, f.org_path, f.grade, f.approved_on, f.rigid)
    return connection.execute(select(*columns).where(f.id.in_(file_ids)).order_by(f.id)).all()


def paid_in_year(connection: Connection, worker_ids: Sequence[str], on: date,
                 purposes: Sequence[str]) -> Sequence[Any]:
    """Payments of this year and the last to workers, summed by payee, purpose and year."""
    columns = (LINES.payee_id, LINES.purpose, YEAR.label("year"))
    query = select(*columns, func.count(LINES.fund_id.distinct()).label("payers"),
                   func.count(LINES.about_id.distinct()).label("times"), func.sum(LEFT_FEN).label("paid_fen"),
                   func.min(LINES.org_path).label("org_path")).where(
        LINES.state == "PAID", LINES.payee_kind == "WORKER", LINES.payee_id.in_(worker_ids),
        LINES.purpose.in_(purposes), LINES.paid_on >= year_before(on)).group_by(*columns)
    return connection.execute(query).all()


def day_of(year: int, on: date) -> date:
    """The day whose rules hold for a year's payments: its end, or today."""
    return min(on, date(year, 12, 31))


def parameter(code: str, on: date, org_path: str) -> Parameter:
    """Raises RuleGap."""
    return PARAMETERS.row(code, on, division_of(org_path))


def months_of_dibao(rule: Parameter, on: date, org_path: str) -> int:
    """The parameter's months of the place's dibao, in fen."""
    return rule.value * means_rules.standards().on(on, division_of(org_path)).dibao_fen
