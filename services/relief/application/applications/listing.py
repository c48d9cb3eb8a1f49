"""The households that a campaign lists, of money or of goods: set-based, by filters or by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications.occasions import is_held
from services.relief.domain.applications.refusals import FileUnknown, ListTooLong, NobodyListed
from shared.store.work import Work

FILE = hardship_files.c


def require_somebody(listed_count: int, excluded: int) -> None:
    """Raises NobodyListed."""
    if not listed_count:
        raise NobodyListed(excluded=excluded)


def free_households(work: Work, filters: Mapping[str, Any], year: int, occasion: str,
                    most: int) -> tuple[list[Row[Any]], int]:
    """The active files that match and had nothing for this occasion, and how many others had.

    Selected in one statement. Raises FileUnknown, ListTooLong.
    """
    rows = _households(work, filters, year, occasion, most)
    _require_known(filters["file_ids"], rows)
    free = [row for row in rows if not row.is_aided]
    if len(free) > most:
        raise ListTooLong(most=most)
    return free, len(rows) - len(free)


def _households(work: Work, filters: Mapping[str, Any], year: int, occasion: str, most: int) -> Sequence[Row[Any]]:
    """The active files that match, each with whether the household had something for this occasion already."""
    is_aided = is_held(FILE.id, year, occasion).label("is_aided")
    query = select(FILE.id, FILE.file_no, FILE.head_worker_id, FILE.grade, is_aided).where(
        FILE.state == "ACTIVE", *_matching(filters))
    return work.session.execute(query.order_by(FILE.org_path, FILE.file_no).limit(2 * most)).all()


def _matching(filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [FILE.org_path.like(f"{filters['within']}%"), FILE.grade.in_(filters["grades"])]
    if filters["levels"]:
        where.append(FILE.level.in_(filters["levels"]))
    if filters["file_ids"]:
        where.append(FILE.id.in_(filters["file_ids"]))
    if filters["never_aided"]:
        m, p = hardship_members.c, payment_lines.c
        where.append(~select(p.id).join(hardship_members, m.worker_id == p.payee_id).where(
            m.file_id == FILE.id, p.state.in_(("PAID", "RESERVED", "BATCHED", "SENT", "UNKNOWN"))).exists())
    return where


def _require_known(file_ids: Sequence[str], rows: Sequence[Row[Any]]) -> None:
    known = {row.id for row in rows}
    for file_id in file_ids:
        if file_id not in known:
            raise FileUnknown(pointer="/filters/file_ids", file_id=file_id)
