"""Checks by need: a household's living relief, or a student's aid, from several payers above the cap, or too often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_members
from services.relief.adapters.payments import LEFT_FEN, payment_lines
from services.relief.application.watch.looking import (
    LINES,
    YEAR,
    day_of,
    declared_aid,
    months_of_dibao,
    open_files,
    parameter,
    year_before,
)
from services.relief.domain.applications.application import ABOUT
from services.relief.domain.watch.finding import Hit
from shared.kernel.parameters import Parameter

A, M = relief_applications.c, hardship_members.c
Slot = tuple[str, int]


@dataclass
class Paid:
    """What one household or student got in a year: rows of payments, and what others gave for the same need."""

    rows: list[Any] = field(default_factory=list)
    others: list[tuple[str, int]] = field(default_factory=list)

    @property
    def fen(self) -> int:
        return sum(int(row.fen) for row in self.rows) + sum(fen for _, fen in self.others)

    @property
    def payers(self) -> int:
        return len({row.fund_id for row in self.rows} | {payer for payer, _ in self.others})

    @property
    def times(self) -> int:
        return len({row.about_id for row in self.rows})

    @property
    def first(self) -> Any:
        """The payment of the earliest application, else the earliest: a finding hangs on it, whoever is looked at."""
        return min(self.rows, key=lambda row: (row.application_no or "", row.paid_on, row.id))


def living_twice(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-2: the living relief of one household and year comes from several payers and to more than the cap."""
    files = open_files(connection, worker_ids)
    household = {worker_id: worker_id for worker_id in worker_ids} | {
        row.worker_id: row.file_id for row in connection.execute(
            select(M.worker_id, M.file_id).where(M.file_id.in_(set(files.values())), M.is_open,
                                                 M.worker_id.is_not(None)))}
    found: defaultdict[Slot, Paid] = defaultdict(Paid)
    for row in _payments(connection, LINES.purpose == "LIVING", LINES.payee_id.in_(household), since=year_before(on)):
        found[household[row.payee_id], int(row.year)].rows.append(row)
    others = declared_aid(connection, "LIVING", A.household_id, list(household.values()), year_before(on))
    _add_declared(found, others)
    return [_above(one, year, "LIVING", str(year) + " LIVING", cap_fen, rule, who if who in files.values() else None)
            for (who, year), one, cap_fen, rule in _above_cap(found, "LIVING", on)]


def student_above_cap(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-2: the aid of one student and year comes from several payers and to more than the cap."""
    found, files = _by_student(connection, worker_ids, on), open_files(connection, worker_ids)
    keys = [who for who, _ in found]
    _add_declared(found, declared_aid(connection, "STUDENT", A.student_key, keys, year_before(on)))
    return [_above(one, year, "STUDENT", _period(f"{year} STUDENT", one), cap_fen, rule, None,
                   files.get(one.first.payee_id))
            for (_, year), one, cap_fen, rule in _above_cap(found, "STUDENT", on)]


def student_twice(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-3: one student aided in several matters of a year, whichever parent was paid. Of payments that name no
    student, those of one payee: a person checks which child."""
    hits, files = [], open_files(connection, worker_ids)
    for (_, year), one in _by_student(connection, worker_ids, on).items():
        first = one.first
        rule = parameter("DUP-3-TIMES", day_of(year, on), first.org_path)
        if one.times > rule.value:
            figures = {"year": year, "times": one.times, "most": rule.value, "paid_fen": one.fen}
            hits.append(Hit("DUP-3", "WORKER", first.payee_id, first.org_path, _period(str(year), one), figures,
                            files.get(first.payee_id), first.payee_id, rule))
    return hits


def _by_student(connection: Connection, worker_ids: Sequence[str], on: date) -> defaultdict[Slot, Paid]:
    """The payments of the students whom these payees were paid for, also to others; without a student by payee."""
    since, student_aid = year_before(on), LINES.purpose == "STUDENT"
    mine = list(_payments(connection, student_aid, LINES.payee_id.in_(worker_ids), since=since))
    students = {row.student_key for row in mine if row.student_key}
    rows = {row.id: row for row in mine}
    if students:
        rows |= {row.id: row for row in _payments(connection, student_aid, A.student_key.in_(students), since=since)}
    found: defaultdict[Slot, Paid] = defaultdict(Paid)
    for row in rows.values():
        found[row.student_key or row.payee_id, int(row.year)].rows.append(row)
    return found


def _payments(connection: Connection, *where: Any, since: date) -> Iterator[Any]:
    """Payments to workers, with the application that they are of."""
    query = select(LINES.id, LINES.payee_id, LINES.fund_id, LINES.about_id, LINES.org_path, LINES.paid_on,
                   YEAR.label("year"), LEFT_FEN.label("fen"), A.student_key, A.application_no).select_from(
        payment_lines.outerjoin(relief_applications, and_(LINES.about_kind == ABOUT, LINES.about_id == A.id))).where(
        LINES.state == "PAID", LINES.payee_kind == "WORKER", LINES.paid_on >= since, *where)
    yield from connection.execute(query.order_by(LINES.paid_on, LINES.id))


def _add_declared(found: Mapping[Slot, Paid], others: Iterator[tuple[str, int, str, int]]) -> None:
    """Only beside payments of ours: without any there is nothing that the union could have paid twice."""
    for who, year, payer, fen in others:
        if (who, year) in found:
            found[who, year].others.append((payer, fen))


def _above_cap(found: Mapping[Slot, Paid], purpose: str, on: date) -> Iterator[tuple[Slot, Paid, int, Parameter]]:
    for slot, one in found.items():
        day, org_path = day_of(slot[1], on), one.first.org_path
        rule = parameter(f"DUP-2-{purpose}", day, org_path)
        cap_fen = months_of_dibao(rule, day, org_path)
        if one.payers > 1 and one.fen > cap_fen:
            yield slot, one, cap_fen, rule


def _above(one: Paid, year: int, purpose: str, period: str, cap_fen: int, rule: Parameter, household_file: str | None,
           file_id: str | None = None) -> Hit:
    """Of a household that has a file the file is the subject, else the payee."""
    figures = {"year": year, "purpose": purpose, "payers": one.payers, "paid_fen": one.fen, "cap_fen": cap_fen}
    first = one.first
    if household_file:
        return Hit("DUP-2", "FILE", household_file, first.org_path, period, figures, household_file, None, rule)
    return Hit("DUP-2", "WORKER", first.payee_id, first.org_path, period, figures, file_id, first.payee_id, rule)


def _period(period: str, one: Paid) -> str:
    """A parent may have two children: their findings are told apart by the first application."""
    number = one.first.application_no if one.first.student_key else None
    return f"{period} {number}" if number else period
