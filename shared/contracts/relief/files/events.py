"""What relief tells of hardship files (困难职工档案)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Flag, Id, OrgPath, Strict, Text, Whole, listed
from shared.contracts.relief.files.codes import CANCEL_REASONS, GRADES, LEGACY_GRADES
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


class PaperTakenOver(FileDrafted):
    """An active file with a grade of before 2020; its first review is due."""

    grade = Choice(LEGACY_GRADES, required=True)
    established_year = Whole(required=True)
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


class TemporaryOpened(FileDrafted):
    until = Day(required=True)


class FileObjectionRaised(FileTold):
    objection_id = Id(required=True)


class ObjectionDecided(Strict):
    objection_id = Id(required=True)
    file_id = Id(required=True)
    is_upheld = Flag(required=True)


class ApprovalStepTaken(FileTold):
    step = Whole(1, required=True)


class PaperOverdue(FileTold):
    due_on = Day(required=True)


class RelapseDetected(FileTold):
    previous_file_id = Id(required=True)


class HouseholdSplit(FileTold):
    new_file_id = Id(required=True)
    worker_ids = listed(Id(), 0, 30, required=True)


class FilesMerged(FileTold):
    other_file_id = Id(required=True)


class FileTransferred(FileTold):
    to_org_path = OrgPath(required=True)


class TransferProposed(Strict):
    transfer_id = Id(required=True)
    file_id = Id(required=True)


class ReviewYearTold(Strict):
    year = Whole(required=True)
    total = Whole(required=True)
    sampled = Whole(required=True)


class FilesDestroyed(Strict):
    list_id = Id(required=True)
    count = Whole(required=True)


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
    told("temporary_file_opened", TemporaryOpened, "临时救助档案已开立", "Temporary file opened", "PERSONAL"),
    told("temporary_file_lapsed", FileTold, "临时救助档案已到期", "Temporary file lapsed"),
    told("file_objection_raised", FileObjectionRaised, "公示异议已提出", "Objection to a notice raised"),
    told("file_objection_decided", ObjectionDecided, "公示异议已裁决", "Objection to a notice decided"),
    told("file_approval_step", ApprovalStepTaken, "建档审批已过一步", "Step of a file's approval taken"),
    told("file_paper_overdue", PaperOverdue, "纸质档案逾期未同步", "Paper file not brought up in time"),
    told("relapse_detected", RelapseDetected, "返困", "Relapse into hardship detected"),
    told("relapse_feared", FileDrafted, "返困监测提示", "Relapse into hardship feared", "PERSONAL"),
    told("household_split", HouseholdSplit, "已分户", "Household split", "PERSONAL"),
    told("hardship_files_merged", FilesMerged, "重复档案已合并", "Files of one household merged"),
    told("file_transfer_proposed", TransferProposed, "已提出转档", "Transfer of a file proposed"),
    told("hardship_file_transferred", FileTransferred, "档案已转入他会", "File transferred to another union"),
    told("paper_file_taken_over", PaperTakenOver, "旧档案已接收", "Paper file taken over", "PERSONAL"),
    told("paper_file_declined", FileTold, "旧档案不予接收", "Paper file not taken over"),
    told("file_review_opened", ReviewYearTold, "年度复核清单已编制", "Yearly review listed and its sample drawn"),
    told("file_review_begun", ReviewYearTold, "年度复核已启动", "Yearly review begun"),
    told("file_review_closed", ReviewYearTold, "年度复核已结束", "Yearly review closed"),
    told("hardship_files_destroyed", FilesDestroyed, "期满档案已销毁", "Files destroyed after their years of keeping"),
)
