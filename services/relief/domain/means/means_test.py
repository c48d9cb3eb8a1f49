"""Means test (家计调查): P = (I − R) / (12 × N), compared in whole fen and never divided.

Deep (深度困难) while P is below the local dibao standard L, relative (相对困难) while below a multiple of it,
accident-caused (意外致困) by event and cost; 总工会 standards since 2019, and those of 2016 before (grading_g1).
The engine proposes, a person confirms, and the explanation is kept (个人信息保护法 art. 24).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.relief.domain.means.codes import GRADE_NAMES, GRADES_G2, MISSING_NAMES, VETO_NAMES
from services.relief.domain.means.grading_g1 import grade_g1
from services.relief.domain.means.grading_g2 import grade_g2
from services.relief.domain.means.household import MONTHS, Household
from services.relief.domain.means.standards import CriteriaG1, MeansStandard
from services.relief.domain.means.telling import Steps, named, tell_rules
from shared.kernel.money import format_yuan

__all__ = ["GRADES", "Assessment", "Household", "MeansStandard", "assess"]

GRADES = GRADES_G2


@dataclass(frozen=True)
class Assessment:
    """The proposal, and how it came about, step by step in both languages."""

    grade: str
    standard: MeansStandard
    steps_zh: tuple[str, ...]
    steps_en: tuple[str, ...]
    household: Household

    @property
    def is_hardship(self) -> bool:
        return self.grade != "NONE"

    @property
    def line_fen(self) -> int:
        """12 × N × L."""
        return self.standard.dibao_fen * MONTHS * self.household.persons

    @property
    def vetoes(self) -> Sequence[str]:
        """Those that exclude the household here."""
        return [veto for veto in self.household.vetoes if veto in self.standard.criteria.vetoes]


def assess(household: Household, standard: MeansStandard, counted: Steps | None = None) -> Assessment:
    """The grade a household's facts lead to under a standard; `counted` are the steps that led to its sums."""
    steps = Steps()
    if counted is not None:
        steps.add(counted)
    _tell_sums(steps, household, standard)
    criteria = standard.criteria
    if isinstance(criteria, CriteriaG1):
        grade = grade_g1(household, criteria, standard.dibao_fen, steps)
    else:
        grade = grade_g2(household, criteria, standard.dibao_fen, steps)
    grade = _excluded(steps, household, standard, grade)
    zh, en = GRADE_NAMES[grade]
    steps.say(f"建议:{zh}({grade})。此为测算建议,由审核人认定", f"proposed: {en} ({grade}); a reviewer decides")
    tell_rules(steps, standard)
    return Assessment(grade, standard, tuple(steps.zh), tuple(steps.en), household)


def _tell_sums(steps: Steps, h: Household, standard: MeansStandard) -> None:
    net_fen, line_fen = h.income12_fen - h.rigid12_fen, standard.dibao_fen * MONTHS * h.persons
    income, rigid, net, dibao, line = map(format_yuan, (h.income12_fen, h.rigid12_fen, net_fen, standard.dibao_fen,
                                                        line_fen))
    head = format_yuan(net_fen // (MONTHS * h.persons))
    steps.say(f"近12个月家庭收入 I = {income},刚性支出 R = {rigid},I − R = {net},共同生活 N = {h.persons} 人"
              f"(人均月净收入约 {head},仅供阅读,比较时不取整)",
              f"income of 12 months I = {income}, rigid expenditure R = {rigid}, I − R = {net}, N = {h.persons} "
              f"persons (about {head} per head and month; to read only, nothing is rounded to compare)")
    steps.say(f"低保标准 L = {dibao}/人·月,L × 12 × N = {line}",
              f"dibao L = {dibao} per person and month, L × 12 × N = {line}")


def _excluded(steps: Steps, h: Household, standard: MeansStandard, grade: str) -> str:
    """The grade, or NONE where something excludes the household."""
    here = [veto for veto in h.vetoes if veto in standard.criteria.vetoes]
    elsewhere = [veto for veto in h.vetoes if veto not in standard.criteria.vetoes]
    zh, en = named(here, VETO_NAMES)
    steps.say(f"排除性条件:{zh}", f"vetoes: {en}")
    if elsewhere:
        zh, en = named(elsewhere, VETO_NAMES)
        steps.say(f"当地标准未列为排除性条件、不予考虑:{zh}", f"no veto under the local criteria, left aside: {en}")
    if h.missing:
        zh, en = named(h.missing, MISSING_NAMES)
        steps.say(f"农民工附加条件未满足:{zh}", f"conditions for migrant workers not met: {en}")
    return "NONE" if here or h.missing else grade
