"""Renders the tables as HTTP: one piece of code serves every row of every contract."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from flask import Request as Incoming
from flask import Response
from flask import request as current
from werkzeug.exceptions import HTTPException

from gateway import metrics
from gateway.accounts.sessions import Sessions
from gateway.asked import JSON, body_of, key_of, query_of, version_of
from gateway.authorise import NOBODY, caller_for, identify
from gateway.identities import Identities, Identity
from gateway.limits import Limits
from gateway.own import OwnService, SessionDesk
from gateway.problems import answer_of, response_of
from gateway.refusals import NoSuchPath
from shared.bus.client import OutcomeUnknown
from shared.contracts.gateway import CONTRACT as OWN
from shared.contracts.gateway import SESSIONS
from shared.contracts.table import Contract, Operation
from shared.kernel.errors import Refusal, Unavailable
from shared.service.messages import Answer, Request

PREFIX = "/v1"
TRACE = "bangfu.trace"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")
_ID_FIRST = re.compile(rb'\{"id":"([0-9a-f-]{36})"')


class Carrier(Protocol):
    """Whatever answers a request: the bus, or the gateway itself."""

    def call(self, service: str, request: Request) -> Answer: ...


Carry = Callable[["Route", "Hit"], Answer]


class Route:
    """One row with everything about it that can be known before a request comes."""

    def __init__(self, contract: Contract, row: Operation) -> None:
        self.service, self.row = contract.service, row
        self.is_session = contract is SESSIONS
        self.rule = f"{PREFIX}{row.path}" if self.is_session else f"{PREFIX}/{contract.service}{row.path}"
        self.endpoint = f"{contract.service}.{row.name}"
        self.needs_key = row.is_command and not self.is_session
        # the new record can be read at the path where it was made, when the contract has such a row
        reads = re.compile(re.escape(row.path or "") + r"/<[a-z_]+>")
        self.has_location = row.status == 201 and any(
            other.method == "GET" and reads.fullmatch(other.path or "") for other in contract.operations)
        self._timers: dict[int, Any] = {}

    def observe(self, status: int, seconds: float) -> None:
        timer = self._timers.get(status)
        if timer is None:
            timer = self._timers[status] = metrics.REQUESTS.labels(self.service, self.row.name, status)
        timer.observe(seconds)


def routes(contracts: Mapping[str, Contract]) -> Iterator[Route]:
    """Every row that is served; rows without a path are for services among themselves."""
    for contract in (SESSIONS, OWN, *contracts.values()):
        for row in contract.operations:
            if row.path is not None:
                yield Route(contract, row)


class Hit:
    """One request on its way through the door. `told` collects headers for the answer, refused or not."""

    __slots__ = ("came_at", "environ", "incoming", "path", "told", "trace")

    def __init__(self, path: dict[str, str]) -> None:
        # the proxy costs a look-up with each use; the object behind it does not
        self.incoming: Incoming = current._get_current_object()  # type: ignore[attr-defined]
        self.environ = self.incoming.environ
        self.path, self.trace, self.came_at = path, self.environ[TRACE], time.time()
        self.told: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return str(self.environ.get("REMOTE_ADDR", ""))


class Renderer:
    """Serves routes: who asks, may they, what do they ask; then the answer's bytes straight through."""

    def __init__(self, bus: Carrier, own: OwnService, sessions: Sessions, identities: Identities, limits: Limits,
                 deadline_seconds: float, log: Any, *, access_log: bool) -> None:
        self._bus, self._own, self._desk = bus, own, SessionDesk(sessions)
        self._identities, self._limits, self._log = identities, limits, log
        self._deadline_seconds, self._access_log = deadline_seconds, access_log

    def view(self, route: Route) -> Callable[..., Response]:
        """The view function of a route."""
        carry = self._session if route.is_session else self._row

        def serve(**path: str) -> Response:
            return self._serve(route, carry, Hit(path))

        return serve

    def _serve(self, route: Route, carry: Carry, hit: Hit) -> Response:
        began, status = time.perf_counter(), 500
        metrics.IN_FLIGHT.inc()
        try:
            answer = self._answer(route, carry, hit)
            status = answer.status
            return _response(route, answer, hit)
        except HTTPException as error:
            status = error.code or 500
            raise
        finally:
            metrics.IN_FLIGHT.dec()
            took = time.perf_counter() - began
            route.observe(status, took)
            if self._access_log or status >= 500:
                self._log.info("request", operation=route.endpoint, status=status, milliseconds=round(took * 1000, 1))

    def _answer(self, route: Route, carry: Carry, hit: Hit) -> Answer:
        try:
            for value in hit.path.values():
                if _CONTROL.search(value):
                    raise NoSuchPath(path=repr(hit.incoming.path)[:200])
            return carry(route, hit)
        except Refusal as refusal:
            if isinstance(refusal, Unavailable):
                counter = metrics.TIMEOUTS if isinstance(refusal, OutcomeUnknown) else metrics.AWAY
                counter.labels(route.service).inc()
            return answer_of(refusal)

    def _row(self, route: Route, hit: Hit) -> Answer:
        row, environ = route.row, hit.environ
        caller = NOBODY if self._is_public(row, hit) else caller_for(self._identity(hit), row)
        query = query_of(row, environ.get("QUERY_STRING", ""))
        key = f"{caller.account_id}:{key_of(environ)}" if route.needs_key else None
        version = version_of(environ) if row.versioned else None
        body = body_of(row, hit.incoming) if row.is_command else b""
        request = Request(row.name, caller, hit.path, query, body, key, version, hit.came_at + self._deadline_seconds,
                          hit.trace.parent)
        carrier: Carrier = self._own if route.service == OWN.service else self._bus
        return carrier.call(route.service, request)

    def _session(self, route: Route, hit: Hit) -> Answer:
        row = route.row
        identity = None if self._is_public(row, hit) else self._identity(hit)
        query_of(row, hit.environ.get("QUERY_STRING", ""))
        body = body_of(row, hit.incoming) if row.is_command else b""
        count = partial(self._limits.count_sign_in, hit.address)
        return self._desk.answer(row, body, identity, hit.trace.parent, count)

    def _is_public(self, row: Operation, hit: Hit) -> bool:
        if row.public:
            self._limits.count_public(hit.address)
        return row.public

    def _identity(self, hit: Hit) -> Identity:
        identity = identify(hit.environ.get("HTTP_AUTHORIZATION"), self._identities)
        hit.told += self._limits.count_request(identity.id)
        return identity


def _response(route: Route, answer: Answer, hit: Hit) -> Response:
    if answer.is_problem:
        accepted = hit.environ.get("HTTP_ACCEPT_LANGUAGE")
        return response_of(answer, accepted, hit.incoming.path, hit.trace, hit.told)
    headers = [*hit.told, *answer.headers.items()]
    if route.has_location:
        found = _ID_FIRST.match(answer.body)
        if found:
            headers.append(("Location", f"{hit.incoming.path}/{found[1].decode()}"))
    told = None if "Content-Type" in answer.headers else JSON
    response = Response(answer.body, answer.status, headers, content_type=told)
    if not answer.body:
        del response.headers["Content-Type"]
    return response
