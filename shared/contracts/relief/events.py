"""What relief tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole, listed
from shared.contracts.relief.codes import CANCEL_REASONS, GRADES, SOURCES
from shared.contracts.table import Event


class FundTold(Strict):
    fund_no = Text(19, required=True)


class FundOpened(FundTold):
    source = Choice(SOURCES, required=True)


class FundsReceived(FundOpened):
    amount_fen = Fen(required=True)


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


class FileTold(Strict):
    file_id = Id(required=True)
    file_no = Text(19, required=True)


class FileDrafted(FileTold):
    head_worker_id = Id(required=True)


class FileSubmitted(FileDrafted):
    survey_due_on = Day(required=True)


class HouseholdSurveyed(FileTold):
    surveyed_on = Day(required=True)


class VerificationRequested(FileTold):
    authorisation_no = Text(60, required=True)


class VerificationReceived(FileTold):
    hits = Whole(required=True)


class GradeAssessed(FileTold):
    grade = Choice(GRADES, required=True)


class NoticePosted(FileTold):
    notice_until = Day(required=True)


class FileApproved(FileDrafted):
    grade = Choice(GRADES, required=True)
    worker_ids = listed(Id(), 1, 30, required=True)


class ReviewStarted(FileTold):
    reason = Text(300, required=True)
    placement_id = Id(required=True, allow_none=True)


class ExitProposed(FileTold):
    exit_until = Day(required=True)


class OutOfHardship(FileDrafted):
    exit_on = Day(required=True)


class FileCancelled(FileTold):
    reason = Choice(CANCEL_REASONS, required=True)


def _event(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL") -> Event:
    return Event("relief", name, 1, schema, zh, en, data_class)


EVENTS = (
    _event("fund_opened", FundOpened, "资金账户已开立", "Fund opened"),
    _event("funds_received", FundsReceived, "资金已到账", "Funds received"),
    _event("fund_frozen", FundTold, "资金账户已冻结", "Fund frozen"),
    _event("fund_unfrozen", FundTold, "资金账户已解冻", "Freeze lifted"),
    _event("wage_advance_proposed", AdvanceProposed, "工资垫付已提出", "Wage advance proposed"),
    _event("wage_advance_refused", AdvanceRefused, "工资垫付未获同意", "Wage advance refused"),
    _event("wage_advance_approved", AdvanceApproved, "工资垫付已批准", "Wage advance approved"),
    _event("wage_advance_ratified", AdvanceRatified, "应急垫付已追认", "Emergency advance ratified"),
    _event("wage_advance_ratification_missed", RatificationMissed, "应急垫付逾期未追认", "Ratification missed"),
    _event("repayment_undertaken", RepaymentUndertaken, "用人单位已承诺归还", "Repayment undertaken"),
    _event("wage_advance_disbursed", AdvanceDisbursed, "垫付款已发放", "Wage advance disbursed", "PERSONAL"),
    _event("wage_advance_repaid", AdvanceRepaid, "垫付款已归还", "Wage advance repaid"),
    _event("wage_advance_overdue", AdvanceOverdue, "垫付款逾期未还", "Wage advance overdue"),
    _event("wage_advance_recovery_started", AdvanceTold, "已启动追偿", "Recovery started"),
    _event("wage_advance_written_off", AdvanceWrittenOff, "垫付款已核销", "Wage advance written off"),
    _event("hardship_file_drafted", FileDrafted, "困难档案已建草稿", "Hardship file drafted", "PERSONAL"),
    _event("hardship_file_submitted", FileSubmitted, "建档申请已提交", "Hardship file submitted", "PERSONAL"),
    _event("household_surveyed", HouseholdSurveyed, "已入户调查", "Household surveyed"),
    _event("verification_requested", VerificationRequested, "已发起核对", "Verification requested"),
    _event("verification_received", VerificationReceived, "已收到核对报告", "Verification received"),
    _event("hardship_grade_assessed", GradeAssessed, "困难等级已认定", "Hardship grade assessed", "PERSONAL"),
    _event("file_notice_posted", NoticePosted, "建档已公示", "Public notice posted"),
    _event("file_objected", FileTold, "公示有异议", "File objected to"),
    _event("hardship_file_approved", FileApproved, "已批准建档", "Hardship file approved", "PERSONAL"),
    _event("hardship_file_refused", FileTold, "不予建档", "Hardship file refused"),
    _event("hardship_facts_changed", FileTold, "家庭收支已变更", "Household's facts changed"),
    _event("file_review_started", ReviewStarted, "已启动复核", "File review started"),
    _event("exit_proposed", ExitProposed, "拟脱困", "Exit proposed"),
    _event("exit_contested", FileTold, "对脱困有异议", "Exit contested"),
    _event("household_out_of_hardship", OutOfHardship, "已脱困", "Household out of hardship", "PERSONAL"),
    _event("file_suspended", FileTold, "档案已暂停", "File suspended"),
    _event("hardship_file_cancelled", FileCancelled, "档案已注销", "File cancelled"),
)
