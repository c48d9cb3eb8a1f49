"""F2, F3 and F8, through the public API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.runtime.demo import blind_spots, job_fair, legal_aid, visit
from shared.runtime.demo.cast import Cast, hire
from tests.centre import Centre


@pytest.fixture
def back_to_today(centre: Centre) -> Iterator[Centre]:
    yield centre
    centre.shift_clock(0)


def test_a_job_found_at_a_fair_starts_the_review_of_the_file(
        cast: Cast, number: int, back_to_today: Centre) -> None:
    file = job_fair.tell(cast, back_to_today.shift_clock, number)
    assert (file["state"], file["grade"]) == ("REVIEWING", "DEEP")
    assert file["grade_document"]
    assert any("12" in step for step in file["explanation_zh"])


def test_a_visit_is_routed_accepted_closed_and_rated(cast: Cast, number: int) -> None:
    rated = visit.tell(cast, number)
    assert (rated["state"], rated["attitude_score"]) == ("RATED", 4)
    assert [referral["state"] for referral in rated["referrals"]] == ["FINISHED"]


def test_a_failed_mediation_gets_legal_aid_without_a_means_check(cast: Cast, number: int) -> None:
    case = legal_aid.tell(cast, number)
    assert (case["state"], case["basis"], len(case["applicants"])) == ("ASSIGNED", "EXEMPT_MIGRANT_WAGE", 3)
    assert case["decision_due_on"] > case["received_on"]
    assert case["assigned_on"] <= case["assign_due_on"]


def test_a_resident_is_not_exempt_from_the_means_check(cast: Cast, number: int) -> None:
    (worker,) = hire(cast, None, range(600_000 + number, 600_001 + number))
    case = cast["R1"].does("/v1/legal/aid-cases", {
        "matter": "WAGE", "summary": "拖欠工资", "applicant_ids": [worker["id"]]}, key=f"resident {number}")
    refused = cast["R15"].attempts(f"/v1/legal/aid-cases/{case['id']}", "grant", {"basis": "EXEMPT_MIGRANT_WAGE"})
    assert refused.status in (409, 422)


def test_a_member_on_an_agencys_list_and_a_household_without_work_are_found(
        cast: Cast, number: int, back_to_today: Centre) -> None:
    finding = blind_spots.tell(cast, back_to_today.shift_clock, number)
    assert (finding["code"], finding["state"], finding["action"]) == ("BLD-1", "RESOLVED", "HELPED_TO_APPLY")
    assert "低保" in finding["explanation_zh"]
