"""Members of the union are found in agencies' lists, chunk by chunk, each told once, and no number leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.exchange.application import comparing
from services.exchange.domain.batch import content_hash
from shared.kernel.errors import Invalid, Unavailable
from shared.kernel.roles import Role
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import KINDS, data_folder, fresh_url
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.exchange.test_exchange import OFFICER, batch, row, send
from tests.services.people import resident_id


class Listed:
    """Workers of whom each number is known, on the desk of membership."""

    def __init__(self, membership: Desk) -> None:
        self.membership = membership

    def worker(self, number: int, org_path: str = PLACE) -> str:
        body = {"name": f"李{number}", "id_number": resident_id(number), "registration": "LOCAL_URBAN",
                "employment": "UNEMPLOYED"}
        clerk = caller(Role.WINDOW_CLERK, org_path=org_path)
        return str(self.membership.must("register_worker", clerk, body=body)["id"])

    def member(self, number: int, org_path: str = PLACE) -> str:
        worker_id = self.worker(number, org_path)
        people.join(self.membership, worker_id, org_path)
        return worker_id


@pytest.fixture
def listed(desk: Callable[[str], Desk]) -> Listed:
    return Listed(desk("membership"))


@pytest.fixture
def exchange(desk: Callable[[str], Desk]) -> Desk:
    return desk("exchange")


def hits(exchange: Desk) -> list[dict[str, Any]]:
    return [one["data"] for one in exchange.told("agency_hit_found")]


def unemployed(number: int, **told: Any) -> dict[str, Any]:
    return {"category": "DISMISSED", "name": "某某", "id_no": resident_id(number), "registered_on": "2025-11-03",
            **told}


def test_members_on_a_list_are_told_once(exchange: Desk, listed: Listed) -> None:
    member_id = listed.member(200_001)
    listed.worker(200_002)
    made = send(exchange, batch([row(200_001), row(200_002), row(200_003)]))
    for _ in range(3):
        exchange.tick()
    assert hits(exchange) == [{
        "worker_id": member_id, "batch_id": made["id"], "kind": "CIVIL_AFFAIRS_RELIEF", "category": "DIBAO",
        "is_running": True, "since": "2026-01-01", "until": None, "data_date": "2026-05-01"}]
    shown = exchange.must("get_batch", OFFICER, path={"batch_id": made["id"]})
    assert (shown["compared"], shown["members"]) == (3, 1)
    assert not [number for number in (200_001, 200_002, 200_003) if resident_id(number) in str(exchange.told())]


def test_what_has_ended_and_the_last_month_are_told(exchange: Desk, listed: Listed) -> None:
    listed.member(200_011)
    send(exchange, batch([row(200_011, status="STOPPED", end_ym="202602"), row(200_011, category="TEMPORARY")]))
    exchange.tick()
    told = {one["category"]: (one["is_running"], one["until"]) for one in hits(exchange)}
    assert told == {"DIBAO": (False, "2026-02-28"), "TEMPORARY": (True, None)}


def test_the_unemployed_are_told_too(exchange: Desk, listed: Listed) -> None:
    for number in (200_021, 200_022):
        listed.member(number)
    rows = [unemployed(200_021), unemployed(200_022, ended_on="2026-03-31")]
    body = batch([], kind="UNEMPLOYMENT") | {"rows": rows}
    body["trailer"] = {"count": 2, "amount_total_fen": 0, "sha256": content_hash(rows)}
    send(exchange, body)
    exchange.tick()
    assert [(one["since"], one["until"], one["is_running"]) for one in hits(exchange)] == [
        ("2025-11-03", None, True), ("2025-11-03", "2026-03-31", False)]


def test_a_list_set_aside_is_looked_through_after_its_release(exchange: Desk, listed: Listed) -> None:
    listed.member(200_031)
    made = send(exchange, batch([row(200_031), row(200_032, category="?")]))
    exchange.tick()
    assert hits(exchange) == []
    exchange.must("release_batch", OFFICER, path={"batch_id": made["id"]}, version=made["version"],
                  body={"reason": "已核对"})
    exchange.tick()
    assert len(hits(exchange)) == 1


def test_a_long_list_goes_chunk_by_chunk_and_on_from_where_it_stopped(
        exchange: Desk, listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "CHUNK", 2)
    for number in range(200_041, 200_046):
        listed.member(number)
    made = send(exchange, batch([row(number) for number in range(200_041, 200_046)]))
    exchange.tick()
    assert len(hits(exchange)) == 2

    def breaks(*_: Any) -> None:
        raise RuntimeError("the power goes out")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(comparing, "_hit", breaks)
        exchange.tick()
    assert len(hits(exchange)) == 2
    for seen in (4, 5, 5):
        exchange.tick()
        assert len(hits(exchange)) == seen
    assert len({one["worker_id"] for one in hits(exchange)}) == 5
    assert exchange.must("get_batch", OFFICER, path={"batch_id": made["id"]})["compared"] == 5


def test_a_list_that_cannot_be_looked_through_holds_up_no_other(exchange: Desk, listed: Listed,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    read, bad = comparing._hit, send(exchange, batch([row(200_048)]))
    send(exchange, batch([row(200_049)], batch_no="B-2"))
    for number in (200_048, 200_049):
        listed.member(number)

    def broken(agency_batch: Any, *rest: Any) -> Any:
        if agency_batch.id == bad["id"]:
            raise RuntimeError("a row nobody can read")
        return read(agency_batch, *rest)

    monkeypatch.setattr(comparing, "_hit", broken)
    for _ in range(60):
        with contextlib.suppress(RuntimeError):
            exchange.tick()
    assert len(hits(exchange)) == 1
    assert exchange.must("get_batch", OFFICER, path={"batch_id": bad["id"]})["compared"] == 0


def test_of_two_that_do_the_same_chunk_one_comes_through(exchange: Desk, listed: Listed,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    listed.member(200_051)
    send(exchange, batch([row(200_051)]))
    find = comparing._members

    def slow(work: Any, chunk: Any) -> Any:
        found = find(work, chunk)
        monkeypatch.setattr(comparing, "_members", find)
        exchange.tick()
        return found

    monkeypatch.setattr(comparing, "_members", slow)
    exchange.tick()
    assert len(hits(exchange)) == 1


def test_without_membership_the_list_waits(exchange: Desk, listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    listed.member(200_061)
    send(exchange, batch([row(200_061)]))

    class Away:
        def ask(self, *_: Any) -> dict[str, Any]:
            raise Unavailable("membership")

    with monkeypatch.context() as away:
        away.setattr(exchange, "outside", Away())
        exchange.tick()
    assert hits(exchange) == []
    exchange.tick()
    assert len(hits(exchange)) == 1


def test_who_looked_through_which_list_is_kept_and_the_hit_holds_no_number(exchange: Desk, listed: Listed) -> None:
    listed.member(200_071)
    made = send(exchange, batch([row(200_071)]))
    exchange.tick()
    entries = exchange.must("list_audit_entries", caller(Role.AUDITOR), query={"subject_id": made["id"]})["items"]
    assert "compare_batches" in [one["action"] for one in entries]
    with exchange.database.read() as connection:
        kept = connection.execute(text("select * from agency_hits")).all()
    assert len(kept) == 1
    assert resident_id(200_071) not in str(kept) + str(entries)


def test_a_member_is_told_where_membership_serves_them(exchange: Desk, listed: Listed) -> None:
    listed.member(200_081, f"{PLACE}mill/")
    send(exchange, batch([row(200_081)]))
    exchange.tick()
    (told,) = exchange.told("agency_hit_found")
    assert (told["orgpath"], told["dataclass"]) == (f"{PLACE}mill/", "PERSONAL")


@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_that_look_at_once_tell_each_member_once(
        request: pytest.FixtureRequest, kind: str, desk: Callable[[str], Desk], listed: Listed, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "CHUNK", 2)
    numbers = range(200_091, 200_101)
    for number in numbers:
        listed.member(number)
    given = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    with fresh_url(kind, given) as url:
        migrate("exchange", url, data_folder(tmp_path))
        databases = [Database(service_url("exchange", url, data_folder(tmp_path))) for _ in range(2)]
        both = [Desk("exchange", database, desk) for database in databases]
        made = send(both[0], batch([row(number) for number in numbers]))
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one: [one.tick() for _ in range(6)], both))
        both[0].tick()
        assert len({one["worker_id"] for one in hits(both[0])}) == len(hits(both[0])) == 10
        shown = both[1].must("get_batch", OFFICER, path={"batch_id": made["id"]})
        assert (shown["compared"], shown["members"]) == (10, 10)
        for database in databases:
            database.close()


# -- what membership says --------------------------------------------------------------------------------------


def test_membership_tells_positions_and_places_of_members_only(listed: Listed, desk: Callable[[str], Desk]) -> None:
    member_id, gone_id = listed.member(200_111), listed.worker(200_112)
    ended = people.join(listed.membership, gone_id)
    listed.membership.must("end_membership", caller(Role.GRASSROOTS_OFFICER), version=ended["version"],
                           path={"membership_id": ended["id"]}, body={"reason": "离会"})
    listed.worker(200_113)
    numbers = [resident_id(number) for number in (200_112, 200_113, 200_114, 200_111)]
    answer = desk.ask("membership", "find_members", {"id_numbers": numbers})  # type: ignore[attr-defined]
    assert answer == {"members": [{"position": 3, "worker_id": member_id, "org_path": PLACE}]}


@pytest.mark.parametrize("numbers", [[], ["370202199001010000"], [resident_id(1)] * 501],
                         ids=["none", "wrong", "too many"])
def test_membership_refuses_other_questions(desk: Callable[[str], Desk], numbers: list[str]) -> None:
    with pytest.raises(Invalid):
        desk.ask("membership", "find_members", {"id_numbers": numbers})  # type: ignore[attr-defined]
