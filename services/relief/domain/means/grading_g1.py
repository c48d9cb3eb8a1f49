"""Criteria of 2016–2018 (总工办发〔2016〕36号): dibao, its edge, accident-caused (低保户、低保边缘户、意外致困户)."""

from __future__ import annotations

from services.relief.domain.means.household import MONTHS, Household
from services.relief.domain.means.standards import CriteriaG1
from services.relief.domain.means.telling import Steps, times, yuan_of
from shared.kernel.money import BASIS_POINTS, format_yuan

HALF_YEAR = 6


def grade_g1(h: Household, criteria: CriteriaG1, dibao_fen: int, steps: Steps) -> str:
    """The grade before vetoes. I is disposable income, R the cost of illness, schooling, disability and others."""
    line_fen = dibao_fen * MONTHS * h.persons
    if _is_dibao(h, dibao_fen, line_fen, steps):
        return "DIBAO"
    if _is_edge(h, criteria, line_fen, steps):
        return "DIBAO_EDGE"
    return "ACCIDENT" if h.accident_cost_fen > 0 and _is_accident(h, criteria, line_fen, steps) else "NONE"


def _is_dibao(h: Household, dibao_fen: int, line_fen: int, steps: Steps) -> bool:
    met = h.income12_fen < line_fen
    _tell(steps, "低保户 I < L × 12 × N", "dibao: I < L × 12 × N", h.income12_fen, "<", format_yuan(line_fen), met)
    if met or h.income6_fen is None or h.receives_dibao:
        return met
    half_fen = dibao_fen * HALF_YEAR * h.persons
    met = h.income6_fen < half_fen
    _tell(steps, "低保户 连续6个月收入 < L × 6 × N 且未享受政府救助",
          "dibao: income of six months < L × 6 × N and no government relief", h.income6_fen, "<",
          format_yuan(half_fen), met)
    return met


def _is_edge(h: Household, criteria: CriteriaG1, line_fen: int, steps: Steps) -> bool:
    near = _within(h.income12_fen, criteria.edge_multiple_bp, line_fen, steps, "低保边缘户", "edge")
    net_fen = h.income12_fen - h.rigid12_fen
    met = net_fen <= line_fen
    _tell(steps, "低保边缘户 I − R ≤ L × 12 × N", "edge: I − R ≤ L × 12 × N", net_fen, "≤", format_yuan(line_fen), met)
    return near and met


def _is_accident(h: Household, criteria: CriteriaG1, line_fen: int, steps: Steps) -> bool:
    """(a) up to the multiple: I − R − cost; (b) above it: I + investments and savings − cost; each against the line."""
    if _within(h.income12_fen, criteria.accident_multiple_bp, line_fen, steps, "意外致困户", "accident"):
        left_fen, zh, en = h.income12_fen - h.rigid12_fen - h.accident_cost_fen, "I − R − 意外支出", "I − R − cost"
    else:
        left_fen = h.income12_fen + h.savings_fen - h.accident_cost_fen
        zh, en = "I + 投资净资产与存款 − 意外支出", "I + investments and savings − cost"
    met = left_fen <= line_fen
    _tell(steps, f"意外致困户 {zh} ≤ L × 12 × N", f"accident: {en} ≤ L × 12 × N", left_fen, "≤", format_yuan(line_fen),
          met)
    return met


def _within(income_fen: int, multiple_bp: int, line_fen: int, steps: Steps, zh: str, en: str) -> bool:
    right = line_fen * multiple_bp
    met, formula = income_fen * BASIS_POINTS <= right, f"I ≤ {times(multiple_bp)} × L × 12 × N"
    _tell(steps, f"{zh} {formula}", f"{en}: {formula}", income_fen, "≤", yuan_of(right), met)
    return met


def _tell(steps: Steps, zh: str, en: str, left_fen: int, sign: str, right: str, met: bool) -> None:
    compared = f"{format_yuan(left_fen)} {sign} {right}"
    steps.say(f"{zh}:{compared}:{'是' if met else '否'}", f"{en}: {compared}: {'yes' if met else 'no'}")
