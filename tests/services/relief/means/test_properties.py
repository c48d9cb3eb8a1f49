"""What must hold for every household: more income is never worse, fen are exact, repetition changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.means.codes import EVENTS, EXPENSES, INCOMES
from services.relief.domain.means.counting import run
from services.relief.domain.means.facts import Accident, Assets, Expense, Facts, Income, Person
from services.relief.domain.means.standards import MeansStandard
from tests.services.relief.means.standards import L_FEN, standard, standard_g1

RANKS = {"DEEP": 0, "DIBAO": 0, "RELATIVE": 1, "DIBAO_EDGE": 1, "ACCIDENT": 2, "NONE": 3}
FEN = st.integers(0, 6_000_000)
DECLARED = [kind for kind in INCOMES if kind != "IMPUTED_WAGE"]
MONTHS = st.integers(1, 12)
PERSONS = st.lists(st.builds(Person, age=st.integers(0, 99), employment=st.sampled_from(["EMPLOYED", "NONE"]),
                             idle_months=st.integers(0, 12)), min_size=1, max_size=6)
FACTS = st.builds(
    Facts, persons=PERSONS, income=st.lists(st.builds(Income, st.sampled_from(DECLARED), FEN, MONTHS), max_size=4),
    expenditure=st.lists(st.builds(Expense, st.sampled_from(list(EXPENSES)), FEN, MONTHS), max_size=4),
    assets=st.builds(Assets, savings_fen=FEN),
    accident=st.none() | st.builds(Accident, st.sampled_from(list(EVENTS)), st.integers(1, 40_000_000)),
    earlier_relief=st.dictionaries(st.sampled_from(["UNION_LIVING", "UNION_MEDICAL"]), FEN))
#: multiples whose product with L is no whole fen are among them
STANDARDS = st.builds(
    standard, dibao_fen=st.integers(1, 300_000), relative_multiple_bp=st.integers(10_000, 40_000),
    deep_includes_equal=st.booleans(), relative_includes_equal=st.booleans(),
    accident_ratio_bp=st.none() | st.integers(1, 20_000), imputes_minimum_wage=st.booleans(),
    caps=st.dictionaries(st.sampled_from(list(EXPENSES)), FEN, max_size=2))
OF_2016 = st.builds(standard_g1, dibao_fen=st.integers(1, 300_000), edge_multiple_bp=st.integers(10_000, 20_000),
                    accident_multiple_bp=st.integers(20_000, 40_000))
EITHER = STANDARDS | OF_2016


def rank(facts: Facts, rules: MeansStandard) -> int:
    return RANKS[run(facts, rules).assessment.grade]


@given(FACTS, EITHER, st.integers(1, 10_000_000))
def test_more_income_never_makes_a_household_worse_off(facts: Facts, rules: MeansStandard, more_fen: int) -> None:
    richer = replace(facts, income=[*facts.income, Income("WAGES", more_fen)])
    assert rank(richer, rules) >= rank(facts, rules)


@given(FACTS, EITHER, st.integers(1, 10_000_000))
def test_more_rigid_expenditure_never_makes_it_better_off(facts: Facts, rules: MeansStandard, more_fen: int) -> None:
    burdened = replace(facts, expenditure=[*facts.expenditure, Expense("ILLNESS", more_fen)])
    assert rank(burdened, rules) <= rank(facts, rules)


@given(FACTS, STANDARDS)
def test_one_more_mouth_never_makes_it_better_off(facts: Facts, rules: MeansStandard) -> None:
    child = Person(age=5, study="COMPULSORY", employment="NONE")
    assert rank(replace(facts, persons=[*facts.persons, child]), rules) <= rank(facts, rules)


@given(FACTS, STANDARDS)
def test_grades_are_those_of_the_formula_in_fractions(facts: Facts, rules: MeansStandard) -> None:
    found, c = run(facts, rules).assessment, rules.criteria
    h = found.household
    per_head = Fraction(h.income12_fen - h.rigid12_fen, 12 * h.persons)
    upper = Fraction(c.relative_multiple_bp, 10_000) * rules.dibao_fen  # type: ignore[union-attr]
    if per_head < rules.dibao_fen or (c.deep_includes_equal and per_head == rules.dibao_fen):  # type: ignore[union-attr]
        assert found.grade == "DEEP"
    elif per_head < upper or (c.relative_includes_equal and per_head == upper):  # type: ignore[union-attr]
        assert found.grade == "RELATIVE"
    else:
        assert found.grade in ("ACCIDENT", "NONE")


@given(FACTS, EITHER, st.integers(2, 4))
def test_a_household_so_many_times_as_large_has_the_same_grade(facts: Facts, rules: MeansStandard, times: int) -> None:
    """Persons, income, bills, savings and accident alike; only a yearly cap would not grow with them."""
    rules = replace(rules, criteria=replace(rules.criteria, caps={}))
    accident = facts.accident and replace(facts.accident, cost_fen=facts.accident.cost_fen * times)
    larger = replace(facts, persons=[*facts.persons] * times, income=[*facts.income] * times,
                     expenditure=[*facts.expenditure] * times, accident=accident,
                     assets=replace(facts.assets, savings_fen=facts.assets.savings_fen * times),
                     earlier_relief={kind: fen * times for kind, fen in facts.earlier_relief.items()})
    assert run(larger, rules).assessment.grade == run(facts, rules).assessment.grade


@given(st.integers(1, 30), st.integers(-1, 1), st.sampled_from([1, 2]))
def test_a_fen_decides(persons: int, off_fen: int, multiple: int) -> None:
    """At L × 12 × N and its double, one fen more or less is another grade, for every N."""
    facts = Facts([Person(40)] * persons, [Income("WAGES", L_FEN * persons * multiple, 12)])
    income = [*facts.income, Income("OTHER", 1)] if off_fen > 0 else facts.income
    bills = [Expense("OTHER", 1)] if off_fen < 0 else []
    grade = run(replace(facts, income=income, expenditure=bills), standard()).assessment.grade
    below, at = {1: ("DEEP", "RELATIVE"), 2: ("RELATIVE", "NONE")}[multiple]
    assert grade == (below if off_fen < 0 else at)


@given(FACTS, EITHER)
def test_it_says_the_same_every_time(facts: Facts, rules: MeansStandard) -> None:
    assert run(facts, rules) == run(facts, rules)


@given(FACTS, EITHER)
def test_every_step_is_there_in_both_languages_and_fits(facts: Facts, rules: MeansStandard) -> None:
    found = run(facts, rules).assessment
    assert len(found.steps_zh) == len(found.steps_en)
    assert max(map(len, (*found.steps_zh, *found.steps_en))) <= 500


@pytest.mark.parametrize("facts", [
    {"months": 12, "amount_fen": 100_000}, {"months": 1, "amount_fen": 1_200_000},
    {"months": 6, "amount_fen": 200_000}])
def test_twelve_months_may_come_in_any_parts(facts: dict[str, Any]) -> None:
    household = Facts([Person(40)], [Income("WAGES", **facts)])
    assert run(household, standard()).assessment.household.income12_fen == 1_200_000
