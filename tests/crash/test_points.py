"""kill -9 at the points where a careless product loses or doubles: around each commit, publish and acknowledgement."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import amqp
import pytest
from kombu import Connection, Exchange, Queue
from sqlalchemy import event, text

from shared.bus.publisher import ConfirmedPublisher
from shared.bus.topology import EVENTS
from shared.service.relay import Relay, waiting
from shared.store import audit
from tests.crash.shuffling import connected
from tests.crash.victim import KEY, QUEUE
from tests.databases import data_folder
from tests.service.conftest import Desk, database, desk  # noqa: F401  a database of its own, on both kinds
from tests.service.test_dispatch import employer
from tests.service.test_react import body, effects, envelope, note_another, reactor, rows
from tests.storm import until

ROOT = Path(__file__).parents[2]
EVENTS_TOLD = 30


@pytest.fixture(scope="module")
def victims(no_process_left: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The process that makes victims, and the log of theirs."""
    log = tmp_path_factory.mktemp("victims") / "log"
    argv = [sys.executable, "-W", "ignore", "-m", "tests.crash.victim"]
    with log.open("wb") as out, subprocess.Popen(argv, cwd=ROOT, env=dict(os.environ), stdin=subprocess.PIPE,
                                                 stdout=subprocess.PIPE, stderr=out, text=True) as process:
        yield process, log


@pytest.fixture
def killed(desk: Desk, victims: Any, tmp_path: Path, amqp_url: str) -> Any:  # noqa: F811
    """A function that lets a process run into its death at a point, on the same database."""
    process, log = victims

    def run(point: str) -> None:
        url = "" if desk.database.is_sqlite else desk.database.url.set(query={}).render_as_string(hide_password=False)
        process.stdin.write(json.dumps([point, url, str(data_folder(tmp_path)), amqp_url]) + "\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == str(signal.SIGKILL.value), log.read_text("utf-8")[-2000:]

    return run


@pytest.mark.parametrize(("point", "was_done"), [("command before commit", False), ("command after commit", True)])
def test_a_command_is_carried_out_once(desk: Desk, killed: Any, point: str, was_done: bool) -> None:  # noqa: F811
    killed(point)
    assert (effects(desk.database), len(desk.told())) == (int(was_done), int(was_done))
    status, made = desk.do("register_employer", employer(1), key=KEY)
    assert (status, "Idempotent-Replayed" in desk.log[-1].headers) == (201, was_done)
    assert (effects(desk.database), len(desk.told())) == (1, 1)
    assert desk.told()[0]["subject"] == made["id"]
    with desk.database.read() as connection:
        assert list(audit.verify(connection)) == []


def test_a_commit_without_an_answer_is_not_called_undone(desk: Desk) -> None:  # noqa: F811
    """The server goes away with the commit in hand: nobody knows, so the caller is told to repeat with the key."""
    if desk.database.is_sqlite:
        pytest.skip("SQLite answers its own process")

    def cut(connection: Any) -> None:
        pid = connection.connection.dbapi_connection.info.backend_pid
        with desk.database.read() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})

    event.listen(desk.database.engine, "commit", cut)
    status, refused = desk.do("register_employer", employer(1), key=KEY)
    event.remove(desk.database.engine, "commit", cut)
    assert (status, refused["code"], "Retry-After" in desk.log[-1].headers) == (503, "outcome-unknown", True)
    assert desk.do("register_employer", employer(1), key=KEY)[0] == 201
    assert effects(desk.database) == 1


@pytest.fixture
def heard(amqp_url: str) -> Iterator[Any]:
    """A function that returns the ids of all events published since the test began, in order."""
    with Connection(amqp_url) as connection:
        channel = connection.channel()
        queue = Queue("", exchange=Exchange(EVENTS.name, "topic"), routing_key="#", exclusive=True)(channel)
        queue.declare()

        def so_far() -> list[Any]:
            found: list[Any] = []
            while (message := queue.get(no_ack=True)) is not None:
                found.append(json.loads(message.body)["id"])
            return found

        yield so_far


@pytest.mark.parametrize(("point", "sent"), [("relay before sending", 0), ("relay half sent", 15),
                                             ("relay sent, not marked", 30)])
def test_no_event_is_lost_by_the_relay(desk: Desk, killed: Any, heard: Any, amqp_url: str,  # noqa: F811
                                       point: str, sent: int) -> None:
    for number in range(EVENTS_TOLD):
        desk.do("register_employer", employer(number))
    told = [one["id"] for one in desk.told()]
    killed(point)
    assert heard() == told[:sent]
    with desk.database.read() as connection:
        assert waiting(connection)["unpublished"] == EVENTS_TOLD
    publisher = ConfirmedPublisher(amqp_url, "after the crash")
    publisher.link.start(10)
    relay = Relay("membership", desk.database, publisher.publish)
    assert (relay.run_once(), relay.run_once()) == (EVENTS_TOLD, 0)
    relay.close()
    publisher.link.close()
    assert heard() == told


@pytest.fixture
def queue(amqp_url: str) -> Iterator[Any]:
    """A quorum queue to consume from."""
    with connected(amqp_url) as connection:
        channel = connection.channel()
        channel.queue_declare(QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.queue_purge(QUEUE)
        channel.confirm_select()
        yield channel
        channel.queue_delete(QUEUE)


@pytest.mark.parametrize(("point", "was_done"), [("event before commit", False), ("event after commit", True)])
def test_an_event_has_one_effect(desk: Desk, killed: Any, queue: Any, point: str, was_done: bool) -> None:  # noqa: F811
    queue.basic_publish_confirm(amqp.Message(body(envelope()), delivery_mode=2), exchange="", routing_key=QUEUE)
    killed(point)
    assert (effects(desk.database), [row.state for row in rows(desk.database)]) == (
        (1, ["done"]) if was_done else (0, []))
    message = until("not acknowledged, so the broker gives it back", lambda: queue.basic_get(QUEUE))
    assert message.delivery_info["redelivered"]
    reactor(desk.database, note_another).receive(message.body.encode() if isinstance(message.body, str)
                                                 else message.body)
    queue.basic_ack(message.delivery_tag)
    assert (effects(desk.database), [row.state for row in rows(desk.database)]) == (1, ["done"])
