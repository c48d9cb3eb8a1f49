"""The national form of a hardship file (困难职工档案表): what is asked of the household and of each member."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Flag, Id, Strict, Text, Whole, listed
from shared.contracts.relief.files import codes


def maybe(kind: type[Choice], choices: tuple[str, ...]) -> Choice:
    return kind(choices, load_default=None, allow_none=True)


class Form(Strict):
    """Of the household and its head. What is not known yet stays empty until the file is submitted."""

    political_status = maybe(Choice, codes.POLITICAL)
    marital_status = maybe(Choice, codes.MARITAL)
    model_worker = maybe(Choice, codes.MODEL_WORKER)
    housing = maybe(Choice, codes.HOUSING)
    housing_area_m2 = Whole(0, 10_000, load_default=None, allow_none=True)
    registration = maybe(Choice, codes.REGISTRATIONS)
    registration_division = Text(12, load_default=None, allow_none=True)
    industry = maybe(Choice, codes.INDUSTRIES)
    ownership = maybe(Choice, codes.OWNERSHIP)
    employer_state = maybe(Choice, codes.EMPLOYER_STATES)
    start_work_on = Day(load_default=None, allow_none=True)
    own_month_income_fen = Fen(least=0, load_default=None, allow_none=True)
    other_year_income_fen = Fen(least=0, load_default=None, allow_none=True)
    is_single_parent = Flag(load_default=None, allow_none=True)
    can_self_help = Flag(load_default=None, allow_none=True)
    is_zero_employment = Flag(load_default=None, allow_none=True)


class Home(Strict):
    """Where the household lives: encrypted, and read with a registered purpose."""

    address = Text(200, load_default=None, allow_none=True)
    postcode = Text(6, load_default=None, allow_none=True)


class Details(Strict):
    """Of one member."""

    ethnicity = maybe(Choice, codes.ETHNICITIES)
    sex = maybe(Choice, codes.SEXES)
    income12_fen = Fen(least=0, load_default=None, allow_none=True)
    insurance = maybe(Choice, codes.INSURANCE)
    status = maybe(Choice, codes.WORK_STATUS)
    education = maybe(Choice, codes.EDUCATION)
    employer = Text(100, load_default=None, allow_none=True)
    school = Text(100, load_default=None, allow_none=True)
    entry_year = Whole(1950, 2200, load_default=None, allow_none=True)


class Health(Strict):
    """Of one member: encrypted, and read with a registered purpose. `disability_grade` 1 is the heaviest."""

    health = maybe(Choice, codes.HEALTH)
    disability_class = maybe(Choice, codes.DISABILITY_CLASSES)
    disability_grade = Whole(1, 4, load_default=None, allow_none=True)


class MemberForm(Strict):
    """`member_id` as the file shows it."""

    member_id = Id(required=True)
    details = fields.Nested(Details, load_default=None, allow_none=True)
    health = fields.Nested(Health, load_default=None, allow_none=True)


class FormEntry(Strict):
    """What is left out stays as it was."""

    form = fields.Nested(Form, load_default=None, allow_none=True)
    home = fields.Nested(Home, load_default=None, allow_none=True)
    members = listed(MemberForm, 0, 30, load_default=list)


class MemberDetails(Strict):
    member_id = Id(required=True)
    relation = Choice(codes.RELATIONS, required=True)
    details = fields.Nested(Details, required=True, allow_none=True)


class FilledForm(Strict):
    """The form without what is sensitive."""

    file_id = Id(required=True)
    form = fields.Nested(Form, required=True, allow_none=True)
    members = listed(MemberDetails, 1, 30, required=True)


class MemberHealth(Strict):
    member_id = Id(required=True)
    health = fields.Nested(Health, required=True, allow_none=True)


class Sensitive(Strict):
    """Health of each member, and the home."""

    file_id = Id(required=True)
    home = fields.Nested(Home, required=True, allow_none=True)
    members = listed(MemberHealth, 1, 30, required=True)


class Missing(Strict):
    """`pointer` is where it belongs; `zh` and `en` say what it is."""

    pointer = Text(80, required=True)
    zh = Text(80, required=True)
    en = Text(80, required=True)


class Completeness(Strict):
    """What is missing before the file can be submitted. `papers` are not here as scans yet."""

    file_id = Id(required=True)
    is_complete = fields.Boolean(required=True)
    fields_ = listed(Missing, 0, 500, required=True, data_key="fields")
    papers = listed(Missing, 0, 20, required=True)
    papers_are_required = fields.Boolean(required=True)
