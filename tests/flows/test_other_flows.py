"""F2, F3, F8 and a part of F5, through the public API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.runtime.demo import blind_spots, job_fair, legal_aid, relief_case, visit
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


def test_a_festival_visits_a_front_line_worker_who_has_no_file(cast: Cast, number: int) -> None:
    """Named once, approved by another, reserved; named twice is refused and nothing is drafted."""
    (worker,) = hire(cast, None, range(740_000 + number, 740_001 + number))
    fund, named = relief_case.endow(cast, 740_000 + number), {"worker_id": worker["id"], "ground": "FRONT_LINE"}
    body = {"title": f"送清凉 {number}", "occasion": "SUMMER_HEAT", "amounts_fen": {"FRONT_LINE": 30_000}}
    refused = cast["R7"].post(relief_case.CAMPAIGN, {**body, "workers": [named, named]})
    assert (refused.status, refused.data["code"], refused.data["errors"][0]["pointer"]) == (
        422, "campaign-worker-named-twice", "/workers/1/worker_id")
    made = cast["R7"].does(relief_case.CAMPAIGN, {**body, "workers": [named]}, key=f"summer {number}")
    path = f"{relief_case.CAMPAIGN}/{made['id']}"
    done = cast["R8"].changes(path, "approve", {"fund_id": fund["id"], "document_no": f"QL-{number}"})
    assert (done["state"], done["reserved_fen"]) == ("RESERVED", 30_000)
    (line,) = cast["R8"].reads(f"{path}/lines")["items"]
    assert (line["state"], line["ground"], line["worker_id"], line["file_no"]) == (
        "RESERVED", "FRONT_LINE", worker["id"], None)
    drafted = cast["R7"].reads(relief_case.CAMPAIGN, occasion="SUMMER_HEAT")["items"]
    assert [one["title"] for one in drafted].count(body["title"]) == 1
