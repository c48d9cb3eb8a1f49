"""Paper files from before the product: taken over with their old grade, reviewed at once, graded by today's rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.crowds import Campaign
from tests.services.relief.households import COUNTY, DIRECTOR, FACTS, OFFICER, File

Desks = Callable[[str], Desk]


@pytest.fixture
def worker(desk: Desks) -> str:
    return people.worker(desk("membership"), None)


def body_of(worker: str, **more: Any) -> dict[str, Any]:
    return {"paper_no": "ZZ-2017-031", "grade": "LEGACY_BORDERLINE", "established_year": 2017,
            "source_document": "2017年困难职工档案目录第31号", "head_worker_id": worker, "level": "CITY",
            "main_cause": "SERIOUS_ILLNESS",
            "members": [{"worker_id": worker, "relation": "HEAD", "is_adult": True},
                        {"relation": "CHILD", "is_adult": False}], **more}


def taken(relief: Desk, worker: str, **more: Any) -> File:
    return File(relief, relief.must("take_over_paper_file", COUNTY, body=body_of(worker, **more)))


def test_a_paper_file_is_taken_over_and_its_review_regrades_it(desk: Desks, worker: str) -> None:
    relief = desk("relief")
    file = taken(relief, worker)
    assert (file.now["state"], file.now["grade"], file.now["paper_no"]) == (
        "TAKEN_OVER", "LEGACY_BORDERLINE", "ZZ-2017-031")
    file.must("confirm_paper_file", DIRECTOR)
    assert (file.now["state"], file.now["next_review_on"], file.now["notice_until"]) == ("ACTIVE", str(today()), None)
    [told] = relief.told("paper_file_taken_over")
    assert told["data"]["worker_ids"] == [worker]
    relief.tick()
    assert file.read()["state"] == "REVIEWING"
    file.must("keep_hardship_file", COUNTY, grade="DEEP", reason="按现行标准", **FACTS)
    assert (file.now["state"], file.now["grade"], file.now["review_result"]) == ("ACTIVE", "DEEP", "REGRADED")
    assert file.now["next_review_on"] > str(today())


def test_no_relief_before_the_review(desk: Desks, worker: str) -> None:
    relief = desk("relief")
    file, asked = taken(relief, worker), {"worker_id": worker, "relief_type": "LIVING"}
    file.must("confirm_paper_file", DIRECTOR)
    for _ in range(2):
        told = relief.refused("apply_for_relief", OFFICER, body=asked)
        assert (told["code"], told["params"]["grade"]) == ("relief-review-first", "LEGACY_BORDERLINE")
        relief.tick()
    assert relief.refused("draft_campaign", COUNTY, body=Campaign.body_of())["code"] == "campaign-lists-nobody"
    file.read()
    file.must("keep_hardship_file", COUNTY, grade="DEEP", reason="按现行标准", **FACTS)
    assert relief.must("apply_for_relief", OFFICER, body=asked)["state"] == "SUBMITTED"


def test_a_review_can_give_no_old_grade(desk: Desks, worker: str) -> None:
    relief = desk("relief")
    file = taken(relief, worker)
    file.must("confirm_paper_file", DIRECTOR)
    file.must("start_file_review", COUNTY, reason="复核")
    assert file.refused("keep_hardship_file", COUNTY, grade="LEGACY_DIBAO", reason="-", **FACTS) == "content-invalid"


def test_two_people(desk: Desks, worker: str) -> None:
    file = taken(desk("relief"), worker)
    same = caller(Role.CENTRE_DIRECTOR, account_id=COUNTY.account_id)
    assert file.refused("confirm_paper_file", same) == "separation-of-duty"


def test_duplicates_are_refused(desk: Desks, worker: str) -> None:
    relief, other = desk("relief"), people.worker(desk("membership"), None)
    file = taken(relief, worker)
    told = relief.refused("take_over_paper_file", COUNTY, body=body_of(worker, paper_no="ZZ-2"))
    assert (told["code"], told["params"]["file_no"]) == ("household-has-file", file.now["file_no"])
    assert relief.refused("take_over_paper_file", COUNTY, body=body_of(other))["code"] == "paper-file-taken-over"
    file.must("decline_paper_file", DIRECTOR, reason="与纸质不符")
    assert file.now["state"] == "REFUSED"
    assert file.refused("confirm_paper_file", DIRECTOR) == "wrong-state"
    assert taken(relief, worker).now["state"] == "TAKEN_OVER"


def test_lists_find_them(desk: Desks, worker: str) -> None:
    relief = desk("relief")
    taken(relief, worker)
    for query, count in (({"grade": "LEGACY_BORDERLINE"}, 1), ({"grade": "LEGACY_DIBAO"}, 0),
                         ({"state": "TAKEN_OVER"}, 1),
                         ({"store": "OPEN"}, 1), ({"paper_no": "ZZ-2017-031"}, 1), ({"established_year": 2016}, 0)):
        assert len(relief.must("list_hardship_files", COUNTY, query=query)["items"]) == count
    assert relief.must("count_hardship_files", COUNTY)["states"] == {"TAKEN_OVER": 1}


@pytest.mark.parametrize(("change", "code"), [
    ({"established_year": 2020}, "paper-file-too-young"), ({"grade": "DEEP"}, "content-invalid"),
    ({"paper_no": ""}, "content-invalid"), ({"source_document": None}, "content-invalid"),
    ({"head_worker_id": new_id()}, "worker-unknown"), ({"org_path": "/37/3702/370203/"}, "not-found"),
    ({"members": []}, "content-invalid"),
])
def test_a_paper_file_that_cannot_be(desk: Desks, worker: str, change: dict[str, Any], code: str) -> None:
    relief = desk("relief")
    assert relief.refused("take_over_paper_file", COUNTY, body=body_of(worker, **change))["code"] == code
    assert relief.must("list_hardship_files", COUNTY)["items"] == []
