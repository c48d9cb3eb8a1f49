"""Student aid in its three forms (助学三种形式): what was given in kind is recorded, cash is read from applications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from services.relief.adapters.applications import relief_applications, student_aids
from services.relief.application.applications.needs import hashed
from services.relief.application.watch.looking import open_files
from services.relief.application.workers import known_worker
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.need import school_year
from services.relief.domain.applications.refusals import NoStudent, SemesterTooFar, StudentAidKnown
from services.relief.domain.applications.student_aid import FORMS_IN_KIND, StudentAid
from services.relief.domain.schools.school import is_after, next_term
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.texts import same_text
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

A, S = relief_applications.c, student_aids.c
FORMS = ("MONEY", *FORMS_IN_KIND)
FIRST_MONTH = 9  # of a school year


def record_student_aid(work: Work, asked: Asked) -> StudentAid:
    body = asked.body
    facts = known_worker(work, body["worker_id"])
    path = place_of(work.caller, str(facts["org_path"]), "/worker_id")
    file_id = open_files(work.session.connection(), [body["worker_id"]]).get(body["worker_id"])
    aid = StudentAid(
        new_id(), path, "", body["worker_id"], file_id, hashed(body["student_no"]),
        school_year(body["semester"]), body["form"], body["value_fen"], body["payer"], body["document_no"],
        body["given_on"], work.caller.account_id, now())
    if is_after(body["semester"], last := next_term(today())):
        raise SemesterTooFar(pointer="/semester", semester=body["semester"], last=last)
    aid.check_day(today())
    aid.aid_no = work.next_number("ZX", path)  # first: two of a unit take turns by it
    _require_once(work, aid)
    return work.add(aid)


def _require_once(work: Work, aid: StudentAid) -> None:
    """However its number is written. Raises StudentAidKnown."""
    others = select(S.aid_no, S.document_no).where(
        S.student_key == aid.student_key, S.school_year == aid.school_year, S.form == aid.form, S.state == "RECORDED")
    paper = same_text(aid.document_no)
    known = next((row.aid_no for row in work.session.execute(others) if same_text(row.document_no) == paper), None)
    if known:
        raise StudentAidKnown(pointer="/document_no", aid_no=known)


def get_student_aid(reading: Reading, asked: Asked) -> StudentAid:
    return reading.record(StudentAid, asked.path["aid_id"])


def list_student_aids(reading: Reading, asked: Asked) -> dict[str, Any]:
    filters = ("worker_id", "file_id", "school_year", "form", "state")
    where = [S[name] == asked.query[name] for name in filters if name in asked.query]
    return reading.page(StudentAid, asked.query, sort=[S.created_at, S.aid_no, S.given_on], where=where)


def cancel_student_aid(work: Work, asked: Asked) -> StudentAid:
    aid = work.target(StudentAid, asked.path["aid_id"])
    aid.cancel(asked.body["reason"])
    return aid


def undeclared(work: Work, application: ReliefApplication) -> list[dict[str, Any]]:
    """What the student had in kind in the school year and the application does not declare, by its papers: as aid of
    others that was not taken off, for a person to look into."""
    if application.relief_type != "STUDENT" or application.student_key is None:
        return []
    declared = {same_text(one.get("document_no") or "") for one in application.other_aid}
    query = select(S.payer, S.form, S.value_fen, S.document_no).where(
        S.student_key == application.student_key, S.school_year == _year_of(application), S.state == "RECORDED")
    found = work.session.execute(query.order_by(S.given_on, S.aid_no)).all()
    return [{"payer": row.payer, "form": row.form, "amount_fen": row.value_fen, "is_same_need": False}
            for row in found if same_text(row.document_no) not in declared]


def get_aid_of_student(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Wherever it was given: the student is one, whichever parent and unit asked."""
    application = reading.record(ReliefApplication, asked.path["application_id"])
    if application.relief_type != "STUDENT" or application.student_key is None:
        raise NoStudent(application_no=application.application_no)
    year = _year_of(application)
    given = _given([A.student_key == application.student_key, _of_year(year)],
                   [S.student_key == application.student_key, S.school_year == year])
    return {"application_id": application.id, "school_year": year, "forms": _by_form(reading, given)}


def get_student_aid_forms(reading: Reading, asked: Asked) -> dict[str, Any]:
    day, org_path = today(), place_of(reading.caller, asked.query.get("org_path"))
    year = asked.query.get("school_year") or (day.year if day.month >= FIRST_MONTH else day.year - 1)
    given = _given([A.org_path.like(f"{org_path}%"), _of_year(year)],
                   [S.org_path.like(f"{org_path}%"), S.school_year == year])
    rows = given.subquery()
    (many,) = reading.all(select(func.count(rows.c.student.distinct())))
    return {"school_year": year, "org_path": org_path, "students": many[0], "forms": _by_form(reading, given)}


def _of_year(year: int) -> ColumnElement[bool]:
    """Applications without a semester count in the year they are of."""
    of: ColumnElement[int] = func.coalesce(A.school_year, A.year)
    return of == year


def _year_of(application: ReliefApplication) -> int:
    return application.school_year or application.year


def _given(of_cash: Sequence[ColumnElement[bool]], in_kind: Sequence[ColumnElement[bool]]) -> Any:
    """Form, student and fen of each: applications that were paid, less what came back, and what was given in kind."""
    left_fen = A.paid_fen - A.recovered_fen
    student = func.coalesce(A.student_key, A.person_id).label("student")
    cash: Select[Any] = select(literal("MONEY").label("form"), student, left_fen.label("fen")).where(
        A.relief_type == "STUDENT", left_fen > 0, *of_cash)
    kind: Select[Any] = select(S.form, S.student_key, S.value_fen).where(S.state == "RECORDED", *in_kind)
    return union_all(cash, kind)


def _by_form(reading: Reading, given: Any) -> list[dict[str, Any]]:
    rows = given.subquery()
    many, students = func.count().label("times"), func.count(rows.c.student.distinct()).label("students")
    query = select(rows.c.form, many, students, func.sum(rows.c.fen).label("fen")).group_by(rows.c.form)
    found = {row.form: (row.times, row.students, int(row.fen)) for row in reading.all(query)}
    return [dict(zip(("form", "times", "students", "amount_fen"), (form, *found.get(form, (0, 0, 0))), strict=True))
            for form in FORMS]
