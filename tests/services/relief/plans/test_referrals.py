"""Households referred outwards (转介), for example helped into dibao (协助纳入低保): recorded and counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.domain.plans import states
from shared.contracts.relief.plans import codes
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import active
from tests.services.relief.plans.care import OFFICER, Plan, in_days, make, step

DIBAO = step("REFERRAL", "SAFEGUARD", referred_to="DIBAO")
STATISTICIAN = caller(Role.STATISTICIAN)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def file_id(relief: Desk, desk: Callable[[str], Desk], on_day: Callable[[int], None]) -> str:
    return str(active(relief, on_day, people.worker(desk("membership"), None)).now["id"])


def figures(relief: Desk, who: Any = STATISTICIAN, **query: Any) -> dict[str, tuple[int, int, int, int]]:
    told = relief.must("get_referral_figures", who, query=query)["figures"]
    return {one["referred_to"]: (one["waiting"], one["admitted"], one["refused"], one["households"]) for one in told}


def started(relief: Desk, file_id: str, *steps: dict[str, Any]) -> Plan:
    plan = make(relief, file_id, *[{**one, "due_on": in_days(20)} for one in steps])
    plan.must("start_assistance_plan")
    return plan


def test_the_contract_knows_the_same_words() -> None:
    assert (codes.REFERRED_TO, codes.REFERRAL_RESULTS) == (states.REFERRED_TO, states.REFERRAL_RESULTS)


def test_what_came_of_it_is_recorded_and_counted_in_its_year(relief: Desk, file_id: str) -> None:
    assert figures(relief) == {}
    plan = started(relief, file_id, DIBAO, DIBAO, step("REFERRAL", referred_to="OTHER"), step("REFERRAL"))
    assert figures(relief) == {"DIBAO": (2, 0, 0, 0), "OTHER": (1, 0, 0, 0)}
    plan.must("finish_plan_step", step=0, outcome="民政批准", result="ADMITTED")
    plan.must("finish_plan_step", step=1, outcome="收入超标", result="REFUSED")
    plan.must("drop_plan_step", step=2, reason="不需要")
    plan.must("finish_plan_step", step=3, outcome="已转街道")  # to nobody in particular: no result is asked
    assert [one["result"] for one in plan.now["steps"]] == ["ADMITTED", "REFUSED", None, None]
    assert figures(relief) == {"DIBAO": (0, 1, 1, 1), "OTHER": (0, 0, 0, 0)}
    assert figures(relief, year=today().year - 1)["DIBAO"] == (0, 0, 0, 0)
    assert figures(relief, caller(Role.STATISTICIAN, org_path="/37/3702/370203/")) == {}


def test_a_result_is_of_a_referral_and_of_none_else(relief: Desk, file_id: str) -> None:
    plan = started(relief, file_id, DIBAO, step())
    assert plan.refused("finish_plan_step", step=0, outcome="已办") == "plan-referral-result-missing"
    assert plan.refused("finish_plan_step", step=1, outcome="已办", result="ADMITTED") == "plan-step-no-referral"
    assert plan.refused("add_plan_step", **step("LIVING", referred_to="DIBAO")) == "plan-step-no-referral"
    assert [one["state"] for one in plan.read()["steps"]] == ["OPEN", "OPEN"]


def test_a_revised_plan_carries_the_referral_once(relief: Desk, file_id: str) -> None:
    plan = started(relief, file_id, DIBAO)
    plan.now = plan.must("revise_assistance_plan", reason="分户", goal="自立", steps=[])
    assert plan.now["steps"][0]["referred_to"] == "DIBAO"
    assert figures(relief, OFFICER) == {"DIBAO": (1, 0, 0, 0)}
    plan.must("start_assistance_plan")
    plan.must("finish_plan_step", step=0, outcome="民政批准", result="ADMITTED")
    assert figures(relief, OFFICER) == {"DIBAO": (0, 1, 0, 1)}
