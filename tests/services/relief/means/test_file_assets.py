"""Home, vehicle and business of a household lie in its file, and every means test reads them there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.households import COUNTY, EXCHANGE, FACTS, OFFICER, SURVEYORS, TOWNSHIP, File, body_of

NONE = {"dwellings": 0, "dwelling_area_m2": 0, "vehicles": 0, "businesses": 0, "school_fee_fen": 0,
        "public_school_fee_fen": 0, "studies_abroad_at_own_cost": False, "savings_fen": 0}
CAR = {**NONE, "dwellings": 1, "dwelling_area_m2": 60, "vehicles": 1}
PERSON = {"persons": [{"age": 40, "employment": "EMPLOYED"}]}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def head(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def draft(relief: Desk, head: str, **more: Any) -> File:
    return File(relief, relief.must("open_hardship_file", OFFICER, body={**body_of(head), **more}))


def record(relief: Desk, file: File, **more: Any) -> tuple[int, Any]:
    return relief.do("record_means_test", COUNTY, path={"file_id": file.now["id"]}, body={**PERSON, **more})


def surveyed(file: File, **assets: Any) -> None:
    file.submit()
    for surveyor in SURVEYORS:
        file.must("survey_household", surveyor, note="已入户", **FACTS, **assets)


def test_a_file_carries_them_and_who_says_nothing_leaves_them(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=CAR)
    assert file.now["assets"] == CAR
    surveyed(file)
    assert file.read()["assets"] == CAR
    assert draft(relief, people.worker(relief.outside("membership"), None)).now["assets"] is None


def test_the_test_of_sums_excludes_by_them(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=CAR)
    surveyed(file)
    found = relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})
    assert (found["basis"], found["grade"]) == ("SUMS", "NONE")
    assert any("机动车" in step for step in found["steps_zh"])
    file.must("request_verification", TOWNSHIP)
    file.must("receive_report", EXCHANGE, report_no="HD-1")
    assert file.refused("assess_hardship_file", COUNTY, grade="DEEP") == "grade-needs-reason"


def test_without_any_of_them_nothing_is_excluded(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=NONE)
    surveyed(file)
    found = relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})
    assert found["grade"] == "DEEP"


def test_a_test_of_items_takes_them_from_the_file(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=CAR)
    status, test = record(relief, file)
    assert (status, test["facts"]["assets"], test["grade"]) == (201, CAR, "NONE")
    assert record(relief, file, assets=CAR)[0] == 201


def test_others_than_the_files_are_refused(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=CAR)
    status, problem = record(relief, file, assets=NONE)
    assert (status, problem["code"]) == (422, "file-assets-differ")
    assert "vehicles" in problem["detail"]["zh"]
    assert relief.must("list_means_tests", COUNTY, query={"file_id": file.now["id"]})["items"] == []


def test_where_the_file_does_not_know_them_the_test_says(relief: Desk, head: str) -> None:
    file = draft(relief, head)
    assert record(relief, file)[1]["facts"]["assets"] == NONE
    assert record(relief, file, assets=CAR)[1]["facts"]["assets"] == CAR


def test_two_surveyors_find_the_same(relief: Desk, head: str) -> None:
    file = draft(relief, head)
    file.submit()
    first, second = SURVEYORS
    file.must("survey_household", first, note="已入户", **FACTS)
    assert file.refused("survey_household", second, note="已入户", assets=CAR, **FACTS) == "file-assets-differ"
    file.must("survey_household", first, note="已入户", assets=CAR, **FACTS)
    assert file.refused("survey_household", second, note="已入户", assets=NONE, **FACTS) == "file-assets-differ"
    file.must("survey_household", second, note="已入户", assets=CAR, **FACTS)
    assert (file.now["state"], file.now["assets"]) == ("SURVEYED", CAR)


def test_a_test_before_they_changed_is_of_the_past(relief: Desk, head: str) -> None:
    file = draft(relief, head, assets=NONE)
    _, test = record(relief, file)
    file.read()
    surveyed(file, assets=CAR)
    file.must("request_verification", TOWNSHIP)
    file.must("receive_report", EXCHANGE, report_no="HD-1")
    assert file.refused("assess_hardship_file", COUNTY, grade="DEEP", means_test_id=test["id"]) == "means-test-outdated"
