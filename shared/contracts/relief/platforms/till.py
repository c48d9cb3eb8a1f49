"""What goes in and out of redemptions (核销), visits (优待就诊) and settlements (结算)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.applications.codes import TIERS
from shared.contracts.relief.platforms import codes
from shared.kernel.money import MAX_FEN

#: no sale and no invoice is above it; sums of any number of them stay exact
MOST_SALE_FEN, MOST_INVOICE_FEN = 100_000_000, 10_000_000_000
#: in one invoice of a school
MOST_PUPILS = 2_000
TERM = validate.Regexp(r"\A20[0-9]{2}-(SPRING|AUTUMN)\Z")
MONTH = validate.Regexp(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z")


class Item(Strict):
    """Goods of one class. `weight_g` is needed where a daily quota counts weight."""

    item_class = Choice(codes.ITEM_CLASSES, required=True)
    amount_fen = Fen(required=True)
    weight_g = Whole(1, 1_000_000, load_default=None, allow_none=True)


class NewRedemption(Strict):
    """A sale on a card. `till_no` is the till's own serial number (POS 流水号): sent again it is not counted again."""

    till_no = Text(40, required=True)
    card_no = Text(16, required=True)
    total_fen = Fen(most=MOST_SALE_FEN, required=True)
    items = listed(Item, 1, 50, required=True)
    pin = fields.String(load_default=None, allow_none=True, load_only=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))
    order_no = Text(32, load_default=None, allow_none=True, metadata={
        "description": "the order whose card part this sale pays; its limits and quotas are taken already"})
    at = Moment(load_default=None, allow_none=True,
                metadata={"description": "when the sale was, if the till was offline; now if not given"})


class NewTermCharge(Strict):
    """A school's invoice for a term (一学期一结), shared by the agreement, for children enrolled at it in that term.
    `request_nos` are the numbers of their placement requests."""

    invoice_no = Text(40, required=True)
    term = fields.String(required=True, validate=TERM, metadata={"description": "2026-SPRING or 2026-AUTUMN"})
    request_nos = listed(Text(19), 1, MOST_PUPILS, required=True)
    total_fen = Fen(most=MOST_INVOICE_FEN, required=True)


class Redemption(Record):
    """total = union's part + partner's part. A term's invoice names its pupils by their placement requests (those of
    before that was asked only say how many). `settlement_id` is the settlement that pays it, `credit_settlement_id` the
    one that takes it back."""

    source = Choice(codes.SOURCES, required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    outlet_id = Id(required=True)
    partner_id = Id(required=True)
    agreement_id = Id(required=True)
    till_no = Text(40, required=True)
    card_id = Id(required=True, allow_none=True)
    term = Text(20, required=True, allow_none=True)
    pupils = Whole(1, 10_000, required=True, allow_none=True)
    request_nos = fields.List(Text(19), required=True, allow_none=True)
    items = listed(Item, 0, 50, required=True)
    total_fen = Fen(required=True)
    union_fen = Fen(least=0, required=True)
    partner_fen = Fen(least=0, required=True)
    redeemed_at = Moment(required=True)
    redeemed_on = Day(required=True)
    is_offline = Flag(required=True)
    state = Choice(codes.REDEMPTION_STATES, required=True)
    entered_by = Text(80, required=True)
    reversal_reason = Text(300, required=True, allow_none=True)
    reversal_proposed_by = Text(80, required=True, allow_none=True)
    reversed_by = Text(80, required=True, allow_none=True)
    reversed_on = Day(required=True, allow_none=True)
    settlement_id = Id(required=True, allow_none=True)
    credit_settlement_id = Id(required=True, allow_none=True)
    order_id = Id(required=True, allow_none=True)
    created_at = Moment(required=True)


class RedemptionQuery(PageQuery):
    outlet_id = Id()
    partner_id = Id()
    card_id = Id()
    source = Choice(codes.SOURCES)
    state = Choice(codes.REDEMPTION_STATES)
    till_no = Text(40)
    redeemed_from = Day()
    redeemed_to = Day()


class NewVisit(Strict):
    """A visit at preferential terms (优待就诊): which day and department, what was taken off, and the number under
    which the hospital keeps the holder's health file (健康档案号). No clinical data. A check-up or a file's number
    needs the holder's written consent."""

    till_no = Text(40, required=True)
    card_no = Text(16, required=True)
    kind = Choice(codes.VISIT_KINDS, required=True)
    visited_on = Day(required=True)
    department = Text(60, required=True)
    discount_fen = Fen(least=0, most=MOST_SALE_FEN, required=True)
    health_file_no = Text(40, load_default=None, allow_none=True)
    consent_no = Text(60, load_default=None, allow_none=True)
    pin = fields.String(load_default=None, allow_none=True, load_only=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))


class Visit(Record):
    outlet_id = Id(required=True)
    partner_id = Id(required=True)
    agreement_id = Id(required=True)
    till_no = Text(40, required=True)
    card_id = Id(required=True)
    worker_id = Id(required=True)
    kind = Choice(codes.VISIT_KINDS, required=True)
    visited_on = Day(required=True)
    department = Text(60, required=True)
    discount_fen = Fen(least=0, required=True)
    health_file_no = Text(40, required=True, allow_none=True)
    consent_no = Text(60, required=True, allow_none=True)
    entered_by = Text(80, required=True)
    created_at = Moment(required=True)


class VisitQuery(PageQuery):
    worker_id = Id()
    outlet_id = Id()
    kind = Choice(codes.VISIT_KINDS)
    visited_from = Day()
    visited_to = Day()


# -- settlements -----------------------------------------------------------------------------------------------


def _sum() -> Fen:
    return Fen(least=-MAX_FEN, required=True)


class NewSettlement(Strict):
    """A month's settlement (结算单) of one agreement: what was redeemed up to the month's end and not settled yet."""

    agreement_id = Id(required=True)
    month = fields.String(required=True, validate=MONTH, metadata={"description": "YYYY-MM"})


MOST_UNSETTLED = 200


class UnsettledMonth(Strict):
    """What one agreement has open for one month; the union owes `union_fen` of it."""

    agreement_id = Id(required=True)
    partner_id = Id(required=True)
    partner_name = Text(100, required=True)
    month = Text(7, required=True)
    count = Whole(1, 2**53, required=True)
    union_fen = Fen(least=0, required=True)


class Unsettled(Strict):
    """The oldest months first; `is_cut` when there are more than fit."""

    months = listed(UnsettledMonth, 0, MOST_UNSETTLED, required=True)
    is_cut = Flag(required=True)


class Settlement(Record):
    """`union_fen` is what the union pays. The three sums are those of the lines that were not removed."""

    settlement_no = Text(19, required=True)
    agreement_id = Id(required=True)
    partner_id = Id(required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    month = Text(7, required=True)
    state = Choice(codes.SETTLEMENT_STATES, required=True)
    tier = Choice(TIERS, required=True)
    charges_count = Whole(0, 2**31, required=True)
    credits_count = Whole(0, 2**31, required=True)
    disputed_count = Whole(0, 2**31, required=True)
    total_fen = _sum()
    union_fen = _sum()
    partner_fen = _sum()
    drafted_by = Text(80, required=True)
    confirmed_by = Text(80, required=True, allow_none=True)
    approved_by = Text(80, required=True, allow_none=True)
    reserved_by = Text(80, required=True, allow_none=True)
    fund_id = Id(required=True, allow_none=True)
    document_no = Text(60, required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    note = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class SettlementQuery(PageQuery):
    partner_id = Id()
    agreement_id = Id()
    kind = Choice(codes.PLATFORM_KINDS)
    month = fields.String(validate=MONTH)
    state = Choice(codes.SETTLEMENT_STATES)
    tier = Choice(TIERS)


class SettlementLine(Strict):
    """One redemption in a settlement, by its id; a credit takes back what an earlier settlement paid: negative."""

    id = Id(required=True)
    settlement_id = Id(required=True)
    kind = Choice(codes.LINE_KINDS, required=True)
    state = Choice(codes.LINE_STATES, required=True)
    outlet_id = Id(required=True)
    till_no = Text(40, required=True)
    redeemed_on = Day(required=True)
    total_fen = _sum()
    union_fen = _sum()
    partner_fen = _sum()
    dispute_reason = Text(300, required=True, allow_none=True)
    resolution = Text(300, required=True, allow_none=True)


class LineQuery(PageQuery):
    kind = Choice(codes.LINE_KINDS)
    state = Choice(codes.LINE_STATES)
    outlet_id = Id()


class StatementQuery(Strict):
    """The whole statement, or the lines of one outlet."""

    outlet_id = Id()


class Objection(Strict):
    line_id = Id(required=True)
    reason = Text(300, required=True)


class Objections(Strict):
    lines = listed(Objection, 1, 200, required=True)


class Resolution(Strict):
    """KEPT: the line stands. REMOVED: it leaves this settlement and may come into a later one, or be reversed."""

    line_id = Id(required=True)
    result = Choice(codes.RESULTS, required=True)
    note = Text(300, required=True)


class SettlementFunds(Strict):
    fund_id = Id(required=True)
    document_no = Text(60, required=True)
