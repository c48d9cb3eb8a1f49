"""Public notices and the objections to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from services.relief.adapters.file_matters import file_objections
from services.relief.adapters.files import hardship_files
from services.relief.application.files.forms import require_access
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.objection import FileObjection
from services.relief.rules.files import value
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.paging import cut, ordered
from shared.store.reading import Reading
from shared.store.work import Work


def list_public_notices(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Masked name, unit and class of the heads who have agreed to it (个人信息保护法 art. 25), and nothing else."""
    f = hardship_files.c
    shown = select(f.id, f.head_worker_id, f.grade, f.noticed_on, f.notice_until, f.created_at)
    shown = shown.where(f.state == "NOTICED", f.notice_until >= today(), f.may_publish)
    if "org_path" in asked.query:
        shown = shown.where(f.org_path.like(f"{asked.query['org_path']}%"))
    sort = [f.noticed_on, f.notice_until]
    page = cut(reading.all(ordered(shown, sort, f.id, asked.query)), sort, f.id, asked.query)
    heads = _heads(reading, [row.head_worker_id for row in page["items"]])
    # whom membership does not know any more has no name to show
    return {**page, "items": [{**row._mapping, **heads[row.head_worker_id]} for row in page["items"]
                              if row.head_worker_id in heads]}


def _heads(reading: Reading, worker_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Masked name and unit of workers, from membership."""
    wanted = sorted(set(worker_ids))
    workers = reading.ask("membership", "describe_workers", worker_ids=wanted)["workers"] if wanted else []
    ids = sorted({one["employer_id"] for one in workers if one["employer_id"]})
    found = reading.ask("membership", "describe_employers", employer_ids=ids)["employers"] if ids else []
    units = {one["employer_id"]: one["name"] for one in found}
    return {one["worker_id"]: {"name_masked": one["name_masked"], "unit": units.get(one["employer_id"])}
            for one in workers}


def raise_public_objection(work: Work, asked: Asked) -> FileObjection:
    """By anybody, to a notice of the public list. Raises NotFound."""
    file = work.find(HardshipFile, id=asked.path["file_id"])
    if file is None or not file.may_publish or file.noticed_on is None:
        raise NotFound(id=asked.path["file_id"])
    return _raise(work, asked, file, None)


def raise_file_objection(work: Work, asked: Asked) -> FileObjection:
    return _raise(work, asked, work.load(HardshipFile, asked.path["file_id"]), work.caller.account_id)


def _raise(work: Work, asked: Asked, file: HardshipFile, by: str | None) -> FileObjection:
    objection = FileObjection(new_id(), file.org_path, file.id, file.file_no, asked.body["text"], now(),
                              asked.body["contact"], by)
    file.raise_objection(objection.id, today(), value("HF-OBJECTIONS", today(), file.org_path))
    return work.add(objection)


def object_to_file(work: Work, asked: Asked) -> HardshipFile:
    """A reviewer sees at once that there is something to it: the file goes back without more ado."""
    file = work.target(HardshipFile, asked.path["file_id"])
    file.object(asked.body["reason"])
    return file


def list_file_objections(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = file_objections.c
    where = [c[name] == asked.query[name] for name in ("file_id", "state") if name in asked.query]
    return reading.page(FileObjection, asked.query, sort=[c.created_at], where=where)


def get_file_objection(reading: Reading, asked: Asked) -> FileObjection:
    return reading.record(FileObjection, asked.path["objection_id"])


def get_objection_contact(reading: Reading, asked: Asked) -> FileObjection:
    objection = reading.record(FileObjection, asked.path["objection_id"])
    require_access(reading, asked, reading.record(HardshipFile, objection.file_id))
    return objection


def examine_file_objection(work: Work, asked: Asked) -> FileObjection:
    objection = work.target(FileObjection, asked.path["objection_id"])
    objection.examine(asked.body["finding"], work.caller.account_id)
    return objection


def decide_file_objection(work: Work, asked: Asked) -> FileObjection:
    objection = work.target(FileObjection, asked.path["objection_id"])
    file = work.load(HardshipFile, objection.file_id)
    objection.decide(**asked.body, by=work.caller.account_id, assessed_by=file.assessed_by, on=today())
    file.hear_objection(asked.body["reason"], is_upheld=asked.body["is_upheld"])
    return objection
