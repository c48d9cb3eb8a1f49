"""A service without its bus: real dispatcher, reactor and ticks on a SQLite file, and the other services beside it."""

from __future__ import annotations

import json
import pkgutil
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import URL, event, select

import shared.contracts
from shared.bus.client import refusal_of
from shared.contracts.table import Event
from shared.kernel.caller import Caller, system
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service import operator
from shared.service.definition import Definition
from shared.service.dispatch import Dispatcher, Handler, handlers
from shared.service.messages import Answer, Request
from shared.service.react import Reactor
from shared.service.ticks import run_ticks
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from shared.store.tables import inbox, outbox

PLACE = "/37/3702/370202/"
LOG = structlog.get_logger("desk")


def caller(*roles: Role, account_id: str | None = None, org_path: str = PLACE, worker_id: str | None = None) -> Caller:
    """Someone with these roles at `org_path`; a worker in their own matter has a `worker_id` and no scope."""
    codes = tuple(role.value for role in roles)
    return Caller(account_id or new_id(), "test", codes, () if worker_id else (org_path,), org_path, worker_id)


@cache
def known_events() -> dict[str, Event]:
    """The events of every contract there is, by type."""
    packages = [found.name for found in pkgutil.iter_modules(shared.contracts.__path__) if found.ispkg]
    contracts = [getattr(import_module(f"shared.contracts.{name}"), "CONTRACT", None) for name in packages]
    return {event.type: event for contract in contracts if contract for event in contract.events}


@cache
def defined(service: str) -> tuple[Definition, dict[str, Handler]]:
    """What a service is made of, and who answers each of its operations."""
    definition: Definition = import_module(f"services.{service}.service").SERVICE
    return definition, handlers(definition.contract, [*definition.modules, operator])


class Desk:
    """One service. The errors of its handlers are raised, not turned into an answer of status 500."""

    def __init__(self, service: str, database: Database, outside: Any) -> None:
        self.definition, rows = defined(service)
        contract, self.database, self.outside = self.definition.contract, database, outside
        self.dispatcher = Dispatcher(contract, rows, database, outside, _Raising())
        self.reactor = Reactor(contract, self.definition.reactions, known_events(), database, outside, LOG)

    def do(self, operation: str, who: Caller, *, path: Mapping[str, str] | None = None,
           body: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None, version: int | None = None,
           key: str | None = None) -> tuple[int, Any]:
        """Ask for an operation: the status, and the JSON of the answer (of a file its bytes)."""
        answer = self.answer(Request(operation, who, path or {}, query or {}, json.dumps(body or {}).encode(), key,
                                     version))
        if "Content-Type" in answer.headers and not answer.is_problem:
            return answer.status, answer.body
        return answer.status, json.loads(answer.body) if answer.body else None

    def must(self, operation: str, who: Caller, **rest: Any) -> Any:
        """The answer of an operation that has to succeed."""
        status, data = self.do(operation, who, **rest)
        assert status < 300, (operation, data)
        return data

    def refused(self, operation: str, who: Caller, **rest: Any) -> Any:
        """The problem of an operation that has to be refused."""
        status, data = self.do(operation, who, **rest)
        assert status >= 400, (operation, data)
        return data

    def answer(self, request: Request) -> Answer:
        return self.dispatcher.answer(request)

    def told(self, name: str | None = None) -> list[dict[str, Any]]:
        """The envelopes in the outbox, oldest first; with `name`, only the events of that name."""
        with self.database.read() as connection:
            rows = connection.execute(select(outbox.c.envelope).order_by(outbox.c.position)).scalars().all()
        envelopes = [json.loads(row) for row in rows]
        return [e for e in envelopes if name is None or e["type"].split(".")[1] == name]

    def tell(self, kind: str, data: Mapping[str, Any], *, org_path: str = PLACE, subject: str | None = None) -> str:
        """Let the service react to an event of type `kind`; the state of its inbox row: done, waiting or parked."""
        event_id = new_id()
        envelope = {"id": event_id, "type": kind, "subject": subject or new_id(), "sequence": 100,
                    "orgpath": org_path, "actor": "test", "data": dict(data)}
        self.hear([envelope])
        return self.inbox_state(event_id)

    def hear(self, envelopes: Iterable[Mapping[str, Any]]) -> None:
        """Deliver what another desk has told, as far as this one listens to it."""
        for envelope in envelopes:
            if envelope["type"] in self.definition.reactions:
                self.reactor.receive(json.dumps(envelope).encode())

    def inbox_state(self, event_id: str) -> str:
        with self.database.read() as connection:
            state = connection.execute(select(inbox.c.state).where(inbox.c.event_id == event_id)).scalar_one()
        return str(state)

    def tick(self) -> None:
        """Run every tick and every job of the service once."""
        both = [*self.definition.jobs, *self.definition.ticks]
        run_ticks(self.definition, self.database, self.outside, _Raising(), both)


class _Raising:
    """A log for which an unexpected error is a failed test."""

    def exception(self, event: str, **_: Any) -> None:
        raise

    def __getattr__(self, name: str) -> Any:
        return getattr(LOG, name)


class Desks:
    """The desks of one test: one database each, new from the migrated template. They are each other's outside."""

    def __init__(self, template: Callable[[str], Path]) -> None:
        self._template = template
        self._open: dict[str, Desk] = {}

    def __call__(self, service: str) -> Desk:
        if service not in self._open:
            self._open[service] = Desk(service, _new_database(self._template(service)), self)
        return self._open[service]

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        """What a service asks another, answered by that one's own dispatcher."""
        request = Request(operation, system("test"), query=json.loads(json.dumps(query, default=str)))
        answer = self(service).answer(request)
        if answer.is_problem:
            raise refusal_of(answer, service)
        return dict(json.loads(answer.body))

    def close(self) -> None:
        for service, desk in self._open.items():
            _put_away(self._template(service), desk.database)
        self._open.clear()


#: template → databases that no test uses: an engine knows the statements it compiled, and compiling is most of the work
_idle: dict[Path, list[Database]] = {}


def _new_database(template: Path) -> Database:
    idle = _idle.setdefault(template, [])
    database = idle.pop() if idle else _on_no_disk(service_url(template.stem, None, template.parent / new_id()))
    shutil.copyfile(template, str(database.url.database))
    return database


def _on_no_disk(url: URL) -> Database:
    """No test here pulls the plug of the machine: commits need not reach the disk."""
    database = Database(url)
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return database


def _put_away(template: Path, database: Database) -> None:
    database.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database.url.database}{suffix}").unlink(missing_ok=True)
    database.told.clear()
    _idle[template].append(database)


def migrated(service: str, home: Path) -> Path:
    """An empty, migrated database file of a service."""
    migrate(service, None, home)
    return home / "db" / f"{service}.sqlite3"


def pointers(problem: Mapping[str, Any]) -> Sequence[str]:
    """The JSON pointers a problem names."""
    return [error["pointer"] for error in problem.get("errors", [])]
