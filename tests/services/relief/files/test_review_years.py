"""The yearly review: its list, a sample anybody can draw again, second looks by others, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.files.review_year import sample
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.households import COUNTY, DIRECTOR, FACTS, OFFICER, RICH, File, active

YEAR = {"year": today().year}
AUDITOR = caller(Role.AUDITOR)


@given(seed=st.text(min_size=1, max_size=8), ids=st.lists(st.uuids().map(str), unique=True, max_size=60),
       share=st.integers(1, 10_000))
def test_the_sample_is_the_share_rounded_up_and_the_same_for_whoever_draws_it(seed: str, ids: list[str],
                                                                             share: int) -> None:
    drawn = sample(seed, ids, share)
    assert drawn == sample(seed, reversed(ids), share)
    assert drawn <= set(ids)
    assert len(ids) * share <= len(drawn) * 10_000 < len(ids) * share + 10_000


def opened(relief: Desk, **body: Any) -> Any:
    return relief.must("open_file_review", DIRECTOR, body={**YEAR, **body})


def progress(relief: Desk, review: Any) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("get_review_progress", AUDITOR, path={"review_id": review["id"]})
    return found


def test_every_file_is_reviewed_and_a_sample_checked(relief: Desk, hire: Callable[[], str],
                                                     on_day: Callable[[int], None]) -> None:
    files = []
    for _ in range(4):
        on_day(0)
        files.append(active(relief, on_day, hire()))
    review = opened(relief)
    path = {"review_id": review["id"]}
    assert (review["total"], review["sampled"], review["state"]) == (4, 2, "LISTED")
    relief.tick()
    assert files[0].read()["state"] == "ACTIVE"
    relief.must("begin_file_review", DIRECTOR, path=path, version=1)
    relief.tick()
    for number, file in enumerate(files):
        assert file.read()["state"] == "REVIEWING"
        if number:
            file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
        else:
            file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    told = progress(relief, review)
    assert (told["reviewed"], told["checked"], told["is_sample_right"]) == (4, 0, True)
    refused = relief.refused("close_file_review", DIRECTOR, path=path, version=2)
    assert (refused["code"], refused["params"]) == ("review-unfinished", {"undone": 0, "unchecked": 2})
    check_the_sample(relief, review)
    assert relief.must("close_file_review", DIRECTOR, path=path, version=4)["state"] == "CLOSED"
    results = {row["result"] for row in relief.must("list_review_items", AUDITOR, path=path)["items"]}
    assert results == {"KEPT", "EXIT_PROPOSED"}


def check_the_sample(relief: Desk, review: Any) -> None:
    path = {"review_id": review["id"]}
    items = relief.must("list_review_items", AUDITOR, path=path)["items"]
    outside = next(row for row in items if not row["is_sampled"])
    body = {"is_consistent": True, "note": "电话回访"}
    told = relief.refused("record_spot_check", AUDITOR, path=path, version=2,
                          body={**body, "file_id": outside["file_id"]})
    assert told["code"] == "not-in-sample"
    sampled = relief.must("list_review_items", AUDITOR, path=path, query={"is_sampled": "true"})["items"]
    same = caller(Role.AUDITOR, account_id=COUNTY.account_id)
    for number, row in enumerate(sampled):
        body["file_id"], body["is_consistent"] = row["file_id"], not number
        assert relief.refused("record_spot_check", same, path=path, version=number + 2,
                              body=body)["code"] == "separation-of-duty"
        relief.must("record_spot_check", AUDITOR, path=path, version=number + 2, body=body)
    assert relief.must("list_review_items", AUDITOR, path=path,
                       query={"is_sampled": "true", "is_checked": "false"})["items"] == []
    told = progress(relief, review)
    assert (told["checked"], told["inconsistent"]) == (2, 1)


def test_one_review_a_year_and_unit(relief: Desk, worker_id: str) -> None:
    opened(relief)
    assert relief.refused("open_file_review", COUNTY, body=YEAR)["code"] == "review-year-known"
    assert opened(relief, year=YEAR["year"] - 1)["total"] == 0
    elsewhere = {**YEAR, "org_path": "/37/3702/370203/"}
    assert relief.refused("open_file_review", COUNTY, body=elsewhere)["status"] == 404


@pytest.mark.parametrize("years", [-2, 1, 900])
def test_a_review_is_of_this_year_or_the_last(relief: Desk, years: int) -> None:
    told = relief.refused("open_file_review", DIRECTOR, body={"year": min(2999, YEAR["year"] + years)})
    assert (told["code"], told["errors"][0]["pointer"]) == ("review-year-far", "/year")


def test_a_contested_exit_is_no_finished_review(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    review = opened(relief)
    path = {"review_id": review["id"]}
    relief.must("begin_file_review", DIRECTOR, path=path, version=1)
    relief.tick()
    file.read()
    check = {"file_id": file.now["id"], "is_consistent": True, "note": "电话回访"}
    assert relief.refused("record_spot_check", AUDITOR, path=path, version=2, body=check)["code"] == "spot-check-early"
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    assert progress(relief, review)["reviewed"] == 1
    file.must("contest_file_exit", OFFICER, reason="已失业")
    assert (file.now["reviewed_on"], file.now["review_result"]) == (None, None)
    assert relief.refused("record_spot_check", AUDITOR, path=path, version=2, body=check)["code"] == "spot-check-early"
    told = relief.refused("close_file_review", DIRECTOR, path=path, version=2)
    assert told["params"] == {"undone": 1, "unchecked": 1}
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    relief.must("record_spot_check", AUDITOR, path=path, version=2, body=check)
    assert relief.must("close_file_review", DIRECTOR, path=path, version=3)["state"] == "CLOSED"


def test_a_file_that_joins_later_is_not_on_the_list(relief: Desk, hire: Callable[[], str],
                                                    on_day: Callable[[int], None]) -> None:
    review = opened(relief)
    late: File = active(relief, on_day, hire())
    relief.must("begin_file_review", DIRECTOR, path={"review_id": review["id"]}, version=1)
    relief.tick()
    assert late.read()["state"] == "ACTIVE"
    assert relief.must("close_file_review", DIRECTOR, path={"review_id": review["id"]}, version=2)["total"] == 0
