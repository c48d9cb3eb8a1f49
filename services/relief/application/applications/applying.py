"""Applying for relief: who applies for whom, and what an applicant does afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications.earlier import ON_THE_WAY
from services.relief.application.applications.needs import hold, let_go
from services.relief.application.payments.reserving import release
from services.relief.application.workers import living_worker
from services.relief.domain.applications.application import ABOUT, ReliefApplication
from services.relief.domain.applications.caps import Situation, require_eligible
from services.relief.domain.applications.need import check_facts, is_lasting, masked
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import (
    FileNotActive,
    PayeeNotInHousehold,
    PaymentUnderWay,
    ProgrammeMissing,
    YearImpossible,
)
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import ReviewFirst
from services.relief.domain.files.states import LEGACY_GRADES
from services.relief.rules.programmes import programmes
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

FILTERS = ("state", "relief_type", "tier", "person_id", "worker_id", "file_id", "fund_id", "year")


def apply_for_relief(work: Work, asked: Asked) -> ReliefApplication:
    """Raises WorkerUnknown, WorkerDeceased, and what `_draft` raises."""
    body = asked.body
    facts = living_worker(work, body["worker_id"])
    file = _file_of(work, body["worker_id"])
    path = _place(work, body["worker_id"], file, str(facts["org_path"]))
    application = _draft(work, path, file, body)
    application.set_facts(body["need"], body["other_aid"])
    _take_need(work, application)
    application.tell_applied()
    return work.add(application)


def _file_of(work: Work, worker_id: str) -> HardshipFile | None:
    """The open file of the worker's household."""
    m = hardship_members.c
    file_id = work.session.execute(select(m.file_id).where(m.worker_id == worker_id, m.is_open)).scalar()
    return None if file_id is None else work.session.get(HardshipFile, file_id)


def _place(work: Work, worker_id: str, file: HardshipFile | None, home: str) -> str:
    """Where the application belongs: with the file, else with the worker. A worker applies for their own household."""
    path, me = file.org_path if file else home, work.caller.worker_id
    if me is None:
        return place_of(work.caller, path, "/worker_id")
    if me != worker_id and not (file and file.belongs_to(me)):
        raise NotFound(pointer="/worker_id", id=worker_id)
    return path


def _draft(work: Work, path: str, file: HardshipFile | None, body: Mapping[str, Any]) -> ReliefApplication:
    """Raises ReviewFirst, FileNotActive, ProgrammeMissing, PayeeNotInHousehold."""
    if file and file.grade in LEGACY_GRADES:
        raise ReviewFirst(pointer="/worker_id", file_no=file.file_no, grade=file.grade)
    whom = str(file.grade) if file and file.state == "ACTIVE" else "UNFILED"
    rule = _programme(body["relief_type"], whom, body["need"].get("school_level"), path, file)
    household = [m.worker_id for m in file.members if m.worker_id] if file else []
    person = body["worker_id"] if file is None or rule.period == "PERSON_YEAR" else file.head_worker_id
    payee_id = body["payee_id"] or person
    if payee_id not in (body["worker_id"], *household):
        raise PayeeNotInHousehold(pointer="/payee_id", payee_id=payee_id)
    return ReliefApplication(
        new_id(), path, work.next_number("JZ", path), body["relief_type"], whom, body["tier"] or rule.tier,
        body["worker_id"], payee_id,
        file.id if file else body["worker_id"], year_of(body["year"]), work.caller.account_id, now(),
        file_id=file.id if file and whom != "UNFILED" else None, household=household, asked_fen=body["asked_fen"])


def year_of(wanted: int | None) -> int:
    """This year, or the next one: the Spring Festival is prepared in the year before. Raises YearImpossible."""
    possible = (today().year, today().year + 1)
    if wanted not in (None, *possible):
        raise YearImpossible(pointer="/year", year=wanted, possible="、".join(map(str, possible)))
    return wanted or possible[0]


def programme_of(application: ReliefApplication) -> Programme:
    """The row that rules an application today. Raises ProgrammeMissing."""
    return _programme(application.relief_type, application.whom, application.need.get("school_level"),
                      application.org_path, None)


def _programme(relief_type: str, whom: str, school_level: str | None, path: str,
               file: HardshipFile | None) -> Programme:
    on, division = today(), division_of(path)
    found = programmes().find(relief_type, whom, school_level, on, division)
    if found is not None:
        return found
    possible = ", ".join(programmes().possible(whom, on, division)) or "-"
    if whom == "UNFILED":
        raise FileNotActive(pointer="/worker_id", relief_type=relief_type, file_no=file.file_no if file else "-",
                            state=file.state if file else "-", possible=possible)
    raise ProgrammeMissing(pointer="/relief_type", relief_type=relief_type, whom=whom, possible=possible,
                           school_level=school_level or "-")


def get_relief_application(reading: Reading, asked: Asked) -> ReliefApplication:
    """Whoever looks at somebody's illness leaves a trace."""
    found = reading.record(ReliefApplication, asked.path["application_id"])
    if found.need.get("illness"):
        reading.note("read_health_facts", ABOUT, found.id, {"application_no": found.application_no})
    return found


def list_relief_applications(reading: Reading, asked: Asked) -> dict[str, Any]:
    a = relief_applications.c
    where = [a[name] == asked.query[name] for name in FILTERS if name in asked.query]
    mine = case((a.person_id == reading.caller.worker_id, a.person_id), else_=a.worker_id)
    return reading.page(relief_applications, asked.query, sort=[a.created_at, a.application_no], where=where,
                        worker=mine)


def get_relief_payment(reading: Reading, asked: Asked) -> dict[str, Any]:
    application = reading.record(ReliefApplication, asked.path["application_id"])
    line = payment_lines.c
    shown = (line.state, line.amount_fen, line.fund_id, line.batch_id, line.paid_on, line.reason)
    found = reading.all(select(*shown, line.about_part.label("part"), line.due_from).where(
        line.about_kind == ABOUT, line.about_id == application.id).order_by(line.due_from, line.id))
    if not found:
        return {"application_id": application.id}
    next_one = next((row for row in found if row.state not in ("PAID", "RECOVERED", "RELEASED")), found[-1])
    return {"application_id": application.id, **{column.name: next_one._mapping[column.name] for column in shown},
            "parts": [row._mapping for row in found]}


def list_relief_notices(reading: Reading, asked: Asked) -> dict[str, Any]:
    """What hangs today: no names, no illness, no child; of a student the school level."""
    a = relief_applications.c
    hanging = [a.state == "PROPOSED", a.notice_until >= today()]
    page = reading.page(ReliefApplication, asked.query, sort=[a.created_at, a.notice_until], where=hanging)
    return {**page, "items": [_notice(one) for one in page["items"]]}


def _notice(application: ReliefApplication) -> dict[str, Any]:
    return {"id": application.id, "application_no": masked(application.application_no),
            "relief_type": application.relief_type, "school_level": application.need.get("school_level"),
            "amount_fen": application.amount_fen, "notice_place": application.notice_place,
            "notice_until": application.notice_until}


def supplement_relief_application(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.supplement(asked.body["need"], asked.body["other_aid"])
    _take_need(work, application)
    return application


def _take_need(work: Work, application: ReliefApplication) -> None:
    """What makes no sense or is ruled out anyway is said at once, not after a review."""
    check_facts(application.need, today())
    require_eligible(programme_of(application), Situation(application.need, 0, other_aid=application.same_need_aid))
    hold(work, application)


def withdraw_relief(work: Work, asked: Asked) -> ReliefApplication:
    """Money that is only reserved goes back into the fund. Where instalments were paid, the others are stopped. Raises
    PaymentUnderWay."""
    application = target(work, asked)
    if application.state == "RESERVED":
        _free(work, application)
    if application.paid_fen and application.state == "RESERVED":
        application.stop(asked.body["reason"])
        return application
    application.withdraw(asked.body["reason"])
    let_go(work, application.id)
    return application


def _free(work: Work, application: ReliefApplication) -> None:
    """All that was not paid, or nothing. Raises PaymentUnderWay."""
    line = payment_lines.c
    release(work, ABOUT, application.id, str(application.document_no))
    under_way = select(line.id).where(line.about_kind == ABOUT, line.about_id == application.id,
                                      line.state.in_(ON_THE_WAY)).limit(1)
    if work.session.execute(under_way).first():
        raise PaymentUnderWay


def confirm_relief_receipt(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.confirm_receipt(asked.body["receipt_no"], today())
    close_need(work, application)
    return application


def close_need(work: Work, application: ReliefApplication) -> None:
    """What comes again, such as living relief, may be applied for again; a bill stays met."""
    if not is_lasting(application.need_key):
        let_go(work, application.id)


def target(work: Work, asked: Asked) -> ReliefApplication:
    return work.target(ReliefApplication, asked.path["application_id"])
