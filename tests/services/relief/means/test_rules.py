"""The rule files: places and generations, and what is refused when they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief import rules
from services.relief.domain.means import codes
from services.relief.rules import means as means_rules
from shared.contracts.relief.means import codes as contract
from shared.kernel.dated import RuleGap, RuleOverlap, RuleTableError

ON = date(2026, 5, 6)
DIBAO = {"dibao_fen": 90_000, "jurisdiction": "3702", "effective_from": date(2025, 1, 1), "document": "青岛市民政局",
         "certainty": "X"}


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`local(dibao=[…])` writes a local rule file; a name may be given first."""
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    (tmp_path / "means").mkdir()

    def write(name: str = "local.yaml", **content: Any) -> None:
        (tmp_path / "means" / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    return write


@pytest.mark.parametrize(("division", "day", "generation", "document"), [
    ("370202", ON, "G2", "青岛市"), ("410402", ON, "G2", "平顶山市"), ("130502", ON, "G2", "邢台市"),
    ("440703", ON, "G2", "江门市"), ("371083", ON, "G2", "乳山市"), ("420102", ON, "G2", "武汉市"),
    ("232721", ON, "G2", "塔河县"), ("110101", ON, "G2", "本平台默认值"),
    ("371083", date(2024, 12, 31), "G2", "本平台默认值"),
    ("370202", date(2018, 12, 31), "G1", "总工办发〔2016〕36号"), ("370202", date(2019, 1, 1), "G2", "青岛市"),
    ("530102", date(2017, 5, 1), "G1", "云南省"),
])
def test_each_place_and_day_has_its_edition(division: str, day: date, generation: str, document: str) -> None:
    found = means_rules.standards().on(day, division)
    assert found.generation == generation
    assert document in found.document


def test_before_the_first_edition_there_is_none() -> None:
    with pytest.raises(RuleGap, match="criteria for 2015-12-31"):
        means_rules.standards().on(date(2015, 12, 31), "370202")


def test_what_no_paper_gives_is_marked_as_ours() -> None:
    standards = means_rules.standards()
    for division in ("370202", "410402", "130502", "440703"):
        found = standards.on(ON, division)
        assert found.dibao.certainty == "D"
        assert "须替换" in found.dibao.document
        assert found.certainty == "D"
    assert standards.on(ON, "371083").dibao.certainty == "X"


def test_a_place_puts_its_own_figure_in(local: Any) -> None:
    local(dibao=[DIBAO])
    assert means_rules.standards().on(ON, "370202").dibao_fen == 90_000
    assert means_rules.standards().on(date(2024, 12, 31), "370202").dibao_fen == 100_000


def test_a_gap_is_refused_and_named(local: Any) -> None:
    local(dibao=[{**DIBAO, "effective_to": date(2025, 12, 31)}, {**DIBAO, "effective_from": date(2026, 3, 1)}])
    with pytest.raises(RuleGap, match="Dibao / 3702: no rule from 2026-01-01 to 2026-02-28"):
        means_rules.standards()


def test_a_service_does_not_start_with_a_gap(local: Any) -> None:
    local(minimum_wage=[
        {"wage_fen": 190_000, "jurisdiction": "4407", "effective_from": date(2024, 1, 1),
         "effective_to": date(2024, 6, 30), "document": "江门市人社局", "certainty": "X"},
        {"wage_fen": 200_000, "jurisdiction": "4407", "effective_from": date(2025, 1, 1), "document": "江门市人社局",
         "certainty": "X"}])
    with pytest.raises(RuleGap, match="MinimumWage / 4407: no rule from 2024-07-01 to 2024-12-31"):
        rules.load()


def test_two_editions_of_a_day_are_refused(local: Any) -> None:
    local(dibao=[DIBAO, {**DIBAO, "effective_from": date(2026, 1, 1)}])
    with pytest.raises(RuleOverlap, match="two rules from 2026-01-01"):
        means_rules.standards()
    local(dibao=[DIBAO])
    local("again.yaml", dibao=[DIBAO])
    with pytest.raises(RuleOverlap, match="stands in"):
        means_rules.standards()


def criteria(**changes: Any) -> dict[str, Any]:
    shipped = yaml.safe_load((means_rules.HERE / "means" / "qingdao_3702.yaml").read_text("utf-8"))["criteria"][0]
    return {**shipped, "jurisdiction": "3701", **changes}


@pytest.mark.parametrize("content", [
    {"dibo": [DIBAO]}, {}, {"dibao": {}},
    {"dibao": [{**DIBAO, "dibao_fen": 0}]}, {"dibao": [{**DIBAO, "dibao_fen": "900"}]},
    {"dibao": [{**DIBAO, "certainty": "sure"}]}, {"dibao": [{**DIBAO, "colour": 1}]},
    {"criteria": [criteria(generation="G3")]}, {"criteria": [criteria(vetoes=["RICH"])]},
    {"criteria": [criteria(excluded_income=["LOTTERY"])]}, {"criteria": [criteria(caps={"ILLNESS": -1})]},
    {"criteria": [criteria(working_age=[60, 16])]}, {"criteria": [criteria(accident_events=[])]},
    {"criteria": [criteria(relative_multiple_bp=0)]}, {"criteria": [criteria(assumed=["luck"])]},
    {"minimum_wage": [{**DIBAO, "wage_fen": 1}]},
])
def test_a_faulty_file_is_refused_by_name(local: Any, content: dict[str, Any]) -> None:
    local(**content)
    with pytest.raises(RuleTableError, match=r"local\.yaml"):
        means_rules.standards()


def test_domain_and_contract_have_the_same_codes() -> None:
    for name in ("GENERATIONS", "GRADES", "ABILITIES", "STUDIES", "EMPLOYMENTS", "VETOES", "MISSING"):
        assert getattr(codes, name) == getattr(contract, name), name
    for name in ("INCOMES", "EXPENSES", "EVENTS"):
        assert set(getattr(codes, name)) == set(getattr(contract, name)), name
    assert set(codes.GRADE_NAMES) == set(codes.GRADES)
    assert set(codes.VETO_NAMES) == set(codes.VETOES)
    assert set(codes.MISSING_NAMES) == set(codes.MISSING)
