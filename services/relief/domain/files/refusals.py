"""What a hardship file refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class MemberInOpenFile(Conflict):
    code = "household-has-file"
    zh = "家庭成员 {worker_id} 已在困难职工档案 {file_no} 中(一户一档,DUP-1)。请在该档案中办理,或先注销。"
    en = "The member {worker_id} is in the file {file_no} already (one household, one file). Use that one."


class RefilingBanned(Conflict):
    code = "refiling-banned"
    zh = "家庭成员 {worker_id} 的档案 {file_no} 因虚假申报被注销,{until} 以前(含当日)不得重新申报,此后可再申请。"
    en = ("The file {file_no} of the member {worker_id} was cancelled for a false declaration: they cannot be filed "
          "again until {until}, that day included. Apply after it.")


class HeadNotMember(Invalid):
    code = "head-not-member"
    zh = "户主须列入家庭成员。"
    en = "The head of the household must be one of its members."


class HeadTwice(Invalid):
    code = "head-twice"
    zh = "一个家庭只有一名户主:该成员不是户主(head_worker_id),请填写与户主的关系。"
    en = "A household has one head: this member is not head_worker_id, so give the relation to the head."


class MemberTwice(Invalid):
    code = "member-twice"
    zh = "家庭成员 {worker_id} 出现两次。"
    en = "The member {worker_id} stands twice in the household."


class NotAuthorised(Conflict):
    code = "authorisation-missing"
    zh = "须由全部成年家庭成员签署核对授权书后方可提交(先授权、后核对)。"
    en = "All adult members must sign the authorisation for verification before the file is submitted."


class AuthorisationExpired(Conflict):
    code = "authorisation-expired"
    zh = "核对授权书 {authorisation_no} 于 {until} 到期。请全体成年家庭成员重新签署,并填写新的授权书号和日期。"
    en = ("The authorisation for verification {authorisation_no} was valid until {until}. Let all adult members sign "
          "another, and give its number and day.")


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


class ObjectionPeriodOver(Conflict):
    code = "objection-period-over"
    zh = "脱困告知的异议期已于 {until} 届满,不再受理异议。脱困确认后仍有困难的,请重新申请建档(返困)。"
    en = ("The household could object until {until}. If it is in hardship still, confirm the exit and open a new file: "
          "a relapse is linked to this one.")


class ObjectionRunning(Conflict):
    code = "objection-period-running"
    zh = "脱困告知的异议期至 {until},期满次日起方可确认。"
    en = "The household may object until {until}; the exit can be confirmed from the day after."


class HeadStays(Conflict):
    code = "head-stays"
    zh = "户主不能分出。请把其余成员分到新户,或先变更户主。"
    en = "The head stays with the file. Let the others leave, each with a head of their own."


class NobodyLeft(Conflict):
    code = "nobody-left"
    zh = "不能把全部成员分出。"
    en = "Somebody must stay in the household."


class AloneAlready(Conflict):
    code = "household-of-one"
    zh = "该户只有一人,无法分户。"
    en = "A household of one cannot be split."


class NoSuchMember(Invalid):
    code = "member-unknown"
    zh = "该档案没有成员 {member_id}。请按档案所列成员编号填写。"
    en = "The file has no member {member_id}. Take the ids that the file shows."


class HouseholdUnchanged(Invalid):
    code = "household-unchanged"
    zh = "没有填写任何变更。请填写新增成员、减少成员、户主、与户主关系或致困原因中的至少一项。"
    en = "Nothing is to be changed. Give joining or leaving members, the head, relations or causes."


class HouseholdTooLarge(Invalid):
    code = "household-too-large"
    zh = "变更后有 {count} 名成员,一户最多 {most} 名。请核对后分户办理。"
    en = "The household would have {count} members, the most is {most}. Check the list, or split the household."


class RelationsMissing(Invalid):
    code = "household-relations-missing"
    zh = "变更户主须同时填写其余成员与新户主的关系,还缺:{member_ids}。"
    en = "With a new head say what the others are to them; still missing: {member_ids}."


class MergeWithItself(Conflict):
    code = "merge-with-itself"
    zh = "不能与自身合并,请填写另一份重复档案。"
    en = "A file cannot be merged with itself: name the other one."


class FormIncomplete(Conflict):
    code = "file-form-incomplete"
    zh = "档案还有 {count} 处未填:{fields_zh}。请补齐后再提交。"
    en = "{count} thing(s) are missing in the file: {fields_en}. Complete it, then submit."


class NoticeEnded(Conflict):
    code = "notice-ended"
    zh = "公示期已于 {notice_until} 结束。请向所属工会反映。"
    en = "The public notice ended on {notice_until}. Turn to the union it belongs to."


class ObjectionsOpen(Conflict):
    code = "objections-open"
    zh = "有 {count} 件异议尚未处理完毕,处理后方可审批。"
    en = "{count} objection(s) are not decided yet: decide them first."


class TooManyObjections(Conflict):
    code = "objections-too-many"
    zh = "该公示已有 {most} 件待处理异议,请直接联系所属工会。"
    en = "There are {most} undecided objections to this notice already. Turn to the union directly."


class ApproverRole(Conflict):
    code = "approver-role"
    zh = "第 {step} 步(共 {steps} 步)须由{role_zh}审批。依据:{document}。"
    en = "Approval {step} of {steps} is for a {role_en}. Rule: {document}."


class OutsideNumberMissing(Conflict):
    code = "outside-number-missing"
    zh = "{level} 级档案须填写上级批准文号。"
    en = "A file of level {level} needs the number of the approval by the level above."


class TooLong(Conflict):
    code = "temporary-file-too-long"
    zh = "临时档案最长 {most_days} 天,截止日应在今天之后。"
    en = "A temporary file lasts {most_days} days at the most, and ends after today."


class TemporaryAgain(Conflict):
    code = "temporary-file-again"
    zh = "该家庭已因同一致困原因开立过临时档案({file_no},至 {until})。请按一般程序建档,或待 {free_on} 后再开立。"
    en = ("The household had a temporary file for the same need already ({file_no}, until {until}). Take the file "
          "through survey and notice as every other one, or open it for a time after {free_on}.")


class TemporaryOnce(Conflict):
    code = "temporary-file-once"
    zh = "本档案已作过临时档案(至 {until}),不能再次开立。请按一般程序提交。"
    en = "This file was open for a time already (until {until}), and is not once more. Submit it as every other one."


class KeptStill(Conflict):
    code = "file-kept-still"
    zh = "档案 {file_no} 的保存期至 {archive_until},期满前不得销毁。"
    en = "The file {file_no} must be kept until {archive_until}."


class NothingToDestroy(Conflict):
    code = "nothing-to-destroy"
    zh = "没有保存期满、且未列入其他销毁清册的档案。"
    en = "No file has been kept long enough that is not on another list already."


class NotInSample(Invalid):
    code = "not-in-sample"
    zh = "该档案不在本次抽查样本中。请按抽查名单填写。"
    en = "This file is not in the sample. Take one of those drawn."


class NothingToCheck(Conflict):
    code = "spot-check-early"
    zh = "该档案本次复核尚未作出结论,无从抽查。请待复核结束后再登记抽查结果。"
    en = "The review of this file has no result yet that could be checked. Enter the spot check once it is reviewed."


class ReviewYearFar(Invalid):
    code = "review-year-far"
    zh = "年度复核只能针对本年({this})或上年({last}),不能为 {year} 年。"
    en = "A review is of this year ({this}) or the last ({last}), not of {year}."


class ReviewUnfinished(Conflict):
    code = "review-unfinished"
    zh = "还有 {undone} 份档案未复核、{unchecked} 份样本未抽查。"
    en = "{undone} file(s) are not reviewed and {unchecked} of the sample not checked yet."


class ReviewOpened(Conflict):
    code = "review-year-known"
    zh = "{org_path} 的 {year} 年度复核已经启动。"
    en = "The review of {org_path} for {year} was opened before."


class AccessNeeded(Conflict):
    code = "file-access-needed"
    zh = "查看敏感信息须先登记查阅目的,并在有效时间内用登记号(access_id)查看。"
    en = "Register what you read it for first, then read with that access_id while it is open."


class AttachmentTooLarge(Invalid):
    code = "attachment-too-large"
    zh = "附件 {size} 字节,超过上限 {most} 字节。请压缩后上传。"
    en = "The attachment has {size} bytes, more than {most}. Make it smaller."


class AttachmentType(Invalid):
    code = "attachment-type"
    zh = "只接受 PDF、JPEG、PNG 文件(按内容判断)。"
    en = "Only PDF, JPEG and PNG are taken, judged by the content."


class AttachmentGone(Conflict):
    code = "attachment-destroyed"
    zh = "该附件已按档案管理规定销毁。"
    en = "This attachment was destroyed under the archive rules."


class FileReadOnly(Conflict):
    code = "file-read-only"
    zh = "档案已归档({state}),只读。"
    en = "The file is in the archive ({state}) and cannot be changed."


class TransferToItself(Invalid):
    code = "file-transfer-to-itself"
    zh = "档案已在该工会。请填写要转入的工会。"
    en = "The file is there already. Name the union that is to take it."


class OtherSide(Conflict):
    code = "file-transfer-other-side"
    zh = "此步由另一方工会({org_path})办理:接收或不予接收由转入方办理,撤回由转出方办理。"
    en = ("This is for the other union ({org_path}): the one that is to take the file accepts or declines, the one "
          "that gives it withdraws.")


class TransferTooFar(Invalid):
    code = "file-transfer-too-far"
    zh = "“{to_org_path}”不在本省({province})。请核对要转入的工会;迁往外省的,注销本档案(LEFT_AREA),由当地重新建档。"
    en = ("{to_org_path} is not in this province ({province}). Check which union is to take the file; for a household "
          "that moves to another province cancel it (LEFT_AREA), a file is opened there.")


class TransferOutdated(Conflict):
    code = "transfer-outdated"
    zh = "档案在提出转档后已移交他处,本次转档无法办理。"
    en = "The file has moved elsewhere since the transfer was proposed."


class PhotosMissing(Conflict):
    code = "survey-photos-missing"
    zh = "入户调查须先上传至少 {count} 张入户照片(SURVEY_PHOTO)。"
    en = "Attach at least {count} photo(s) of the visit (SURVEY_PHOTO) first."


class SearchByOne(Invalid):
    code = "search-by-one"
    zh = "请填写身份证号或姓名其中一项。"
    en = "Give either the ID number or the name, one of the two."


class PaperTooYoung(Invalid):
    code = "paper-file-too-young"
    zh = "旧等级只用于 {last_year} 年及以前建立的档案,该档案建于 {year} 年。请按现行规定建档。"
    en = "Files were graded so until {last_year}, this one is of {year}. Open it by the rules of today."


class PaperTakenOver(Conflict):
    code = "paper-file-taken-over"
    zh = "纸质档案 {paper_no} 已接收为 {file_no}。"
    en = "The paper file {paper_no} was taken over already, as {file_no}."


class ReviewFirst(Conflict):
    code = "relief-review-first"
    zh = "档案 {file_no} 仍为旧等级 {grade},须先复核并按现行标准重新认定等级,再申请救助。"
    en = "The file {file_no} still has the old grade {grade}. Review first: grade it by today's standards, then apply."


class AssetsDiffer(Invalid):
    code = "file-assets-differ"
    zh = "资产与已登记的不一致({fields})。请核对:不填 assets 即按档案登记的;确有变化的,先更新档案的家庭情况。"
    en = ("The assets are not those entered before ({fields}). Check them: without `assets` those of the file count; "
          "if they have changed, change the file's facts first.")


class HeadDeceased(Conflict):
    code = "file-head-deceased"
    zh = "户主已登记死亡,档案不能批准。请注销本档案(DEATH),由家庭其他成员重新申请。"
    en = "The head of the household has died. Cancel this file (DEATH); another member applies anew."


class DeceasedInHousehold(Conflict):
    code = "file-member-deceased"
    zh = "家庭成员 {member_ids} 已登记死亡。请先变更家庭成员(户主死亡的同时更换户主),或注销档案(DEATH),再办理。"
    en = ("The members {member_ids} have died. Change the household first, and its head where the head has died, or "
          "cancel the file (DEATH).")


class ReferralWithoutWorker(Conflict):
    code = "referral-without-worker"
    zh = "来访 {visit_no} 的转办单没有登记职工,不能据此建档。请先登记职工,再按一般方式建档并受理转办单。"
    en = ("The referral of the visit {visit_no} names no worker. Register the worker, open a file for them, and accept "
          "the referral with it.")
