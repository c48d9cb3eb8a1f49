"""Asks services over the bus: one connection a process, a reply queue of its own, a deadline on every call."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import amqp

from shared.bus.breaker import Breaker
from shared.bus.link import BrokerAway, Link
from shared.bus.topology import operations_queue_name
from shared.kernel.caller import system
from shared.kernel.errors import Conflict, Invalid, NotFound, OutcomeUnknown, Refusal, Unavailable
from shared.service.messages import Answer, Request

TRANSIENT = 1


class ServiceAway(Unavailable):
    """No process of the service listens: the request was returned and nothing was done."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} 服务 / the {service} service")


@dataclass
class Waiting:
    """A call that waits for its reply."""

    service: str
    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None
    refusal: Refusal | None = None


class Client:
    """Calls any service; safe to use from many green threads at once."""

    def __init__(self, url: str, name: str, deadline_seconds: float) -> None:
        self.deadline_seconds = deadline_seconds
        self._queue = f"bangfu.replies.{uuid.uuid4()}"
        self._waiting: dict[str, Waiting] = {}
        self._breakers: defaultdict[str, Breaker] = defaultdict(Breaker)
        self.link = Link(url, name, self._open, self._lost)

    def call(self, service: str, request: Request) -> Answer:
        """The service's answer, refusals included. Raises ServiceAway, BrokerAway or OutcomeUnknown."""
        left = request.deadline - time.time()
        if left <= 0:
            raise OutcomeUnknown(service)
        if not self._breakers[service].admits(left):
            raise ServiceAway(service)
        key = uuid.uuid4().hex
        waiting = self._waiting[key] = Waiting(service)
        try:
            self.link.publish(self._message(request, key, left), "", operations_queue_name(service), mandatory=True)
            answered = waiting.done.wait(left)
        except BrokerAway:
            self._breakers[service].not_asked()
            raise
        finally:
            self._waiting.pop(key, None)
        return self._outcome(waiting, answered)

    def _message(self, request: Request, key: str, left_seconds: float) -> amqp.Message:
        return amqp.Message(request.body, application_headers=request.headers(), correlation_id=key,
                            reply_to=self._queue, expiration=str(max(1, int(left_seconds * 1000))),
                            delivery_mode=TRANSIENT, content_type="application/data")

    def _outcome(self, waiting: Waiting, answered: bool) -> Answer:
        if not answered:
            self._breakers[waiting.service].missed()
            raise OutcomeUnknown(waiting.service)
        self._breakers[waiting.service].answered()
        if waiting.refusal is not None:
            raise waiting.refusal
        assert waiting.answer is not None
        return waiting.answer

    # -- the link's side ---------------------------------------------------------------------------------------

    def _open(self, channel: Any) -> None:
        channel.queue_declare(self._queue, durable=False, exclusive=True, auto_delete=True)
        channel.basic_consume(self._queue, no_ack=True, callback=self._replied)
        channel.events["basic_return"].add(self._returned)

    def _replied(self, message: Any) -> None:
        waiting = self._waiting.get(message.correlation_id)
        if waiting is not None:
            told = json.loads(message.headers["answer"])
            body = message.body if isinstance(message.body, bytes) else message.body.encode()
            waiting.answer = Answer(told["status"], body, told["headers"])
            waiting.done.set()

    def _returned(self, *returned: Any) -> None:
        waiting = self._waiting.get(returned[-1].correlation_id)
        if waiting is not None:
            waiting.refusal = ServiceAway(waiting.service)
            waiting.done.set()

    def _lost(self) -> None:
        for waiting in list(self._waiting.values()):
            waiting.refusal = OutcomeUnknown(waiting.service)
            waiting.done.set()


class OtherServices:
    """`Outside` over the bus: what a service may ask of the others."""

    def __init__(self, client: Client, service: str) -> None:
        self._client, self._service = client, service

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        """Raises Unavailable, or the other service's refusal."""
        request = Request(operation, system(self._service),
                          query={name: _text(value) for name, value in query.items()},
                          deadline=time.time() + self._client.deadline_seconds / 2)
        answer = self._client.call(service, request)
        if answer.is_problem:
            raise refusal_of(answer, service)
        return dict(json.loads(answer.body))


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def refusal_of(answer: Answer, service: str) -> Refusal:
    """The refusal another service has told, as one of ours."""
    told: dict[str, Any] = {}
    with contextlib.suppress(ValueError):
        told = json.loads(answer.body)
    if answer.status >= 500:
        return ServiceAway(service)
    kind = {404: NotFound, 422: Invalid}.get(answer.status, Conflict)
    refusal = kind(**told.get("params", {})) if kind is NotFound else kind()
    detail = told.get("detail", {})
    named = type("Told", (kind,), {"code": told.get("code", kind.code),
                                   **{tongue: _literal(detail[tongue]) for tongue in ("zh", "en") if tongue in detail}})
    told_again: Refusal = named(**refusal.params)
    return told_again


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


__all__ = ["BrokerAway", "Client", "OtherServices", "OutcomeUnknown", "ServiceAway", "refusal_of"]
