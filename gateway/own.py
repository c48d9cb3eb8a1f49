"""The operations the gateway answers itself, with the same kit as a service: same dispatcher, same audit trail."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from gateway.accounts import accounts, api_clients, secrets
from gateway.accounts.sessions import NOTHING_OUTSIDE, Sessions, Visit
from gateway.identities import Identity
from gateway.problems import answer_of
from shared.contracts.gateway import CONTRACT
from shared.contracts.gateway.schemas import NewPassword
from shared.contracts.table import Operation, ready
from shared.kernel.errors import Refusal
from shared.service import operator
from shared.service.dispatch import Dispatcher, handlers, read_json
from shared.service.messages import Answer, Request, dump
from shared.service.problems import content_problem
from shared.store.engine import Database

SECRET = "client_secret"  # noqa: S105 - the name of a field


class OwnService:
    """Answers the CONTRACT rows. Passwords go in peppered and client secrets are added on the way out, so that the
    kept answers and fingerprints of commands hold neither."""

    def __init__(self, database: Database, log: Any) -> None:
        found = handlers(CONTRACT, [accounts, api_clients, operator])
        self._dispatcher = Dispatcher(CONTRACT, found, database, NOTHING_OUTSIDE, log)

    def call(self, _service: str, request: Request) -> Answer:
        row = CONTRACT.operation(request.operation)
        assert row is not None, request.operation
        try:
            return _outward(row, self._dispatcher.answer(_inward(row, request)))
        except ValidationError as error:
            return content_problem(error)
        except Refusal as refusal:
            return answer_of(refusal)


def _inward(row: Operation, request: Request) -> Request:
    if row.body is None:
        return request
    names = [name for name, field in ready(row.body).fields.items() if isinstance(field, NewPassword)]
    if not names:
        return request
    body = read_json(request.body)
    ready(row.body).load(body)
    hidden = {name: secrets.current().peppered(body[name]) for name in names}
    return replace(request, body=dump({**body, **hidden}))


def _outward(row: Operation, answer: Answer) -> Answer:
    if answer.is_problem or row.answer is None or SECRET not in ready(row.answer).fields:
        return answer
    client = json.loads(answer.body)
    client[SECRET] = secrets.current().client_secret(client["id"], client["secret_number"])
    return replace(answer, body=dump(client))


class SessionDesk:
    """Answers the SESSIONS rows."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def answer(self, row: Operation, body: bytes, identity: Identity | None, traceparent: str,
               count: Callable[[str], None]) -> Answer:
        """The answer; `count` is told the name of whoever tries to get a token, and may refuse."""
        try:
            loaded = ready(row.body).load(read_json(body)) if row.body else {}
            name = loaded.get("name") or loaded.get("client_id")
            if name:
                count(name.strip().lower())
            found = getattr(self._sessions, row.name)(Visit(loaded, identity, traceparent))
        except ValidationError as error:
            return content_problem(error)
        except Refusal as refusal:
            return answer_of(refusal)
        if row.answer is None:
            return Answer(row.status, b"")
        return Answer(row.status, dump(ready(row.answer).dump(found)))
