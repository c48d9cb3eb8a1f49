"""What the legal-aid desk refuses, and why."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Forbidden, Invalid


class DayBefore(Invalid):
    code = "date-too-early"
    zh = "日期 {day} 早于 {first_on},请核对。"
    en = "{day} is before {first_on}. Check the dates."


class OnlyOwnMatter(Forbidden):
    code = "only-own-matter"
    zh = "职工本人只能为自己申请。"
    en = "A worker may apply only for themself."


class ApplicantUnknown(Invalid):
    code = "applicant-unknown"
    zh = "会员服务中没有职工 {worker_id}。请先登记该职工。"
    en = "There is no worker {worker_id}. Register the worker first."


class ApplicantTwice(Invalid):
    code = "applicant-twice"
    zh = "职工 {worker_id} 出现了两次。"
    en = "Worker {worker_id} stands in the list twice."


class AlreadyApplied(Conflict):
    code = "already-applied"
    zh = "职工 {worker_id} 就该争议已有援助申请({application_id})。"
    en = "Worker {worker_id} has an application for this dispute already ({application_id})."


class SupplementAskedAlready(Conflict):
    code = "supplement-asked-already"
    zh = "补正材料只能一次性告知(法律援助法第43条),此前已告知。"
    en = "What is missing is told once (legal aid law, art. 43), and has been told."


class NotExempt(Invalid):
    code = "not-exempt"
    zh = "不能按“{basis}”免予核查经济困难:须全部申请人为进城务工人员,且事项为劳动报酬或工伤(法律援助法第42条第3项)。"
    en = "{basis} does not apply: all must be migrant workers claiming pay or injury compensation (art. 42(3))."


class EvidenceNeeded(Invalid):
    code = "evidence-needed"
    zh = "依据“{basis}”准予援助,须写明核查情况或证明材料(means_evidence)。"
    en = "To grant on {basis}, say what was checked or shown (means_evidence)."


class NotUrgent(Conflict):
    code = "not-urgent"
    zh = "距时效届满({limitation_on})不足七日的才可因时效先行提供援助(法律援助法第44条)。"
    en = "Aid before the check, for time, needs less than 7 days to the limitation ({limitation_on}; art. 44)."


class ObjectedAlready(Conflict):
    code = "objected-already"
    zh = "该异议已处理。仍不服的,可依法申请行政复议或提起诉讼(法律援助法第49条)。"
    en = "The objection has been decided. The way on is reconsideration or a suit (art. 49)."


class LawyerUnfit(Invalid):
    code = "lawyer-unfit"
    zh = "律师 {lawyer_id} 不在名册或已退出。"
    en = "Lawyer {lawyer_id} is not in the roster, or no longer."


class LawyerActsForEmployer(Conflict):
    code = "lawyer-acts-for-employer"
    zh = "该律师正为本案用人单位代理,存在利益冲突。请指派其他律师。"
    en = "This lawyer acts for the employer of the case. Assign another one."


class NotYourCase(Forbidden):
    code = "not-your-case"
    zh = "该案由其他律师承办。"
    en = "Another lawyer has this case."
