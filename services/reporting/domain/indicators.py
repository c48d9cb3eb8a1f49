"""Indicators (指标): what the report says, in which unit and from which events, and what each figure means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.reporting.domain.facts import KINDS
from services.reporting.domain.units import UNITS

#: subjects: different visits, disputes …; persons: different people; quantity and amount: sums
Measure = Literal["subjects", "persons", "facts", "quantity", "amount"]


@dataclass(frozen=True)
class Indicator:
    """One figure. `source` is the event it is counted from, `only` the code a fact must have to count."""

    code: str
    zh: str
    en: str
    unit: str
    source: str
    measure: Measure
    definition_zh: str
    definition_en: str
    only: str | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.source not in KINDS:
            raise ValueError(f"indicator {self.code}: unit {self.unit}, source {self.source}")


@dataclass(frozen=True)
class Rate:
    """A ratio in basis points, shown with its two figures; there is none when the denominator is 0."""

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str
    unit: str
    definition_zh: str
    definition_en: str


@dataclass(frozen=True)
class Satisfaction:
    """Ratings by level, 5 very satisfied to 1 very dissatisfied. Each answers its own question; no mean of both."""

    code: str
    zh: str
    en: str
    column: str
    definition_zh: str
    definition_en: str


INDICATORS = (
    Indicator("visits", "来访(起)", "Visits", "起", "reception.visit_registered", "subjects",
              "期内登记的来访、来电、来信,一次登记计 1 起",
              "Visits, calls and letters registered in the period, one each"),
    Indicator("visit_person_times", "来访(人次)", "Visitors", "人次", "reception.visit_registered", "quantity",
              "期内登记来访的人数之和;与“起”是两个口径,不相加",
              "The people who came, summed over the visits; another measure than the visits, never added to them"),
    Indicator("visits_closed", "办结来访", "Visits closed", "起", "reception.visit_closed", "subjects",
              "期内办结的来访,重新办理后再办结的仍计 1 起",
              "Visits closed in the period; one closed twice counts once"),
    Indicator("disputes_received", "收到调解申请", "Disputes received", "起", "mediation.dispute_applied", "subjects",
              "期内申请调解的争议", "Disputes for which mediation was applied in the period"),
    Indicator("disputes_accepted", "受理争议", "Disputes accepted", "起", "mediation.dispute_accepted", "subjects",
              "期内受理的争议", "Disputes accepted in the period"),
    Indicator("dispute_persons", "涉及职工", "Workers in disputes", "人", "mediation.dispute_accepted", "quantity",
              "期内受理争议的申请人数之和;同一人涉及两起争议的,每起计 1 人",
              "The claimants of the disputes accepted; someone in two disputes counts in each"),
    Indicator("disputes_agreed", "达成协议", "Disputes agreed", "起", "mediation.mediation_agreed", "subjects",
              "期内达成调解协议的争议", "Disputes in which an agreement was made in the period"),
    Indicator("disputes_failed", "调解不成", "Mediations failed", "起", "mediation.mediation_failed", "subjects",
              "期内调解不成的争议", "Disputes whose mediation failed in the period"),
    Indicator("disputes_closed", "办结争议", "Disputes closed", "起", "mediation.dispute_closed", "subjects",
              "期内结案的已受理争议", "Accepted disputes closed in the period"),
    Indicator("disputes_performed", "履行完毕", "Agreements performed", "起",
              "mediation.mediation_performed", "subjects",
              "期内协议全部履行的争议", "Disputes whose agreement was wholly performed in the period"),
    Indicator("wage_advances", "工资垫付", "Wage advances", "起", "relief.wage_advance_disbursed", "subjects",
              "期内已支付的工资垫付", "Wage advances paid in the period"),
    Indicator("wage_advances_disbursed", "垫付金额", "Wages advanced", "分", "relief.wage_advance_disbursed", "amount",
              "期内支付的垫付金额", "The money advanced in the period"),
    Indicator("wage_advances_repaid", "垫付归还金额", "Wage advances repaid", "分",
              "relief.wage_advance_repaid", "amount",
              "期内用人单位归还的垫付金额", "What employers repaid in the period"),
    Indicator("job_fairs", "招聘会", "Job fairs", "场", "jobs.job_fair_held", "subjects",
              "期内举办的招聘会", "Job fairs held in the period"),
    Indicator("job_fair_visitors", "招聘会到场", "Visitors of fairs", "人次", "jobs.job_fair_held", "quantity",
              "期内招聘会到场人次之和", "Visitors summed over the fairs"),
    Indicator("intentions", "求职意向", "Intentions", "人次", "jobs.intention_recorded", "facts",
              "期内达成的求职意向;一人可达成多次", "Intentions recorded in the period; one person may have several"),
    Indicator("intentions_migrant", "其中:农民工", "of these: migrant workers", "人次",
              "jobs.intention_recorded", "facts",
              "期内农民工达成的求职意向,包含在求职意向内", "Intentions of migrant workers, part of the intentions",
              "TRUE"),
    Indicator("placements", "就业安置", "Placements", "人", "jobs.placement_confirmed", "persons",
              "期内确认就业的不同职工", "Different workers whose placement was confirmed in the period"),
    Indicator("legal_aid_granted", "法律援助给予", "Legal aid granted", "起", "legal.legal_aid_granted", "subjects",
              "期内决定给予法律援助的申请", "Applications granted in the period"),
    Indicator("legal_aid_closed", "法律援助结案", "Legal-aid cases closed", "起",
              "legal.legal_aid_case_closed", "subjects",
              "期内结案的法律援助案件", "Legal-aid cases closed in the period"),
    Indicator("agency_lists", "部门名单", "Agency lists", "批", "exchange.agency_batch_imported", "subjects",
              "期内装载的部门交换批次", "Lists from other agencies loaded in the period"),
)

RATES = (
    Rate("closure_rate", "办结率", "Closure rate", "disputes_closed", "disputes_accepted", "起",
         "期内办结争议 ÷ 期内受理争议;含往期受理、本期办结的争议",
         "Disputes closed ÷ disputes accepted, both in the period"),
    Rate("success_rate", "调解成功率", "Success rate", "closed_with_agreement", "disputes_closed", "起",
         "期内办结争议中达成过协议的 ÷ 期内办结争议", "Of the disputes closed in the period, those with an agreement"),
    Rate("performance_rate", "执行率", "Performance rate", "obligations_performed", "obligations_due", "项",
         "期内履行完毕的协议的义务项 ÷ 期内履行完毕或逾期未履行的协议的义务项",
         "Obligations of agreements performed ÷ obligations of agreements performed or in default, in the period"),
)

SATISFACTION = (
    Satisfaction("satisfaction_result", "对办理结果的评价", "Rating of the result", "result_score",
                 "期内评价次数,按五级计;问的是办理结果", "Ratings in the period by level; the question is the result"),
    Satisfaction("satisfaction_attitude", "对服务态度的评价", "Rating of the attitude", "attitude_score",
                 "期内评价次数,按五级计;问的是服务态度",
                 "Ratings in the period by level; the question is the staff's attitude"),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
