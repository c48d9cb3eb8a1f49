"""What jobs refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class EmployerUnknown(Conflict):
    code = "vacancy-employer-unknown"
    zh = "用人单位 {employer_id} 未登记,不能核验或安置。请先在会员服务中登记并核对证照。"
    en = "The employer {employer_id} is not registered. Register it in membership and check its licence first."


class SeekerKnown(Conflict):
    code = "job-seeker-known"
    zh = "该职工已有有效的求职登记 {seeker_no}。"
    en = "This worker has a valid registration already: {seeker_no}."


class VacancyNotOpen(Conflict):
    code = "vacancy-not-published"
    zh = "岗位尚未发布或已关闭,不能登记意向。"
    en = "The vacancy is not published, or is closed: no intention can be recorded."


class VacancyFull(Conflict):
    code = "vacancy-full"
    zh = "该岗位 {posts} 个名额已招满。"
    en = "All {posts} posts of this vacancy are filled."


class IntentionKnown(Conflict):
    code = "intention-known"
    zh = "该职工对此岗位已有进行中的意向。"
    en = "This worker has an open intention for this vacancy already."


class IntentionNotAccepted(Conflict):
    code = "intention-not-accepted"
    zh = "意向尚未被接受(或已用于另一安置),不能据此登记安置。"
    en = "The intention is not accepted, or was used for another placement."


class IntentionPlaced(Conflict):
    code = "intention-placed"
    zh = "该意向已登记安置,请结束安置,不能再放弃意向。"
    en = "A placement rests on this intention: end the placement instead."


class FairNotOpen(Conflict):
    code = "job-fair-not-open"
    zh = "招聘会未开放或已结束,不能登记意向。"
    en = "The job fair is not open: no intention can be recorded at it."


class DayInFuture(Invalid):
    code = "day-in-future"
    zh = "日期 {day} 晚于今天,请核对。"
    en = "{day} is still to come; check the day."


class CountsBelowRecords(Conflict):
    code = "counts-below-records"
    zh = "填报意向 {told} 人次,少于系统已登记的 {recorded} 人次。"
    en = "{told} intentions are reported, fewer than the {recorded} recorded."


class PlacementKnown(Conflict):
    code = "placement-known"
    zh = "该职工在此用人单位已有未结束的安置记录。"
    en = "This worker has an open placement with this employer already."


class ProofMissing(Conflict):
    code = "placement-proof-missing"
    zh = "确认就业须有劳动合同或社保记录编号;均无的,自 {proof_from} 起(上岗满规定天数)方可确认。"
    en = "Give the number of the contract or social-insurance record; without one, confirm from {proof_from} on."


class WageMissing(Invalid):
    code = "wage-missing"
    zh = "自行就业的安置须填写用人单位和月工资。"
    en = "For a job the worker found, give the employer and the monthly wage."
