"""What goes in and out of school places (爱心学校)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    ResidentId,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.schools import codes


class Term(fields.String):
    """A school term, for example 2026-AUTUMN."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=validate.Regexp(codes.TERM), **rest)


class Division(fields.String):
    """A division code of 6, 9 or 12 digits (行政区划代码)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=validate.Regexp(codes.DIVISION), **rest)


class NewSchool(Strict):
    """A school that takes part in a term, with the places it offers. `outlet_id` is the care school's outlet that sends
    the term's invoice."""

    term = Term(required=True)
    name = Text(100, required=True)
    stage = Choice(codes.STAGES, required=True)
    division = Division(required=True)
    quota = Whole(0, codes.MOST_PLACES, required=True)
    outlet_id = Id(load_default=None, allow_none=True)
    org_path = OrgPath()


class School(Record):
    term = Term(required=True)
    name = Text(100, required=True)
    stage = Choice(codes.STAGES, required=True)
    division = Division(required=True)
    quota = Whole(0, codes.MOST_PLACES, required=True)
    taken = Whole(0, codes.MOST_PLACES, required=True)
    free = Whole(0, codes.MOST_PLACES, required=True)
    outlet_id = Id(required=True, allow_none=True)
    state = Choice(codes.SCHOOL_STATES, required=True)
    created_at = Moment(required=True)


class SchoolQuery(PageQuery):
    term = Term()
    stage = Choice(codes.STAGES)
    state = Choice(codes.SCHOOL_STATES)


class SchoolOutlet(Strict):
    outlet_id = Id(required=True)


class Quota(Strict):
    quota = Whole(0, codes.MOST_PLACES, required=True)


class Way(Strict):
    """How far the child's home is from a school, as the clerk measured it."""

    school_id = Id(required=True)
    metres = Whole(0, 1_000_000, required=True)


class NewRequest(Strict):
    """A place for the child of a worker, the guardian, whose consent follows as a step of its own."""

    worker_id = Id(required=True)
    term = Term(required=True)
    stage = Choice(codes.STAGES, required=True)
    division = Division(required=True, metadata={"description": "where the child lives"})
    child_name = Text(60, required=True)
    child_id_number = ResidentId(required=True)
    ways = listed(Way, 0, 100, load_default=list)
    org_path = OrgPath()


class RequestRow(Record):
    """A request in a list: without the child's data."""

    request_no = Text(19, required=True)
    worker_id = Id(required=True)
    term = Term(required=True)
    stage = Choice(codes.STAGES, required=True)
    basis = Choice(codes.BASES, required=True)
    division = Division(required=True)
    state = Choice(codes.REQUEST_STATES, required=True)
    consent_no = Text(60, required=True, allow_none=True)
    consented_on = Day(required=True, allow_none=True)
    school_id = Id(required=True, allow_none=True)
    offered_until = Day(required=True, allow_none=True)
    enrolled_on = Day(required=True, allow_none=True)
    left_on = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class PlacementRequest(RequestRow):
    child_name = Text(60, required=True)
    child_id_number = ResidentId(required=True)


class RequestQuery(PageQuery):
    worker_id = Id()
    term = Term()
    stage = Choice(codes.STAGES)
    school_id = Id()
    state = Choice(codes.REQUEST_STATES)


class Consent(Strict):
    consent_no = Text(60, required=True, metadata={"description": "number of the guardian's signed paper"})
    consented_on = Day(required=True)


class PlaceOffer(Strict):
    """The nearest school with a free place, unless one is named."""

    school_id = Id(load_default=None, allow_none=True)


class PlaceReason(Strict):
    reason = Text(300, required=True)


class Leaving(Strict):
    """The child is at the school no more; its place is free again."""

    left_on = Day(required=True)
    reason = Text(300, required=True)


class Assignment(Strict):
    """Offer places to everybody who waits in a term, by the dated rule."""

    term = Term(required=True)
    stage = Choice(codes.STAGES, required=True)
    org_path = OrgPath()


class Assigned(Strict):
    """`waiting` requests are left without a place; repeat while `more` is true."""

    term = Term(required=True)
    offered = Whole(0, required=True)
    waiting = Whole(0, required=True)
    more = fields.Boolean(required=True)
    document = Text(200, required=True)


class ListQuery(Strict):
    term = Term(metadata={"description": "the term that runs or comes next if not given"})
    state = Choice(codes.REQUEST_STATES)
