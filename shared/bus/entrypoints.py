"""nameko's side of a service: requests, events and dead letters come in, and two loops run beside them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import amqp
import eventlet
from amqp.exceptions import AMQPError
from kombu import Consumer as KombuConsumer
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint
from nameko.messaging import Consumer, QueueConsumer

from shared.bus.link import BrokerAway, Link
from shared.bus.topology import dead_queue, events_queue, operations_queue
from shared.service.messages import Answer, Request
from shared.store.engine import DatabaseAway

OPERATIONS_AT_ONCE = 16
EVENTS_AT_ONCE = 4
#: workers of a container: all that may be in hand at once, and room for the dead letters
MAX_WORKERS = OPERATIONS_AT_ONCE + EVENTS_AT_ONCE + 2
DATABASE_AWAY_SECONDS = 1.0
TRANSIENT = 1
#: between two tries to reach a broker that is away (kombu's own rests grow to half a minute)
FIRST_REST_SECONDS, REST_STEP_SECONDS, LONGEST_REST_SECONDS = 0.2, 0.4, 2.0
#: a worker's result: the database is away, the message has no fate yet
LATER = "later"


class _Leaving(Exception):
    """The service is asked to end while the broker is away."""


class RawQueueConsumer(QueueConsumer):
    """Hands messages over undecoded, straight to the provider: what cannot be read is the provider's to park."""

    is_consuming = False
    _pending_remove_providers: dict[Any, Any]

    def run(self) -> None:
        """Consume until told to stop, also when the broker never comes back."""
        with contextlib.suppress(_Leaving):
            super().run()

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        with self.create_connection() as connection:
            connection.ensure_connection(self.on_connection_error, None, FIRST_REST_SECONDS, REST_STEP_SECONDS,
                                         LONGEST_REST_SECONDS)
            yield connection

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """kombu looks here before each rest, and nowhere else while the broker is away. Raises _Leaving."""
        super().on_connection_error(exc, interval)
        leaving = dict(self._pending_remove_providers)
        for provider, removed in leaving.items():
            del self._pending_remove_providers[provider]
            self._consumers.pop(provider, None)
            removed.send()
        if leaving and not self._consumers:
            raise _Leaving

    @contextmanager
    def consumer_context(self, **rest: Any) -> Iterator[Any]:
        with super().consumer_context(**rest) as opened:
            self.is_consuming = True
            try:
                yield opened
            finally:
                self.is_consuming = False

    # a socket that died meanwhile is no reason to end the service: the broker has its message back already

    def ack_message(self, message: Any) -> None:
        with contextlib.suppress(AMQPError, OSError):
            super().ack_message(message)

    def requeue_message(self, message: Any) -> None:
        with contextlib.suppress(AMQPError, OSError):
            super().requeue_message(message)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        for provider in self._providers:
            # a channel each: on a shared one the last prefetch counts for all
            self._consumers[provider] = KombuConsumer(
                channel.connection.channel(), queues=[provider.queue], on_message=provider.handle_message,
                prefetch_count=provider.at_once)
        return self._consumers.values()


class Raw(Consumer):
    """A consumer whose worker gets the message itself."""

    queue_consumer = RawQueueConsumer()
    at_once = 1

    def handle_message(self, message: Any) -> None:
        try:
            self.container.spawn_worker(self, (message,), {}, handle_result=partial(self.finished, message))
        except ContainerBeingKilled:
            self.queue_consumer.requeue_message(message)

    def finished(self, message: Any, _worker: Any, result: Any = None, exc_info: Any = None) -> tuple[Any, Any]:
        raise NotImplementedError


class Operations(Raw):
    """Requests to the service; the worker's result is the answer."""

    at_once = OPERATIONS_AT_ONCE

    def __init__(self, service: str, link: Link, **rest: Any) -> None:
        self.link = link
        super().__init__(queue=operations_queue(service), **rest)

    def finished(self, message: Any, _worker: Any, result: Answer | None = None,
                 exc_info: Any = None) -> tuple[Any, Any]:
        if result is not None and message.properties.get("reply_to"):
            self._reply(message, result)
        self.queue_consumer.ack_message(message)
        return result, exc_info

    def _reply(self, message: Any, answer: Answer) -> None:
        told = json.dumps({"status": answer.status, "headers": dict(answer.headers)})
        reply = amqp.Message(answer.body, application_headers={"answer": told}, delivery_mode=TRANSIENT,
                             correlation_id=message.properties.get("correlation_id"), content_type="application/data")
        # when the broker is away the caller's deadline tells it, and a command can be repeated by its key
        with contextlib.suppress(BrokerAway):
            self.link.publish(reply, "", message.properties["reply_to"])


def is_consuming(container: Any) -> bool:
    """Whether a nameko container has its consumers at the broker."""
    return bool(container.shared_extensions[RawQueueConsumer].is_consuming)


class Kept(Raw):
    """Messages that are acknowledged when their fate is in the database."""

    def finished(self, message: Any, _worker: Any, result: Any = None, exc_info: Any = None) -> tuple[Any, Any]:
        if result == LATER:
            # keep the message unacknowledged and try again: a requeue would come back at once and count
            self.container.spawn_managed_thread(partial(self._later, message))
            return None, None
        if exc_info is not None:
            self.queue_consumer.requeue_message(message)
            return result, exc_info
        self.queue_consumer.ack_message(message)
        return result, exc_info

    def _later(self, message: Any) -> None:
        eventlet.sleep(DATABASE_AWAY_SECONDS)
        if message.channel.connection:  # else the broker has given it to somebody again
            self.handle_message(message)


class Events(Kept):
    """Events for the service."""

    at_once = EVENTS_AT_ONCE

    def __init__(self, service: str, types: tuple[str, ...], **rest: Any) -> None:
        super().__init__(queue=events_queue(service, types), **rest)


class DeadLetters(Kept):
    """What the broker gave up delivering."""

    def __init__(self, service: str, **rest: Any) -> None:
        super().__init__(queue=dead_queue(service), **rest)


class Loop(Entrypoint):
    """Runs `step` for ever; it returns how many seconds to rest, `wake` ends the rest early.

    An entrypoint, since nameko binds these and dependencies only, and a dependency would cost every worker something.
    """

    def __init__(self, step: Callable[[], float], wake: Any, log: Any, **rest: Any) -> None:
        self.step, self.wake, self.log, self.is_stopping = step, wake, log, False
        super().__init__(**rest)

    def start(self) -> None:
        self.container.spawn_managed_thread(self.run)

    def stop(self) -> None:
        self.is_stopping = True
        self.wake.set()

    kill = stop

    def run(self) -> None:
        while not self.is_stopping:
            try:
                rest_seconds = self.step()
            except (BrokerAway, DatabaseAway):
                rest_seconds = DATABASE_AWAY_SECONDS
            except Exception:
                self.log.exception("background step failed")
                rest_seconds = DATABASE_AWAY_SECONDS
            if rest_seconds and self.wake.wait(rest_seconds):
                self.wake.clear()


__all__ = ["LATER", "MAX_WORKERS", "DeadLetters", "Events", "Loop", "Operations", "Request", "is_consuming"]
