"""Puts a service's definition on the bus: one nameko service class per definition, built from its tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Event as Signal
from typing import Any

from shared.bus.client import Client, OtherServices
from shared.bus.entrypoints import LATER, DeadLetters, Events, Loop, Operations
from shared.bus.publisher import ConfirmedPublisher
from shared.contracts.table import Event
from shared.service import metrics, operator
from shared.service.definition import Definition
from shared.service.dispatch import Dispatcher, handlers
from shared.service.messages import Answer, Request
from shared.service.react import Reactor
from shared.service.relay import BATCH, Relay
from shared.service.ticks import run_ticks
from shared.store.engine import Database, DatabaseAway

RELAY_REST_SECONDS = 0.5
RETRY_REST_SECONDS = 2.0  # another process of the service may have put an event off
JOBS_REST_SECONDS = 0.25
MEASURE_EVERY_SECONDS = 5.0


class Host:
    """One service in this process: its database, what it answers with, and its loops."""

    def __init__(self, definition: Definition, database: Database, client: Client, publisher: ConfirmedPublisher,
                 events: Mapping[str, Event], tick_seconds: float, log: Any) -> None:
        contract = definition.contract
        outside = OtherServices(client, contract.service)
        self.definition, self.database, self.client, self.log = definition, database, client, log
        self.tick_seconds, self.outside = tick_seconds, outside
        self.dispatcher = Dispatcher(contract, handlers(contract, [*definition.modules, operator]), database, outside,
                                     log)
        self.reactor = Reactor(contract, definition.reactions, events, database, outside, log)
        self.relay = Relay(contract.service, database, publisher.publish)
        self._measured_at = 0.0

    def nameko_service(self) -> type[Any]:
        """The class that nameko runs."""
        name = self.definition.contract.service
        body: dict[str, Any] = {
            "name": name,
            "answer": Operations.decorator(name, self.client.link)(lambda _self, message: self._answer(message)),
            "dead": DeadLetters.decorator(name)(lambda _self, message: _kept(self.reactor.bury, message)),
        }
        loops = [(self._relay, self.database.told), (self._retry, self.reactor.failed), (self._tick, Signal())]
        loops += [(self._jobs, Signal())] if self.definition.jobs else []
        for step, wake in loops:
            body[step.__name__] = Loop.decorator(step, wake, self.log)(lambda _self: None)
        if self.definition.contract.consumes:
            react = Events.decorator(name, self.definition.contract.consumes)
            body["react"] = react(lambda _self, message: _kept(self.reactor.receive, message))
        for attribute, method in body.items():
            if callable(method):
                method.__name__ = attribute
        return type(f"{name.title()}Service", (), body)

    def _answer(self, message: Any) -> Answer | None:
        try:
            request = Request.read(message.headers, _bytes(message))
        except (KeyError, ValueError, TypeError):
            self.log.error("a request that is none of ours was dropped")
            return None
        started = time.perf_counter()
        answer = self.dispatcher.answer(request)
        took = time.perf_counter() - started
        metrics.OPERATIONS.labels(self.definition.contract.service, request.operation, answer.status).observe(took)
        return answer

    def _relay(self) -> float:
        if time.monotonic() - self._measured_at > MEASURE_EVERY_SECONDS:
            self._measured_at = time.monotonic()
            self.relay.measure()
        return 0.0 if self.relay.run_once() == BATCH else RELAY_REST_SECONDS

    def _retry(self) -> float:
        return 0.0 if self.reactor.retry_due() else self.reactor.rest_seconds(RETRY_REST_SECONDS)

    def _tick(self) -> float:
        run_ticks(self.definition, self.database, self.outside, self.log)
        return self.tick_seconds

    def _jobs(self) -> float:
        run_ticks(self.definition, self.database, self.outside, self.log, self.definition.jobs)
        return JOBS_REST_SECONDS


def _kept(take: Callable[[bytes], None], message: Any) -> str | None:
    try:
        take(_bytes(message))
    except DatabaseAway:
        return LATER
    return None


def _bytes(message: Any) -> bytes:
    return message.body if isinstance(message.body, bytes) else str(message.body).encode()
