"""Standards for tests: those of Rushan, changed where a test wants it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.relief.domain.means.codes import EVENTS, VETOES
from services.relief.domain.means.standards import CriteriaG1, CriteriaG2, Dibao, MeansStandard, MinimumWage

L_FEN, WAGE_FEN = 106_200, 190_000
PAPER: dict[str, Any] = {"jurisdiction": "371083", "effective_from": date(2025, 1, 1), "document": "乳山标准",
                         "certainty": "X"}
COMMON: dict[str, Any] = {
    **PAPER, "excluded_income": ["FESTIVAL_CONSOLATION", "BASIC_RESIDENT_PENSION"],
    "not_rigid": ["COMPULSORY_EDUCATION"], "caps": {}, "imputes_minimum_wage": False, "working_age": [16, 59],
    "vetoes": VETOES, "dwellings_allowed": 1, "most_area_per_head_m2": None,
    "fee_multiple_bp": 20_000, "migrant_needs_residence": True,
    "migrant_needs_membership": True, "migrant_labour_months": 12}
G2: dict[str, Any] = {**COMMON, "deep_includes_equal": False, "relative_multiple_bp": 20_000,
                      "relative_includes_equal": False, "accident_ratio_bp": 8_000, "accident_events": list(EVENTS)}
G1: dict[str, Any] = {**COMMON, "edge_multiple_bp": 15_000, "accident_multiple_bp": 30_000}


def standard(dibao_fen: int = L_FEN, **changes: Any) -> MeansStandard:
    return MeansStandard(CriteriaG2(**{**G2, **changes}), _dibao(dibao_fen), _wage())


def standard_g1(dibao_fen: int = L_FEN, **changes: Any) -> MeansStandard:
    return MeansStandard(CriteriaG1(**{**G1, **changes}), _dibao(dibao_fen), _wage())


def _dibao(fen: int) -> Dibao:
    return Dibao(dibao_fen=fen, **PAPER)


def _wage() -> MinimumWage:
    return MinimumWage(wage_fen=WAGE_FEN, **PAPER)
