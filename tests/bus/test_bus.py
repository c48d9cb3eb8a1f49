"""The bus kit on a real RabbitMQ: relay, confirms, and what happens when connections die."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import amqp
import pytest
from kombu import Connection, Exchange, Queue
from kombu.utils.url import parse_url

from shared.bus.client import Client, ServiceAway
from shared.bus.link import MOST_KEPT_BYTES, BrokerAway, Link
from shared.bus.publisher import ConfirmedPublisher
from shared.bus.topology import EVENTS
from shared.kernel.caller import system
from shared.service.messages import Request
from shared.service.relay import Relay, waiting
from shared.store.engine import Database
from tests.service.conftest import Desk, database, desk  # noqa: F401  the same database
from tests.service.test_dispatch import employer
from tests.storm import until


@pytest.fixture
def publisher(amqp_url: str) -> Iterator[ConfirmedPublisher]:
    one = ConfirmedPublisher(amqp_url, "test relay")
    one.link.start(10)
    yield one
    one.link.close()


@pytest.fixture
def heard(amqp_url: str, publisher: ConfirmedPublisher) -> Iterator[Any]:
    """A function that returns what has been published so far, as (routing key, sequence number)."""
    with Connection(amqp_url) as connection:
        channel = connection.channel()
        queue = Queue("", exchange=Exchange(EVENTS.name, "topic"), routing_key="#", exclusive=True)(channel)
        queue.declare()

        def all_so_far() -> list[Any]:
            found = []
            while (message := queue.get(no_ack=True)) is not None:
                found.append(message)
            return found

        yield all_so_far


def test_the_relay_publishes_the_outbox_once_and_in_order(
        desk: Desk, publisher: ConfirmedPublisher, heard: Any) -> None:  # noqa: F811
    for number in range(30):
        desk.do("register_employer", employer(number))
    relay = Relay("membership", desk.database, publisher.publish)
    assert (relay.run_once(), relay.run_once()) == (30, 0)
    relay.close()
    told = [json.loads(message.body)["id"] for message in heard()]
    assert told == [event["id"] for event in desk.told()]


def test_two_relays_at_once_publish_each_event_once(
        desk: Desk, publisher: ConfirmedPublisher, heard: Any) -> None:  # noqa: F811
    if desk.database.is_sqlite:
        pytest.skip("a SQLite database has one relay, in its one process")
    for number in range(40):
        desk.do("register_employer", employer(number))
    counts: list[int] = []
    relays = [Relay("membership", desk.database, publisher.publish) for _ in range(4)]
    threads = [threading.Thread(target=lambda r=relay: counts.append(r.run_once())) for relay in relays]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 40
    for relay in relays:
        relay.close()
    assert len(heard()) == 40


def test_another_relay_takes_over_when_the_first_has_gone(
        desk: Desk, publisher: ConfirmedPublisher) -> None:  # noqa: F811
    first, second = (Relay("membership", desk.database, publisher.publish) for _ in range(2))
    desk.do("register_employer", employer(1))
    assert first.run_once() == 1
    desk.do("register_employer", employer(2))
    if not desk.database.is_sqlite:
        assert second.run_once() == 0
    first.close()
    until("PostgreSQL has let go of the first's turn", lambda: second.run_once() == 1)
    second.close()


def test_what_was_not_confirmed_stays_in_the_outbox(desk: Desk) -> None:  # noqa: F811
    desk.do("register_employer", employer())

    def broken(_messages: Any) -> None:
        raise BrokerAway

    with pytest.raises(BrokerAway):
        Relay("membership", desk.database, broken).run_once()
    with desk.database.read() as connection:
        assert waiting(connection)["unpublished"] == 1


def test_the_publisher_works_again_after_its_connection_died(publisher: ConfirmedPublisher, heard: Any) -> None:
    publisher.publish([("test.a.v1", b"1")])
    publisher.link._connection.transport.sock.close()
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            publisher.publish([("test.a.v1", b"2")])
            break
        except BrokerAway:
            threading.Event().wait(0.1)
    assert [message.body for message in heard()][-1] in (b"2", "2")


def test_asking_a_service_that_is_not_there_fails_at_once(amqp_url: str) -> None:
    client = Client(amqp_url, "test", 5)
    client.link.start(10)
    started = time.monotonic()
    with pytest.raises(ServiceAway):
        client.call("nowhere", Request("x", system("test"), deadline=time.time() + 5))
    assert time.monotonic() - started < 2
    client.link.close()


def test_a_link_without_a_broker_says_so_at_once() -> None:
    link = Link("amqp://guest:guest@127.0.0.1:9//", "test", lambda _channel: None, lambda: None)
    link.start()
    with pytest.raises(BrokerAway):
        link.publish(amqp.Message("x"), "", "q")
    link.close()


def test_a_broker_that_stops_reading_holds_no_sender(amqp_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.bus.link.SOCKET_TIMEOUT_SECONDS", 0.5)
    with Dam(amqp_url) as dam:
        link = Link(dam.url, "test", lambda _channel: None, lambda: None)
        link.start(10)
        time.sleep(0.2)  # it reads by now
        started = time.monotonic()
        with pytest.raises(BrokerAway), link.batch() as send:
            dam.close()
            time.sleep(1)  # the reading thread has waited in vain once, and waits for us now
            for _ in range(1000):
                send(amqp.Message(b"x" * MOST_KEPT_BYTES), "", "nobody")
        assert time.monotonic() - started < 5
        link.close()


class Dam:
    """What stands between us and the broker, and lets nothing through once it is closed."""

    def __init__(self, amqp_url: str) -> None:
        at = parse_url(amqp_url)
        self._broker = (at["hostname"], at["port"])
        self._server = socket.create_server(("127.0.0.1", 0))
        self._is_open = threading.Event()
        self._sockets = [self._server]
        self.url = amqp_url.replace(f"{at['hostname']}:{at['port']}", f"127.0.0.1:{self._server.getsockname()[1]}")

    def __enter__(self) -> Dam:
        self._is_open.set()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def close(self) -> None:
        self._is_open.clear()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                ours, _ = self._server.accept()
                theirs = socket.create_connection(self._broker)
                self._sockets += [ours, theirs]
                for one, other in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while self._is_open.is_set() and (data := one.recv(4096)):
                other.sendall(data)

    def __exit__(self, *_: Any) -> None:
        for one in self._sockets:
            one.close()


def test_many_threads_publish_on_one_link(publisher: ConfirmedPublisher, heard: Any) -> None:
    def send(number: int) -> None:
        for index in range(20):
            publisher.publish([("test.b.v1", f"{number} {index}".encode())])

    threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard()) == 160


__all__ = ["Database"]
