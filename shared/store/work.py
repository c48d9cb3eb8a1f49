"""The unit of work: what one command or one event changes, tells and leaves behind, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, insert, inspect, select
from sqlalchemy.orm import Session

from shared.contracts.table import Contract
from shared.kernel.aggregate import Aggregate
from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.errors import NotFound, Stale
from shared.kernel.ids import case_number
from shared.kernel.org import division_of
from shared.store import audit
from shared.store.encryption import Encrypted
from shared.store.engine import Database
from shared.store.outbox import Telling, outbox_row
from shared.store.tables import outbox, series

A = TypeVar("A", bound=Aggregate)

_TELL = insert(outbox)


class Outside(Protocol):
    """The other services, for read-only questions."""

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        """The answer as JSON data. Raises Unavailable or the other service's refusal."""


class Work:
    """One transaction. It begins with the first look at the database, so ask other services before that."""

    def __init__(self, database: Database, contract: Contract, caller: Caller, action: str, *, traceparent: str,
                 outside: Outside, expected_version: int | None = None, causation_id: str | None = None) -> None:
        self.database, self.contract, self.caller, self.action = database, contract, caller, action
        self.traceparent, self.causation_id, self.outside = traceparent, causation_id, outside
        self.expected_version = expected_version
        self._exits = ExitStack()
        self._session: Session | None = None
        self._seen: dict[int, tuple[Aggregate, int]] = {}
        self._held: set[tuple[type[Aggregate], str]] = set()
        self._notes: list[audit.Entry] = []
        self._last: list[Callable[[Connection], None]] = []
        self._told = False

    # -- looking -----------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        if self._session is None:
            connection = self._exits.enter_context(self.database.write())
            self._session = self._exits.enter_context(
                Session(connection, autoflush=False, expire_on_commit=False, join_transaction_mode="rollback_only"))
        return self._session

    def peek(self, query: Select[Any]) -> list[Row[Any]]:
        """Rows as they are now, read before the transaction begins: to know what to ask other services about."""
        with self.database.read() as connection:
            return list(connection.execute(query).all())

    def ask(self, service: str, operation: str, **query: Any) -> dict[str, Any]:
        """Ask another service a read-only question."""
        return self.outside.ask(service, operation, query)

    def target(self, kind: type[A], record_id: str) -> A:
        """The record the command is about, in the version the caller has read. Raises NotFound, Stale."""
        found = self.load(kind, record_id)
        if self.expected_version is not None and found.version != self.expected_version:
            raise Stale(current=found, current_version=found.version, sent_version=self.expected_version)
        return found

    def load(self, kind: type[A], record_id: str, *, lock: bool = False) -> A:
        """A record the caller may see; `lock` holds its row until the commit. Raises NotFound."""
        is_held = (kind, record_id) in self._held  # read again it would lose what this transaction has done to it
        found = self.session.get(kind, record_id, with_for_update=(lock and not is_held) or None)
        if lock:
            self._held.add((kind, record_id))
        if found is None or not visible(found, self.caller):
            raise NotFound(id=record_id)
        return self._track(found)

    def find(self, kind: type[A], /, **by: Any) -> A | None:
        """The one record with these column values (none of them NULL), wherever it lies in the tree."""
        assert None not in by.values(), by
        hashable: Any = kind
        found = self.session.scalars(_finding(hashable, tuple(by)), by).one_or_none()
        return None if found is None else self._track(found)

    def all(self, query: Select[Any]) -> Sequence[Any]:
        """The aggregates of a select, tracked."""
        return [self._track(row) for row in self.session.scalars(query)]

    # -- changing ----------------------------------------------------------------------------------------------

    def add(self, aggregate: A) -> A:
        """A new record."""
        self._seen[id(aggregate)] = (aggregate, 0)
        self.session.add(aggregate)
        return aggregate

    def next_number(self, prefix: str, org_path: str) -> str:
        """The next case number of the division and year, without gaps: two commands of one division take turns."""
        division, year = division_of(org_path), today().year
        key = {"prefix": prefix, "division": division, "year": year}
        first = self.database.insert(series).values(**key, last=1)
        counted = first.on_conflict_do_update(index_elements=list(key), set_={"last": series.c.last + 1})
        serial = self.session.execute(counted.returning(series.c.last)).scalar_one()
        return case_number(prefix, division, year, serial)

    def note(self, action: str, subject_kind: str, subject_id: str, detail: dict[str, Any], *,
             org_path: str | None = None) -> None:
        """An audit entry that is no change: who read what, and for which purpose.

        `org_path` says whose auditors see it, where that is not the caller's own unit.
        """
        self._notes.append(self._entry(action, subject_kind, subject_id, 0,
                                       self.caller.org_path if org_path is None else org_path, detail))

    def at_the_end(self, step: Callable[[Connection], None]) -> None:
        """A statement of the kit that belongs into the same transaction."""
        self._last.append(step)

    # -- ending ------------------------------------------------------------------------------------------------

    def __enter__(self) -> Work:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if error is None:
                self._save()
        except BaseException as failed:
            self._exits.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._exits.__exit__(kind, error, trace)
        if error is None and self._told:
            self.database.tell()

    def _save(self) -> None:
        changed = [(aggregate, was) for aggregate, was in self._seen.values() if aggregate.version != was]
        telling = Telling(self.contract, self.caller, self.traceparent, self.causation_id)
        rows = [outbox_row(telling, aggregate, happened) for aggregate, _ in changed for happened in aggregate.happened]
        entries = self._notes + [self._change_entry(aggregate) for aggregate, _ in changed]
        self._told = bool(rows)
        if not (changed or entries or self._last):
            return
        self.session.flush()
        connection = self.session.connection()
        for step in self._last:
            step(connection)
        if rows:
            connection.execute(_TELL, rows)
        if entries:
            audit.append(connection, entries)

    def _track(self, found: A) -> A:
        self._seen.setdefault(id(found), (found, found.version))
        return found

    def _change_entry(self, aggregate: Aggregate) -> audit.Entry:
        return self._entry(self.action, type(aggregate).__name__, aggregate.id, aggregate.version, aggregate.org_path,
                           changes(aggregate))

    def _entry(self, action: str, kind: str, subject_id: str, version: int, org_path: str,
               detail: dict[str, Any]) -> audit.Entry:
        return audit.entry(self.caller, self.traceparent, action, kind, subject_id, version, org_path, detail)


@cache
def _finding(kind: type[Any], names: tuple[str, ...]) -> Select[Any]:
    """Made once for each kind and choice of columns, as SQLAlchemy compiles it once."""
    return select(kind).where(*(getattr(kind, name) == bindparam(name) for name in names))


def visible(record: Any, caller: Caller) -> bool:
    """Whether the record lies in the caller's part of the tree, or is the worker's own."""
    if any(caller.covers(path) for path in record.places):
        return True
    return caller.worker_id is not None and record.belongs_to(caller.worker_id)


def changes(aggregate: Aggregate) -> dict[str, Any]:
    """What changed: column → [before, after], and of the parts the same by their ids. Of an encrypted column only
    that it changed."""
    told = _column_changes(aggregate)
    for relation in inspect(aggregate).mapper.relationships:
        history = inspect(aggregate).attrs[relation.key].history
        parts = [{"part": _key(part), **_column_changes(part)} for part in getattr(aggregate, relation.key)]
        changed = [part for part in parts if len(part) > 1]
        changed += [{"part": _key(part), "removed": True} for part in history.deleted or ()]
        if changed:
            told[relation.key] = changed
    return told


def _key(part: Any) -> str:
    return " ".join(map(str, inspect(part).mapper.primary_key_from_instance(part)))


def _column_changes(record: Any) -> dict[str, Any]:
    state, told = inspect(record), {}
    for name, column in ((a.key, a.columns[0]) for a in state.mapper.column_attrs):
        history = state.attrs[name].history
        if not history.has_changes() or name in ("id", "org_path", "version"):
            continue
        before, after = (next(iter(part or [None])) for part in (history.deleted, history.added))
        told[name] = "***" if isinstance(column.type, Encrypted) else [before, after]
    return told
