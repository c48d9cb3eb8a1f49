"""Every example case of the programmes, as cadres wrote them down, and what the rule files refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief import rules
from services.relief.application import examples
from services.relief.domain.applications import kinds
from services.relief.domain.applications.programme import Programmes
from services.relief.domain.applications.states import APPLICATION, CAMPAIGN
from services.relief.domain.funds.purposes import PURPOSES
from services.relief.rules.programmes import programmes
from shared.contracts.relief.applications import codes
from shared.kernel.dated import RuleGap, RuleOverlap, RuleTableError
from shared.kernel.parameters import RULES_VARIABLE

CASES = [pytest.param(examples.load(raw, "applications"), id=f"{file.stem}: {raw['name']}")
         for file in sorted((examples.SHIPPED / "applications").glob("*.yaml")) for raw in examples.cases_of(file)]


@pytest.mark.parametrize("case", CASES)
def test_an_example_case(case: dict[str, Any]) -> None:
    assert list(examples.differs_cap(case)) == []
    if "refused" not in case["expect"]:
        found = examples.computed_cap(case["facts"])
        assert found.programme.document in "\n".join(found.steps_zh)


def test_every_programme_of_a_named_set_has_its_case() -> None:
    """The shipped sets by rule set and type; the national defaults are ours and change with every place."""
    cases: list[Any] = [param.values[0] for param in CASES]
    tried = {tuple(examples.computed_cap(case["facts"]).programme.series.split(" / ")[:2])
             for case in cases if "refused" not in case["expect"]}
    file = yaml.safe_load((examples.SHIPPED.parent / "programmes.yaml").read_text("utf-8"))["programmes"]
    assert {(row["rule_set"], row["relief_type"]) for row in file if row["rule_set"] != "NATIONAL"} <= tried


def test_the_contract_has_the_same_codes() -> None:
    for name in ("TYPES", "WHOM", "TIERS", "SCHOOL_LEVELS", "STUDENT_KINDS", "FESTIVALS", "GATHERED", "OCCASIONS",
                 "NAMED_GROUNDS", "PERIODS", "BASES", "PAYERS", "FACTS"):
        assert getattr(codes, name) == getattr(kinds, name), name
    assert tuple(kinds.GROUNDS) == codes.GROUNDS
    assert set(codes.STATES) == APPLICATION.states
    assert set(codes.CAMPAIGN_STATES) == CAMPAIGN.states
    assert set(kinds.TYPES) <= set(PURPOSES)
    assert set(kinds.FACT_NAMES) == set(kinds.FACTS)


ROW = {"rule_set": "NATIONAL", "relief_type": "LIVING", "grades": ["DEEP"], "tier": "SAFEGUARD",
       "period": "HOUSEHOLD_YEAR", "months": 6, "jurisdiction": "37", "document": "某地标准", "certainty": "X"}


def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, key: str, *rows: dict[str, Any]) -> None:
    (tmp_path / name).write_text(yaml.safe_dump({key: list(rows)}, allow_unicode=True), "utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))


def test_a_place_adopts_a_named_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, "programme_sets.yaml", "adoptions", {
        "rule_sets": ["SET_A", "NATIONAL"], "jurisdiction": "37", "effective_from": date(2026, 1, 1),
        "document": "省总工会通知", "certainty": "D"})
    found = programmes().find("LIVING", "DEEP", None, date(2026, 3, 1), "370202")
    assert found is not None
    assert (found.rule_set, found.months) == ("SET_A", 10)
    assert programmes().sets(date(2025, 3, 1), "370202") == ("NATIONAL",)


def test_a_place_replaces_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, "programmes.yaml", "programmes", {**ROW, "effective_from": date(2026, 1, 1)})
    assert [programmes().find("LIVING", "DEEP", None, date(2026, 3, 1), place).months  # type: ignore[union-attr]
            for place in ("370202", "110101")] == [6, 12]


@pytest.mark.parametrize(("rows", "error", "says"), [
    ([{"effective_from": date(2026, 1, 1), "effective_to": date(2026, 3, 31)}, {"effective_from": date(2026, 5, 1)}],
     RuleGap, "2026-04-01 to 2026-04-30"),
    ([{"effective_from": date(2026, 1, 1)}, {"effective_from": date(2026, 5, 1)}], RuleOverlap, "2026-05-01"),
    ([{"effective_from": date(2026, 1, 1), "relief_type": "HOLIDAY"}], RuleTableError, "HOLIDAY"),
    ([{"effective_from": date(2026, 1, 1), "months": None}], RuleTableError, "no ceiling"),
    ([{"effective_from": date(2026, 1, 1), "needs": ["passport"]}], RuleTableError, "unknown code"),
    ([{"effective_from": date(2026, 1, 1), "share_bp": 10_001}], RuleTableError, "10001"),
    ([{"effective_from": date(2026, 1, 1), "outside": [{"above_fen": 0, "level": "ACFTU"}]}], RuleTableError, "ACFTU"),
])
def test_a_faulty_file_is_refused_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               rows: list[dict[str, Any]], error: type[Exception], says: str) -> None:
    local(tmp_path, monkeypatch, "programmes.yaml", "programmes", *[{**ROW, **row} for row in rows])
    with pytest.raises(error, match=says):
        rules.load()


def test_a_type_without_a_national_row_and_an_unknown_set_are_refused() -> None:
    with pytest.raises(RuleGap, match="LIVING"):
        Programmes([], [], [])


def test_an_unknown_set_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, "programme_sets.yaml", "adoptions", {
        "rule_sets": ["SET_Z"], "jurisdiction": "37", "effective_from": date(2026, 1, 1), "document": "-",
        "certainty": "D"})
    with pytest.raises(RuleGap, match="SET_Z"):
        rules.load()
