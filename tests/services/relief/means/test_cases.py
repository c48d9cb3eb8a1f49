"""Every example case of services/relief/rules/cases/means: a cadre adds a case, and it is tried here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.domain.means.counting import Computed, run
from services.relief.domain.means.facts import facts_of
from services.relief.rules import means as means_rules

FOLDER = Path(means_rules.__file__).parent / "cases" / "means"
CASES = [pytest.param(case, id=f"{file.stem}: {case['name']}") for file in sorted(FOLDER.glob("*.yaml"))
         for case in yaml.safe_load(file.read_text("utf-8"))["cases"]]


def computed(case: dict[str, Any]) -> Computed:
    return run(facts_of(case["facts"]), means_rules.standards().on(case["day"], case["place"]))


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_the_grade_it_should(case: dict[str, Any]) -> None:
    found = computed(case).assessment
    assert found.grade == case["expected"], "\n".join(found.steps_zh)
    assert case["document"] in found.standard.document
    assert any(case["document"] in step for step in found.steps_zh)


def test_every_rule_has_a_case_and_one_that_is_just_equal() -> None:
    results = [computed(param.values[0]).assessment for param in CASES]  # type: ignore[arg-type]
    with_case = {id(found.standard.criteria) for found in results}
    equal = {id(found.standard.criteria) for found in results
             if found.household.income12_fen - found.household.rigid12_fen == found.line_fen}
    rows = means_rules.standards().criteria
    assert [row.document for row in rows if id(row) not in with_case] == []
    assert [row.document for row in rows if id(row) not in equal] == []
