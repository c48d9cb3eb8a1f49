"""Criteria since 2019: deep, relative and accident-caused hardship (深度困难、相对困难、意外致困)."""

from __future__ import annotations

from services.relief.domain.means.codes import EVENTS
from services.relief.domain.means.household import MONTHS, Household
from services.relief.domain.means.standards import CriteriaG2
from services.relief.domain.means.telling import Steps, percent, times, yuan_of
from shared.kernel.money import BASIS_POINTS, format_yuan


def grade_g2(h: Household, criteria: CriteriaG2, dibao_fen: int, steps: Steps) -> str:
    """The grade before vetoes; every comparison that was made is told."""
    net_fen, line_fen = h.income12_fen - h.rigid12_fen, dibao_fen * MONTHS * h.persons
    if _is_deep(net_fen, line_fen, criteria, steps):
        return "DEEP"
    if _is_relative(net_fen, line_fen, criteria, steps):
        return "RELATIVE"
    return "ACCIDENT" if _is_accident(h, criteria, steps) else "NONE"


def _is_deep(net_fen: int, line_fen: int, criteria: CriteriaG2, steps: Steps) -> bool:
    met = net_fen <= line_fen if criteria.deep_includes_equal else net_fen < line_fen
    sign, (zh, en) = "≤" if criteria.deep_includes_equal else "<", _yes(met)
    compared = f"I − R {sign} L × 12 × N: {format_yuan(net_fen)} {sign} {format_yuan(line_fen)}"
    steps.say(f"深度困难 {compared}:{zh}", f"deep: {compared}: {en}")
    return met


def _is_relative(net_fen: int, line_fen: int, criteria: CriteriaG2, steps: Steps) -> bool:
    left, right = net_fen * BASIS_POINTS, line_fen * criteria.relative_multiple_bp
    met = left <= right if criteria.relative_includes_equal else left < right
    sign, (zh, en) = "≤" if criteria.relative_includes_equal else "<", _yes(met)
    compared = (f"I − R {sign} {times(criteria.relative_multiple_bp)} × L × 12 × N: "
                f"{format_yuan(net_fen)} {sign} {yuan_of(right)}")
    steps.say(f"相对困难 {compared}:{zh}", f"relative: {compared}: {en}")
    return met


def _is_accident(h: Household, criteria: CriteriaG2, steps: Steps) -> bool:
    if h.accident_cost_fen <= 0:
        steps.say("意外致困:无意外支出", "accident: no cost of an accident")
        return False
    if h.accident_kind is not None and h.accident_kind not in criteria.accident_events:
        zh, en = EVENTS[h.accident_kind]
        steps.say(f"意外致困:{zh}不在当地所列情形之内", f"accident: {en} is not among the events listed here")
        return False
    return _is_dear(h, criteria, steps)


def _is_dear(h: Household, criteria: CriteriaG2, steps: Steps) -> bool:
    """Whether the accident's cost is above its share of the year's income, where the criteria set one."""
    cost, income = format_yuan(h.accident_cost_fen), format_yuan(h.income12_fen)
    if criteria.accident_ratio_bp is None:
        steps.say(f"意外致困:属于当地所列情形,支出 {cost};当地未定比例,由审核人判断",
                  f"accident: of a kind listed here, cost {cost}; no share is set here, the reviewer judges")
        return True
    met = h.accident_cost_fen * BASIS_POINTS > h.income12_fen * criteria.accident_ratio_bp
    share, (zh, en) = percent(criteria.accident_ratio_bp), _yes(met)
    steps.say(f"意外致困 支出 > 家庭年收入的 {share}:{cost} > {income} × {share}:{zh}",
              f"accident: cost > {share} of the year's income: {cost} > {income} × {share}: {en}")
    return met


def _yes(met: bool) -> tuple[str, str]:
    return ("是", "yes") if met else ("否", "no")
