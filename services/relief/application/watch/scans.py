"""The scans of the daily search: each takes a page of subjects by key and runs its checks on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from services.relief.adapters.advances import wage_advance_lines
from services.relief.adapters.files import hardship_files
from services.relief.adapters.mutual_aid import mutual_aid_claims
from services.relief.adapters.payments import payment_lines
from services.relief.adapters.watch import circumstances
from services.relief.application.watch import (
    checks_of_circumstances,
    checks_of_files,
    checks_of_payments,
    checks_of_workers,
    medical_sums,
)
from services.relief.application.watch.looking import year_before
from services.relief.domain.files.states import CLOSED
from services.relief.domain.watch.finding import Hit


@dataclass(frozen=True)
class Scanned:
    """What a chunk came upon, and the last key it looked at; None when there is nothing behind it."""

    hits: Sequence[Hit]
    last: str | None


Check = Callable[[Connection, Sequence[str], date], Sequence[Hit]]
Scan = Callable[[Connection, date, str, int], Scanned]


def _scan(keys: Callable[[date], Select[Any]], key: ColumnElement[str], checks: Sequence[Check]) -> Scan:
    def scan(connection: Connection, on: date, after: str, most: int) -> Scanned:
        page = keys(on).where(key > after).order_by(key).limit(most)
        found = list(connection.execute(page).scalars())
        hits = [hit for check in checks for hit in check(connection, found, on)] if found else []
        return Scanned(hits, found[-1] if len(found) == most else None)

    return scan


def _payees(on: date) -> Select[Any]:
    c = payment_lines.c
    return select(c.payee_id).where(c.state == "PAID", c.payee_kind == "WORKER",
                                    c.paid_on >= year_before(on)).distinct()


def _active_files(_on: date) -> Select[Any]:
    return select(hardship_files.c.id).where(hardship_files.c.state.in_(("ACTIVE", "REVIEWING")))


def _closed_files(_on: date) -> Select[Any]:
    return select(hardship_files.c.id).where(hardship_files.c.state.in_(CLOSED))


def _claimants(_on: date) -> Select[Any]:
    return select(wage_advance_lines.c.worker_id).distinct()


def _granted(on: date) -> Select[Any]:
    """The city's scheme pays by itself: there is no payment of ours."""
    c = mutual_aid_claims.c
    return select(c.worker_id).where(c.state == "PAID", c.paid_on >= year_before(on)).distinct()


def _known_workers(_on: date) -> Select[Any]:
    c = circumstances.c
    return select(c.worker_id).where(c.kind.in_(("RELIEF_LIST", "JOB_SEEKER")), c.is_running).distinct()


SCANS: Mapping[str, Scan] = {
    "payees": _scan(_payees, payment_lines.c.payee_id, (
        checks_of_payments.living_twice, checks_of_payments.student_above_cap, checks_of_payments.student_twice,
        checks_of_workers.mutual_aid_without_file)),
    "mutual_aid": _scan(_granted, mutual_aid_claims.c.worker_id, (checks_of_workers.mutual_aid_without_file,)),
    "files": _scan(_active_files, hardship_files.c.id, (
        checks_of_files.deep_without_dibao, checks_of_files.never_aided, medical_sums.above_own_paid)),
    "closed_files": _scan(_closed_files, hardship_files.c.id, (checks_of_files.split_household,)),
    "claimants": _scan(_claimants, wage_advance_lines.c.worker_id, (checks_of_workers.arrears_without_file,)),
    "circumstances": _scan(_known_workers, circumstances.c.worker_id, (
        checks_of_circumstances.listed_without_file, checks_of_circumstances.jobless_without_help)),
}
