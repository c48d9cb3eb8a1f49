"""Events: once in effect, retried with growing delay, parked rather than lost."""

from __future__ import annotations

import hashlib
import itertools
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from services.membership.adapters.tables import employers
from services.membership.domain.employer import Employer
from shared.contracts.membership import CONTRACT
from shared.kernel.clock import now, real_now
from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id
from shared.runtime.demo import people
from shared.service.react import (
    DELAYS_SECONDS,
    MOST_CHARACTERS,
    NotYet,
    Reactor,
    Told,
    Unreadable,
    read_envelope,
    set_state,
)
from shared.store.engine import Database
from shared.store.tables import inbox
from shared.store.work import Work
from tests.service.conftest import HERE, Desk, Nobody

_numbers = itertools.count(1)
REGISTERED = "membership.worker_registered.v1"
EVENTS = {event.type: event for event in CONTRACT.events}


def note_employer(work: Work, told: Told) -> None:
    work.add(Employer.register(new_id(), told.org_path, people.uscc(told.sequence), "由事件登记", now()))


def reactor(database: Database, reaction: Callable[[Work, Told], None] = note_employer) -> Reactor:
    contract = replace(CONTRACT, consumes=(REGISTERED,))
    return Reactor(contract, {REGISTERED: reaction}, EVENTS, database, Nobody(), structlog.get_logger())


def envelope(number: int = 1, **change: Any) -> dict[str, Any]:
    return {"specversion": "1.0", "id": new_id(), "type": REGISTERED, "subject": new_id(), "sequence": number,
            "orgpath": HERE, "data": {"is_migrant": True, "employer_id": None}, **change}


def body(event: dict[str, Any]) -> bytes:
    return json.dumps(event).encode()


def rows(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(select(inbox)).all())


def effects(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(employers)).scalar_one()


def make_due(database: Database) -> None:
    with database.write() as connection:
        connection.execute(update(inbox).values(next_attempt_at=real_now()))


def note_another(work: Work, told: Told) -> None:
    """An effect that nothing but the inbox keeps from happening twice."""
    work.add(Employer.register(new_id(), told.org_path, people.uscc(next(_numbers)), "由事件登记", now()))


@pytest.mark.parametrize("state", ["done", "parked", "discarded"])
def test_what_has_a_fate_is_not_handled_again(database: Database, state: str) -> None:
    one, message = reactor(database, note_another), body(envelope())
    one.receive(message)
    with database.write() as connection:
        connection.execute(update(inbox).values(state=state))
    one.receive(message)
    assert (effects(database), [row.state for row in rows(database)]) == (1, [state])


def test_an_event_delivered_many_times_at_once_has_one_effect(database: Database) -> None:
    one, message = reactor(database, note_another), body(envelope())
    start = threading.Barrier(8)

    def deliver() -> None:
        start.wait()
        one.receive(message)

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert effects(database) == 1
    assert [row.state for row in rows(database)] == ["done"]


def test_an_event_that_comes_too_early_is_tried_again_until_it_fits(database: Database) -> None:
    tries: list[int] = []

    def reaction(work: Work, told: Told) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise NotYet(what="会籍")
        note_employer(work, told)

    one = reactor(database, reaction)
    one.receive(body(envelope()))
    assert [(row.state, row.attempts) for row in rows(database)] == [("waiting", 1)]
    for _ in range(2):
        make_due(database)
        assert one.retry_due() == 1
    assert one.retry_due() == 0
    assert (effects(database), rows(database)[0].state) == (1, "done")


def test_who_waits_for_a_retry_rests_until_it_is_due_and_no_longer(database: Database) -> None:
    def reaction(work: Work, told: Told) -> None:
        raise NotYet(what="会籍")

    one = reactor(database, reaction)
    assert (one.rest_seconds(2.0), one.failed.is_set()) == (2.0, False)
    one.receive(body(envelope()))
    assert one.failed.is_set()
    assert 0 < one.rest_seconds(2.0) <= DELAYS_SECONDS[0] < 2.0
    make_due(database)
    assert one.rest_seconds(2.0) < DELAYS_SECONDS[0] / 2


def test_a_poisoned_event_is_parked_after_its_attempts_and_others_flow(database: Database) -> None:
    def reaction(work: Work, told: Told) -> None:
        if told.sequence == 13:
            raise RuntimeError("毒消息\x00")
        note_employer(work, told)

    one = reactor(database, reaction)
    one.receive(body(envelope(13)))
    one.receive(body(envelope(14)))
    for _ in DELAYS_SECONDS:
        make_due(database)
        one.retry_due()
    states = {row.state: row for row in rows(database)}
    assert set(states) == {"parked", "done"}
    assert states["parked"].attempts == len(DELAYS_SECONDS) + 1
    assert "毒消息" in states["parked"].last_error
    assert one.retry_due() == 0


def test_another_services_absence_never_parks_an_event(database: Database) -> None:
    def reaction(work: Work, told: Told) -> None:
        raise Unavailable("membership")

    one = reactor(database, reaction)
    one.receive(body(envelope()))
    for _ in range(len(DELAYS_SECONDS) + 3):
        make_due(database)
        one.retry_due()
    assert [(row.state, row.attempts) for row in rows(database)] == [("waiting", 0)]


@pytest.mark.parametrize("broken", [
    b"", b"{", b"\xff\x00", b"[]", b'{"id": 5}', b"[" * 50_000, body(envelope(type="membership.worker_registered.v9")),
    body(envelope(data={"is_migrant": "maybe"})), body(envelope(data=[])), body(envelope(id="x" * 500))])
def test_what_cannot_be_read_is_parked_not_lost(database: Database, broken: bytes) -> None:
    one = reactor(database)
    for _ in range(2):
        one.receive(broken)
    (row,) = rows(database)
    assert row.state == "parked"
    assert row.envelope.encode() == broken.decode("utf-8", "backslashreplace").replace("\x00", "\\x00").encode()
    assert row.last_error
    assert effects(database) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                          lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)),
       field=st.sampled_from(["id", "type", "subject", "sequence", "orgpath", "data", "traceparent", "extra", None]))
def test_any_envelope_ends_in_the_inbox(database: Database, event: Any, field: str | None) -> None:
    def nothing(_work: Work, _told: Told) -> None:
        return None

    told = json.dumps(event if field is None else {**envelope(), field: event}).encode()
    reactor(database, nothing).receive(told)
    assert kept_as(told) in {row.event_id for row in rows(database)}


def kept_as(told: bytes) -> str:
    """Under which key the inbox keeps a message: its own id, or the hash of what cannot be read."""
    try:
        return str(read_envelope(told)["id"])
    except Unreadable:
        return f"raw-{hashlib.sha256(told).hexdigest()}"


@pytest.mark.parametrize("name", ["id", "type", "subject"])
def test_a_text_too_long_for_the_inbox_is_parked_like_all_that_cannot_be_read(database: Database, name: str) -> None:
    one, most = reactor(database), MOST_CHARACTERS[name]
    one.receive(body(envelope(**{name: "x" * (most + 1)})))
    one.bury(body(envelope(**{name: "y" * (most + 1)})))
    assert [row.state for row in rows(database)] == ["parked", "parked"]
    one.receive(body(envelope(**{name: "z" * most})))
    assert len(rows(database)) == 3


def test_what_the_broker_gave_up_is_parked_once_and_can_be_tried_again(database: Database) -> None:
    one, event = reactor(database, note_another), envelope()
    one.bury(body(event))
    one.bury(body(event))
    assert [(row.event_id, row.state) for row in rows(database)] == [(event["id"], "parked")]
    with database.write() as connection:
        assert set_state(connection, event["id"], "waiting")
    assert (one.retry_due(), one.retry_due()) == (1, 0)
    one.bury(body(event))
    assert (effects(database), [row.state for row in rows(database)]) == (1, ["done"])


def test_what_cannot_be_read_is_parked_again_when_tried_and_others_flow(database: Database) -> None:
    one = reactor(database, note_another)
    one.receive(b"{")
    with database.write() as connection:
        assert set_state(connection, rows(database)[0].event_id, "waiting")
    one.receive(body(envelope()))
    assert (one.retry_due(), one.retry_due()) == (1, 0)
    assert (effects(database), sorted(row.state for row in rows(database))) == (1, ["done", "parked"])


def test_an_operator_reads_retries_and_discards_parked_messages(desk: Desk) -> None:
    works: list[bool] = []

    def reaction(work: Work, told: Told) -> None:
        if not works:
            raise RuntimeError("not today")
        note_employer(work, told)

    one = reactor(desk.database, reaction)
    first, second = envelope(1), envelope(2)
    for event in (first, second):
        for _ in range(len(DELAYS_SECONDS) + 1):
            one.receive(body(event))
            make_due(desk.database)
            one.retry_due()
    listed = desk.do("list_parked_messages", query={})[1]["items"]
    assert {item["event_id"] for item in listed} == {first["id"], second["id"]}
    shown = desk.do("get_parked_message", path={"event_id": first["id"]})[1]
    assert "not today" in shown["last_error"]
    works.append(True)
    assert desk.do("retry_parked_message", {}, path={"event_id": first["id"]})[1]["state"] == "waiting"
    assert one.retry_due() == 1
    status, gone = desk.do("discard_parked_message", {"reason": "重复录入"}, path={"event_id": second["id"]})
    assert (status, gone["state"], gone["note"]) == (200, "discarded", "重复录入")
    assert desk.do("retry_parked_message", {}, path={"event_id": second["id"]})[1]["code"] == "not-parked"
    assert (effects(desk.database), desk.do("list_parked_messages", query={})[1]["items"]) == (1, [])
