"""Every example case of services/relief/rules/cases/means: a cadre adds a case, and it is tried here."""

from __future__ import annotations

from typing import Any

import pytest

from services.relief.application import examples
from services.relief.rules import means as means_rules

CASES = [pytest.param(examples.load(raw, "means"), id=f"{file.stem}: {raw['name']}")
         for file in sorted((examples.SHIPPED / "means").glob("*.yaml")) for raw in examples.cases_of(file)]


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_the_grade_it_should(case: dict[str, Any]) -> None:
    assert list(examples.differs_means(case)) == []
    assert any(case["document"] in step for step in examples.computed_means(case).assessment.steps_zh)


def test_every_rule_has_a_case_and_one_that_is_just_equal() -> None:
    results = [examples.computed_means(param.values[0]).assessment for param in CASES]  # type: ignore[arg-type]
    with_case = {id(found.standard.criteria) for found in results}
    equal = {id(found.standard.criteria) for found in results
             if found.household.income12_fen - found.household.rigid12_fen == found.line_fen}
    rows = means_rules.standards().criteria
    assert [row.document for row in rows if id(row) not in with_case] == []
    assert [row.document for row in rows if id(row) not in equal] == []
