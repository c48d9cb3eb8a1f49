"""Paper files from before the product (旧档案): taken over by a reviewer, confirmed by the director."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.files import hardship_files
from services.relief.application.files.files import known_workers, require_free
from services.relief.application.files.last_aid import last_day
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import PaperTakenOver
from services.relief.rules.files import value
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.work import Work

#: the paper is no file here any more
GIVEN_UP = ("REFUSED", "CANCELLED")


def take_over_paper_file(work: Work, asked: Asked) -> HardshipFile:
    """Raises WorkerUnknown, MemberTwice, HeadNotMember, MemberInOpenFile, PaperTakenOver, PaperTooYoung."""
    body = asked.body
    worker_ids = [member["worker_id"] for member in body["members"] if member["worker_id"]]
    head = known_workers(work, [body["head_worker_id"], *worker_ids])[body["head_worker_id"]]
    path = place_of(work.caller, body.get("org_path") or str(head["org_path"]))
    _require_new(work, path, body["paper_no"])
    require_free(work, worker_ids)
    file = HardshipFile(new_id(), path, work.next_number("KN", path), body["level"], body["head_worker_id"],
                        body["main_cause"], work.caller.account_id, now(), is_migrant=head["is_migrant"],
                        changed_on=today())
    file.set_household(body["members"])
    file.last_aid_on = last_day(work.session.connection(), worker_ids)
    file.take_over(body["paper_no"], body["grade"], body["established_year"], body["source_document"],
                   value("HF-LEGACY-UNTIL", today(), path))
    return work.add(file)


def _require_new(work: Work, path: str, paper_no: str) -> None:
    f = hardship_files.c
    same = select(f.file_no).where(f.paper_no == paper_no, f.org_path == path, f.state.not_in(GIVEN_UP))
    file_no = work.session.execute(same.limit(1)).scalar()
    if file_no:
        raise PaperTakenOver(pointer="/paper_no", paper_no=paper_no, file_no=file_no)


def confirm_paper_file(work: Work, asked: Asked) -> HardshipFile:
    file = work.target(HardshipFile, asked.path["file_id"])
    file.confirm_take_over(work.caller.account_id, today())
    return file


def decline_paper_file(work: Work, asked: Asked) -> HardshipFile:
    file = work.target(HardshipFile, asked.path["file_id"])
    file.decline_take_over(asked.body["reason"], today())
    return file
