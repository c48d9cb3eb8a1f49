"""What a wage advance refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid, NotFound


class ClaimAlreadyAdvanced(Conflict):
    code = "claim-already-advanced"
    zh = "诉求 {claim_id} 已在垫付单 {advance_no} 中垫付,不能再次垫付。"
    en = "The claim {claim_id} is part of the advance {advance_no} already; it cannot be advanced twice."


class ClaimTwice(Invalid):
    code = "claim-twice"
    zh = "诉求 {claim_id} 在本次申请中出现两次,请合并。"
    en = "The claim {claim_id} stands twice in this request: put it in one line."


class AdvanceAboveClaim(Invalid):
    code = "advance-above-claim"
    zh = "垫付 {advanced} 超过该职工主张的 {claimed}。"
    en = "The advance of {advanced} is above what the worker claims, {claimed}."


class AdvanceSumWrong(Invalid):
    code = "advance-sum-wrong"
    zh = "各行合计 {sum},与总额 {total} 不一致。请核对名册。"
    en = "The lines sum to {sum}, not to the total of {total}. Check the roster."


class WorkerOfAnotherEmployer(Conflict):
    code = "worker-of-another-employer"
    zh = "职工 {worker_id} 登记在另一用人单位名下,不能列入本次垫付。请核对名册或变更用人单位。"
    en = "The worker {worker_id} is registered with another employer and cannot be in this advance. Check the roster."


class NotAnEmergency(Conflict):
    code = "nothing-to-ratify"
    zh = "该垫付不是应急审批,或已经追认。"
    en = "This advance was not approved as an emergency, or has been ratified already."


class RatificationMissed(Conflict):
    code = "ratification-missed"
    zh = "应急审批应于 {ratify_due_on} 前由领导小组追认,现已逾期。追认后方可发放。"
    en = "The emergency approval was to be ratified by {ratify_due_on}. It must be ratified before money is paid."


class SignedInFuture(Invalid):
    code = "signed-in-future"
    zh = "承诺书签署日期 {signed_on} 晚于今天,请核对。"
    en = "The undertaking cannot have been signed on {signed_on}, which is still to come."


class BankCardMissing(Conflict):
    code = "bank-card-missing"
    zh = "{count} 名职工没有登记本人银行卡({worker_ids})。请先登记银行卡,或填写其签收的现金收条编号。"
    en = "{count} worker(s) have no bank card of their own ({worker_ids}). Register it, or give signed cash receipts."


class AdvancePayeeUnfit(Conflict):
    code = "advance-payee-unfit"
    zh = "{count} 名职工的姓名、证件与本人银行卡核对不一致,不能付款({workers})。请更正职工信息,或填写现金收条编号。"
    en = ("Name, ID and own card of {count} worker(s) do not match, so nothing is paid ({workers}). Correct their "
          "records, or give signed cash receipts.")


class CashReceiptUnknown(Invalid):
    code = "cash-receipt-unknown"
    zh = "现金收条所列诉求 {claim_id} 不在本垫付单中。"
    en = "There is a cash receipt for the claim {claim_id}, which is not part of this advance."


class RepaidOnImpossible(Invalid):
    code = "repaid-on-impossible"
    zh = "到账日期应在发放日 {disbursed_on} 与今天 {today} 之间。"
    en = "The day of repayment must lie between the disbursement on {disbursed_on} and today, {today}."


class RepaymentAboveBalance(Conflict):
    code = "repayment-above-balance"
    zh = "归还 {amount} 超过未归还余额 {balance}。多出的部分应退回用人单位。"
    en = "The repayment of {amount} is above the balance of {balance}. Return the rest to the employer."


class WriteOffBeforeRatification(Conflict):
    code = "write-off-before-ratification"
    zh = "该垫付是应急审批,领导小组尚未追认,不能核销。请先追认。"
    en = ("This advance was approved as an emergency and not ratified, so it cannot be written off. Have it ratified "
          "first.")


class WriteOffNotProposed(Conflict):
    code = "write-off-not-proposed"
    zh = "领导小组尚未提出核销,不能确认。"
    en = "The leading group has not proposed a write-off; there is nothing to confirm."


class ExtensionNotLater(Invalid):
    code = "repayment-extension-not-later"
    zh = "延期后的归还日应晚于原定的 {was_due_on} 和今天。"
    en = "The new day of repayment must be later than the present one, {was_due_on}, and than today."


class DayNotEarlier(Invalid):
    code = "repayment-day-not-earlier"
    zh = "更正后的归还日应早于现登记的 {was_due_on}。改晚须由领导小组延期。"
    en = "A corrected day of repayment is earlier than the one entered, {was_due_on}. A later one wants an extension."


class DayNotProposed(Conflict):
    code = "repayment-day-not-proposed"
    zh = "没有针对现归还日的更正待确认。请先提出更正。"
    en = "There is no correction of the present day of repayment to confirm. Propose one first."


class ExtendedOften(Conflict):
    code = "repayment-extended-often"
    zh = "归还日最多延期 {most} 次。依据:{document}。请启动追偿。"
    en = "The day of repayment can be extended {most} time(s). Rule: {document}. Start the recovery instead."


class ClaimNotInAdvance(Invalid):
    code = "claim-not-in-advance"
    zh = "诉求 {claim_id} 不在本垫付单中,或已不再垫付。"
    en = "The claim {claim_id} is not part of this advance, or is not advanced any more."


class EmployerPaidAboveClaim(Conflict):
    code = "employer-paid-above-claim"
    zh = ("诉求 {claim_id} 用人单位尚欠 {owed},不能登记付薪 {amount}。"
          "请核对凭证上该职工的金额;此前登记有误的,请先由另一人冲正。")
    en = ("The employer owes {owed} of the claim {claim_id}; a payment of {amount} cannot be entered. Check the sum on "
          "the paper. If an earlier entry is wrong, have somebody else reverse it first.")


class PaperEntered(Conflict):
    code = "employer-payment-paper-entered"
    zh = "凭证 {evidence_no} 已为诉求 {claim_id} 登记过付薪,不能重复登记。请核对凭证编号。"
    en = "The paper {evidence_no} has been entered for the claim {claim_id} already. Check the number of the paper."


class EmployerPaymentUnknown(NotFound):
    code = "employer-payment-unknown"
    zh = "本垫付单没有付薪登记 {id}。请从 employer_payments 中选取。"
    en = "This advance has no entry {id} of an employer's payment. Take one from `employer_payments`."


class EmployerPaymentReversed(Conflict):
    code = "employer-payment-reversed"
    zh = "该笔付薪登记(凭证 {evidence_no})已冲正。"
    en = "This entry (paper {evidence_no}) has been reversed already."


class ClaimPaidByEmployer(Conflict):
    code = "claim-paid-by-employer"
    zh = ("诉求 {claim_id} 共 {claimed},已登记用人单位直接支付 {paid},至多可垫付 {owed}。"
          "请减少垫付或去掉该行;登记有误的,请先由另一人冲正。")
    en = ("Of the claim {claim_id} of {claimed} the employer has paid {paid} itself: at the most {owed} can be "
          "advanced. Advance less, or leave the line out. If that entry is wrong, have somebody else reverse it first.")


class LateRepaymentAboveWriteOff(Conflict):
    code = "late-repayment-above-write-off"
    zh = "核销后归还 {amount} 超过尚未收回的核销额 {written_off}。多出的部分应退回用人单位。"
    en = "{amount} is above the {written_off} that was written off and is still out. Return the rest to the employer."


class DisputeUnknown(Invalid):
    code = "dispute-unknown"
    zh = "在您的权限范围内没有争议案件 {dispute_id}。请先由调解员立案、登记名册并查明欠薪,再提出垫付。"
    en = ("There is no dispute {dispute_id} within your organisation. Have mediation open the case, enter the roster "
          "and verify the arrears first.")


class DisputeOfAnotherUnit(Invalid):
    code = "dispute-of-another-unit"
    zh = "该争议案件属于 {org_path},垫付随案件归属。请不填 org_path,或填写该单位。"
    en = "The dispute belongs to {org_path}, and its advances lie there. Leave out org_path, or give that unit."


class DisputeOfAnotherEmployer(Invalid):
    code = "dispute-of-another-employer"
    zh = "该争议案件的用人单位是 {employer_id}。请核对案件或用人单位。"
    en = "The employer of the dispute is {employer_id}. Check the dispute or the employer."


class ArrearsNotVerified(Conflict):
    code = "arrears-not-verified"
    zh = "该案目前不能垫付。调解:{why_zh}"
    en = "Nothing can be advanced on this dispute now. Mediation says: {why_en}"


class ClaimNotInDispute(Invalid):
    code = "claim-not-in-dispute"
    zh = "诉求 {claim_id} 不在该争议案件的名册中。请按案件名册填写,新的当事人先由调解登记。"
    en = ("The claim {claim_id} is not in the roster of the dispute. Take claims from its roster; mediation enters new "
          "claimants.")


class ClaimOfAnotherWorker(Invalid):
    code = "claim-of-another-worker"
    zh = "诉求 {claim_id} 属于另一名职工。请按案件名册填写。"
    en = "The claim {claim_id} is another worker's. Take both from the roster of the dispute."


class ClaimDiffers(Invalid):
    code = "claim-differs"
    zh = "诉求 {claim_id} 在案件中核实为 {claimed},申请中为 {sent}。请按案件名册填写。"
    en = "The claim {claim_id} is {claimed} in the dispute, not {sent}. Take it from the roster of the dispute."


class AdvanceRequested(Conflict):
    code = "advance-requested"
    zh = "调解员已为诉求 {claim_id} 申请垫付,申请即将到达。请在该垫付单上办理;若该单刚被拒绝,请稍后再试。"
    en = ("Mediation has asked for an advance on the claim {claim_id}, which is about to arrive. Decide on that one; "
          "if it has just been refused, try again in a minute.")


class AdvanceAboveAcknowledged(Conflict):
    code = "advance-above-acknowledged"
    zh = ("垫付 {total} 加上同案其他垫付 {beside},超过请求总额与用人单位承认金额中较小的 {most}。"
          "请减少垫付,或由调解再次查明。")
    en = ("The advance of {total} and others of the same dispute, {beside}, are above {most}, the lesser of the claims "
          "and what the employer acknowledges. Advance less, or have mediation find anew.")
