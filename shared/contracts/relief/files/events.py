"""What relief tells of hardship files (困难职工档案)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole, listed
from shared.contracts.relief.files.codes import CANCEL_REASONS, GRADES
from shared.contracts.relief.told import told


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


EVENTS = (
    told("hardship_file_drafted", FileDrafted, "困难档案已建草稿", "Hardship file drafted", "PERSONAL"),
    told("hardship_file_submitted", FileSubmitted, "建档申请已提交", "Hardship file submitted", "PERSONAL"),
    told("household_surveyed", HouseholdSurveyed, "已入户调查", "Household surveyed"),
    told("verification_requested", VerificationRequested, "已发起核对", "Verification requested"),
    told("verification_received", VerificationReceived, "已收到核对报告", "Verification received"),
    told("hardship_grade_assessed", GradeAssessed, "困难等级已认定", "Hardship grade assessed", "PERSONAL"),
    told("file_notice_posted", NoticePosted, "建档已公示", "Public notice posted"),
    told("file_objected", FileTold, "公示有异议", "File objected to"),
    told("hardship_file_approved", FileApproved, "已批准建档", "Hardship file approved", "PERSONAL"),
    told("hardship_file_refused", FileTold, "不予建档", "Hardship file refused"),
    told("hardship_facts_changed", FileTold, "家庭收支已变更", "Household's facts changed"),
    told("file_review_started", ReviewStarted, "已启动复核", "File review started"),
    told("exit_proposed", ExitProposed, "拟脱困", "Exit proposed"),
    told("exit_contested", FileTold, "对脱困有异议", "Exit contested"),
    told("household_out_of_hardship", OutOfHardship, "已脱困", "Household out of hardship", "PERSONAL"),
    told("file_suspended", FileTold, "档案已暂停", "File suspended"),
    told("hardship_file_cancelled", FileCancelled, "档案已注销", "File cancelled"),
)
