"""Checks by payee: the same need paid twice, student aid twice, mutual aid and owed wages without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from services.relief.adapters.advances import wage_advance_lines, wage_advances
from services.relief.adapters.funds import funds
from services.relief.application.watch.looking import (
    LEFT_FEN,
    LINES,
    YEAR,
    day_of,
    months_of_dibao,
    open_files,
    paid_in_year,
    parameter,
    year_before,
)
from services.relief.domain.watch.finding import Hit
from shared.kernel.parameters import Parameter

#: purposes that have a yearly cap in months of dibao
CAPPED = ("LIVING", "STUDENT")
#: how a payment tells that it is mutual aid: by its matter, or by the money it comes from
MUTUAL_MATTER, MUTUAL_SOURCE = "MutualAidClaim", "MUTUAL_SURPLUS"


def paid_twice(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-2: one need, one year, several payers, more than the cap."""
    hits, files = [], open_files(connection, worker_ids)
    for row in paid_in_year(connection, worker_ids, on, CAPPED):
        if row.payers < 2:
            continue
        day = day_of(int(row.year), on)
        rule = parameter(f"DUP-2-{row.purpose}", day, row.org_path)
        cap_fen = months_of_dibao(rule, day, row.org_path)
        if int(row.paid_fen) > cap_fen:
            figures = {"year": int(row.year), "purpose": row.purpose, "payers": row.payers,
                       "paid_fen": int(row.paid_fen), "cap_fen": cap_fen}
            hits.append(_hit("DUP-2", row.payee_id, row.org_path, f"{row.year} {row.purpose}", figures, rule, files))
    return hits


def student_twice(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-3: student aid in several matters of a year. The payee is the parent: a person checks which child."""
    hits, files = [], open_files(connection, worker_ids)
    for row in paid_in_year(connection, worker_ids, on, ("STUDENT",)):
        rule = parameter("DUP-3-TIMES", day_of(int(row.year), on), row.org_path)
        if row.times > rule.value:
            figures = {"year": int(row.year), "times": row.times, "most": rule.value, "paid_fen": int(row.paid_fen)}
            hits.append(_hit("DUP-3", row.payee_id, row.org_path, str(row.year), figures, rule, files))
    return hits


def mutual_aid_without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-5: mutual aid above a sum, and no file."""
    files = open_files(connection, worker_ids)
    without = [worker_id for worker_id in worker_ids if worker_id not in files]
    query = select(LINES.payee_id, YEAR.label("year"), func.sum(LEFT_FEN).label("paid_fen"),
                   func.min(LINES.org_path).label("org_path")).join_from(LINES.id.table, funds).where(
        LINES.state == "PAID", LINES.payee_id.in_(without), LINES.paid_on >= year_before(on),
        or_(LINES.about_kind == MUTUAL_MATTER, funds.c.source == MUTUAL_SOURCE)).group_by(LINES.payee_id, YEAR)
    hits = []
    for row in connection.execute(query) if without else ():
        rule = parameter("BLD-5-CLAIM", day_of(int(row.year), on), row.org_path)
        if int(row.paid_fen) >= rule.value:
            figures = {"year": int(row.year), "paid_fen": int(row.paid_fen), "least_fen": rule.value}
            hits.append(_hit("BLD-5", row.payee_id, row.org_path, str(row.year), figures, rule, files))
    return hits


def arrears_without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-6: wages owed for so long that the household has little to live on, and no file."""
    files = open_files(connection, worker_ids)
    without = [worker_id for worker_id in worker_ids if worker_id not in files]
    line = wage_advance_lines.c
    query = select(line.worker_id, line.claimed_fen, line.advance_id, wage_advances.c.org_path).join_from(
        wage_advance_lines, wage_advances).where(line.worker_id.in_(without), line.is_refused.is_(False))
    hits = []
    for row in connection.execute(query) if without else ():
        rule = parameter("BLD-6-ARREARS", on, row.org_path)
        least_fen = months_of_dibao(rule, on, row.org_path)
        if row.claimed_fen >= least_fen:
            figures = {"claimed_fen": row.claimed_fen, "least_fen": least_fen, "months": rule.value}
            hits.append(_hit("BLD-6", row.worker_id, row.org_path, row.advance_id, figures, rule, files))
    return hits


def _hit(code: str, worker_id: str, org_path: str, period: str, figures: Mapping[str, Any], rule: Parameter,
         files: dict[str, str]) -> Hit:
    return Hit(code, "WORKER", worker_id, org_path, period, figures, files.get(worker_id), worker_id, rule)
