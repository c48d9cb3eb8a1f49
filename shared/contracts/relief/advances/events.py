"""What relief tells of wage advances (工资垫付)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Day, Fen, Id, Strict, Text, listed
from shared.contracts.relief.told import told


class AdvanceTold(Strict):
    advance_id = Id(required=True)
    dispute_id = Id(required=True)


class AdvanceProposed(AdvanceTold):
    advance_no = Text(19, required=True)
    total_fen = Fen(required=True)


class AdvanceRefused(AdvanceTold):
    reason = Text(500, required=True)


class AdvanceApproved(AdvanceTold):
    is_emergency = fields.Boolean(required=True)


class AdvanceRatified(AdvanceTold):
    ratified_on = Day(required=True)


class RatificationMissed(Strict):
    advance_id = Id(required=True)
    advance_no = Text(19, required=True)
    ratify_due_on = Day(required=True)


class RepaymentUndertaken(AdvanceTold):
    repay_due_on = Day(required=True)


class PaidLine(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)
    advanced_fen = Fen(required=True)


class AdvanceDisbursed(AdvanceTold):
    advance_no = Text(19, required=True)
    total_fen = Fen(required=True)
    disbursed_on = Day(required=True)
    lines = listed(PaidLine, 1, 2000, required=True)


class AdvanceRepaid(AdvanceTold):
    """`repaid_fen` is all that was repaid so far, `balance_fen` what is still owed."""

    advance_no = Text(19, required=True)
    amount_fen = Fen(required=True)
    repaid_fen = Fen(required=True)
    balance_fen = Fen(least=0, required=True)
    is_full = fields.Boolean(required=True)
    repaid_on = Day(required=True)


class AdvanceOverdue(AdvanceTold):
    advance_no = Text(19, required=True)
    employer_id = Id(required=True)
    balance_fen = Fen(required=True)
    repay_due_on = Day(required=True)


class AdvanceWrittenOff(AdvanceTold):
    advance_no = Text(19, required=True)
    balance_fen = Fen(required=True)


class RepaymentReminded(AdvanceOverdue):
    """The day of repayment comes near."""


class AdvanceExtended(AdvanceTold):
    advance_no = Text(19, required=True)
    was_due_on = Day(required=True)
    repay_due_on = Day(required=True)


class EmployerPaid(AdvanceTold):
    """`twice_fen` is what workers have now received twice; 0 where the union had not paid yet."""

    advance_no = Text(19, required=True)
    total_fen = Fen(required=True)
    twice_fen = Fen(least=0, required=True)


class EmployerPaymentReversed(AdvanceTold):
    """An entry was wrong. `twice_fen` is all that workers have twice now, `total_fen` all that is advanced."""

    advance_no = Text(19, required=True)
    total_fen = Fen(required=True)
    twice_fen = Fen(least=0, required=True)


class LateRepaid(AdvanceTold):
    """`written_off_fen` is what is still given up."""

    advance_no = Text(19, required=True)
    amount_fen = Fen(required=True)
    written_off_fen = Fen(least=0, required=True)
    repaid_on = Day(required=True)


EVENTS = (
    told("wage_advance_proposed", AdvanceProposed, "工资垫付已提出", "Wage advance proposed"),
    told("wage_advance_refused", AdvanceRefused, "工资垫付未获同意", "Wage advance refused"),
    told("wage_advance_approved", AdvanceApproved, "工资垫付已批准", "Wage advance approved"),
    told("wage_advance_ratified", AdvanceRatified, "应急垫付已追认", "Emergency advance ratified"),
    told("wage_advance_ratification_missed", RatificationMissed, "应急垫付逾期未追认", "Ratification missed"),
    told("repayment_undertaken", RepaymentUndertaken, "用人单位已承诺归还", "Repayment undertaken"),
    told("wage_advance_disbursed", AdvanceDisbursed, "垫付款已发放", "Wage advance disbursed", "PERSONAL"),
    told("wage_advance_repaid", AdvanceRepaid, "垫付款已归还", "Wage advance repaid"),
    told("wage_advance_overdue", AdvanceOverdue, "垫付款逾期未还", "Wage advance overdue"),
    told("wage_advance_recovery_started", AdvanceTold, "已启动追偿", "Recovery started"),
    told("wage_advance_written_off", AdvanceWrittenOff, "垫付款已核销", "Wage advance written off"),
    told("wage_advance_repayment_reminded", RepaymentReminded, "垫付款即将到期", "Repayment falls due soon"),
    told("wage_advance_extended", AdvanceExtended, "垫付款归还日已延长", "Day of repayment extended"),
    told("wage_advance_day_corrected", AdvanceExtended, "垫付款归还日已更正", "Day of repayment corrected"),
    told("wage_advance_employer_paid", EmployerPaid, "用人单位已直接付薪", "Employer paid workers itself"),
    told("wage_advance_employer_payment_reversed", EmployerPaymentReversed, "单位付款登记已冲正",
         "Entry of an employer's payment reversed"),
    told("wage_advance_late_repaid", LateRepaid, "核销后收回垫付款", "Repaid after the write-off"),
)
