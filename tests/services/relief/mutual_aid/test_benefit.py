"""What plans pay: the examples of cases.yaml, and what holds for every plan and every claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.mutual_aid.benefit import ClaimFacts, compute
from services.relief.domain.mutual_aid.plan import Plan
from services.relief.domain.mutual_aid.refusals import PlanUnknown
from services.relief.rules import mutual_aid
from shared.contracts.relief.mutual_aid import codes
from shared.kernel.dated import RuleGap, RuleTableError

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))["cases"]
EDITIONS = mutual_aid.plans()._rows
FACTS = ("cover", "day", "shares", "eligible_fen", "own_paid_fen", "days", "used_fen", "used_days")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["say"])
def test_an_example(case: dict[str, Any]) -> None:
    plan = mutual_aid.plans().plan(case["plan"], case["start"], case["place"])
    found = compute(plan, ClaimFacts(**{name: case[name] for name in FACTS if name in case}))
    assert found.amount_fen == case["fen"]
    assert len(found.steps_zh) == len(found.steps_en) > 0
    assert any(plan.document in step for step in found.steps_zh) or found.amount_fen is None


def test_the_examples_try_every_plan_and_every_family() -> None:
    assert {case["plan"] for case in CASES} == {row.plan for row in EDITIONS} - {"CITY_CRITICAL"}
    assert {row.family for row in EDITIONS} == {"F1", "F2", "F3", "F4"} == set(codes.FAMILIES)


def _facts(plan: Plan) -> st.SearchStrategy[ClaimFacts]:
    fen = st.integers(0, 10**9)
    return st.builds(ClaimFacts, st.sampled_from([cover["code"] for cover in plan.covers]),
                     st.none() | st.integers(1, 400), st.integers(1, plan.most_shares), fen, fen, st.integers(0, 400),
                     st.integers(0, plan.cap_fen or 0), st.integers(0, 200))


some = st.sampled_from(EDITIONS).flatmap(lambda plan: st.tuples(st.just(plan), _facts(plan)))


@given(some)
def test_a_benefit_is_a_whole_number_within_the_cap(pair: tuple[Plan, ClaimFacts]) -> None:
    plan, facts = pair
    amount_fen = compute(plan, facts).amount_fen
    if amount_fen is None:
        assert plan.is_external
        return
    assert type(amount_fen) is int
    assert amount_fen >= 0
    assert not plan.cap_fen or amount_fen + facts.used_fen <= plan.cap_fen
    if plan.family == "F4":
        assert amount_fen <= max(0, plan.most_days - facts.used_days) * plan.per_day_fen


@given(some, st.integers(0, 10**6), st.integers(0, 400))
def test_more_cost_and_later_illness_never_pay_less(pair: tuple[Plan, ClaimFacts], more: int, later: int) -> None:
    plan, facts = pair
    worse = replace(facts, eligible_fen=facts.eligible_fen + more, own_paid_fen=facts.own_paid_fen + more,
                    days=facts.days + later, day=facts.day and facts.day + later)
    assert (compute(plan, worse).amount_fen or 0) >= (compute(plan, facts).amount_fen or 0)


@given(st.sampled_from([plan for plan in EDITIONS if plan.family in ("F2", "F3")]),
       st.lists(st.integers(1, 10**8), max_size=12))
def test_all_claims_of_a_term_together_stay_within_the_cap(plan: Plan, costs: list[int]) -> None:
    used_fen = 0
    for fen in costs:
        facts = ClaimFacts(plan.covers[0]["code"], None, eligible_fen=fen, own_paid_fen=fen, used_fen=used_fen)
        used_fen += compute(plan, facts).amount_fen or 0
    assert used_fen <= plan.cap_fen


@pytest.mark.parametrize("plan", EDITIONS, ids=lambda plan: f"{plan.plan} {plan.effective_from}")
def test_an_edition_survives_being_kept(plan: Plan) -> None:
    assert Plan.of_terms(plan.terms()) == plan


@pytest.mark.parametrize("change", [
    {"family": "F9"}, {"covers": []}, {"documents": ["PASSPORT"]}, {"reduced_bp": 10_001}, {"fee_fen": -1},
    {"family": "F2", "rate_bp": 0}, {"family": "F3", "bands": [], "cap_fen": 1}, {"family": "F4", "per_day_fen": 0},
    {"family": "F3", "cap_fen": 1, "bands": [{"up_to_fen": 5, "rate_bp": 1}]},
    {"covers": [{"code": "A", "zh": "甲", "en": "a", "sum_fen": None}]}, {"waiting_days": -1}, {"most_shares": 0},
])
def test_an_incomplete_plan_is_refused_when_it_is_read(change: dict[str, Any]) -> None:
    [plan] = [row for row in EDITIONS if row.plan == "NANPING_CRITICAL"]
    with pytest.raises(ValueError, match="NANPING"):
        replace(plan, **change)


def test_a_plan_of_nowhere_and_of_no_time_is_refused() -> None:
    with pytest.raises(PlanUnknown):
        mutual_aid.plans().plan("MOON", EDITIONS[0].effective_from, "120101")
    with pytest.raises(RuleGap):
        mutual_aid.plans().plan("TIANJIN_CRITICAL", EDITIONS[0].effective_from, "379901")


def test_a_local_file_with_a_hole_in_its_dates_names_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(mutual_aid.__file__).parent / "mutual_aid.yaml").read_text("utf-8")
    (tmp_path / "mutual_aid.yaml").write_text(text.replace("effective_to: 2012-12-31", "effective_to: 2012-12-01"),
                                              "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    with pytest.raises(RuleTableError, match=r"XUANHUA_CRITICAL / 1307: no rule from 2012-12-02 to 2012-12-31"):
        mutual_aid.plans()
