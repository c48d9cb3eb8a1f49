"""The shape of a contract: a table of operations and a table of events, one of each per service.

The gateway renders the rows as HTTP and OpenAPI; a service must have one handler for each row; AsyncAPI and the frozen
JSON Schemas come from the same rows. Whoever reads the tables knows the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from marshmallow import Schema

from shared.kernel.roles import Role

PATH_FIELD = re.compile(r"<([a-z_]+)>")
MOST_BODY_BYTES = 1024 * 1024


@cache
def ready(schema: type[Schema], *, many: bool = False) -> Schema:
    """A schema's instance, made once: making one takes longer than loading most bodies with it."""
    return schema(many=many)


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked of a service.

    `path` is below `/v1/<service>`; None means that only other services may ask (over the bus). Every operation that
    is not a GET is a command: it carries an Idempotency-Key, and an If-Match too when `versioned`.
    `client_scope` names the scope with which an agency's API client may call it. A row with `media_types` answers a
    file of one of these types, not JSON. `most_bytes` is how long a body may be.
    """

    name: str
    method: str
    path: str | None
    zh: str
    en: str
    answer: type[Schema] | None = None
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    roles: frozenset[Role] = frozenset()
    status: int = 200
    versioned: bool = False
    many: bool = False
    client_scope: str | None = None
    public: bool = False
    media_types: tuple[str, ...] = ()
    most_bytes: int = MOST_BODY_BYTES

    @property
    def is_command(self) -> bool:
        return self.method != "GET"

    @property
    def path_fields(self) -> tuple[str, ...]:
        return tuple(PATH_FIELD.findall(self.path or ""))


def ask(name: str, path: str, zh: str, en: str, answer: type[Schema], by: Iterable[Role], **rest: Any) -> Operation:
    """A row that reads one record."""
    return Operation(name, "GET", path, zh, en, answer, roles=frozenset(by), **rest)


def listing(name: str, path: str, zh: str, en: str, answer: type[Schema], by: Iterable[Role], **rest: Any) -> Operation:
    """A row that reads a page of records: `{"items": [...], "next_cursor": ...}`; `query` extends PageQuery."""
    return Operation(name, "GET", path, zh, en, answer, roles=frozenset(by), many=True, **rest)


def download(name: str, path: str, zh: str, en: str, media_types: Iterable[str], by: Iterable[Role],
             **rest: Any) -> Operation:
    """A row that reads a file; its handler returns `{"file_name": …, "media_type": …, "content": bytes}`."""
    return Operation(name, "GET", path, zh, en, roles=frozenset(by), media_types=tuple(media_types), **rest)


def create(name: str, path: str, zh: str, en: str, body: type[Schema], answer: type[Schema], by: Iterable[Role],
           **rest: Any) -> Operation:
    """A row that makes a new record (201)."""
    return Operation(name, "POST", path, zh, en, answer, body, roles=frozenset(by), status=201, **rest)


def change(name: str, path: str, zh: str, en: str, body: type[Schema] | None, answer: type[Schema],
           by: Iterable[Role], **rest: Any) -> Operation:
    """A row that changes a record the caller has read before (If-Match)."""
    return Operation(name, "POST", path, zh, en, answer, body, roles=frozenset(by), versioned=True, **rest)


def between_services(name: str, zh: str, en: str, answer: type[Schema], query: type[Schema]) -> Operation:
    """A row that only other services may ask: a read-only question by opaque ids."""
    return Operation(name, "GET", None, zh, en, answer, query=query)


@dataclass(frozen=True)
class Event:
    """One kind of fact a service publishes, in one version. Fields hold ids and codes, never personal data."""

    service: str
    name: str
    version: int
    schema: type[Schema]
    zh: str
    en: str
    data_class: str = "INTERNAL"

    @property
    def type(self) -> str:
        """The CloudEvents type and routing key, for example `relief.wage_advance_disbursed.v1`."""
        return f"{self.service}.{self.name}.v{self.version}"


@dataclass(frozen=True)
class Contract:
    """What one service answers, publishes and listens to."""

    service: str
    zh: str
    en: str
    operations: tuple[Operation, ...]
    events: tuple[Event, ...] = ()
    consumes: tuple[str, ...] = ()
    _by_name: dict[str, Operation] = field(init=False, repr=False, compare=False, default_factory=dict)
    _events: dict[str, Event] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({row.name: row for row in self.operations})
        self._events.update({row.name: row for row in self.events})
        twice = {row.name for row in self.operations if self._by_name[row.name] is not row}
        if twice:
            raise ValueError(f"{self.service}: two operations of one name: {', '.join(sorted(twice))}")

    def operation(self, name: str) -> Operation | None:
        return self._by_name.get(name)

    def event(self, name: str) -> Event:
        """The newest version of the event `name`. KeyError when the table has no such row."""
        return self._events[name]
