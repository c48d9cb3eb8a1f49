"""A centre's own example cases, in the folder that BANGFU_RULES names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.application import examples
from shared.kernel.parameters import RULES_VARIABLE

MEANS = {"name": "一人户", "place": "130502", "day": date(2026, 5, 6), "expected": "DEEP", "document": "邢台市2021年",
         "facts": {"persons": [{"age": 45}], "income": [{"kind": "WAGES", "amount_fen": 100_000, "months": 12}]}}
FACTS = {"rule_sets": ["SET_A"], "day": date(2026, 3, 1), "division": "370202", "relief_type": "MEDICAL",
         "whom": "DEEP", "need": {"own_paid_fen": 2_000_001}}
CAP = {"name": "自付两万多", "facts": FACTS,
       "expect": {"cap_fen": 2_000_001, "rule_set": "SET_A", "outside": "PROVINCE"}}


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *cases: Any) -> list[str]:
    """What is said of these cases in the centre's folder."""
    (folder / "cases" / kind).mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"cases": list(cases)}, allow_unicode=True)
    (folder / "cases" / kind / "ours.yaml").write_text(text, "utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(folder))
    return list(examples.of_the_centre())


def test_cases_that_agree_are_not_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tmp_path, monkeypatch, "means", MEANS) == []
    assert told(tmp_path, monkeypatch, "applications", CAP) == []
    monkeypatch.delenv(RULES_VARIABLE)
    assert list(examples.of_the_centre()) == []


def test_each_case_that_differs_has_one_line_in_two_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grade, document = told(tmp_path, monkeypatch, "means", {**MEANS, "expected": "RELATIVE"}, MEANS,
                           {**MEANS, "name": "另一户", "document": "别的文件"})
    assert grade.startswith("means/ours.yaml “一人户”: 应为 RELATIVE,算得 DEEP")
    assert "/ expected RELATIVE, computed DEEP" in grade
    assert "“另一户”" in document
    assert "expected the document 别的文件" in document


@pytest.mark.parametrize(("expect", "says"), [
    ({"cap_fen": 2_000_000}, "cap_fen: expected 2000000, computed 2000001"),
    ({"cap_fen": 2_000_001, "outside": None, "steps": ["没有的话"]},
     "outside: expected None, computed PROVINCE; the steps do not say 没有的话"),
    ({"cap_fen": 2_000_001, "rule_set": "HUBEI"}, "rule_set: expected HUBEI, computed SET_A"),
    ({"refused": "relief-once-only"}, "refused: expected relief-once-only, computed None"),
])
def test_whatever_of_a_cap_differs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect: dict[str, Any],
                                            says: str) -> None:
    (line,) = told(tmp_path, monkeypatch, "applications", {**CAP, "expect": expect})
    assert says in line


def test_a_refusal_that_was_not_expected_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unfiled = {**FACTS, "rule_sets": ["CENTRAL"], "relief_type": "LIVING", "whom": "UNFILED"}
    (line,) = told(tmp_path, monkeypatch, "applications", {**CAP, "facts": unfiled})
    assert "expected ¥20,000.01, refused: relief-programme-missing" in line
    assert told(tmp_path, monkeypatch, "applications",
                {**CAP, "facts": unfiled, "expect": {"refused": "relief-programme-missing"}}) == []


@pytest.mark.parametrize(("kind", "case", "says"), [
    ("means", {**MEANS, "facts": {"person": []}}, "wrongly written"),
    ("means", {**MEANS, "place": 130502}, "wrongly written, correct it: {'place'"),
    ("means", {**MEANS, "facts": {"persons": [{"age": 45}],
                                  "income": [{"kind": "WAGES", "amount_fen": 1, "person": 2}]}}, "cannot be computed"),
    ("means", {**MEANS, "day": date(1990, 1, 1)}, "no rule applies"),
    ("means", "一句话", "wrongly written"),
    ("applications", {**CAP, "expect": {}}, "Give either refused or cap_fen."),
    ("applications", {**CAP, "facts": {**FACTS, "need": {"own_paid": 1}}}, "wrongly written"),
])
def test_a_case_that_cannot_be_tried_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, case: Any,
                                              says: str) -> None:
    (line,) = told(tmp_path, monkeypatch, kind, case)
    assert says in line


@pytest.mark.parametrize("text", ["cases: [", "- name: x", "cases: {}", ""])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "cases" / "means").mkdir(parents=True)
    (tmp_path / "cases" / "means" / "broken.yaml").write_text(text, "utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    (line,) = examples.of_the_centre()
    assert line.startswith("means/broken.yaml: 文件无法读取")
    assert "cannot be read" in line
    assert "\n" not in line


def test_the_centres_own_rules_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that the centre adds to its folder is what its cases are tried by."""
    row = {"rule_set": "SET_Q", "relief_type": "LIVING", "grades": ["DEEP"], "tier": "SAFEGUARD",
           "period": "HOUSEHOLD_YEAR", "months": 6, "jurisdiction": "37", "document": "某地标准", "certainty": "X",
           "effective_from": date(2026, 1, 1)}
    (tmp_path / "programmes.yaml").write_text(yaml.safe_dump({"programmes": [row]}, allow_unicode=True), "utf-8")
    facts = {"rule_sets": ["SET_Q"], "day": date(2026, 3, 1), "division": "370202", "relief_type": "LIVING",
             "whom": "DEEP", "dibao_fen": 100_000}
    assert told(tmp_path, monkeypatch, "applications", {**CAP, "facts": facts, "expect": {"cap_fen": 600_000}}) == []
