"""What goes in and out of wage advances (工资垫付)."""

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
    Record,
    Strict,
    Text,
    listed,
)
from shared.contracts.relief.advances import codes
from shared.contracts.relief.applications.codes import TIERS


def _balance() -> Fen:
    return Fen(least=0, required=True)


class NewAdvanceLine(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    advanced_fen = Fen(required=True)


class NewAdvance(Strict):
    """A wage advance (工资垫付): each line within the worker's own claim, together the total."""

    dispute_id = Id(required=True)
    employer_id = Id(required=True)
    reason = Text(60, required=True)
    total_fen = Fen(required=True)
    lines = listed(NewAdvanceLine, 1, 2000, required=True)
    org_path = OrgPath()


class AdvanceLine(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    advanced_fen = Fen(required=True)
    cash_receipt_no = Text(60, required=True, allow_none=True)
    is_refused = fields.Boolean(required=True)
    refused_because = Choice(codes.LINE_REFUSALS, required=True, allow_none=True)
    employer_paid_fen = _balance()


class Extension(Strict):
    """A later day of repayment (延期), agreed by the leading group. Days are YYYY-MM-DD."""

    was_due_on = Text(10, required=True)
    repay_due_on = Text(10, required=True)
    reason = Text(300, required=True)
    evidence_no = Text(60, required=True)
    extended_by = Text(80, required=True)
    extended_on = Text(10, required=True)


class DayCorrection(Strict):
    """A day of repayment that was entered wrongly (归还日更正); in force when confirmed. Days are YYYY-MM-DD."""

    was_due_on = Text(10, required=True)
    repay_due_on = Text(10, required=True)
    reason = Text(300, required=True)
    proposed_by = Text(80, required=True)
    proposed_on = Text(10, required=True)
    confirmed_by = Text(80, required=True, allow_none=True)
    confirmed_on = Text(10, required=True, allow_none=True)


class Repayment(Strict):
    id = Id(required=True)
    receipt_no = Text(60, required=True)
    amount_fen = Fen(required=True)
    repaid_on = Day(required=True)


class EnteredEmployerPayment(Strict):
    """What the employer paid a worker itself; one with `reverses_id` takes another back."""

    id = Id(required=True)
    claim_id = Id(required=True)
    amount_fen = Fen(required=True)
    evidence_no = Text(60, required=True)
    recorded_by = Text(80, required=True)
    recorded_on = Day(required=True)
    reverses_id = Id(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)


class Advance(Record):
    """outstanding = disbursed − repaid − written off. `twice_fen` is what workers have from the union and from the
    employer both."""

    advance_no = Text(19, required=True)
    dispute_id = Id(required=True)
    employer_id = Id(required=True)
    reason = Text(60, required=True)
    state = Choice(codes.ADVANCE_STATES, required=True)
    tier = Choice(TIERS, required=True)
    total_fen = Fen(required=True)
    disbursed_fen = _balance()
    repaid_fen = _balance()
    written_off_fen = _balance()
    outstanding_fen = _balance()
    twice_fen = _balance()
    lines = listed(AdvanceLine, 1, 2000, required=True)
    repayments = listed(Repayment, 0, 1000, required=True)
    employer_payments = listed(EnteredEmployerPayment, 0, 20_000, required=True)
    proposed_by = Text(80, required=True)
    is_emergency = fields.Boolean(required=True)
    approved_by = Text(80, required=True, allow_none=True)
    approved_on = Day(required=True, allow_none=True)
    ratify_due_on = Day(required=True, allow_none=True)
    ratified_on = Day(required=True, allow_none=True)
    ratification_missed = fields.Boolean(required=True)
    refused_reason = Text(500, required=True, allow_none=True)
    alternatives = listed(Choice(codes.ALTERNATIVES), 0, 5, required=True)
    signer = Text(60, required=True, allow_none=True)
    signed_on = Day(required=True, allow_none=True)
    repay_due_on = Day(required=True, allow_none=True)
    evidence_no = Text(60, required=True, allow_none=True)
    assignment_no = Text(60, required=True, allow_none=True)
    fund_id = Id(required=True, allow_none=True)
    document_no = Text(60, required=True, allow_none=True)
    disbursed_on = Day(required=True, allow_none=True)
    recovery_note = Text(300, required=True, allow_none=True)
    write_off_reason = Text(300, required=True, allow_none=True)
    next_remind_on = Day(required=True, allow_none=True)
    extensions = listed(Extension, 0, 20, required=True)
    day_corrections = listed(DayCorrection, 0, 1000, required=True)
    recovery_id = Id(required=True, allow_none=True)
    recovery_stage = Choice(codes.RECOVERY_STAGES, required=True, allow_none=True)
    created_at = Moment(required=True)


class AdvanceQuery(PageQuery):
    dispute_id = Id()
    employer_id = Id()
    state = Choice(codes.ADVANCE_STATES)
    tier = Choice(TIERS)
    fund_id = Id()
    is_emergency = fields.Boolean()
    recovery_stage = Choice(codes.RECOVERY_STAGES)
    due_before = Day(metadata={"description": "to be repaid before this day"})


class Refusal(Strict):
    """Why the union does not advance, and the ways that remain."""

    reason = Text(300, required=True)
    alternatives = listed(Choice(codes.ALTERNATIVES), 1, 5, required=True)


class Undertaking(Strict):
    """The employer's promise to repay (归还承诺书). `evidence_no` is the paper that shows the money is on its way."""

    signer = Text(60, required=True, metadata={"description": "who signed for the employer"})
    signed_on = Day(required=True)
    repay_due_on = Day(required=True)
    evidence_no = Text(60, required=True)
    assignment_no = Text(60, load_default=None, allow_none=True,
                         metadata={"description": "number of the workers' claim assignment (债权转让)"})


class CashReceipt(Strict):
    """A worker without a bank card signed for cash (现金签收)."""

    claim_id = Id(required=True)
    receipt_no = Text(60, required=True)


class Disbursement(Strict):
    fund_id = Id(required=True)
    document_no = Text(60, required=True)
    cash_receipts = listed(CashReceipt, 0, 2000, load_default=list)


class NewRepayment(Strict):
    amount_fen = Fen(required=True)
    receipt_no = Text(60, required=True)
    repaid_on = Day(load_default=None, allow_none=True, metadata={"description": "the bank's day; today if not given"})


class NewExtension(Strict):
    """`evidence_no` is the employer's new undertaking."""

    repay_due_on = Day(required=True)
    reason = Text(300, required=True)
    evidence_no = Text(60, required=True)


class EarlierDay(Strict):
    """The day that the employer's paper says, which was entered wrongly."""

    repay_due_on = Day(required=True)
    reason = Text(300, required=True)


class EmployerPayment(Strict):
    claim_id = Id(required=True)
    amount_fen = Fen(required=True)


class EmployerPayments(Strict):
    """What the employer paid workers itself, by the paper that shows it: no more than it owes of each claim, and each
    paper once a claim."""

    payments = listed(EmployerPayment, 1, 2000, required=True)
    evidence_no = Text(60, required=True)


class EmployerPaymentReversal(Strict):
    """By somebody else than who entered it."""

    reason = Text(300, required=True)


class Recovery(Strict):
    note = Text(300, required=True)
    assignment_no = Text(60, load_default=None, allow_none=True)


class WriteOff(Strict):
    reason = Text(300, required=True)
    evidence_no = Text(60, required=True)
