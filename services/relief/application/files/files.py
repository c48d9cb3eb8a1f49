"""Hardship files: from draft to approval, review and exit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.files.finding import fitting, place_of_rules
from services.relief.application.files.forms import attached_kinds
from services.relief.application.files.last_aid import last_day
from services.relief.application.means.assessing import keep_test, proposed_for
from services.relief.application.workers import describe, require_living
from services.relief.domain.files.applying import Authorisation
from services.relief.domain.files.form import Missing, missing_of_head, missing_papers
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import MemberInOpenFile, PhotosMissing, RefilingBanned
from services.relief.rules import files as file_rules
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound, WorkerUnknown
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def open_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    return draft_file(work, asked.body)


def draft_file(work: Work, body: Mapping[str, Any]) -> HardshipFile:
    """Raises WorkerUnknown, WorkerDeceased, MemberInOpenFile, HeadNotMember."""
    worker_ids = [member["worker_id"] for member in body["members"] if member["worker_id"]]
    known = known_workers(work, [body["head_worker_id"], *worker_ids])
    head = known[body["head_worker_id"]]
    path = _place(work, body.get("org_path"), body["head_worker_id"], str(head["org_path"]), worker_ids)
    file = HardshipFile(new_id(), path, work.next_number("KN", path), body["level"], body["head_worker_id"],
                        body["main_cause"], work.caller.account_id, now(), other_causes=body["other_causes"],
                        is_migrant=head["is_migrant"], changed_on=today())
    file.set_household(body["members"])
    file.set_facts(body)
    file.set_form(body["form"], body["home"])
    require_free(work, worker_ids)
    file.last_aid_on = last_day(work.session.connection(), worker_ids)
    file.tell_drafted()
    earlier = _earlier_file(work, worker_ids)
    if earlier:
        file.follow(earlier, today())
    return work.add(file)


def known_workers(work: Work, worker_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Raises WorkerUnknown, WorkerDeceased."""
    known = describe(work, worker_ids)
    for worker_id in worker_ids:
        if worker_id not in known:
            raise WorkerUnknown(pointer="/members", worker_id=worker_id)
    require_living(known, "/members")
    return known


def _place(work: Work, wanted: str | None, head_worker_id: str, home: str, worker_ids: Sequence[str]) -> str:
    """Where the file belongs: the head's unit. A worker opens a file for their own household only."""
    if work.caller.worker_id is None:
        return place_of(work.caller, wanted or home)
    if work.caller.worker_id not in worker_ids:
        raise NotFound(pointer="/head_worker_id", id=head_worker_id)
    return home


def require_free(work: Work, worker_ids: Sequence[str]) -> None:
    """Raises MemberInOpenFile (DUP-1), RefilingBanned."""
    f, m = hardship_files.c, hardship_members.c
    held = select(m.worker_id, hardship_files.c.file_no).join_from(hardship_members, hardship_files).where(
        m.worker_id.in_(worker_ids), m.is_open)
    found = work.session.execute(held.limit(1)).first()
    if found:
        raise MemberInOpenFile(pointer="/members", worker_id=found.worker_id, file_no=found.file_no)
    bans = select(m.worker_id, f.file_no, f.banned_until).join_from(hardship_members, hardship_files).where(
        m.worker_id.in_(worker_ids), f.banned_until >= today()).order_by(f.banned_until.desc())
    banned = work.session.execute(bans.limit(1)).first()
    if banned:
        raise RefilingBanned(pointer="/members", worker_id=banned.worker_id, file_no=banned.file_no,
                             until=str(banned.banned_until))


def _earlier_file(work: Work, worker_ids: Sequence[str]) -> HardshipFile | None:
    """The last file with which one of them came out of hardship."""
    f, m = hardship_files.c, hardship_members.c
    of_them = select(m.file_id).where(m.worker_id.in_(worker_ids))
    last = select(HardshipFile).where(f.id.in_(of_them), f.state == "OUT_OF_HARDSHIP")
    found: HardshipFile | None = work.session.scalars(last.order_by(f.exit_on.desc(), f.id.desc()).limit(1)).first()
    return found


def get_hardship_file(reading: Reading, asked: Asked) -> HardshipFile:
    return reading.record(HardshipFile, asked.path["file_id"])


def list_hardship_files(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = hardship_files.c
    return reading.page(HardshipFile, asked.query,
                        sort=[columns.created_at, columns.file_no, columns.changed_on, columns.next_review_on,
                              columns.last_aid_on],
                        where=fitting(asked.query, place_of_rules(reading)), worker=columns.head_worker_id)


def submit_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    lacking = _lacking_of_head(work, asked.path["file_id"])
    file = _target(work, asked)
    wanted = file_rules.value("HF-PAPERS", today(), file.org_path)
    papers = missing_papers(attached_kinds(work.session, file.id)) if wanted else []
    file.submit(_authorisation(file, asked.body), work.caller.account_id, today(), asked.body["may_publish"],
                [*lacking, *papers])
    return file


def _lacking_of_head(work: Work, file_id: str) -> list[Missing]:
    """Asked before the transaction begins. Raises WorkerUnknown, WorkerDeceased."""
    f = hardship_files.c
    heads = [row.head_worker_id for row in work.peek(select(f.head_worker_id).where(f.id == file_id))]
    return [one for facts in known_workers(work, heads).values() for one in missing_of_head(facts)]


def survey_household(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    wanted = file_rules.value("HF-PHOTOS", today(), file.org_path)
    if attached_kinds(work.session, file.id).count("SURVEY_PHOTO") < wanted:
        raise PhotosMissing(count=wanted)
    file.survey(asked.body, asked.body["note"], today(), work.caller.account_id)
    return file


def request_verification(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    renewed = asked.body["authorisation"]
    file.request_verification(today(), file_rules.value("HF-AUTHORISATION", today(), file.org_path),
                              _authorisation(file, renewed) if renewed else None)
    return file


def _authorisation(file: HardshipFile, given: Mapping[str, Any]) -> Authorisation:
    return Authorisation(given["authorisation_no"], given["authorised_on"], given["all_adults_signed"],
                         file_rules.value("HF-AUTHORISATION", today(), file.org_path))


def receive_report(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.receive_report(**asked.body)
    return file


def get_means_test(reading: Reading, asked: Asked) -> dict[str, Any]:
    file = reading.record(HardshipFile, asked.path["file_id"])
    tested = proposed_for(reading.session, file)
    found, rule = tested.computed.summary, tested.standard
    return {"file_id": file.id, "grade": found.grade, "basis": tested.basis, "dibao_fen": rule.dibao_fen,
            "document": rule.document,
            "jurisdiction": rule.jurisdiction, "effective_from": rule.effective_from, "certainty": rule.certainty,
            "persons": len(file.members), "steps_zh": found.steps_zh, "steps_en": found.steps_en}


def assess_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    tested = proposed_for(work.session, file, asked.body["means_test_id"])
    file.decide_grade(asked.body["grade"], asked.body["reason"], tested.computed, work.caller.account_id)
    keep_test(work, file, tested)
    return file


def post_file_notice(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.post_notice(asked.body["place"], today())
    return file


def approve_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    rule = file_rules.approvals().on(today(), division_of(file.org_path), file.level)
    file.approve(work.caller.account_id, work.caller.roles, rule, asked.body["outside_no"], today())
    return file


def refuse_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.refuse(asked.body["reason"], today())
    return file


def _target(work: Work, asked: Asked) -> HardshipFile:
    return work.target(HardshipFile, asked.path["file_id"])
