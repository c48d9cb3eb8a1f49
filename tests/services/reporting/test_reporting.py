"""Reporting: what a period came to, counted from events, each once, in whatever order they come."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.indicators import BY_CODE, INDICATORS, RATES
from services.reporting.domain.units import UNITS, Fen, rate_bp
from shared.kernel.counts import Cases, Persons, PersonTimes
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller, pointers

STATISTICIAN = caller(Role.STATISTICIAN)
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}
CASE_NO = "ZY37020220260000018"


@pytest.fixture
def reporting(desk: Callable[[str], Desk]) -> Desk:
    return desk("reporting")


def envelope(kind: str, data: dict[str, Any], *, subject: str | None = None, org_path: str = PLACE,
             sequence: int = 100) -> dict[str, Any]:
    return {"id": new_id(), "type": f"{kind}.v1", "subject": subject or new_id(), "sequence": sequence,
            "time": "2026-05-08T23:30:00+08:00", "orgpath": org_path, "actor": "test", "data": data}


def visit(headcount: int, visit_id: str | None = None, org_path: str = PLACE, on: str = "2026-05-04") -> dict[str, Any]:
    return envelope("reception.visit_registered", {
        "visit_no": CASE_NO, "channel": "WINDOW", "headcount": headcount, "categories": ["WAGE_ARREARS"],
        "registered_on": on, "worker_id": None}, subject=visit_id, org_path=org_path)


def wage_case() -> list[dict[str, Any]]:
    """The ¥70,000 case: 43 workers, one dispute, an advance repaid in two parts, performed, closed, rated."""
    visit_id, dispute_id, advance_id, employer_id = (new_id() for _ in range(4))
    about = {"dispute_id": dispute_id, "case_no": CASE_NO, "visit_id": visit_id}
    rated = {"visit_no": CASE_NO, "result_score": 5, "attitude_score": 4}
    advance = {"advance_id": advance_id, "advance_no": CASE_NO, "dispute_id": dispute_id}
    repaid = [{"amount_fen": 3_000_000, "repaid_fen": 3_000_000, "balance_fen": 4_000_000, "is_full": False},
              {"amount_fen": 4_000_000, "repaid_fen": 7_000_000, "balance_fen": 0, "is_full": True}]
    return [
        visit(43, visit_id),
        envelope("mediation.dispute_applied", {"dispute_id": dispute_id, "kind": "WAGE", "visit_id": visit_id,
                                               "employer_id": employer_id}),
        envelope("mediation.dispute_accepted", {**about, "kind": "WAGE", "headcount": 43, "is_collective": True,
                                                "employer_id": employer_id, "accepted_on": "2026-05-04"}),
        envelope("relief.wage_advance_disbursed", {
            **advance, "total_fen": 7_000_000, "disbursed_on": "2026-05-05",
            "lines": [{"claim_id": new_id(), "worker_id": new_id(), "advanced_fen": 7_000_000}]}),
        envelope("mediation.mediation_agreed", {**about, "agreement_no": CASE_NO, "obligations_count": 2,
                                                "effective_on": "2026-05-05"}),
        *[envelope("relief.wage_advance_repaid", {**advance, **part, "repaid_on": "2026-05-06"}, subject=advance_id,
                   sequence=200 + number) for number, part in enumerate(repaid)],
        envelope("mediation.mediation_performed", {**about, "headcount": 43, "performed_on": "2026-05-07"}),
        envelope("mediation.dispute_closed", {**about, "outcome": "PERFORMED", "headcount": 43,
                                              "closed_on": "2026-05-08"}),
        envelope("reception.visit_closed", {"visit_no": CASE_NO, "closed_on": "2026-05-08"}, subject=visit_id),
        envelope("reception.satisfaction_rated", rated, subject=visit_id),
    ]


def summary(reporting: Desk, who: Any = STATISTICIAN, **query: str) -> dict[str, Any]:
    return dict(reporting.must("get_summary", who, query={**YEAR, **query}))


def figures(told: dict[str, Any]) -> dict[str, int]:
    return {one["code"]: one["value"] for one in told["indicators"] if one["value"]}


WAGE_CASE = {"visits": 1, "visit_person_times": 43, "visits_closed": 1, "disputes_received": 1, "disputes_accepted": 1,
             "dispute_persons": 43, "disputes_agreed": 1, "disputes_closed": 1, "disputes_performed": 1,
             "wage_advances": 1, "wage_advances_disbursed": 7_000_000, "wage_advances_repaid": 7_000_000}


@pytest.mark.parametrize("seed", range(4))
def test_the_wage_case_counts_once_in_whatever_order_it_is_told(reporting: Desk, seed: int) -> None:
    told = wage_case() * 2
    if seed:
        random.Random(seed).shuffle(told)
    reporting.hear(told)
    found = summary(reporting)
    assert figures(found) == WAGE_CASE
    rates = {one["code"]: (one["numerator"], one["denominator"], one["value_bp"]) for one in found["rates"]}
    assert rates == {"closure_rate": (1, 1, 10_000), "success_rate": (1, 1, 10_000), "performance_rate": (2, 2, 10_000)}
    assert [[level["count"] for level in one["levels"]] for one in found["satisfaction"]] == [
        [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]
    assert len(reporting.must("list_facts", STATISTICIAN)["items"]) == len(told) // 2


def test_a_fact_told_again_under_another_id_counts_once(reporting: Desk) -> None:
    """As when an outbox is replayed into a service that has forgotten its inbox."""
    told = wage_case()
    reporting.hear(told)
    reporting.hear([{**one, "id": new_id()} for one in told])
    assert figures(summary(reporting)) == WAGE_CASE


def test_without_a_base_there_is_no_rate(reporting: Desk) -> None:
    assert [(one["denominator"], one["value_bp"]) for one in summary(reporting)["rates"]] == [(0, None)] * len(RATES)


def test_a_default_lowers_the_performance_rate(reporting: Desk) -> None:
    reporting.hear(wage_case())
    about = {"dispute_id": new_id(), "case_no": CASE_NO, "visit_id": None}
    reporting.tell("mediation.mediation_defaulted.v1", {**about, "employer_id": new_id()})
    reporting.tell("mediation.mediation_agreed.v1", {**about, "agreement_no": CASE_NO, "obligations_count": 1,
                                                     "effective_on": "2026-05-05"})
    rate = reporting.must("get_summary", STATISTICIAN, query={"from": "2026-01-01", "to": "2199-12-31"})["rates"][2]
    assert (rate["numerator"], rate["denominator"], rate["value_bp"]) == (2, 3, 6667)


def test_a_matter_never_accepted_is_no_closed_case(reporting: Desk) -> None:
    told = {"dispute_id": new_id(), "case_no": None, "visit_id": None, "outcome": "REJECTED", "headcount": 3,
            "closed_on": "2026-05-08"}
    assert reporting.tell("mediation.dispute_closed.v1", told) == "done"
    assert figures(summary(reporting)) == {}


def test_people_placed_are_counted_once_intentions_each_time(reporting: Desk) -> None:
    worker_id, other = new_id(), new_id()
    for one in (worker_id, worker_id, other):
        reporting.hear([envelope("jobs.intention_recorded", {
            "worker_id": one, "vacancy_id": new_id(), "fair_id": None, "is_migrant": one == worker_id})])
        reporting.tell("jobs.placement_confirmed.v1", {
            "placement_id": new_id(), "worker_id": one, "employer_id": new_id(), "monthly_wage_fen": 450_000,
            "started_on": "2026-04-01", "confirmed_on": "2026-05-01"})
    assert figures(summary(reporting)) == {"intentions": 3, "intentions_migrant": 2, "placements": 2}


def test_a_period_and_a_place_limit_what_is_counted(reporting: Desk) -> None:
    reporting.hear([visit(1, on="2025-12-31"), visit(2, on="2026-01-01"), visit(4, on="2026-12-31"),
                    visit(8, on="2027-01-01"), visit(16, org_path="/37/3702/370203/"),
                    visit(32, org_path=f"{PLACE}a/")])
    city = caller(Role.CENTRE_DIRECTOR, org_path="/37/3702/")
    assert figures(summary(reporting, city))["visit_person_times"] == 2 + 4 + 16 + 32
    assert figures(summary(reporting))["visit_person_times"] == 2 + 4 + 32
    assert figures(summary(reporting, city, org_path=f"{PLACE}a/"))["visit_person_times"] == 32
    refused = reporting.refused("get_summary", STATISTICIAN, query={"org_path": "/37/3702/370203/"})
    assert (refused["status"], pointers(refused)) == (404, ["/org_path"])
    refused = reporting.refused("get_summary", city, query={"from": "2026-02-01", "to": "2026-01-01"})
    assert pointers(refused) == ["/from"]


def test_the_rows_behind_a_figure_add_up_to_it(reporting: Desk) -> None:
    reporting.hear([*wage_case(), visit(2)])
    found = figures(summary(reporting))
    for code, value in found.items():
        rows = reporting.must("list_facts", STATISTICIAN, query={"indicator": code, **YEAR})["items"]
        measure = BY_CODE[code].measure
        column = {"quantity": "quantity", "amount": "amount_fen"}.get(measure)
        assert value == (sum(row[column] for row in rows) if column else len({row["subject_id"] for row in rows}))
    assert pointers(reporting.refused("list_facts", STATISTICIAN, query={"indicator": "x"})) == ["/indicator"]


def test_figures_of_two_units_are_not_added() -> None:
    for one, other in ((Cases(1), PersonTimes(43)), (Persons(43), PersonTimes(43)), (Fen(1), Cases(1))):
        with pytest.raises(TypeError):
            one + other  # type: ignore[operator]
        with pytest.raises(TypeError):
            rate_bp(one, other)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_rate_is_within_half_a_basis_point(numerator: int, denominator: int) -> None:
    found = rate_bp(Cases(numerator), Cases(denominator))
    if denominator == 0:
        assert found is None
    else:
        assert found is not None
        assert abs(found * denominator - numerator * 10_000) * 2 <= denominator


def test_every_indicator_says_what_it_is() -> None:
    assert len({one.code for one in INDICATORS}) == len(INDICATORS)
    for one in INDICATORS:
        assert one.unit in UNITS
        assert one.definition_zh
        assert one.definition_en
        # a sum of heads is never shown as cases, nor money as a count
        assert (one.measure == "amount") == (one.unit == "分")
        assert one.measure != "quantity" or one.unit in ("人次", "人")
