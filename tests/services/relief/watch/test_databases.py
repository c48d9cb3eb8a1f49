"""The sums and the search on SQLite and on PostgreSQL, and two processes that search at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.watch import circumstances
from services.relief.application.watch.scans import SCANS
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import COUNTY, OFFICER, draft
from tests.services.relief.means.payments import paid
from tests.services.relief.samples import fund
from tests.services.relief.watch.test_blind_spots import listed

DIRECTOR = caller(Role.CENTRE_DIRECTOR)


def test_both_databases_sum_the_same(two: tuple[Desk, Desk], desk: Callable[[str], Desk]) -> None:
    relief, other = two
    head, spouse = (people.worker(desk("membership"), None) for _ in range(2))
    draft(relief, head, spouse)
    fund_id, year = fund(relief, fen=0)["id"], {"year": str(today().year)}
    for worker_id, fen in ((head, 30_000), (spouse, 10_000), (new_id(), 90_000), (new_id(), 40_000)):
        paid(relief, worker_id, fen, today(), fund_id=fund_id)
    found = relief.must("get_spread", DIRECTOR, query=year)
    assert (found["payments"], found["households"], found["amount_fen"], found["gini_bp"]) == (4, 3, 170_000, 1_961)
    assert sum(month["amount_fen"] for month in found["months"]) == 170_000
    (unit,) = other.must("get_spread_by_unit", DIRECTOR, query=year)["units"]
    rows = other.must("get_spread_by_household", DIRECTOR, query=year)["households"]
    assert [row["amount_fen"] for row in rows] == [90_000, 40_000, 40_000]
    assert {name: found[name] for name in unit if name != "org_path"} == {
        name: value for name, value in unit.items() if name != "org_path"}


def test_two_processes_that_search_at_once_find_each_once(two: tuple[Desk, Desk]) -> None:
    relief, _ = two
    fund_id, workers = fund(relief, fen=0)["id"], [new_id() for _ in range(30)]
    for worker_id in workers * 2:
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    start = Barrier(2)

    def search(one: Desk) -> None:
        start.wait()
        one.tick()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(search, two))
    relief.tick()
    found = relief.must("list_findings", COUNTY, query={"code": "DUP-3", "limit": "200"})["items"]
    assert sorted(row["subject_id"] for row in found) == sorted(workers)
    assert len(relief.told("finding_opened")) == 30
    with relief.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM watch_runs WHERE after IS NULL")).scalar() == len(SCANS)


def test_two_that_hear_the_same_keep_it_once_and_the_newest(two: tuple[Desk, Desk]) -> None:
    workers, days = [new_id() for _ in range(10)], (30, 10, 20)
    start = Barrier(2)

    def hear(one: Desk) -> None:
        start.wait()
        for worker_id in workers:
            for days_old in days:
                listed(one, worker_id, days_old=days_old, since=str(today() - timedelta(days=days_old)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(hear, two))
    two[0].reactor.retry_due()
    with two[0].database.read() as connection:
        rows = connection.execute(select(circumstances.c.worker_id, circumstances.c.as_of)).all()
    assert sorted(tuple(row) for row in rows) == sorted((one, today() - timedelta(days=10)) for one in workers)


def test_what_has_run_out_is_deleted_on_both(two: tuple[Desk, Desk], on_day: Callable[[int], None]) -> None:
    for _ in range(3):
        listed(two[0], new_id(), days_old=0)
    on_day(91)
    two[1].tick()
    with two[0].database.read() as connection:
        assert connection.execute(select(circumstances)).all() == []


@pytest.mark.parametrize("statement", ["UPDATE means_tests SET grade = 'NONE'", "DELETE FROM means_tests"])
def test_both_databases_keep_recorded_tests(two: tuple[Desk, Desk], desk: Callable[[str], Desk],
                                            statement: str) -> None:
    relief, _ = two
    file = draft(relief, people.worker(desk("membership"), None))
    body: dict[str, Any] = {"persons": [{"age": 50}]}
    made = relief.must("record_means_test", OFFICER, path={"file_id": file.now["id"]}, body=body)
    with pytest.raises(DBAPIError, match="append-only"), relief.database.write() as connection:
        connection.execute(text(statement))
    with relief.database.write() as connection:
        connection.execute(text("UPDATE means_tests SET sealed_facts = sealed_facts"))
    assert relief.must("get_recorded_means_test", COUNTY, path={"test_id": made["id"]}) == made
