"""Finding hardship files: the filters of lists and counts, and the audited search by ID number or name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import SearchByOne
from services.relief.domain.files.states import OPEN
from services.relief.rules.files import value
from shared.kernel.calendar import months_later
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.reading import Reading, within
from shared.store.work import Work

EQUAL = ("state", "grade", "level", "main_cause", "head_worker_id", "previous_file_id", "is_migrant", "is_temporary",
         "is_paper_overdue", "paper_no", "established_year")
#: files that one search shows
MOST = 200


def fitting(query: Mapping[str, Any], place: str) -> list[ColumnElement[bool]]:
    """The conditions of a FileFilter, by the rules of a place."""
    f = hardship_files.c
    where = [f[name] == query[name] for name in EQUAL if name in query]
    if "store" in query:
        where.append(f.state.in_(OPEN) if query["store"] == "OPEN" else f.state == query["store"])
    if "last_aid_before" in query:
        where.append(or_(f.last_aid_on.is_(None), f.last_aid_on < query["last_aid_before"]))
    if "worker_id" in query:
        where.append(_has_member(hardship_members.c.worker_id == query["worker_id"]))
    for name, condition in (("is_unchanged", _is_unchanged(place)), ("is_never_aided", f.last_aid_on.is_(None)),
                            ("is_cancel_proposed", _has_member(_is_dead_head())),
                            ("is_survey_overdue", and_(f.state == "SUBMITTED", f.survey_due_on < today())),
                            ("is_relapse_flagged", f.relapse_flagged_on.is_not(None))):
        if name in query:
            where.append(condition if query[name] else ~condition)
    return where


def _has_member(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(hardship_members.c.file_id == hardship_files.c.id, condition)


def _is_unchanged(place: str) -> ColumnElement[bool]:
    """Not modified for the months of the rule (一年未修改)."""
    limit = months_later(today(), -value("HF-UNCHANGED", today(), place))
    return or_(hardship_files.c.changed_on.is_(None), hardship_files.c.changed_on <= limit)


def _is_dead_head() -> ColumnElement[bool]:
    m, f = hardship_members.c, hardship_files.c
    return and_(m.is_open, m.worker_id == f.head_worker_id, m.died_on.is_not(None))


def place_of_rules(reading: Reading) -> str:
    """The unit by whose rules a list is read: the caller's own."""
    return reading.caller.org_path or "/0/"


def count_hardship_files(reading: Reading, asked: Asked) -> dict[str, Any]:
    f = hardship_files.c
    where = [within(hardship_files, reading.caller), *fitting(asked.query, place_of_rules(reading))]
    counted = select(f.state, func.count().label("files")).where(*where).group_by(f.state)
    states = {row.state: row.files for row in reading.all(counted)}
    return {"total": sum(states.values()), "states": states}


def search_hardship_files(work: Work, asked: Asked) -> dict[str, Any]:
    """A command although it changes nothing: who looked for whom, and what for, is kept. Raises SearchByOne."""
    body = asked.body
    if (body["id_number"] is None) == (body["name"] is None):
        raise SearchByOne(pointer="/id_number")
    by = {name: body[name] for name in ("id_number", "name") if body[name] is not None}
    worker_ids = work.ask("membership", "find_workers", **by)["worker_ids"]
    f, m = hardship_files.c, hardship_members.c
    of_them = select(m.file_id).where(m.worker_id.in_(worker_ids))
    found = select(HardshipFile).where(within(hardship_files, work.caller), f.id.in_(of_them))
    files = work.session.scalars(found.order_by(f.file_no.desc()).limit(MOST + 1)).all()
    for file in files[:MOST]:
        work.note("search_hardship_files", "HardshipFile", file.id, {"purpose": body["purpose"], "by": next(iter(by))})
    if not files:
        work.note("search_hardship_files", "HardshipFile", work.caller.account_id,
                  {"purpose": body["purpose"], "by": next(iter(by)), "found": 0})
    return {"total": min(len(files), MOST), "is_cut": len(files) > MOST, "files": files[:MOST]}
