"""What assistance plans and pair-ups refuse."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid, NotFound


class HouseholdNotActive(Conflict):
    code = "household-not-active"
    zh = "困难档案 {file_no} 当前为“{state}”,不在册,不能制定帮扶计划或结对。"
    en = "The hardship file {file_no} is {state}: plans and pair-ups are for active households."


class StepUnknown(NotFound):
    code = "plan-step-unknown"
    zh = "帮扶计划中没有步骤 {step_id}。"
    en = "The plan has no step {step_id}."


class StepSettled(Conflict):
    code = "plan-step-settled"
    zh = "该步骤已为“{state}”,不能再办理。"
    en = "This step is {state} already."


class StepsOpen(Conflict):
    code = "plan-steps-open"
    zh = "还有 {count} 个步骤未完成或取消,计划不能办结。"
    en = "{count} step(s) are neither done nor dropped; the plan is not achieved yet."


class NothingDone(Conflict):
    code = "plan-nothing-done"
    zh = "没有一个步骤完成,计划不能认定为达成;可终止计划并说明原因。"
    en = "No step was done, so the plan is not achieved; end it with the reason."


class NoSteps(Conflict):
    code = "plan-without-steps"
    zh = "计划没有待办步骤,不能启动。请先增加步骤。"
    en = "The plan has no open step and cannot start. Add one first."


class TooManySteps(Conflict):
    code = "plan-too-many-steps"
    zh = "计划最多 {most} 个步骤。"
    en = "A plan has at most {most} steps."


class StepDueInPast(Invalid):
    code = "plan-step-due-in-past"
    zh = "步骤期限 {due_on} 早于今天,请核对。"
    en = "A step cannot be due on {due_on}, which has passed."


class DoneOnImpossible(Invalid):
    code = "plan-done-on-impossible"
    zh = "完成日期 {done_on} 晚于今天或早于计划制定日 {made_on},请核对。"
    en = "The step cannot be done on {done_on}: the plan was made on {made_on}, and the day must not be to come."


class NotOfHousehold(Invalid):
    code = "worker-not-of-household"
    zh = "职工 {worker_id} 不是该家庭成员。"
    en = "The worker {worker_id} is not a member of this household."


class PairedAlready(Conflict):
    code = "paired-already"
    zh = "该干部与该家庭已结对({pair_no}),不能重复结对。"
    en = "This cadre and this household are a pair already ({pair_no})."


class SameCadre(Invalid):
    code = "handover-to-same-cadre"
    zh = "交接对象就是现结对干部,请填写另一名干部。"
    en = "The pair-up is this cadre's already. Name another one."


class ContactDayImpossible(Invalid):
    code = "contact-day-impossible"
    zh = "联系日期 {contacted_on} 应在结对起始日 {from_on} 与今天之间。"
    en = "The contact of {contacted_on} must lie between the start {from_on} and today."


class EndBeforeLastContact(Invalid):
    code = "pair-ends-before-contact"
    zh = "结束日期 {to_on} 应不早于起始日或最近一次联系日 {last_on},且不晚于今天。"
    en = "The end {to_on} must not be before {last_on}, the start or the last contact, nor after today."


class TooManyContacts(Conflict):
    code = "pair-too-many-contacts"
    zh = "一次结对最多登记 {most} 次联系。请结束后重新结对。"
    en = "A pair-up holds at most {most} contacts. End it and begin another."


class NoReferral(Invalid):
    code = "plan-step-no-referral"
    zh = "只有“转介”(REFERRAL)步骤登记转介去向和结果,其他步骤请留空。"
    en = "Only a step of the kind REFERRAL says to whom it refers and what came of it; leave it out for others."


class ReferralResultMissing(Invalid):
    code = "plan-referral-result-missing"
    zh = "转介步骤完成时请填写结果:ADMITTED 已纳入(如已纳入低保),REFUSED 未获批准。"
    en = "Say what came of the referral: ADMITTED (for example into dibao), or REFUSED."
