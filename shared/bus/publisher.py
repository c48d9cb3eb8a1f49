"""Publishes events with confirms, many in flight: the broker has each on disk before `publish` returns."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import amqp
from kombu import Queue, binding

from shared.bus.link import BrokerAway, Link
from shared.bus.topology import DEAD, EVENTS

CONFIRM_TIMEOUT_SECONDS = 15
PERSISTENT = 2


class NotConfirmed(BrokerAway):
    """The broker refused a message (a full queue) or did not confirm in time; it will be sent again."""

    code = "broker-refused"


class ConfirmedPublisher:
    """One channel in confirm mode. It declares `queues`, those of all who listen, before it publishes: an event told
    before its listener has ever run, or after the broker has lost its disk, waits there instead of going nowhere."""

    def __init__(self, url: str, name: str, queues: Sequence[Queue] = ()) -> None:
        self._queues = queues
        self._condition = threading.Condition()
        self._unconfirmed: set[int] = set()
        self._refused: set[int] = set()
        self._next_tag = 1
        self._openings = 0
        self._one_batch = threading.Lock()
        self.link = Link(url, name, self._open, self._lost)

    def publish(self, messages: Sequence[tuple[str, bytes]]) -> None:
        """Send (routing key, envelope) pairs in order and wait until all are confirmed. Raises BrokerAway."""
        with self._one_batch:
            with self.link.batch() as send:
                opening, mine = self._expect(len(messages))
                for key, body in messages:
                    send(amqp.Message(body, content_type="application/cloudevents+json", delivery_mode=PERSISTENT),
                         EVENTS.name, key)
            self._wait(opening, mine)

    def _expect(self, count: int) -> tuple[int, set[int]]:
        """The channel's opening, and the tags under which it will confirm the next messages."""
        with self._condition:
            first, self._next_tag = self._next_tag, self._next_tag + count
            tags = set(range(first, self._next_tag))
            self._unconfirmed |= tags
            return self._openings, tags

    def _wait(self, opening: int, tags: set[int]) -> None:
        until = time.monotonic() + CONFIRM_TIMEOUT_SECONDS
        with self._condition:
            while self._unconfirmed & tags and self._openings == opening:
                if not self.link.is_open or not self._condition.wait(max(0.0, until - time.monotonic())):
                    raise NotConfirmed
            if self._refused & tags or self._openings != opening:  # a new channel knows nothing of them
                self._refused.clear()
                raise NotConfirmed

    def _open(self, channel: Any) -> None:
        for exchange in (EVENTS, DEAD):
            channel.exchange_declare(exchange.name, exchange.type, durable=True, auto_delete=False)
        for queue in self._queues:
            channel.queue_declare(queue.name, durable=True, auto_delete=False, arguments=queue.queue_arguments)  # type: ignore[attr-defined]
            for bound in queue.bindings or [binding(queue.exchange, routing_key=queue.routing_key)]:
                channel.queue_bind(queue.name, bound.exchange.name, bound.routing_key)
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_nack"].add(self._nacked)
        with self._condition:
            self._openings += 1
            self._next_tag = 1
            self._unconfirmed.clear()
            self._refused.clear()

    def _acked(self, tag: int, multiple: bool) -> None:
        with self._condition:
            self._unconfirmed -= {t for t in self._unconfirmed if t <= tag} if multiple else {tag}
            self._condition.notify_all()

    def _nacked(self, tag: int, multiple: bool) -> None:
        with self._condition:
            self._refused |= {t for t in self._unconfirmed if t <= tag} if multiple else {tag}
        self._acked(tag, multiple)

    def _lost(self) -> None:
        with self._condition:
            self._condition.notify_all()
