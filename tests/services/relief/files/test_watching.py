"""What other services tell, and what comes of it: reviews, and the watch for a relapse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.application.files.reactions import ON_A_LIST
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.relief.households import COUNTY, DIRECTOR, FACTS, RICH, File, active, draft

TOLD: dict[str, dict[str, Any]] = {
    "membership.membership_ended.v1": {}, "jobs.placement_ended.v1": {"placement_id": new_id(), "reason": "辞退"},
    "membership.employer_changed.v1": {"employer_id": None, "employment": "UNEMPLOYED"},
}


def out_of_hardship(relief: Desk, on_day: Callable[[int], None], *members: str) -> File:
    """On day 60."""
    file = active(relief, on_day, *members)
    file.must("start_file_review", COUNTY, reason="就业")
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    on_day(60)
    file.must("confirm_file_exit", DIRECTOR)
    return file


@pytest.mark.parametrize("kind", TOLD)
def test_an_active_file_is_reviewed(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None],
                                    kind: str) -> None:
    head, spouse = hire(), hire()
    file = active(relief, on_day, head, spouse)
    assert relief.tell(kind, {**TOLD[kind], "worker_id": hire()}) == "done"
    assert file.read()["state"] == "ACTIVE"
    assert relief.tell(kind, {**TOLD[kind], "worker_id": spouse}) == "done"
    assert file.read()["state"] == "REVIEWING"
    assert relief.tell(kind, {**TOLD[kind], "worker_id": spouse}) == "done"
    assert len(relief.told("file_review_started")) == 1


@pytest.mark.parametrize("kind", TOLD)
def test_a_file_on_its_way_is_left_alone(relief: Desk, worker_id: str, kind: str) -> None:
    file = draft(relief, worker_id)
    assert relief.tell(kind, {**TOLD[kind], "worker_id": worker_id}) == "done"
    assert (file.read()["state"], file.now["version"]) == ("DRAFT", 1)


def hit(relief: Desk, worker_id: str, since: int, *, until: int | None = None, **more: Any) -> str:
    """A row of a list: from one day of the test to another."""
    day = [None if n is None else str(today() + timedelta(days=n)) for n in (since, until)]
    return relief.tell("exchange.agency_hit_found.v1", {
        "worker_id": worker_id, "batch_id": new_id(), "kind": "UNEMPLOYMENT", "category": "-",
        "is_running": until is None, "since": day[0], "until": day[1], "data_date": str(today()), **more})


def test_a_list_that_is_news_starts_one_review(relief: Desk, hire: Callable[[], str],
                                               on_day: Callable[[int], None]) -> None:
    head, spouse = hire(), hire()
    file = active(relief, on_day, head, spouse)
    on_day(40)
    assert hit(relief, hire(), -1) == hit(relief, spouse, -10) == hit(relief, spouse, -300, until=-11) == "done"
    assert file.read()["state"] == "ACTIVE", "it was known when the file was approved"
    assert hit(relief, spouse, -9) == hit(relief, spouse, -9) == "done"
    assert (file.read()["state"], file.now["review_reason"]) == ("REVIEWING", ON_A_LIST)
    on_day(50)
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    for _ in range(2):
        hit(relief, spouse, -19)
        hit(relief, head, -100, until=-15, data_date=str(today() - timedelta(days=15)))
    assert file.read()["state"] == "ACTIVE", "told again and late, nothing is new"
    on_day(60)
    hit(relief, spouse, -29, until=-1)
    assert (file.read()["state"], len(relief.told("file_review_started"))) == ("REVIEWING", 2)


def test_in_any_order_a_list_starts_as_many_reviews(relief: Desk, hire: Callable[[], str],
                                                    on_day: Callable[[int], None]) -> None:
    """It ended is told before it began, and before the file is active."""
    head = hire()
    early = draft(relief, head)
    assert hit(relief, head, -1) == "done"
    assert (early.read()["state"], early.now["version"]) == ("DRAFT", 1)
    spouse = hire()
    file = active(relief, on_day, spouse)
    on_day(40)
    hit(relief, spouse, -5, until=-1)
    hit(relief, spouse, -5)
    assert (file.read()["state"], len(relief.told("file_review_started"))) == ("REVIEWING", 1)


@pytest.mark.parametrize(("day", "is_flagged"), [(60 + 300, True), (60 + 400, False)])
def test_work_lost_within_the_watch_is_flagged(relief: Desk, worker_id: str, on_day: Callable[[int], None], day: int,
                                               is_flagged: bool) -> None:
    file = out_of_hardship(relief, on_day, worker_id)
    on_day(day)
    relief.tell("jobs.placement_ended.v1", {"placement_id": new_id(), "reason": "辞退", "worker_id": worker_id})
    assert (file.read()["relapse_flagged_on"] is not None) == is_flagged
    assert len(relief.told("relapse_feared")) == is_flagged
    flagged = relief.must("list_hardship_files", COUNTY, query={"is_relapse_flagged": "true"})["items"]
    assert len(flagged) == is_flagged


@pytest.mark.parametrize(("day", "link"), [(60 + 300, "RELAPSE"), (60 + 400, "REAPPLIED")])
def test_a_new_file_follows_the_old_one(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None], day: int,
                                        link: str) -> None:
    head, spouse = hire(), hire()
    old = out_of_hardship(relief, on_day, head, spouse)
    on_day(day)
    new = draft(relief, spouse)
    assert (new.now["previous_file_id"], new.now["link"]) == (old.now["id"], link)
    told = [event["data"]["previous_file_id"] for event in relief.told("relapse_detected")]
    assert told == ([old.now["id"]] if link == "RELAPSE" else [])


def test_a_suspension_ends_by_itself_in_a_review(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("suspend_hardship_file", COUNTY, reason="疑似隐瞒收入")
    on_day(30 + 30)
    relief.tick()
    assert file.read()["state"] == "SUSPENDED"
    on_day(30 + 31)
    relief.tick()
    assert (file.read()["state"], file.now["suspended_until"]) == ("REVIEWING", None)
