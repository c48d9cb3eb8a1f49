"""The worst broker allowed: what it delivers comes late, twice, and in any order; nothing of it is lost."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import amqp
from kombu.utils.url import parse_url
from sqlalchemy import select

from shared.bus.publisher import ConfirmedPublisher
from shared.bus.topology import events_queue
from shared.contracts.catalogue import CONTRACTS
from shared.runtime.config import SERVICES, Settings
from shared.runtime.operate import database
from shared.store.tables import outbox

MOST_DELAY_SECONDS = 0.8
COPIES = 2
CONSUMERS = 2
MOST_HELD = 50


def connected(url: str) -> amqp.Connection:
    at = parse_url(url)
    connection = amqp.Connection(f"{at['hostname']}:{at['port']}", at["userid"], at["password"])
    connection.connect()
    return connection


class Shuffler(threading.Thread):
    """Takes what it can get of one queue before the service does, and gives it back later, twice."""

    def __init__(self, url: str, queue: str) -> None:
        super().__init__(name=f"shuffle {queue}", daemon=True)
        self.url, self.queue, self.shuffled = url, queue, 0
        self.stopping = threading.Event()
        self._held: list[tuple[float, Any]] = []

    def run(self) -> None:
        with connected(self.url) as connection:
            giving = connection.channel()
            giving.confirm_select()
            # as consumers beside the service's own, each gets its share
            taking = [connection.channel() for _ in range(CONSUMERS)]
            for number, channel in enumerate(taking):
                channel.basic_qos(0, MOST_HELD, False)
                channel.basic_consume(self.queue, consumer_tag=f"shuffler {number}", callback=self._take)
            while not self.stopping.is_set() or self._held:
                if self.stopping.is_set():
                    for number, channel in enumerate(taking):
                        channel.basic_cancel(f"shuffler {number}")
                    taking = []
                with contextlib.suppress(TimeoutError):
                    connection.drain_events(timeout=0.02)
                self._give_back(giving)

    def _take(self, message: Any) -> None:
        delay_seconds = random.uniform(0, MOST_DELAY_SECONDS)
        self._held.append((time.monotonic() + delay_seconds, message))

    def _give_back(self, channel: Any) -> None:
        due = [one for one in self._held if self.stopping.is_set() or one[0] <= time.monotonic()]
        random.shuffle(due)
        for one in due:
            self._held.remove(one)
            is_ours = one[1].delivery_info["exchange"] == ""  # given back once already
            for _ in range(1 if is_ours else COPIES):
                again = amqp.Message(one[1].body, delivery_mode=2)
                channel.basic_publish_confirm(again, exchange="", routing_key=self.queue)
            one[1].channel.basic_ack(one[1].delivery_tag)
            self.shuffled += not is_ours


@contextmanager
def shuffled(settings: Settings) -> Iterator[list[Shuffler]]:
    """Let the broker shuffle all events of all services."""
    assert settings.amqp_url
    threads = [Shuffler(settings.amqp_url, events_queue(name, contract.consumes).name)
               for name, contract in CONTRACTS.items() if contract.consumes]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.stopping.set()
        for thread in threads:
            thread.join(30)


def told(settings: Settings) -> list[tuple[str, bytes]]:
    """Every event that was ever told, as it was published."""
    found: list[tuple[str, bytes]] = []
    for name in SERVICES:
        with database(settings, name) as opened, opened.read() as connection:
            rows = connection.execute(select(outbox.c.type, outbox.c.envelope)).all()
            found += [(row.type, row.envelope.encode()) for row in rows]
    return found


def tell_again(settings: Settings, times: int) -> int:
    """Publish every event again, in any order; how many deliveries that makes."""
    assert settings.amqp_url
    events = told(settings) * times
    random.shuffle(events)
    publisher = ConfirmedPublisher(settings.amqp_url, "tell again")
    publisher.link.start(10)
    try:
        for at in range(0, len(events), 200):
            publisher.publish(events[at:at + 200])
    finally:
        publisher.link.close()
    return len(events)
