"""BLD-1 and BLD-4: what exchange, jobs and membership tell leads to a finding, once, for as long as it is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.relief.adapters.watch import circumstances, watch_runs
from services.relief.domain.watch.wording import CATEGORIES
from shared.contracts.exchange.rows import RELIEF_CATEGORIES
from shared.contracts.relief.watch.events import FIRST_CODES
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.exchange.test_exchange import batch, row, send
from tests.services.relief.households import COUNTY, OFFICER, draft
from tests.services.relief.watch.searching import found, handle

COUNSELLOR = caller(Role.JOB_COUNSELLOR)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def search(relief: Desk, code: str) -> list[dict[str, Any]]:
    """As on the next day."""
    with relief.database.write() as connection:
        connection.execute(watch_runs.delete())
    relief.tick()
    return found(relief, code)


def tell(relief: Desk, kind: str, data: dict[str, Any], *, subject: str | None = None, minutes: int = 0,
         event_id: str | None = None) -> None:
    """An event that happened so many minutes from now."""
    relief.hear([{"id": event_id or new_id(), "type": kind, "subject": subject or new_id(), "sequence": 100,
                  "orgpath": PLACE, "actor": "test", "time": (now() + timedelta(minutes=minutes)).isoformat(),
                  "data": data}])


def listed(relief: Desk, worker_id: str, *, minutes: int = 0, days_old: int = 5, event_id: str | None = None,
           **told: Any) -> None:
    data = {"worker_id": worker_id, "batch_id": new_id(), "kind": "CIVIL_AFFAIRS_RELIEF", "category": "DIBAO",
            "is_running": True, "since": "2026-01-01", "until": None,
            "data_date": str(today() - timedelta(days=days_old)), **told}
    tell(relief, "exchange.agency_hit_found.v1", data, minutes=minutes, event_id=event_id)


def months_ago(months: int) -> date:
    year, month = divmod(today().year * 12 + today().month - 1 - months, 12)
    return date(year, month + 1, 1)


def seeking(relief: Desk, worker_id: str, subject: str | None = None, *, minutes: int = 0, **told: Any) -> str:
    seeker_id = subject or new_id()
    data = {"worker_id": worker_id, "registered_on": str(today()), "expires_on": str(today() + timedelta(days=180)),
            "unemployed_since": str(months_ago(6)), "is_zero_employment_household": True, **told}
    tell(relief, "jobs.job_seeker_registered.v2", data, subject=seeker_id, minutes=minutes)
    return seeker_id


def placed(relief: Desk, worker_id: str, placement_id: str, minutes: int = 0) -> None:
    tell(relief, "jobs.placement_confirmed.v1", {
        "placement_id": placement_id, "worker_id": worker_id, "employer_id": new_id(), "monthly_wage_fen": 450_000,
        "started_on": str(today()), "confirmed_on": str(today())}, minutes=minutes)


def unplaced(relief: Desk, worker_id: str, placement_id: str, minutes: int = 0) -> None:
    tell(relief, "jobs.placement_ended.v1", {"placement_id": placement_id, "worker_id": worker_id, "reason": "离职"},
         minutes=minutes)


def left(relief: Desk, worker_id: str, minutes: int = 0) -> None:
    tell(relief, "membership.membership_ended.v1", {"worker_id": worker_id}, minutes=minutes)


def kept(relief: Desk) -> list[Any]:
    with relief.database.read() as connection:
        return list(connection.execute(select(circumstances)).all())


def test_every_category_of_the_list_has_a_name() -> None:
    assert set(CATEGORIES) == set(RELIEF_CATEGORIES)


# -- BLD-1 -----------------------------------------------------------------------------------------------------


def test_a_member_on_the_list_without_a_file_is_found_once(relief: Desk) -> None:
    worker_id = new_id()
    for event_id in (new_id(),) * 2 + (new_id(),):
        listed(relief, worker_id, event_id=event_id)
    listed(relief, worker_id, category="TEMPORARY")
    for _ in range(2):
        (finding,) = search(relief, "BLD-1")
    assert (finding["subject_kind"], finding["subject_id"], finding["worker_id"]) == ("WORKER", worker_id, worker_id)
    assert (finding["period"], finding["file_id"], finding["certainty"]) == (str(today().year), None, "D")
    assert "2026-01-01" in finding["explanation_zh"]
    (told,) = relief.told("finding_opened")
    assert (told["type"], told["data"]["code"]) == ("relief.finding_opened.v2", "BLD-1")
    assert "BLD-1" not in FIRST_CODES


def test_a_file_that_is_open_needs_no_visit(relief: Desk, desk: Callable[[str], Desk]) -> None:
    worker_id = people.worker(desk("membership"), None)
    draft(relief, worker_id)
    listed(relief, worker_id)
    assert search(relief, "BLD-1") == []


@pytest.mark.parametrize("told", [{"is_running": False}, {"until": "2026-01-31"}, {"kind": "UNEMPLOYMENT"}],
                         ids=["stopped", "over", "other list"])
def test_what_has_ended_is_not_found(relief: Desk, told: dict[str, Any]) -> None:
    listed(relief, new_id(), **told)
    assert search(relief, "BLD-1") == []


@pytest.mark.parametrize("is_stop_first", [False, True], ids=["in order", "late"])
def test_a_newer_list_says_that_it_has_stopped(relief: Desk, is_stop_first: bool) -> None:
    worker_id = new_id()
    tellings = [lambda: listed(relief, worker_id, days_old=35),
                lambda: listed(relief, worker_id, days_old=4, is_running=False)]
    for telling in reversed(tellings) if is_stop_first else tellings:
        telling()
    assert search(relief, "BLD-1") == []
    listed(relief, worker_id, days_old=3)
    assert len(search(relief, "BLD-1")) == 1


@pytest.mark.parametrize("is_left_first", [False, True], ids=["in order", "late"])
def test_who_has_left_the_union_is_not_found(relief: Desk, is_left_first: bool) -> None:
    worker_id = new_id()
    tellings = [lambda: listed(relief, worker_id, minutes=0), lambda: left(relief, worker_id, minutes=1)]
    for telling in reversed(tellings) if is_left_first else tellings:
        telling()
    assert search(relief, "BLD-1") == []
    listed(relief, worker_id, minutes=2, days_old=4)
    assert len(search(relief, "BLD-1")) == 1


def test_a_list_runs_out_and_is_deleted(relief: Desk, on_day: Callable[[int], None]) -> None:
    listed(relief, new_id(), days_old=91)
    assert kept(relief) == []
    worker_id = new_id()
    listed(relief, worker_id, days_old=0)
    on_day(90)
    assert len(kept(relief)) == 1
    on_day(91)
    assert search(relief, "BLD-1") == []
    assert kept(relief) == []


def test_on_the_last_day_it_still_counts(relief: Desk, on_day: Callable[[int], None]) -> None:
    listed(relief, new_id(), days_old=0)
    on_day(90)
    assert len(search(relief, "BLD-1")) == 1


# -- BLD-4 -----------------------------------------------------------------------------------------------------


def test_long_unemployed_where_nobody_works_are_found_once(relief: Desk) -> None:
    worker_id, seeker_id = new_id(), new_id()
    for _ in range(2):
        seeking(relief, worker_id, seeker_id)
    for _ in range(2):
        (finding,) = search(relief, "BLD-4")
    assert (finding["subject_id"], finding["certainty"]) == (worker_id, "D")
    assert f"{months_ago(6)}" in finding["explanation_en"]
    handle(relief, finding, "assign_finding", COUNTY, account_id=OFFICER.account_id)
    handle(relief, finding, "confirm_finding", OFFICER, reason="已上门")
    handle(relief, finding, "resolve_finding", OFFICER, action="HELPED_INTO_WORK", note="转就业窗口,推荐岗位三个")
    assert [one["data"]["action"] for one in relief.told("finding_resolved")] == ["HELPED_INTO_WORK"]


@pytest.mark.parametrize("told", [
    {"is_zero_employment_household": False}, {"unemployed_since": str(months_ago(5))}, {"unemployed_since": None}],
    ids=["somebody works", "not yet so long", "no day said"])
def test_others_who_look_for_work_are_not(relief: Desk, told: dict[str, Any]) -> None:
    seeking(relief, new_id(), **told)
    assert search(relief, "BLD-4") == []


def test_the_agency_may_know_of_an_earlier_day(relief: Desk) -> None:
    worker_id = new_id()
    seeking(relief, worker_id, unemployed_since=None)
    listed(relief, worker_id, kind="UNEMPLOYMENT", category="DISMISSED", since=str(months_ago(8)))
    (finding,) = search(relief, "BLD-4")
    assert str(months_ago(8)) in finding["explanation_zh"]


def test_with_a_file_there_is_no_blind_spot(relief: Desk, desk: Callable[[str], Desk]) -> None:
    worker_id = people.worker(desk("membership"), None)
    draft(relief, worker_id)
    seeking(relief, worker_id)
    assert search(relief, "BLD-4") == []


@pytest.mark.parametrize("is_end_first", [False, True], ids=["in order", "late"])
def test_a_registration_that_has_ended_is_not_found(relief: Desk, is_end_first: bool) -> None:
    worker_id, seeker_id = new_id(), new_id()
    ended = {"worker_id": worker_id, "state": "CLOSED"}
    tellings = [lambda: seeking(relief, worker_id, seeker_id),
                lambda: tell(relief, "jobs.job_seeker_ended.v1", ended, subject=seeker_id, minutes=1)]
    for telling in reversed(tellings) if is_end_first else tellings:
        telling()
    assert search(relief, "BLD-4") == []


def test_a_registration_runs_out_by_itself(relief: Desk, on_day: Callable[[int], None]) -> None:
    seeking(relief, new_id(), expires_on=str(today()))
    on_day(1)
    assert search(relief, "BLD-4") == []
    assert kept(relief) == []


@pytest.mark.parametrize("is_end_first", [False, True], ids=["in order", "late"])
def test_a_placement_ends_it_until_the_placement_ends(relief: Desk, is_end_first: bool) -> None:
    worker_id, first, second = new_id(), new_id(), new_id()
    placed(relief, worker_id, first)
    seeking(relief, worker_id)
    assert search(relief, "BLD-4") == []
    tellings = [lambda: placed(relief, worker_id, second, minutes=1),
                lambda: unplaced(relief, worker_id, second, minutes=2)]
    for telling in reversed(tellings) if is_end_first else tellings:
        telling()
    assert search(relief, "BLD-4") == []
    unplaced(relief, worker_id, first, minutes=3)
    assert len(search(relief, "BLD-4")) == 1


# -- from service to service -----------------------------------------------------------------------------------


def test_from_the_list_of_an_agency_to_the_finding(relief: Desk, desk: Callable[[str], Desk]) -> None:
    membership, exchange = desk("membership"), desk("exchange")
    body = {"name": "王某", "id_number": people.resident_id(210_001), "registration": "LOCAL_URBAN",
            "employment": "UNEMPLOYED"}
    worker_id = membership.must("register_worker", people.CLERK, body=body)["id"]
    people.join(membership, worker_id)
    send(exchange, batch([row(210_001), row(210_002)], data_date=str(today())))
    exchange.tick()
    relief.hear(exchange.told() * 2)
    (finding,) = search(relief, "BLD-1")
    assert (finding["worker_id"], finding["org_path"]) == (worker_id, PLACE)
    assert people.resident_id(210_001) not in str(kept(relief)) + str(relief.told()) + str(finding)


def test_from_the_registration_at_jobs_to_the_finding(relief: Desk, desk: Callable[[str], Desk]) -> None:
    worker_id, jobs = people.worker(desk("membership"), None), desk("jobs")
    seeker = jobs.must("register_job_seeker", COUNSELLOR, body={
        "worker_id": worker_id, "wish": "缝纫工", "unemployed_since": str(months_ago(7)),
        "is_zero_employment_household": True})
    relief.hear(jobs.told())
    assert [one["subject_id"] for one in search(relief, "BLD-4")] == [worker_id]
    jobs.must("close_job_seeker", COUNSELLOR, path={"seeker_id": seeker["id"]}, version=seeker["version"],
              body={"reason": "已就业"})
    relief.hear(jobs.told())
    assert [fact.is_running for fact in kept(relief)] == [False]
