"""Membership, the kit's first user, on a fresh SQLite and on a fresh PostgreSQL database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from services.membership.service import SERVICE
from shared.contracts.membership import CONTRACT
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.service import operator
from shared.service.dispatch import Dispatcher, handlers
from shared.service.messages import Answer, Request
from shared.store import encryption
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from shared.store.tables import outbox
from tests.databases import KINDS, data_folder, fresh_url

HERE = "/37/3702/370202/"
CLERK = Caller("clerk", "窗口", ("R1",), (HERE,), HERE)
TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


class Nobody:
    """Membership asks no other service."""

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError((service, operation, query))


@dataclass
class Desk:
    database: Database
    dispatcher: Dispatcher
    caller: Caller = CLERK
    log: list[Answer] = field(default_factory=list)

    def request(self, operation: str, body: Any = None, **rest: Any) -> Request:
        sent = json.dumps(body).encode() if body is not None else b""
        return Request(operation, rest.pop("caller", self.caller), body=sent, traceparent=TRACE, **rest)

    def do(self, operation: str, body: Any = None, *, key: str | None = None, **rest: Any) -> tuple[int, Any]:
        """One operation; a command takes a new key unless one is given."""
        answer = self.dispatcher.answer(self.request(operation, body, command_id=key or new_id(), **rest))
        self.log.append(answer)
        return answer.status, json.loads(answer.body) if answer.body else None

    def told(self) -> list[Any]:
        with self.database.read() as connection:
            return [json.loads(e) for e in connection.scalars(select(outbox.c.envelope).order_by(outbox.c.position))]


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    given = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    encryption.use(encryption.Cipher({"k1": b"1" * 32}, "k1", b"i" * 32))
    with fresh_url(request.param, given) as url:
        migrate("membership", url, data_folder(tmp_path))
        opened = Database(service_url("membership", url, data_folder(tmp_path)))
        yield opened
        opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    found = handlers(CONTRACT, [*SERVICE.modules, operator])
    return Desk(database, Dispatcher(CONTRACT, found, database, Nobody(), structlog.get_logger()))
