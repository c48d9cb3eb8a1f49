"""The means test on sums: exact to the fen, explained in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.means.means_test import Household, assess
from services.relief.rules import means as means_rules
from tests.services.relief.means.standards import L_FEN, standard

DEEP_LINE = L_FEN * 12 * 3


@pytest.mark.parametrize(("income_fen", "grade"), [
    (DEEP_LINE - 1, "DEEP"), (DEEP_LINE, "RELATIVE"), (2 * DEEP_LINE - 1, "RELATIVE"), (2 * DEEP_LINE, "NONE"),
])
def test_the_borders_are_exact_to_the_fen(income_fen: int, grade: str) -> None:
    assert assess(Household(3, income_fen, 0), standard()).grade == grade


def test_where_the_text_says_not_above_the_line_itself_is_deep() -> None:
    assert assess(Household(3, DEEP_LINE, 0), standard(deep_includes_equal=True)).grade == "DEEP"


@pytest.mark.parametrize(("cost_fen", "grade"), [(8_000_000, "NONE"), (8_000_001, "ACCIDENT")])
def test_an_accident_counts_above_its_share_of_the_income(cost_fen: int, grade: str) -> None:
    assert assess(Household(1, 10_000_000, 0, cost_fen), standard()).grade == grade


def test_a_veto_excludes_whatever_the_income() -> None:
    found = assess(Household(3, 0, 0, vetoes=("SECOND_HOME",)), standard())
    assert found.grade == "NONE"
    assert any("SECOND_HOME" in step for step in found.steps_zh)


@given(st.integers(1, 12), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**7))
def test_it_agrees_with_the_formula_in_fractions(persons: int, income: int, rigid: int, dibao: int) -> None:
    per_head_x12n, line = income - rigid, dibao * 12 * persons
    expected = "DEEP" if per_head_x12n < line else "RELATIVE" if per_head_x12n < 2 * line else "NONE"
    assert assess(Household(persons, income, rigid), standard(dibao_fen=dibao)).grade == expected


def test_the_explanation_names_figures_rule_and_document() -> None:
    found = assess(Household(3, 3_000_000, 500_000), standard())
    for steps in (found.steps_zh, found.steps_en):
        told = " ".join(steps)
        assert all(part in told for part in ("¥30,000.00", "¥5,000.00", "¥38,232.00", "乳山标准", "DEEP", "2025-01-01"))


@pytest.mark.parametrize(("division", "document"), [
    ("371083", "乳山市"), ("420102", "武汉市"), ("130283", "本平台默认值")])
def test_the_standard_of_the_place_is_taken(division: str, document: str) -> None:
    assert document in means_rules.standards().on(date(2026, 5, 6), division).document
