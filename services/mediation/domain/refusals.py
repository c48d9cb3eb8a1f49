"""What a mediation desk refuses, and why."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Forbidden, Invalid


class OnlyOwnMatter(Forbidden):
    code = "only-own-dispute"
    zh = "职工本人只能为自己申请或撤回。集体案件请由窗口或调解员办理。"
    en = "A worker may apply or withdraw only for themself. For a group, ask the window or the mediator."


class PeriodReversed(Invalid):
    code = "period-reversed"
    zh = "拖欠期间的止日 {period_to} 早于起日 {period_from}。"
    en = "The period ends on {period_to}, before it starts on {period_from}."


class ClaimantUnknown(Invalid):
    code = "claimant-unknown"
    zh = "会员服务中没有职工 {worker_id}。请先登记该职工。"
    en = "There is no worker {worker_id}. Register the worker first."


class ClaimantOfAnotherEmployer(Invalid):
    code = "claimant-of-another-employer"
    zh = "职工 {worker_id} 不属于本案用人单位。请核对名册;确属本单位的,先在会员服务中变更用人单位。"
    en = "Worker {worker_id} works for another employer than this case's. Check the roster, or change the employer."


class ClaimantTwice(Invalid):
    code = "claimant-twice"
    zh = "职工 {worker_id} 已在名册中,每人只登记一次。"
    en = "Worker {worker_id} is in the roster already: once a person."


class RosterFull(Invalid):
    code = "roster-full"
    zh = "一案最多 {most} 人,请另立一案。"
    en = "A case has at most {most} claimants: open another one."


class NoClaimants(Conflict):
    code = "no-claimants"
    zh = "名册为空。请先登记申请人及其请求金额。"
    en = "The roster is empty. Add the claimants and what they claim first."


class NotCollective(Conflict):
    code = "not-collective"
    zh = "共 {headcount} 人,不足 {least} 人,不需要推举代表(劳动争议调解仲裁法第7条)。"
    en = "{headcount} claimants are fewer than {least}: no representatives (labour dispute law, art. 7)."


class RepresentativesWrong(Invalid):
    code = "representatives-wrong"
    zh = "代表人应为 {least} 至 {most} 名,不重复,且均在名册中({basis})。"
    en = "Choose {least} to {most} representatives, each once, from the roster ({basis})."


class BothSidesMustBeWilling(Conflict):
    code = "both-sides-must-be-willing"
    zh = "调解以双方自愿为前提。一方不愿意的,请办理“不受理”并告知仲裁途径。"
    en = "Mediation needs both sides' consent. If one refuses, reject the case and point to arbitration."


class MediatorUnfit(Invalid):
    code = "mediator-unfit"
    zh = "调解员 {mediator_id} 不在名册或已退出。"
    en = "Mediator {mediator_id} is not in the roster, or no longer."


class ChiefMediatorNeeded(Invalid):
    code = "chief-mediator-needed"
    zh = "集体案件须由首席调解员主持。"
    en = "A collective case needs a chief mediator in the chair."


class DutyLawyerNeeded(Invalid):
    code = "duty-lawyer-needed"
    zh = "集体案件须有值班律师参加,请填写 duty_lawyer_id。"
    en = "A collective case needs a duty lawyer: give duty_lawyer_id."


class LawyerUnfit(Invalid):
    code = "duty-lawyer-unfit"
    zh = "律师 {lawyer_id} 不在名册、已退出,或正为本案用人单位代理。"
    en = "Lawyer {lawyer_id} is not in the roster, no longer in it, or acts for the employer of this case."


class AcknowledgedAboveClaims(Invalid):
    code = "acknowledged-above-claims"
    zh = "用人单位承认的金额({acknowledged_fen} 分)超过请求总额({claimed_fen} 分)。"
    en = "The employer acknowledges {acknowledged_fen} fen, more than the {claimed_fen} fen claimed."


class AdvanceNotPossible(Conflict):
    code = "advance-not-possible"
    zh = "不能申请工资垫付:{why_zh}。可改走政府应急周转金、人社部门投诉或支付令。"
    en = "No wage advance: {why_en}. Possible: the government's revolving fund, the labour bureau, a payment order."


class AdvanceAboveClaims(Invalid):
    code = "advance-above-claims"
    zh = "垫付总额 {total_fen} 分超过可垫付的 {most_fen} 分(请求总额与用人单位承认金额中较小者)。"
    en = "{total_fen} fen is above {most_fen} fen, the lesser of the claims and what the employer acknowledges."


class SecondAdvance(Conflict):
    code = "second-advance"
    zh = "这些请求已有一笔垫付({advance_state}),同一请求不能再次垫付。"
    en = "These claims are under an advance already ({advance_state}): the same claim is not advanced twice."


class AgreementNotSigned(Invalid):
    code = "agreement-not-signed"
    zh = "调解协议须由双方、调解员签名并加盖调解组织印章(劳动争议调解仲裁法第14条),缺:{missing}。"
    en = "Both sides and the mediator sign, the organisation seals (labour dispute law, art. 14). Missing: {missing}."


class RepresentedMustConsent(Conflict):
    code = "represented-must-consent"
    zh = "代表人和解须经被代表的当事人同意。请取得同意后填写 represented_consent。"
    en = "Representatives settle only with the consent of those they represent: give represented_consent."


class EffectiveTooEarly(Invalid):
    code = "agreement-effective-too-early"
    zh = "协议生效日 {effective_on} 早于最后签署日 {signed_on}。"
    en = "The agreement cannot take effect on {effective_on}, before the last signature on {signed_on}."


class ObligationDueTooEarly(Invalid):
    code = "obligation-due-too-early"
    zh = "履行日 {due_on} 早于协议生效日 {effective_on}。"
    en = "An obligation cannot be due on {due_on}, before the agreement takes effect on {effective_on}."


class RepayAboveAdvance(Invalid):
    code = "repay-above-advance"
    zh = "归还工会的金额合计 {repay_fen} 分,超过已发放的垫付款 {advanced_fen} 分。"
    en = "The obligations to the union add up to {repay_fen} fen, above the {advanced_fen} fen disbursed."


class PaidTwice(Invalid):
    code = "wages-paid-twice"
    zh = "付给职工的金额合计 {pay_fen} 分,超过请求额减去工会已垫付后的 {most_fen} 分。已垫付部分应归还工会。"
    en = "{pay_fen} fen to the workers is above the {most_fen} fen not advanced by the union: that part is the union's."


class ObligationUnknown(Invalid):
    code = "obligation-unknown"
    zh = "本协议中没有履行项 {obligation_id}。"
    en = "The agreement has no obligation {obligation_id}."


class RecordedByRelief(Conflict):
    code = "recorded-by-relief"
    zh = "归还工会的款项由财务在帮扶救助中登记,到账后此处自动更新。"
    en = "Repayments to the union are recorded by the cashier in relief; they show here when they have arrived."


class PerformanceAboveObligation(Invalid):
    code = "performance-above-obligation"
    zh = "金额 {amount_fen} 分超过该履行项的余额 {rest_fen} 分。"
    en = "{amount_fen} fen is above the {rest_fen} fen that are still owed."


class ExtensionNotLater(Invalid):
    code = "extension-not-later"
    zh = "延长后的期限 {due_on} 须晚于现期限 {now_due_on},且双方同意。"
    en = "An extension to {due_on} must be later than {now_due_on}, and both sides must agree."


class AlreadyClosed(Conflict):
    code = "already-closed"
    zh = "该案已于 {closed_on} 结案归档。"
    en = "The case was closed on {closed_on}."
