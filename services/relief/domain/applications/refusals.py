"""What applications and campaigns refuse."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Forbidden, Invalid


class ProgrammeMissing(Conflict):
    code = "relief-programme-missing"
    zh = "当地没有适用于“{whom}”的 {relief_type} 救助项目({school_level})。可改报的项目:{possible}。"
    en = "There is no programme {relief_type} for {whom} ({school_level}) here. Possible: {possible}."


class FileNotActive(Conflict):
    code = "relief-needs-active-file"
    zh = "先建档、后帮扶:{relief_type} 须有在档的困难职工档案({file_no} 现为 {state})。未建档的可申请:{possible}。"
    en = "File first, then aid: {relief_type} needs an active file ({file_no} is {state}). Without one: {possible}."


class SameNeed(Conflict):
    code = "relief-same-need"
    zh = "同一需求、同一时期已有救助({about_kind} {about_no}),不能重复申请。请在该单中办理。"
    en = "The same need of the same period is in {about_kind} {about_no} already. Go on with that one."


class StudentExcluded(Conflict):
    code = "student-excluded"
    zh = "{student_kind} 学生不在助学范围内。依据:{document}。"
    en = "Students of the kind {student_kind} are outside of this programme. Rule: {document}."


class AidedElsewhere(Conflict):
    code = "student-aided-elsewhere"
    zh = "该学生已获政府或社会资助({payers}),不再重复资助。依据:{document}。"
    en = "The student is aided by {payers} already and is not aided again. Rule: {document}."


class SingleItemOnly(Conflict):
    code = "relief-single-item"
    zh = "相对困难户一个年度只能享受一项救助,本年度已有 {other}。依据:{document}。"
    en = "A household of this grade gets one kind of relief a year, and had {other}. Rule: {document}."


class FactsMissing(Conflict):
    code = "relief-facts-missing"
    zh = "材料不齐,缺少:{facts_zh}。请一次性告知申请人补齐。"
    en = "These facts are missing: {facts_en}. Tell the applicant once, all together."


class ReturnedBefore(Conflict):
    code = "relief-returned-before"
    zh = "该申请已一次性告知补正,不能再次退回。请受理,或说明理由不予救助。"
    en = "The applicant was told once what is missing. Accept the application, or reject it with a reason."


class AboveReliefCap(Conflict):
    code = "relief-above-cap"
    zh = "拟救助 {proposed} 超过可救助额度 {cap}。依据:{document}。请调低金额。"
    en = "The proposed {proposed} is above what may be given, {cap}. Rule: {document}. Propose less."


class PaymentAboveCap(Conflict):
    code = "payment-above-cap"
    zh = ("本笔 {amount} 超过救助限额:{period_zh}上限 {cap},此前已得、在途及名册内其他各笔共 {used},还可给予 {room}。"
          "标准:{rule};依据:{document}。请移出该笔或调低金额。")
    en = ("The payment of {amount} is above the cap: {cap} for {period_en}, of which {used} was had before, is on its "
          "way or stands in the list; {room} is left. Rule: {rule}; {document}. Take the line out or pay less.")


class FindingUnexplained(Conflict):
    code = "relief-finding-unexplained"
    zh = "有 {count} 条疑似重复救助线索,须由承办人核实并写明处理意见(不自动拒绝)。"
    en = "There are {count} findings of possible duplicate aid: look into them and write down what you found."


class ApprovalTooHigh(Forbidden):
    code = "relief-approval-level"
    zh = "{amount} 超过{rule_zh} {most}({document}),须由 {needed} 审批。请提交相应层级。"
    en = "{amount} is above {rule_en}, {most} ({document}): {needed} must approve it. Pass it on to that level."


class OutsideApprovalMissing(Conflict):
    code = "relief-outside-approval-missing"
    zh = "{amount} 超过 {above},须先取得 {level} 的批复并登记文号。依据:{document}。"
    en = "{amount} is above {above}: the written approval of {level} must be on record. Rule: {document}."


class NoticeNotOver(Conflict):
    code = "relief-notice-not-over"
    zh = "助学名单须公示期满无异议后方可审批(公示至 {notice_until})。"
    en = "It must be shown publicly and the notice must be over (it hangs until {notice_until}) before approval."


class InstalmentsImpossible(Invalid):
    code = "relief-instalments-impossible"
    zh = "分次发放安排有误:{why_zh}。请修改后重新提交。"
    en = "The instalments cannot be: {why_en}. Change them."


class SourceNotForFile(Conflict):
    code = "relief-source-not-for-file"
    zh = "{source} 资金只用于 {levels} 档案,本户为 {level}。依据:{document}。请改用其他资金。"
    en = "{source} money is for files of {levels} only; this one is {level}. Rule: {document}. Take another fund."


class NotAMember(Conflict):
    code = "relief-payee-not-a-member"
    zh = "使用 {source} 资金救助农民工,须为工会会员。依据:{document}。请先办理入会,或改用其他资金。"
    en = "{source} money is for migrant workers who are union members. Rule: {document}. Take another fund."


class FundNotWanted(Invalid):
    code = "relief-fund-for-goods"
    zh = "实物救助不预占资金,请勿选择资金账户。"
    en = "Relief in goods reserves no money: name no fund."


class FundWanted(Invalid):
    code = "relief-fund-missing"
    zh = "请选择支付该救助的资金账户。"
    en = "Name the fund that pays."


class PaymentUnderWay(Conflict):
    code = "relief-payment-under-way"
    zh = "该款项已进入发放批次,不能撤回。请等待银行结果,需要追回的走追回程序。"
    en = "The payment is in a batch already. Wait for the bank; what was paid wrongly is recovered."


class RecoveryNotProposed(Conflict):
    code = "relief-recovery-not-proposed"
    zh = "中心主任尚未提出追回,不能确认。"
    en = "The director has not proposed a recovery; there is nothing to confirm."


class FileUnknown(Invalid):
    code = "relief-file-unknown"
    zh = "档案 {file_id} 不存在、不在您的管辖范围内或不在档。请从名单中去掉。"
    en = "The file {file_id} does not exist, is not within your organisation or is not active. Take it off the list."


class NobodyListed(Conflict):
    code = "campaign-lists-nobody"
    zh = "按所设条件没有可慰问的家庭(已排除本时节已慰问的 {excluded} 户)。请调整条件或点名职工。"
    en = ("No household is left by these filters ({excluded} had aid for this occasion already). Change the filters or "
          "the workers you name.")


class ListTooLong(Conflict):
    code = "campaign-list-too-long"
    zh = "名单超过 {most} 户。请按区域或等级分次开展。"
    en = "The list is longer than {most} households. Divide it by place or by grade."


class GradeWithoutAmount(Invalid):
    code = "campaign-grade-without-amount"
    zh = "没有填写 {grade} 的慰问金额。"
    en = "There is no amount for {grade}."


class NamedTwice(Invalid):
    code = "campaign-worker-named-twice"
    zh = "职工 {worker_id} 在名单中出现两次,每人每次慰问只列一次。请去掉一处。"
    en = "The worker {worker_id} is named twice; everybody is visited once for an occasion. Take one off."


class NamedForFestivalsOnly(Invalid):
    code = "campaign-named-for-festivals-only"
    zh = "未建档职工只能列入节日慰问(FESTIVAL),{relief_type} 须先建档、后帮扶。请另拟慰问活动或去掉点名职工。"
    en = ("Workers without a file are visited with festival money (FESTIVAL) only; {relief_type} relief needs a file. "
          "Draft another campaign for them, or take them off.")


class NotAMigrant(Invalid):
    code = "campaign-worker-no-migrant"
    zh = "会员库中 {worker_id} 不是农民工,不能以 MIGRANT 列入。请改选其他慰问对象类别。"
    en = "Membership does not know {worker_id} as a migrant worker. Give another ground than MIGRANT."


class NotOnTheList(Conflict):
    code = "campaign-file-not-listed"
    zh = "{line_id} 不在本次名单中,或已移出。"
    en = "{line_id} is not on the list, or has been taken off."


class LinesNotFree(Conflict):
    code = "campaign-lines-not-free"
    zh = "有 {count} 户的款项不能释放(如 {line_id}):未预占、已入批次、已发放或已释放,全部未释放。请去掉后重试。"
    en = ("The money of {count} of these households cannot be given back (such as {line_id}): it is not reserved, in a "
          "batch, paid or given back already. None was. Leave them out.")


class OnceOnly(Conflict):
    code = "relief-once-only"
    zh = "该项目在期内只救助一次,已有救助 {earlier}。依据:{document}。"
    en = "This programme gives once in the period, and gave {earlier} already. Rule: {document}."


class PayeeNotInHousehold(Invalid):
    code = "relief-payee-not-in-household"
    zh = "收款人 {payee_id} 不是该户成员。救助款只发给户主或申请学生的家长本人账户。"
    en = "The payee {payee_id} is not of this household. Money goes to the head's or the parent's own account."


class PayeeDeceased(Conflict):
    code = "relief-payee-deceased"
    zh = "收款人 {payee_id} 已登记死亡,申请不能继续办理。请撤回或不予批准,由家庭其他成员重新申请。"
    en = ("The payee {payee_id} has died and the application goes no further. Withdraw or reject it; another member of "
          "the household applies anew.")


class YearImpossible(Invalid):
    code = "relief-year-impossible"
    zh = "{year} 年的需求不能现在申请,只能是 {possible}。"
    en = "Relief for {year} cannot be applied for now, only for {possible}."


class AboveAsked(Invalid):
    code = "relief-above-asked"
    zh = "拟救助 {proposed} 高于申请金额 {asked}。请按不高于申请金额提出;确需更多的,请由申请人撤回后重新申请。"
    en = ("{proposed} is more than the {asked} that was asked for. Propose no more than that; if more is needed, have "
          "the application withdrawn and made anew.")


class OwnPaidAboveBill(Invalid):
    code = "relief-own-paid-above-bill"
    zh = "个人自付 {own} 不能高于票据金额 {bill}。请核对票据。"
    en = "The part paid by oneself, {own}, cannot be above the bill of {bill}. Check the bill."


class SemesterTooFar(Invalid):
    code = "student-aid-semester-too-far"
    zh = "学期 {semester} 尚远,最晚可登记 {last}。请核对学期。"
    en = "The semester {semester} is too far off; {last} is the last that can be entered. Check the semester."


class GivenOutsideYear(Invalid):
    code = "student-aid-outside-year"
    zh = "给予日期 {given_on} 不在该学年({first}—{second} 年)内。请核对日期或学期。"
    en = "The day {given_on} is not within the school year ({first} to {second}). Check the day, or the semester."


class StudentAidKnown(Conflict):
    code = "student-aid-known"
    zh = "该学生本学年的这份文件(单据)已登记为 {aid_no}。如有误,请先作废原记录。"
    en = "This paper is entered for the student and school year already, as {aid_no}. Cancel that one if it is wrong."


class NoStudent(Conflict):
    code = "application-without-student"
    zh = "申请 {application_no} 不是填写了学籍号的助学申请,没有可汇总的学生。"
    en = "The application {application_no} is not for student aid with a roll number: there is no student to look at."
