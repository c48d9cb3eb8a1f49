"""Means test (家计调查): P = (I − R) / (12 × N), compared in whole fen and never divided.

Deep (深度困难) while P is below the local dibao standard L, relative (相对困难) while below a multiple of it,
accident-caused (意外致困) by the share of an accident's cost in the year's income; 总工会 standards since 2019.
The engine proposes, a person confirms, and the explanation is kept (个人信息保护法 art. 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.money import BASIS_POINTS, format_yuan

GRADES = ("DEEP", "RELATIVE", "ACCIDENT", "NONE")
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class MeansStandard(Dated):
    """One edition of a place's standard; see rules/means_test.yaml."""

    dibao_fen: int
    relative_multiple_bp: int
    deep_includes_equal: bool
    accident_ratio_bp: int


class MeansStandards:
    """All standards."""

    def __init__(self, rows: Iterable[MeansStandard]) -> None:
        self._rows = list(rows)

    def on(self, day: date, division: str) -> MeansStandard:
        """The standard in force. RuleGap when there is none."""
        found = in_force(self._rows, day, division)
        if found is None:
            raise RuleGap(f"means_test: no standard for {day} in {division}")
        return found


@dataclass(frozen=True)
class Household:
    """What the test looks at: 12 months of income (I) and rigid expenditure (R) in fen, and persons (N)."""

    persons: int
    income12_fen: int
    rigid12_fen: int
    accident_cost_fen: int = 0
    vetoes: Sequence[str] = ()


@dataclass(frozen=True)
class Assessment:
    """The proposal, and how it came about, step by step in both languages."""

    grade: str
    standard: MeansStandard
    steps_zh: tuple[str, ...]
    steps_en: tuple[str, ...]

    @property
    def is_hardship(self) -> bool:
        return self.grade != "NONE"


def assess(household: Household, standard: MeansStandard) -> Assessment:
    """The grade a household's facts lead to under a standard."""
    h, s = household, standard
    net_fen = h.income12_fen - h.rigid12_fen
    line_fen = s.dibao_fen * MONTHS * h.persons
    relative_x_bp = line_fen * s.relative_multiple_bp
    if h.vetoes:
        grade = "NONE"
    elif net_fen < line_fen or (s.deep_includes_equal and net_fen == line_fen):
        grade = "DEEP"
    elif net_fen * BASIS_POINTS < relative_x_bp:
        grade = "RELATIVE"
    else:
        grade = "ACCIDENT" if _is_accident(h, s) else "NONE"
    return Assessment(grade, s, _steps_zh(h, s, grade), _steps_en(h, s, grade))


def _is_accident(h: Household, s: MeansStandard) -> bool:
    return h.accident_cost_fen > 0 and h.accident_cost_fen * BASIS_POINTS > h.income12_fen * s.accident_ratio_bp


def _steps_zh(h: Household, s: MeansStandard, grade: str) -> tuple[str, ...]:
    line_fen = s.dibao_fen * MONTHS * h.persons
    return (
        f"近12个月家庭收入 {format_yuan(h.income12_fen)},刚性支出 {format_yuan(h.rigid12_fen)},"
        f"差额 {format_yuan(h.income12_fen - h.rigid12_fen)},共同生活 {h.persons} 人",
        f"低保标准 {format_yuan(s.dibao_fen)}/人·月 × 12 × {h.persons} = {format_yuan(line_fen)}(深度困难线)",
        f"相对困难线为其 {_times(s)} 倍;意外支出 {format_yuan(h.accident_cost_fen)},"
        f"认定比例 {_percent(s)} 以上",
        f"排除性条件:{'、'.join(h.vetoes) or '无'}",
        f"建议:{grade}。依据:{s.document}({s.jurisdiction},{s.effective_from} 起,来源可信度 {s.certainty})",
    )


def _steps_en(h: Household, s: MeansStandard, grade: str) -> tuple[str, ...]:
    line_fen = s.dibao_fen * MONTHS * h.persons
    return (
        f"income of 12 months {format_yuan(h.income12_fen)}, rigid expenditure {format_yuan(h.rigid12_fen)}, "
        f"difference {format_yuan(h.income12_fen - h.rigid12_fen)}, {h.persons} persons",
        f"dibao {format_yuan(s.dibao_fen)} per person and month × 12 × {h.persons} = {format_yuan(line_fen)} (deep)",
        f"the relative line is {_times(s)} times that; accident cost {format_yuan(h.accident_cost_fen)}, "
        f"counted above {_percent(s)}",
        f"vetoes: {', '.join(h.vetoes) or 'none'}",
        f"proposed: {grade}. Rule: {s.document} ({s.jurisdiction}, from {s.effective_from}, certainty {s.certainty})",
    )


def _times(s: MeansStandard) -> str:
    whole, rest = divmod(s.relative_multiple_bp, BASIS_POINTS)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def _percent(s: MeansStandard) -> str:
    return f"{s.accident_ratio_bp // 100}.{s.accident_ratio_bp % 100:02d} %"
