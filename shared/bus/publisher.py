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
        self._one_batch = threading.Lock()
        self.link = Link(url, name, self._open, self._lost)

    def publish(self, messages: Sequence[tuple[str, bytes]]) -> None:
        """Send (routing key, envelope) pairs in order and wait until all are confirmed. Raises BrokerAway."""
        with self._one_batch:
            with self.link.locked():
                mine = {self._send(key, body) for key, body in messages}
            self._wait(mine)

    def _send(self, key: str, body: bytes) -> int:
        message = amqp.Message(body, content_type="application/cloudevents+json", delivery_mode=PERSISTENT)
        with self._condition:
            tag, self._next_tag = self._next_tag, self._next_tag + 1
            self._unconfirmed.add(tag)
        self.link.publish_unlocked(message, EVENTS.name, key)
        return tag

    def _wait(self, tags: set[int]) -> None:
        until = time.monotonic() + CONFIRM_TIMEOUT_SECONDS
        with self._condition:
            while self._unconfirmed & tags:
                if not self.link.is_open or not self._condition.wait(max(0.0, until - time.monotonic())):
                    raise NotConfirmed
            if self._refused & tags:
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
