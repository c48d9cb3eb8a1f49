"""What goes in and out of budgets, transfers, corrections and year-ends of funds."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Id,
    Moment,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.funds import codes
from shared.contracts.relief.funds.schemas import AskedYear, Year

MOST_CARRIED = 20_000


class PurposeAmount(Strict):
    purpose = Choice(codes.PURPOSES, required=True)
    amount_fen = Fen(least=0, required=True)


def _lines(**rest: object) -> fields.List:
    return listed(PurposeAmount, 1, len(codes.PURPOSES), **rest)


class Lines(Strict):
    lines = _lines(required=True)


class NewBudget(Lines):
    """A yearly budget (年度预算) of a fund. A purpose without a line gets nothing."""

    fund_id = Id(required=True)
    year = Year(required=True)


class Revision(Lines):
    """Other figures for an approved budget (预算调整). They hold when somebody else has approved them."""

    reason = Text(300, required=True)


class BudgetEdition(Strict):
    number = Whole(1, required=True)
    lines = _lines(required=True)
    reason = Text(300, required=True)
    proposed_by = Text(80, required=True)
    approved_by = Text(80, required=True)
    approved_on = Day(required=True)


class Budget(Record):
    """`lines` are what is in force once approved; `editions` every edition that was."""

    budget_no = Text(19, required=True)
    fund_id = Id(required=True)
    year = Year(required=True)
    state = Choice(codes.BUDGET_STATES, required=True)
    lines = _lines(required=True)
    total_fen = Fen(least=0, required=True)
    drafted_by = Text(80, required=True)
    submitted_by = Text(80, required=True, allow_none=True)
    sent_back_reason = Text(300, required=True, allow_none=True)
    approved_by = Text(80, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    revision_lines = _lines(required=True, allow_none=True)
    revision_reason = Text(300, required=True, allow_none=True)
    revised_by = Text(80, required=True, allow_none=True)
    editions = listed(BudgetEdition, 0, 1000, required=True)
    created_at = Moment(required=True)


class BudgetQuery(PageQuery):
    fund_id = Id()
    year = AskedYear()
    state = Choice(codes.BUDGET_STATES)


class NewTransfer(Strict):
    """Money from one fund to another (资金拨转)."""

    from_fund_id = Id(required=True)
    to_fund_id = Id(required=True)
    amount_fen = Fen(required=True)
    reason = Text(300, required=True)
    document_no = Text(60, required=True)


class Decided(Record):
    """What one person proposes and another decides."""

    proposed_by = Text(80, required=True)
    decided_by = Text(80, required=True, allow_none=True)
    decided_on = Day(required=True, allow_none=True)
    refused_reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class Transfer(Decided):
    transfer_no = Text(19, required=True)
    from_fund_id = Id(required=True)
    to_fund_id = Id(required=True)
    amount_fen = Fen(required=True)
    reason = Text(300, required=True)
    document_no = Text(60, required=True)
    state = Choice(codes.TRANSFER_STATES, required=True)


class TransferQuery(PageQuery):
    """`fund_id` finds transfers of either side."""

    fund_id = Id()
    from_fund_id = Id()
    to_fund_id = Id()
    state = Choice(codes.TRANSFER_STATES)


class NewReversal(Strict):
    """A mistaken entry to be reversed (冲正) by an opposite one; of a transfer, either side stands for both."""

    entry_id = Id(required=True)
    reason = Text(300, required=True)


class Reversal(Decided):
    fund_id = Id(required=True)
    entry_id = Id(required=True)
    kind = Choice(codes.ENTRY_KINDS, required=True)
    amount_fen = Fen(required=True)
    reason = Text(300, required=True)
    state = Choice(codes.REVERSAL_STATES, required=True)


class ReversalQuery(PageQuery):
    fund_id = Id()
    entry_id = Id()
    state = Choice(codes.REVERSAL_STATES)


class NewYearClosing(Strict):
    """The end of a fund's year (年终结账). Each reservation still open must stand in `carried_line_ids`."""

    fund_id = Id(required=True)
    year = Year(required=True)
    carried_line_ids = listed(Id(), 0, MOST_CARRIED, load_default=list)
    carried_reason = Text(300, load_default=None, allow_none=True)


class YearClosing(Decided):
    fund_id = Id(required=True)
    year = Year(required=True)
    carried_reason = Text(300, required=True, allow_none=True)
    carried_count = Whole(0, required=True)
    carried_fen = Fen(least=0, required=True)
    figures = fields.Dict(required=True)
    state = Choice(codes.CLOSING_STATES, required=True)


class ClosingQuery(PageQuery):
    fund_id = Id()
    year = AskedYear()
    state = Choice(codes.CLOSING_STATES)


class Reservation(Strict):
    """Money reserved for a payee and neither paid nor given back."""

    id = Id(required=True)
    purpose = Choice(codes.PURPOSES, required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, required=True)
    amount_fen = Fen(required=True)


class OpenReservation(Reservation):
    state = Text(20, required=True)
    created_at = Moment(required=True)


class ReservationQuery(PageQuery):
    year = AskedYear()
