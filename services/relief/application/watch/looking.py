"""What the checks look up together: open files of workers, what others gave, rows of rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, extract, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.domain.applications.sealed import opened
from services.relief.domain.applications.states import DECIDED
from services.relief.rules import means as means_rules
from services.relief.rules.watch import PARAMETERS
from shared.kernel.org import division_of
from shared.kernel.parameters import Parameter

LINES = payment_lines.c
YEAR = extract("year", LINES.paid_on)


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
    columns = (f.id, f.file_no, f.org_path, f.grade, f.approved_on, f.rigid, f.last_aid_on)
    return connection.execute(select(*columns).where(f.id.in_(file_ids)).order_by(f.id)).all()


def declared_aid(connection: Connection, relief_type: str, who: ColumnElement[Any], ids: Sequence[str],
                 since: date) -> Iterator[tuple[str, int, str, int]]:
    """What others gave for the same need, as decided applications have it: `who`, year, payer, fen. The year is that it
    was given in, if that is known, else the application's."""
    a = relief_applications.c
    query = select(who.label("who"), a.year, a.sealed_other_aid).where(
        who.in_(ids), a.relief_type == relief_type, a.state.in_(DECIDED), a.year >= since.year)
    for row in connection.execute(query):
        for aid in (opened(one, "paid_on") for one in json.loads(row.sealed_other_aid)):
            if aid["is_same_need"]:
                given_on = aid.get("paid_on")
                yield row.who, given_on.year if given_on else row.year, aid["payer"], aid["amount_fen"]


def day_of(year: int, on: date) -> date:
    """The day whose rules hold for a year's payments: its end, or today."""
    return min(on, date(year, 12, 31))


def parameter(code: str, on: date, org_path: str) -> Parameter:
    """Raises RuleGap."""
    return PARAMETERS.row(code, on, division_of(org_path))


def months_of_dibao(rule: Parameter, on: date, org_path: str) -> int:
    """The parameter's months of the place's dibao, in fen."""
    return rule.value * means_rules.standards().on(on, division_of(org_path)).dibao_fen
