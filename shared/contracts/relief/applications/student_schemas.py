"""What goes in and out of the three forms of student aid (助学三种形式): cash, fees waived, books and supplies."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    QueryWhole,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications import codes


class NewStudentAid(Strict):
    """Aid in kind to a student: TUITION_WAIVER, fees that the school or the authority waives because the union asked
    for it (`value_fen` is what need not be paid), or GOODS, books and supplies donated, at their value. `worker_id` is
    the parent; `document_no` the waiver's paper or the goods' receipt. Cash goes by an application."""

    worker_id = Id(required=True)
    student_no = Text(30, required=True)
    semester = fields.String(required=True, validate=validate.Regexp(r"^20[0-9]{2}-(AUTUMN|SPRING)\Z"))
    form = Choice(codes.AID_FORMS_IN_KIND, required=True)
    value_fen = Fen(required=True)
    payer = Choice(codes.PAYERS, required=True)
    document_no = Text(60, required=True)
    given_on = Day(required=True)


class StudentAid(Record):
    """`school_year` is the year in which it began. The student's roll number is kept as a keyed hash only."""

    aid_no = Text(19, required=True)
    worker_id = Id(required=True)
    file_id = Id(required=True, allow_none=True)
    school_year = Whole(2000, 2100, required=True)
    form = Choice(codes.AID_FORMS_IN_KIND, required=True)
    value_fen = Fen(required=True)
    payer = Choice(codes.PAYERS, required=True)
    document_no = Text(60, required=True)
    given_on = Day(required=True)
    state = Choice(codes.STUDENT_AID_STATES, required=True)
    recorded_by = Text(80, required=True)
    reason = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)


class StudentAidQuery(PageQuery):
    worker_id = Id()
    file_id = Id()
    school_year = QueryWhole(2000, 2100)
    form = Choice(codes.AID_FORMS_IN_KIND)
    state = Choice(codes.STUDENT_AID_STATES)


class StudentAidReason(Strict):
    reason = Text(500, required=True)


class FormOfAid(Strict):
    """One form: how often, to how many students, and what it comes to (of money less what came back)."""

    form = Choice(codes.AID_FORMS, required=True)
    times = Whole(0, required=True)
    students = Whole(0, required=True)
    amount_fen = Fen(least=0, required=True)


class AidOfStudent(Strict):
    """What the student of an application has had in its school year, in all three forms."""

    application_id = Id(required=True)
    school_year = Whole(2000, 2100, required=True)
    forms = listed(FormOfAid, len(codes.AID_FORMS), len(codes.AID_FORMS), required=True)


class FormsQuery(Strict):
    """Of a school year by the year in which it began (the one that runs), below `org_path` (the caller's own unit)."""

    school_year = QueryWhole(2000, 2100)
    org_path = OrgPath()


class FormsOfAid(Strict):
    """`students` had something in at least one form; who had two forms counts once here and in each of them."""

    school_year = Whole(2000, 2100, required=True)
    org_path = OrgPath(required=True)
    students = Whole(0, required=True)
    forms = listed(FormOfAid, len(codes.AID_FORMS), len(codes.AID_FORMS), required=True)
