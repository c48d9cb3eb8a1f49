"""Two processes on one database, SQLite and PostgreSQL: one household gets one file, one step is taken once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from gateway.authorise import NOBODY
from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import (
    COUNTY,
    DIRECTOR,
    FACTS,
    OFFICER,
    SECOND_REVIEWER,
    active,
    body_of,
    draft,
)

TwoDesks = tuple[Desk, Desk]


def at_once(two: TwoDesks, operation: str, who: tuple[Caller, Caller], bodies: tuple[Mapping[str, Any], ...],
            path: Mapping[str, str] | None = None, version: int | None = None) -> list[str]:
    """What two who set out together are told: codes of problems, or an empty text."""
    start = Barrier(2)

    def answer(n: int) -> Answer:
        start.wait()
        return two[n].answer(Request(operation, who[n], path or {}, {}, json.dumps(bodies[n]).encode(), new_id(),
                                     version))

    with ThreadPoolExecutor(2) as pool:
        return sorted(json.loads(one.body).get("code") or "" for one in pool.map(answer, range(2)))


def test_one_household_gets_one_file(two: TwoDesks, hire: Callable[[], str]) -> None:
    he, she = hire(), hire()
    told = at_once(two, "open_hardship_file", (OFFICER, OFFICER), (body_of(he, she), body_of(she, he)))
    assert told == ["", "household-has-file"]


def test_a_last_approval_is_given_once(two: TwoDesks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    file = draft(two[0], hire())
    file.verify()
    file.grade()
    on_day(30)
    file.must("approve_hardship_file", SECOND_REVIEWER)
    others = (DIRECTOR, caller(Role.CENTRE_DIRECTOR))
    path = {"file_id": file.now["id"]}
    assert at_once(two, "approve_hardship_file", others, ({}, {}), path, file.now["version"]) == ["", "stale-version"]
    assert len(two[1].told("hardship_file_approved")) == 1


def test_two_objections_at_once_both_count(two: TwoDesks, hire: Callable[[], str]) -> None:
    file = draft(two[0], hire())
    file.verify()
    file.grade()
    bodies = ({"text": "另有住房"}, {"text": "有车"})
    path = {"file_id": file.now["id"]}
    assert at_once(two, "raise_public_objection", (NOBODY, NOBODY), bodies, path) == ["", ""]
    assert file.read()["open_objections"] == 2
    assert len(two[1].must("list_file_objections", COUNTY)["items"]) == 2


def test_one_review_a_year(two: TwoDesks) -> None:
    told = at_once(two, "open_file_review", (COUNTY, DIRECTOR), ({"year": today().year}, {"year": today().year}))
    assert told == ["", "review-year-known"]


def test_either_database_answers_the_queries(two: TwoDesks, hire: Callable[[], str],
                                             on_day: Callable[[int], None]) -> None:
    """The same, on both: their SQL differs in booleans, JSON and partial indexes."""
    desk, spouse = two[0], hire()
    file = active(desk, on_day, hire(), spouse)
    asked = {"is_unchanged": "false", "is_never_aided": "true", "store": "OPEN", "is_relapse_flagged": "false"}
    assert [row["id"] for row in desk.must("list_hardship_files", COUNTY, query=asked)["items"]] == [file.now["id"]]
    assert desk.must("count_hardship_files", COUNTY, query=asked)["total"] == 1
    review = desk.must("open_file_review", DIRECTOR, body={"year": today().year})
    path = {"review_id": review["id"]}
    desk.must("begin_file_review", DIRECTOR, path=path, version=1)
    desk.tick()
    file.read()
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    told = desk.must("get_review_progress", COUNTY, path=path)
    assert (told["reviewed"], told["sampled"], told["inconsistent"]) == (1, 1, 0)
    assert desk.must("list_review_items", COUNTY, path=path, query={"is_checked": "true"})["items"] == []
    ids = {one["worker_id"]: one["id"] for one in file.now["members"]}
    split = {"members": [{"member_id": ids[spouse], "relation": "HEAD"}], "head_worker_id": spouse,
             "main_cause": "LAID_OFF", "reason": "分户"}
    other = file.must("split_household", COUNTY, **split)["new_file_id"]
    file.read()
    file.must("merge_hardship_files", COUNTY, other_file_id=other, head_relation="SPOUSE", reason="复合")
    assert len(file.now["members"]) == 2
    assert desk.must("list_public_notices", NOBODY, query={"org_path": PLACE})["items"] == []
