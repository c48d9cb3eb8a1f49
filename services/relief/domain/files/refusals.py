"""What a hardship file refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class MemberInOpenFile(Conflict):
    code = "household-has-file"
    zh = "家庭成员 {worker_id} 已在困难职工档案 {file_no} 中(一户一档,DUP-1)。请在该档案中办理,或先注销。"
    en = "The member {worker_id} is in the file {file_no} already (one household, one file). Use that one."


class HeadNotMember(Invalid):
    code = "head-not-member"
    zh = "户主须列入家庭成员。"
    en = "The head of the household must be one of its members."


class MemberTwice(Invalid):
    code = "member-twice"
    zh = "家庭成员 {worker_id} 出现两次。"
    en = "The member {worker_id} stands twice in the household."


class NotAuthorised(Conflict):
    code = "authorisation-missing"
    zh = "须由全部成年家庭成员签署核对授权书后方可提交(先授权、后核对)。"
    en = "All adult members must sign the authorisation for verification before the file is submitted."


class SurveysDiffer(Conflict):
    code = "surveys-differ"
    zh = "两名调查员填写的收支金额不一致(先前:收入 {income},刚性支出 {rigid})。请共同核实后重新填写。"
    en = "The two surveyors' figures differ (first: income {income}, rigid expenditure {rigid}). Settle them together."


class HitsUnexplained(Conflict):
    code = "hits-unexplained"
    zh = "核对结果有 {count} 处不一致,须逐项说明后才能继续。"
    en = "The report has {count} hit(s): explain them before going on."


class GradeWithoutReason(Conflict):
    code = "grade-needs-reason"
    zh = "家计调查建议为 {proposed},您认定为 {grade}。请写明理由。"
    en = "The means test proposes {proposed}, you decide {grade}: give the reason."


class NotInHardship(Conflict):
    code = "not-in-hardship"
    zh = "认定结果为不符合困难标准,不能公示建档,只能作出不予建档决定。"
    en = "The household was assessed as not in hardship: the file can only be refused."


class NoticeRunning(Conflict):
    code = "notice-running"
    zh = "公示期至 {notice_until},期满次日起方可审批。"
    en = "The public notice runs to {notice_until}; the file can be approved from the day after."


class StillInHardship(Conflict):
    code = "still-in-hardship"
    zh = "按现有收支测算仍为 {grade},不能拟脱困:{steps}"
    en = "On these figures the household is still {grade}; it cannot exit: {steps}"


class ObjectionRunning(Conflict):
    code = "objection-period-running"
    zh = "脱困告知的异议期至 {until},期满次日起方可确认。"
    en = "The household may object until {until}; the exit can be confirmed from the day after."
