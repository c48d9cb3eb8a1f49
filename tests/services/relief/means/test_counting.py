"""From facts to sums: what counts, what is deducted, what excludes; and the criteria of 2016 at their borders."""

from __future__ import annotations

from typing import Any

import pytest

from services.relief.domain.means.codes import RELIEF_INCOMES, VETOES
from services.relief.domain.means.counting import Computed, run
from services.relief.domain.means.facts import facts_of
from services.relief.domain.means.refusals import PersonUnknown
from tests.services.relief.means.standards import L_FEN, WAGE_FEN, standard, standard_g1

ONE = {"persons": [{"age": 40}]}


def result(facts: dict[str, Any], **rules: Any) -> Computed:
    return run(facts_of({**ONE, **facts}), standard(**rules))


def test_amounts_are_taken_so_often_as_they_came() -> None:
    found = result({"income": [{"kind": "WAGES", "amount_fen": 300_001, "months": 7, "person": 1},
                               {"kind": "WAGES", "amount_fen": 5}, {"kind": "PENSION", "amount_fen": 11}]})
    assert found.income == {"WAGES": 2_100_012, "PENSION": 11}
    assert found.assessment.household.income12_fen == 2_100_023
    assert any("¥3,000.01 × 7 = ¥21,000.07" in step for step in found.assessment.steps_en)


def test_what_does_not_count_is_told_and_left_out() -> None:
    found = result({"income": [{"kind": "FESTIVAL_CONSOLATION", "amount_fen": 50_000},
                               {"kind": "BASIC_RESIDENT_PENSION", "amount_fen": 20_000, "months": 12}],
                    "expenditure": [{"kind": "COMPULSORY_EDUCATION", "amount_fen": 70_000}]})
    assert (found.income, found.rigid) == ({}, {})
    assert sum("不计入" in step for step in found.assessment.steps_zh) == 3


def test_a_deduction_is_capped_by_kind() -> None:
    bills = [{"kind": "ILLNESS", "amount_fen": 60, "months": 2}, {"kind": "HOUSING", "amount_fen": 90}]
    assert result({"expenditure": bills}, caps={"ILLNESS": 119}).rigid == {"ILLNESS": 119, "HOUSING": 90}
    assert result({"expenditure": bills}, caps={"ILLNESS": 120}).rigid == {"ILLNESS": 120, "HOUSING": 90}


@pytest.mark.parametrize(("person", "fen"), [
    ({}, 12 * WAGE_FEN),
    ({"idle_months": 5}, 5 * WAGE_FEN),
    ({"idle_months": 0}, 0),
    ({"age": 16}, 12 * WAGE_FEN), ({"age": 15}, 0), ({"age": 59}, 12 * WAGE_FEN), ({"age": 60}, 0),
    ({"ability": "PARTLY"}, 0), ({"ability": "UNABLE"}, 0), ({"study": "HIGHER"}, 0),
    ({"employment": "EMPLOYED"}, 0), ({"employment": "SELF_EMPLOYED"}, 0), ({"employment": "RETIRED"}, 0),
    ({"imputation_waived": "照护失能老人"}, 0),
])
def test_who_could_work_and_does_not_is_taken_to_earn_the_minimum_wage(person: dict[str, Any], fen: int) -> None:
    facts = {"persons": [{"age": 40, "employment": "NONE", **person}]}
    found = result(facts, imputes_minimum_wage=True)
    assert found.assessment.household.income12_fen == fen
    assert result(facts).assessment.household.income12_fen == 0
    if "imputation_waived" in person:
        assert any("照护失能老人" in step for step in found.assessment.steps_zh)


def test_the_greater_of_declared_and_paid_relief_counts() -> None:
    declared = [{"kind": "UNION_LIVING", "amount_fen": 300}]
    assert result({"income": declared, "earlier_relief": {"UNION_LIVING": 500}}).income == {"UNION_LIVING": 500}
    assert result({"income": declared, "earlier_relief": {"UNION_LIVING": 200}}).income == {"UNION_LIVING": 300}
    assert result({"earlier_relief": {"UNION_MEDICAL": 7, "FESTIVAL_CONSOLATION": 9}}).income == {"UNION_MEDICAL": 7}
    assert set(RELIEF_INCOMES) & {"WAGE_ADVANCE", "TRAINING", "FACILITY"} == set()


@pytest.mark.parametrize(("assets", "veto"), [
    ({"dwellings": 2}, "SECOND_HOME"), ({"vehicles": 1}, "MOTOR_VEHICLE"), ({"businesses": 1}, "OWNS_BUSINESS"),
    ({"studies_abroad_at_own_cost": True}, "HIGH_FEE_SCHOOL"),
    ({"school_fee_fen": 201, "public_school_fee_fen": 100}, "HIGH_FEE_SCHOOL"),
])
def test_assets_exclude(assets: dict[str, Any], veto: str) -> None:
    found = result({"assets": assets}).assessment
    assert (found.grade, list(found.vetoes)) == ("NONE", [veto])
    elsewhere = result({"assets": assets}, vetoes=[one for one in VETOES if one != veto]).assessment
    assert (elsewhere.grade, list(elsewhere.vetoes)) == ("DEEP", [])
    assert any("未列为排除性条件" in step and veto in step for step in elsewhere.steps_zh)


@pytest.mark.parametrize(("area_m2", "grade"), [(60, "DEEP"), (61, "NONE")])
def test_two_small_dwellings_may_be_allowed(area_m2: int, grade: str) -> None:
    facts = {"persons": [{"age": 40}, {"age": 41}], "assets": {"dwellings": 2, "dwelling_area_m2": area_m2}}
    assert result(facts, most_area_per_head_m2=30).assessment.grade == grade


@pytest.mark.parametrize("assets", [{"dwellings": 1}, {"school_fee_fen": 200, "public_school_fee_fen": 100},
                                    {"school_fee_fen": 10_000}])
def test_what_is_allowed_does_not_exclude(assets: dict[str, Any]) -> None:
    assert result({"assets": assets}).assessment.grade == "DEEP"


@pytest.mark.parametrize(("migrant", "missing"), [
    ({}, []), ({"lives_in_city": False}, ["RESIDENCE"]), ({"is_member": False}, ["MEMBERSHIP"]),
    ({"labour_months": 11}, ["LABOUR_RELATION"]),
    ({"lives_in_city": False, "is_member": False, "labour_months": 0}, ["RESIDENCE", "MEMBERSHIP", "LABOUR_RELATION"]),
])
def test_migrant_workers_must_fulfil_more(migrant: dict[str, Any], missing: list[str]) -> None:
    facts = {"migrant": {"lives_in_city": True, "is_member": True, "labour_months": 12, **migrant}}
    found = result(facts).assessment
    assert (found.grade, list(found.household.missing)) == ("NONE" if missing else "DEEP", missing)
    lenient = {"migrant_needs_residence": False, "migrant_needs_membership": False, "migrant_labour_months": 0}
    assert result(facts, **lenient).assessment.grade == "DEEP"


def test_an_item_of_a_person_who_is_not_there_is_refused() -> None:
    with pytest.raises(PersonUnknown) as refused:
        result({"expenditure": [{"kind": "ILLNESS", "amount_fen": 5, "person": 2}]})
    assert refused.value.pointer == "/expenditure/0/person"


def test_the_explanation_names_every_row_and_what_is_assumed() -> None:
    found = run(facts_of(ONE), standard(imputes_minimum_wage=True, assumed=["vetoes", "working_age"])).assessment
    told_zh, told_en = "\n".join(found.steps_zh), "\n".join(found.steps_en)
    assert told_zh.count("依据·") == 3
    assert "vetoes, working_age" in told_zh
    assert "vetoes, working_age" in told_en
    assert found.standard.certainty == "D"
    assert standard().certainty == "X"
    assert len(found.steps_zh) == len(found.steps_en)


# -- the criteria of 2016 --------------------------------------------------------------------------------------

LINE = L_FEN * 12


@pytest.mark.parametrize(("facts", "grade"), [
    ({"wages": LINE - 1}, "DIBAO"),
    ({"wages": LINE, "illness": 0}, "DIBAO_EDGE"),
    ({"wages": LINE * 3 // 2, "illness": LINE // 2}, "DIBAO_EDGE"),
    ({"wages": LINE * 3 // 2, "illness": LINE // 2 - 1}, "NONE"),
    ({"wages": LINE * 3 // 2 + 1, "illness": LINE}, "NONE"),
    ({"wages": 3 * LINE, "cost": 2 * LINE}, "ACCIDENT"),
    ({"wages": 3 * LINE, "cost": 2 * LINE - 1}, "NONE"),
    ({"wages": 3 * LINE, "cost": LINE, "illness": LINE}, "ACCIDENT"),
    ({"wages": 3 * LINE + 1, "cost": 2 * LINE + 1}, "ACCIDENT"),
    ({"wages": 3 * LINE + 1, "cost": LINE, "illness": 2 * LINE}, "NONE"),
    ({"wages": 3 * LINE + 1, "cost": 2 * LINE + 1, "savings": 1}, "NONE"),
    ({"wages": 3 * LINE + 1, "cost": 2 * LINE + 2, "savings": 1}, "ACCIDENT"),
])
def test_the_formulas_of_2016_are_exact(facts: dict[str, int], grade: str) -> None:
    assert run(facts_of(_g1(facts)), standard_g1()).assessment.grade == grade


def _g1(facts: dict[str, int]) -> dict[str, Any]:
    return {**ONE, "income": [{"kind": "WAGES", "amount_fen": facts["wages"]}],
            "expenditure": [{"kind": "ILLNESS", "amount_fen": facts.get("illness", 0)}],
            "accident": {"kind": "OTHER", "cost_fen": facts["cost"]} if "cost" in facts else None,
            "assets": {"savings_fen": facts.get("savings", 0)}}


@pytest.mark.parametrize(("six", "receives", "grade"), [
    (L_FEN * 6 - 1, False, "DIBAO"), (L_FEN * 6, False, "NONE"), (L_FEN * 6 - 1, True, "NONE"),
    (L_FEN * 6 - 1, None, "DIBAO"), (None, False, "NONE")])
def test_six_months_below_dibao_without_relief_are_enough(six: int | None, receives: bool | None, grade: str) -> None:
    facts = {**_g1({"wages": 2 * LINE}), "income6_fen": six, "receives_dibao": receives}
    assert run(facts_of(facts), standard_g1()).assessment.grade == grade
