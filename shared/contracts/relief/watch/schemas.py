"""What goes in and out of watching the spread of money (资金投放监测) and of findings (比对发现)."""

from __future__ import annotations

from marshmallow import fields

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
from shared.contracts.relief.applications.codes import TIERS
from shared.contracts.relief.funds.codes import PURPOSES
from shared.contracts.relief.watch import codes

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_UNITS, MOST_HOUSEHOLDS, MOST_STEPS = 200, 100, 40
MOST = 2**53


class SpreadQuery(Strict):
    """`year` of the payments (this one), below `org_path` (the caller's own unit), of one `purpose` or all."""

    year = QueryWhole(FIRST_YEAR, LAST_YEAR)
    org_path = OrgPath()
    purpose = Choice(PURPOSES)


class HouseholdsQuery(SpreadQuery):
    """Those that got most come first, or least; of one `month` or of the whole year."""

    order = Choice(codes.ORDERS, load_default="MOST")
    month = QueryWhole(1, 12)


class Month(Strict):
    """What was paid in a month, net of what came back since."""

    month = Whole(1, 12, required=True)
    payments = Whole(0, MOST, required=True)
    amount_fen = Fen(least=0, required=True)
    has_festival_window = fields.Boolean(required=True)


class TierSum(Strict):
    """What measures of one tier (帮扶层次: 应急、保障、根本) paid, net of what came back."""

    tier = Choice(TIERS, required=True)
    payments = Whole(0, MOST, required=True)
    amount_fen = Fen(least=0, required=True)
    share_bp = Whole(0, 10_000, required=True, allow_none=True)


class Spread(Strict):
    """How money was spread. Shares are basis points; null where nothing was paid.

    All sums are net: paid, less what came back. A payment that the bank returned or that was recovered whole is not
    counted; of one recovered in part `amount_fen` counts what the household still has, `recovered_fen` is what came
    back. What was written off was given. A payment is small by what was paid, before any of it came back. What came
    back is taken off the month and year of its payment.

    `festival_index_bp`: 10000 is as much as the windows' share of the days. `gini_bp`: 0 even, 10000 all to one.
    `mean_in_dibao_bp`: the mean a household got, over the monthly dibao standard.
    """

    payments = Whole(0, MOST, required=True)
    households = Whole(0, MOST, required=True)
    amount_fen = Fen(least=0, required=True)
    recovered_fen = Fen(least=0, required=True)
    festival_share_bp = Whole(0, 10_000, required=True, allow_none=True)
    festival_index_bp = Whole(0, MOST, required=True, allow_none=True)
    gini_bp = Whole(0, 10_000, required=True, allow_none=True)
    hhi_bp = Whole(0, 10_000, required=True, allow_none=True)
    top_tenth_share_bp = Whole(0, 10_000, required=True, allow_none=True)
    small_payments_share_bp = Whole(0, 10_000, required=True, allow_none=True)
    mean_per_household_fen = Fen(least=0, required=True, allow_none=True)
    mean_in_dibao_bp = Whole(0, MOST, required=True, allow_none=True)
    signals = listed(Choice(codes.SIGNALS), 0, len(codes.SIGNALS), required=True)


class SpreadReport(Spread):
    """With months, tiers and explanation; months and tiers each sum to the whole. Signals are for people to look at:
    nothing is refused for them."""

    year = Whole(FIRST_YEAR, LAST_YEAR, required=True)
    org_path = OrgPath(required=True)
    months = listed(Month, 12, 12, required=True)
    tiers = listed(TierSum, len(TIERS), len(TIERS), required=True)
    steps_zh = listed(Text(500), 1, MOST_STEPS, required=True)
    steps_en = listed(Text(500), 1, MOST_STEPS, required=True)


class UnitSpread(Spread):
    org_path = OrgPath(required=True)


class SpreadByUnit(Strict):
    """The units one level below, the most money first; what lies at the unit itself stands under its own path.

    A household counts where its file lies, one without a file where the fund lies.
    """

    year = Whole(FIRST_YEAR, LAST_YEAR, required=True)
    org_path = OrgPath(required=True)
    units = listed(UnitSpread, 0, MOST_UNITS, required=True)
    has_more = fields.Boolean(required=True)


class HouseholdPaid(Strict):
    """A household by its open file, or a person without one; `amount_fen` net of what came back."""

    file_id = Id(required=True, allow_none=True)
    file_no = Text(19, required=True, allow_none=True)
    worker_id = Id(required=True, allow_none=True)
    payments = Whole(0, MOST, required=True)
    amount_fen = Fen(required=True)


class SpreadByHousehold(Strict):
    year = Whole(FIRST_YEAR, LAST_YEAR, required=True)
    org_path = OrgPath(required=True)
    households = listed(HouseholdPaid, 0, MOST_HOUSEHOLDS, required=True)
    has_more = fields.Boolean(required=True)


class Finding(Record):
    """Something to look at, never a refusal. `figures` are the numbers behind it, in fen, days or counts."""

    finding_no = Text(19, required=True)
    code = Choice(codes.FINDING_CODES, required=True)
    state = Choice(codes.FINDING_STATES, required=True)
    subject_kind = Choice(codes.SUBJECT_KINDS, required=True)
    subject_id = Id(required=True)
    period = Text(40, required=True)
    file_id = Id(required=True, allow_none=True)
    worker_id = Id(required=True, allow_none=True)
    explanation_zh = Text(500, required=True)
    explanation_en = Text(500, required=True)
    document = Text(200, required=True, allow_none=True)
    certainty = Text(4, required=True, allow_none=True)
    found_on = Day(required=True)
    due_on = Day(required=True)
    is_overdue = fields.Boolean(required=True)
    assigned_to = Text(80, required=True, allow_none=True)
    decided_by = Text(80, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    action = Choice(codes.ACTIONS, required=True, allow_none=True)
    note = Text(500, required=True, allow_none=True)
    created_at = Moment(required=True)


class FindingQuery(PageQuery):
    code = Choice(codes.FINDING_CODES)
    state = Choice(codes.FINDING_STATES)
    subject_id = Id()
    file_id = Id()
    assigned_to = Text(80)
    is_overdue = fields.Boolean()


class Assignment(Strict):
    """Who looks into it: an account id."""

    account_id = Id(required=True)


class FindingReason(Strict):
    reason = Text(500, required=True)


class Resolution(Strict):
    """What was done about it."""

    action = Choice(codes.ACTIONS, required=True)
    note = Text(500, required=True)
