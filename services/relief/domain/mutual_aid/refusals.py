"""What mutual aid refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class PlanUnknown(Invalid):
    code = "mutual-aid-plan-unknown"
    zh = "没有互助保障方案“{plan}”。可用方案见方案列表。"
    en = "There is no mutual aid plan {plan}. The list of plans names those there are."


class GroupRuleNotMet(Conflict):
    code = "mutual-aid-group-rule"
    zh = "参保 {persons} 人、职工 {staff} 人,不符合集体参保条件:{rule_zh}。依据:{document}。"
    en = "{persons} of {staff} staff do not meet the rule for groups: {rule_en}. Rule: {document}."


class MoreThanStaff(Invalid):
    code = "mutual-aid-more-than-staff"
    zh = "参保 {persons} 人多于单位职工 {staff} 人,请核对。"
    en = "{persons} participants are more than the unit's staff of {staff}. Check the figures."


class TermNotOffered(Invalid):
    code = "mutual-aid-term"
    zh = "该方案的保障期限只有 {offered} 年,没有 {years} 年。"
    en = "The plan has terms of {offered} year(s), none of {years}."


class SharesNotOffered(Invalid):
    code = "mutual-aid-shares"
    zh = "份数 {shares} 不符合方案:每人 1 至 {most} 份{same_zh}。"
    en = "{shares} share(s) do not fit the plan: 1 to {most} for each{same_en}."


class WomenOnly(Invalid):
    code = "mutual-aid-women-only"
    zh = "该方案只面向女职工。请由单位工会确认名单均为女职工(women_attested)。"
    en = "The plan is for women workers. The unit's union must attest that all on the list are (women_attested)."


class ParticipantTwice(Invalid):
    code = "mutual-aid-listed-twice"
    zh = "职工 {worker_id} 在名单中出现两次,请删除重复行。"
    en = "The worker {worker_id} is on the list twice. Remove one line."


class ParticipantOfAnotherUnit(Conflict):
    code = "mutual-aid-another-unit"
    zh = "名单中有 {count} 名职工登记在另一用人单位({worker_ids})。请核对名单,或先变更其用人单位。"
    en = "{count} on the list are registered with another employer ({worker_ids}). Check the list, or change it first."


class AlreadyParticipating(Conflict):
    code = "mutual-aid-participates-already"
    zh = "名单中有 {count} 名职工在该方案的保障期内已经参保({worker_ids}),同一期内只能参加一次。"
    en = "{count} on the list take part in this plan at that time already ({worker_ids}); once a term is all there is."


class StartsInPast(Invalid):
    code = "mutual-aid-starts-in-past"
    zh = "保障起始日 {starts_on} 早于今天,不能倒签。"
    en = "Cover cannot begin on {starts_on}, which has passed."


class StartsTooLate(Invalid):
    code = "mutual-aid-starts-too-late"
    zh = "保障起始日 {starts_on} 过远,最晚为 {last_on}。请临近时再申报名单。"
    en = "Cover cannot begin as late as {starts_on}; {last_on} is the last day. List the unit when it comes near."


class RenewalImpossible(Conflict):
    code = "mutual-aid-renewal"
    zh = "批次 {enrolment_no} 不能由本批次续保:方案不同、尚未生效或已经续保。"
    en = "{enrolment_no} cannot be renewed by this one: another plan, not in force yet, or renewed already."


class FeeWrong(Invalid):
    code = "mutual-aid-fee"
    zh = "单位应缴 {fee}(不含工会承担的 {union}),收到 {paid}。请按应缴金额整笔缴纳。"
    en = "The unit's part of the fee is {fee}, without the union's {union}, not {paid}. It is paid whole."


class FeeLate(Conflict):
    code = "mutual-aid-fee-late"
    zh = "保障起始日 {starts_on} 已过,不能再缴费。请取消本批次,重新申报。"
    en = "Cover was to begin on {starts_on}; it is too late to pay. Cancel this enrolment and list the unit anew."


class ShareNotReserved(Conflict):
    code = "mutual-aid-share-not-reserved"
    zh = "方案规定工会承担 {union},尚未从资金账户预占,不能登记缴费。请主任或领导小组先批准(参保批次的 /union-share)。"
    en = ("The union bears {union} of this fee, which is not reserved in a fund yet. Have the director or the leading "
          "group approve it first (/union-share of the enrolment).")


class ShareNotDue(Conflict):
    code = "mutual-aid-share-not-due"
    zh = "批次 {enrolment_no} 没有工会应承担的参保费:方案未规定,或批次已取消。"
    en = "The union bears no share of the fee of {enrolment_no}: the plan has none, or the enrolment is cancelled."


class ShareBorneAlready(Conflict):
    code = "mutual-aid-share-borne"
    zh = "批次 {enrolment_no} 的工会承担部分已预占或已支付,不能重复。更换账户请先释放原预占。"
    en = "The union's share for {enrolment_no} is reserved or paid already. Release that before taking another fund."


class TermBegun(Conflict):
    code = "mutual-aid-term-begun"
    zh = ("参保批次 {enrolment_no} 的保障期已于 {starts_on} 开始,工会承担的参保费不能释放,请付给方案账户。"
          "银行退回付款后方可改付。")
    en = ("The term of {enrolment_no} began on {starts_on}: the union's share cannot be released; pay it to the "
          "scheme. If the bank refuses the payment, it may be released and approved anew.")


class ShareInBatch(Conflict):
    code = "mutual-aid-share-in-batch"
    zh = "工会承担的参保费已进入发放批次,不能释放。请先从批次中移出该明细,或等待银行结果。"
    en = "The union's share is in a payment batch. Take its line out of the batch first, or wait for the bank."


class ShareSourceWantsHouseholds(Conflict):
    code = "mutual-aid-share-source-wants-households"
    zh = "{source} 资金依档帮扶,须逐户核定;参保费按单位名单支付,不能由其支付。依据:{document}。请改用其他资金。"
    en = ("{source} money is given household by household; a fee is paid for a unit's whole list. Rule: {document}. "
          "Take another fund.")


class SchemeAccountMissing(Conflict):
    code = "mutual-aid-scheme-account-missing"
    zh = "方案 {plan} 尚未登记收款账户,不能预占工会承担的参保费。请出纳先登记(/mutual-aid/scheme-accounts)。"
    en = ("No account is entered to which fees of the plan {plan} are paid. Have the cashier enter it first "
          "(/mutual-aid/scheme-accounts).")


class SchemeAccountKnown(Conflict):
    code = "mutual-aid-scheme-account-known"
    zh = "本级已登记方案 {plan} 的收款账户。变更请使用该记录的 /account。"
    en = "This unit has an account for the plan {plan} already. Change that record at its /account."


class SchemeAccountInUse(Conflict):
    code = "mutual-aid-scheme-account-in-use"
    zh = "有 {count} 笔已批准、未付的参保费将付至该账户,不能变更。请先释放这些预占或等待付清。"
    en = ("{count} share(s) of fees that were approved wait to be paid to this account; it cannot change now. Release "
          "them first, or wait until they are paid.")


class NotCovered(Conflict):
    code = "mutual-aid-not-covered"
    zh = "该职工在 {diagnosed_on} 没有“{plan}”的有效保障。"
    en = "The worker had no cover of the plan {plan} on {diagnosed_on}."


class CoverUnknown(Invalid):
    code = "mutual-aid-cover-unknown"
    zh = "方案不含保障项目“{cover}”。可用:{known}。"
    en = "The plan does not cover {cover}. It covers {known}."


class FactMissing(Invalid):
    code = "mutual-aid-fact-missing"
    zh = "该方案按 {name} 测算,请填写大于零的数值。"
    en = "The plan computes from {name}: give a value above zero."


class DiagnosedInFuture(Invalid):
    code = "mutual-aid-diagnosed-in-future"
    zh = "确诊日期 {diagnosed_on} 晚于今天,请核对。"
    en = "The diagnosis cannot be of {diagnosed_on}, which is still to come."


class ClaimLate(Conflict):
    code = "mutual-aid-claim-late"
    zh = "申报期限为确诊后 {days} 天,已于 {last_on} 届满。依据:{document}。"
    en = "A claim is filed within {days} days; the last was {last_on}. Rule: {document}."


class HospitalGradeTooLow(Conflict):
    code = "mutual-aid-hospital-grade"
    zh = "方案要求 {least} 级以上医院的诊断,提交的是 {grade} 级。依据:{document}。"
    en = "The plan wants a diagnosis of a hospital of grade {least} or higher, not {grade}. Rule: {document}."


class BillMissing(Invalid):
    code = "mutual-aid-bill-missing"
    zh = "该方案按住院或票据给付,请填写医院的票据号、结算单号或住院号(bill_no):同一票据只申报一次。"
    en = ("The plan pays for a stay or a bill: give the hospital's number of the bill, settlement sheet or stay "
          "(bill_no). Each is claimed once.")


class BillClaimed(Conflict):
    code = "mutual-aid-bill-claimed"
    zh = "该票据或该次住院已由 {claim_no} 申报,同一职工在同一方案只申报一次。如该申报有误,请先将其不予给付,再重新申报。"
    en = ("{claim_no} claims the same bill or stay; a worker claims it once of a plan. If that claim is wrong, decline "
          "it first, then file this one.")


class ClaimedAlready(Conflict):
    code = "mutual-aid-claimed-already"
    zh = "本保障期内该项目已由 {claim_no} 申报,一次性给付只能申报一次。"
    en = "{claim_no} claims the same cover in this term; a lump sum is paid once."


class DocumentsMissing(Conflict):
    code = "mutual-aid-documents-missing"
    zh = "缺少材料:{missing}。请补齐后再审核。"
    en = "Missing documents: {missing}. Have them brought before the check."


class DecidedByScheme(Conflict):
    code = "mutual-aid-decided-by-scheme"
    zh = "该方案由上级工会承办,结果以其状态文件为准,本级不作决定。"
    en = "A higher union runs this plan: its status file decides, not this centre."


class DecidedHere(Conflict):
    code = "mutual-aid-decided-here"
    zh = "{claim_no} 的方案由本级承办,不接受上级状态文件。"
    en = "{claim_no} is of a plan this union runs itself; no status file applies to it."


class NothingDue(Conflict):
    code = "mutual-aid-nothing-due"
    zh = "按方案测算应付金额为零,不能批准。请查看测算步骤,并说明理由不予给付。"
    en = "The plan pays nothing here, so it cannot be approved. See the computation and decline with the reason."


class InPayment(Conflict):
    code = "mutual-aid-in-payment"
    zh = "该笔互助金已进入发放批次,不能撤回。"
    en = "The money is in a payment batch already and cannot be taken back."


class SchemeAmountMissing(Invalid):
    code = "mutual-aid-scheme-amount"
    zh = "状态 {status} 须填写金额。"
    en = "The status {status} needs an amount."


class SchemeAmountDiffers(Conflict):
    code = "mutual-aid-scheme-amount-differs"
    zh = "核定金额 {approved} 与赔付金额 {paid} 不一致。"
    en = "{approved} was approved and {paid} is said to be paid."


class ClaimUnknown(Invalid):
    code = "mutual-aid-claim-unknown"
    zh = "没有申报号 {claim_no} 的理赔。"
    en = "There is no claim {claim_no}."


class ClaimOfAnotherPlan(Conflict):
    code = "mutual-aid-claim-of-another-plan"
    zh = "{claim_no} 不属于方案 {plan}。"
    en = "{claim_no} is not of the plan {plan}."


class SchemeFileHashWrong(Invalid):
    code = "mutual-aid-scheme-hash"
    zh = "文件内容的 sha256 为 {computed},与所附 {sent} 不一致,文件可能不完整。"
    en = "The rows have the sha256 {computed}, not {sent}: the file may be incomplete."


class SchemeFileNumberUsed(Conflict):
    code = "mutual-aid-scheme-number-used"
    zh = "批次号 {batch_no} 已用于另一内容。更正请用新的批次号。"
    en = "The batch number {batch_no} was used for other content. Correct it under a new number."
