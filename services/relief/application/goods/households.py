"""Who receives donated goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.workers import describe, living_worker
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.goods.refusals import FileNotActive, RecipientUnclear
from shared.store.work import Work


@dataclass(frozen=True)
class Recipient:
    """`household` is the id of the active file, or of the worker who has none."""

    household: str
    file_id: str | None
    worker_id: str | None
    is_migrant: bool
    facts: Mapping[str, Any]


def recipient(work: Work, file_id: str | None, worker_id: str | None) -> Recipient:
    """Whom the goods are for. Asks membership, so call it before the first look at the database.

    Raises RecipientUnclear, WorkerUnknown, WorkerDeceased, NotFound, FileNotActive.
    """
    if bool(file_id) == bool(worker_id):
        raise RecipientUnclear(pointer="/file_id")
    facts = living_worker(work, worker_id) if worker_id else _facts_of_head(work, str(file_id))
    file_id = _active(work, file_id) if file_id else _file_of(work, str(worker_id))
    return Recipient(str(file_id or worker_id), file_id, worker_id, bool(facts.get("is_migrant")), facts)


def _facts_of_head(work: Work, file_id: str) -> Mapping[str, Any]:
    rows = work.peek(select(hardship_files.c.head_worker_id).where(hardship_files.c.id == file_id))
    heads = [str(row.head_worker_id) for row in rows]
    return next(iter(describe(work, heads).values()), {})


def _active(work: Work, file_id: str) -> str:
    file = work.load(HardshipFile, file_id)
    if file.state != "ACTIVE":
        raise FileNotActive(pointer="/file_id", file_no=file.file_no, state=file.state)
    return file_id


def _file_of(work: Work, worker_id: str) -> str | None:
    """The active file of a household the worker belongs to: the limit is the household's, not each member's."""
    m = hardship_members.c
    query = select(m.file_id).join_from(hardship_members, hardship_files).where(
        m.worker_id == worker_id, m.is_open, hardship_files.c.state == "ACTIVE")
    return work.session.execute(query.limit(1)).scalar()
