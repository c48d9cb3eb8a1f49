"""What goes in and out of campaigns (集中慰问)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
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
from shared.contracts.relief.applications import codes
from shared.contracts.relief.files.codes import LEVELS
from shared.contracts.relief.funds.codes import SOURCES

#: workers of one campaign
MOST_NAMED = 2_000


class Amounts(Strict):
    """What one household gets, by the grade of its file, and a worker who is named, by the ground; grades without an
    amount are not listed."""

    DEEP = Fen()
    RELATIVE = Fen()
    ACCIDENT = Fen()
    FRONT_LINE = Fen()
    MODEL_WORKER = Fen()
    SICK = Fen()
    MIGRANT = Fen()


class NamedWorker(Strict):
    """Somebody who is visited for another reason than a hardship file: at work in heat or cold (一线职工), a model
    worker (劳动模范), ill (患病职工), a migrant worker (农民工)."""

    worker_id = Id(required=True)
    ground = Choice(codes.NAMED_GROUNDS, required=True)


class Filters(Strict):
    """Which active files are listed: all that match everything given. `within` is a part of the tree; `never_aided`
    are households that never had a payment; `file_ids` is a list made by hand."""

    grades = listed(Choice(codes.FILED), 0, 3, load_default=list)
    levels = listed(Choice(LEVELS), 0, len(LEVELS), load_default=list)
    within = OrgPath(load_default=None, allow_none=True)
    never_aided = Flag(load_default=False)
    file_ids = listed(Id(), 0, 2_000, load_default=list)


class NewCampaign(Strict):
    """Festival money is consolation (慰问金), given at a festival or in the heat of summer (SUMMER_HEAT 送清凉); living
    relief given then counts against the household's year.
    `workers` are visited beside the files, with festival money only and each household once; who has something for the
    occasion already, or whose household is on the list, is EXCLUDED with the reason. With amounts for grounds and none
    for grades, no files are listed."""

    title = Text(100, required=True)
    relief_type = Choice(codes.CAMPAIGN_TYPES, load_default="FESTIVAL")
    occasion = Choice(codes.GATHERED, required=True)
    year = Whole(2000, 2100, load_default=None, allow_none=True)
    amounts_fen = fields.Nested(Amounts, required=True)
    filters = fields.Nested(Filters, load_default=lambda: Filters().load({}))
    workers = listed(NamedWorker, 0, MOST_NAMED, load_default=list)
    org_path = OrgPath()


class Campaign(Record):
    """The counters say how far it is: `done_count` of `listed_count` are reserved or skipped. What was reserved is
    paid, recovered or released, or waits."""

    campaign_no = Text(19, required=True)
    title = Text(100, required=True)
    relief_type = Choice(codes.CAMPAIGN_TYPES, required=True)
    occasion = Choice(codes.GATHERED, required=True)
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
    occasion = Choice(codes.GATHERED)
    year = QueryWhole(2000, 2100)


class CampaignLine(Strict):
    """One household, masked: nobody is named, and the number of the file is shown in part. `worker_id` is told of those
    whom the draft named by it; a `grade` of UNFILED says that there is no active file."""

    id = Id(required=True)
    number = Whole(1, required=True)
    file_no = Text(32, required=True, allow_none=True)
    grade = Choice(codes.WHOM, required=True)
    ground = Choice(codes.GROUNDS, required=True)
    worker_id = Id(required=True, allow_none=True)
    amount_fen = Fen(required=True)
    state = Choice(codes.CAMPAIGN_LINE_STATES, required=True)
    reason = Text(500, required=True, allow_none=True)


class CampaignLineQuery(PageQuery):
    state = Choice(codes.CAMPAIGN_LINE_STATES)
    grade = Choice(codes.WHOM)
    ground = Choice(codes.GROUNDS)


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
