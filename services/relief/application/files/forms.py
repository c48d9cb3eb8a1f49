"""The national form, what is sensitive in it, and the registered access that opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.relief.adapters.file_matters import file_accesses, file_attachments
from services.relief.domain.files.access import FileAccess
from services.relief.domain.files.form import missing_of_head, missing_papers
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import AccessNeeded
from services.relief.rules.files import value
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def fill_file_form(work: Work, asked: Asked) -> HardshipFile:
    file = work.target(HardshipFile, asked.path["file_id"])
    file.fill_form(asked.body["form"], asked.body["home"], asked.body["members"], today())
    return file


def get_file_form(reading: Reading, asked: Asked) -> dict[str, Any]:
    file = reading.record(HardshipFile, asked.path["file_id"])
    return {"file_id": file.id, "form": dated(file.form), "members": [
        {"member_id": one.id, "relation": one.relation, "details": one.details} for one in file.members]}


def dated(form: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The form with its day as a day, as it came in."""
    if form is None:
        return None
    day = form["start_work_on"]
    return {**form, "start_work_on": day and date.fromisoformat(day)}


def get_file_sensitive(reading: Reading, asked: Asked) -> dict[str, Any]:
    file = reading.record(HardshipFile, asked.path["file_id"])
    require_access(reading, asked, file)
    return {"file_id": file.id, "home": file.home,
            "members": [{"member_id": one.id, "health": one.health} for one in file.members]}


def require_access(reading: Reading, asked: Asked, file: HardshipFile, part: str = "") -> None:
    """Notes the read. Raises AccessNeeded unless it is the caller's own file or the caller has an access open to it."""
    caller = reading.caller
    if caller.worker_id is not None and file.belongs_to(caller.worker_id):
        return
    access = reading.session.get(FileAccess, asked.query.get("access_id", ""))
    if access is None:
        raise AccessNeeded
    access.check(file.id, caller.account_id, now())
    reading.note("read_sensitive", "HardshipFile", file.id,
                 {"access_id": access.id, "purpose": access.purpose, "part": part})


def get_file_completeness(reading: Reading, asked: Asked) -> dict[str, Any]:
    file = reading.record(HardshipFile, asked.path["file_id"])
    head = reading.ask("membership", "describe_workers", worker_ids=[file.head_worker_id])["workers"]
    lacking = [one for facts in head for one in missing_of_head(facts)]
    fields, papers = [*file.missing(), *lacking], missing_papers(attached_kinds(reading.session, file.id))
    are_required = bool(value("HF-PAPERS", today(), file.org_path))
    return {"file_id": file.id, "is_complete": not (fields or (papers and are_required)), "fields_": fields,
            "papers": papers, "papers_are_required": are_required}


def attached_kinds(session: Session, file_id: str) -> Sequence[str]:
    a = file_attachments.c
    return session.scalars(select(a.kind).where(a.file_id == file_id, a.state == "KEPT")).all()


def register_file_access(work: Work, asked: Asked) -> FileAccess:
    file = work.load(HardshipFile, asked.path["file_id"])
    minutes = value("HF-ACCESS", today(), file.org_path)
    return work.add(FileAccess.register(new_id(), file.org_path, file.id, file.file_no, asked.body["purpose"],
                                        work.caller.account_id, now(), minutes, asked.body["outside_body"]))


def list_file_accesses(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = file_accesses.c
    where = [c[name] == asked.query[name] for name in ("file_id", "reader", "state") if name in asked.query]
    return reading.page(FileAccess, asked.query, sort=[c.created_at], where=where)


def get_file_access(reading: Reading, asked: Asked) -> FileAccess:
    return reading.record(FileAccess, asked.path["access_id"])


def approve_file_access(work: Work, asked: Asked) -> FileAccess:
    access = work.target(FileAccess, asked.path["access_id"])
    access.approve(work.caller.account_id, now(), value("HF-ACCESS", today(), access.org_path))
    return access


def refuse_file_access(work: Work, asked: Asked) -> FileAccess:
    access = work.target(FileAccess, asked.path["access_id"])
    access.refuse(asked.body["reason"], work.caller.account_id)
    return access
