"""What goes in and out of campaigns (集中慰问)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications import codes
from shared.contracts.relief.files.codes import LEVELS
from shared.contracts.relief.funds.codes import SOURCES


class Amounts(Strict):
    """What one household gets, by the grade of its file; grades without an amount are not listed."""

    DEEP = Fen()
    RELATIVE = Fen()
    ACCIDENT = Fen()


class Filters(Strict):
    """Which active files are listed: all that match everything given. `within` is a part of the tree; `never_aided`
    are households that never had a payment; `file_ids` is a list made by hand."""

    grades = listed(Choice(codes.FILED), 0, 3, load_default=list)
    levels = listed(Choice(LEVELS), 0, len(LEVELS), load_default=list)
    within = OrgPath(load_default=None, allow_none=True)
    never_aided = Flag(load_default=False)
    file_ids = listed(Id(), 0, 2_000, load_default=list)


class NewCampaign(Strict):
    """Festival money is consolation (慰问金); living relief given at a festival counts against the household's year."""

    title = Text(100, required=True)
    relief_type = Choice(codes.CAMPAIGN_TYPES, load_default="FESTIVAL")
    occasion = Choice(codes.FESTIVALS, required=True)
    year = Whole(2000, 2100, load_default=None, allow_none=True)
    amounts_fen = fields.Nested(Amounts, required=True)
    filters = fields.Nested(Filters, load_default=lambda: Filters().load({}))
    org_path = OrgPath()


class Campaign(Record):
    """The counters say how far it is: `done_count` of `listed_count` are reserved or skipped. What was reserved is
    paid, recovered or released, or waits."""

    campaign_no = Text(19, required=True)
    title = Text(100, required=True)
    relief_type = Choice(codes.CAMPAIGN_TYPES, required=True)
    occasion = Choice(codes.FESTIVALS, required=True)
    year = Whole(2000, 2100, required=True)
    tier = Choice(codes.TIERS, required=True)
    state = Choice(codes.CAMPAIGN_STATES, required=True)
    amounts_fen = fields.Nested(Amounts, required=True)
    listed_count = Whole(required=True)
    total_fen = Fen(least=0, required=True)
    already_aided_count = Whole(required=True)
    done_count = Whole(required=True)
    reserved_count = Whole(required=True)
    reserved_fen = Fen(least=0, required=True)
    skipped_count = Whole(required=True)
    paid_count = Whole(required=True)
    paid_fen = Fen(least=0, required=True)
    recovered_count = Whole(required=True)
    released_count = Whole(required=True)
    released_fen = Fen(least=0, required=True)
    document = Text(200, required=True, allow_none=True)
    fund_id = Id(required=True, allow_none=True)
    fund_source = Choice(SOURCES, required=True, allow_none=True)
    document_no = Text(60, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    stalled_reason = Text(500, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)


class CampaignQuery(PageQuery):
    state = Choice(codes.CAMPAIGN_STATES)
    occasion = Choice(codes.FESTIVALS)
    year = fields.Integer(validate=validate.Range(2000, 2100))


class CampaignLine(Strict):
    """One household, masked: nobody is named, and the number of the file is shown in part."""

    id = Id(required=True)
    number = Whole(1, required=True)
    file_no = Text(32, required=True)
    grade = Choice(codes.FILED, required=True)
    amount_fen = Fen(required=True)
    state = Choice(codes.CAMPAIGN_LINE_STATES, required=True)
    reason = Text(500, required=True, allow_none=True)


class CampaignLineQuery(PageQuery):
    state = Choice(codes.CAMPAIGN_LINE_STATES)
    grade = Choice(codes.FILED)


class Exclusion(Strict):
    """Takes one household off the draft."""

    line_id = Id(required=True)
    reason = Text(300, required=True)


class Releases(Strict):
    """Gives back the reserved money of households that will not be paid: refused payments, cancelled files."""

    line_ids = listed(Id(), 1, 500, required=True)
    reason = Text(300, required=True)


class CampaignApproval(Strict):
    fund_id = Id(required=True)
    document_no = Text(60, required=True)


class CampaignReason(Strict):
    reason = Text(500, required=True)
