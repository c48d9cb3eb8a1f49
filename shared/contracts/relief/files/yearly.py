"""What goes in and out of the yearly review of hardship files, and of the end of their archive."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Flag,
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
from shared.contracts.relief.files import codes

# -- yearly review ----------------------------------------------------------------------------------------------


class NewReview(Strict):
    """Of all files at or below `org_path` that are open and approved."""

    year = Whole(2000, 2999, required=True)
    org_path = OrgPath()


class Review(Record):
    """`sampled` is how many of `total` are checked again; the rest is progress."""

    year = Whole(required=True)
    seed = Text(64, required=True)
    sample_bp = Whole(required=True)
    document = Text(200, required=True)
    total = Whole(required=True)
    sampled = Whole(required=True)
    opened_by = Text(80, required=True)
    opened_on = Day(required=True)
    closed_on = Day(required=True, allow_none=True)
    state = Choice(codes.REVIEW_STATES, required=True)
    created_at = Moment(required=True)


class ReviewQuery(PageQuery):
    year = QueryWhole(2000, 2100)
    state = Choice(codes.REVIEW_STATES)


class Progress(Strict):
    """How far a review is. `is_sample_right`: the sample is the one that the seed draws from the list."""

    review_id = Id(required=True)
    total = Whole(required=True)
    reviewed = Whole(required=True)
    sampled = Whole(required=True)
    checked = Whole(required=True)
    inconsistent = Whole(required=True)
    is_sample_right = fields.Boolean(required=True)


class ReviewItem(Strict):
    """One file of a review. `result` is empty until it was reviewed."""

    id = Id(required=True)
    file_id = Id(required=True)
    file_no = Text(19, required=True)
    state = Choice(codes.FILE_STATES, required=True)
    is_sampled = fields.Boolean(required=True)
    is_reviewed = fields.Boolean(required=True)
    result = Choice(codes.REVIEW_RESULTS, required=True, allow_none=True)
    checked_on = Day(required=True, allow_none=True)
    checked_by = Text(80, required=True, allow_none=True)
    is_consistent = fields.Boolean(required=True, allow_none=True)
    note = Text(500, required=True, allow_none=True)


class ReviewItemQuery(PageQuery):
    is_sampled = fields.Boolean()
    is_reviewed = fields.Boolean()
    is_checked = fields.Boolean()


class SpotCheck(Strict):
    """`is_consistent`: the second look found what the file says."""

    file_id = Id(required=True)
    is_consistent = Flag(required=True)
    note = Text(500, required=True)


# -- the archive ------------------------------------------------------------------------------------------------


class NewDestruction(Strict):
    """All files whose keeping is over, at most 200 at a time."""

    reason = Text(500, required=True)
    org_path = OrgPath()


class Destruction(Record):
    file_ids = listed(Id(), 1, 200, required=True)
    count = Whole(required=True)
    reason = Text(500, required=True)
    proposed_by = Text(80, required=True)
    decided_by = Text(80, required=True, allow_none=True)
    decided_on = Day(required=True, allow_none=True)
    state = Choice(codes.DESTRUCTION_STATES, required=True)
    created_at = Moment(required=True)
