"""Reads: straight selects in autocommit, limited to the caller's part of the organisation tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    RowMapping,
    Select,
    Table,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from shared.kernel.aggregate import Aggregate
from shared.kernel.caller import EVERYWHERE, Caller
from shared.kernel.errors import NotFound
from shared.store import audit
from shared.store.paging import cut, ordered
from shared.store.work import Outside, visible

A = TypeVar("A", bound=Aggregate)


class Reading:
    """What a query handler is given. `worker` in `page` names the column by which a worker sees their own rows."""

    def __init__(self, connection: Connection, caller: Caller, outside: Outside, traceparent: str = "") -> None:
        self.connection, self.caller, self.outside, self.traceparent = connection, caller, outside, traceparent
        self.notes: list[audit.Entry] = []
        self.session = Session(connection, autoflush=False)

    def ask(self, service: str, operation: str, **query: Any) -> dict[str, Any]:
        """Ask another service a read-only question."""
        return self.outside.ask(service, operation, query)

    def note(self, action: str, subject_kind: str, subject_id: str, detail: Mapping[str, Any], *,
             org_path: str | None = None) -> None:
        """An audit entry of this read: who looked at what, and for which purpose; kept before the answer leaves.

        `org_path` says whose auditors see it, where that is not the caller's own unit.
        """
        self.notes.append(audit.entry(self.caller, self.traceparent, action, subject_kind, subject_id, 0,
                                      self.caller.org_path if org_path is None else org_path, detail))

    def record(self, kind: type[A], record_id: str) -> A:
        """One aggregate with its parts. Raises NotFound."""
        found = self.session.get(kind, record_id)
        if found is None or not visible(found, self.caller):
            raise NotFound(id=record_id)
        return found

    def row(self, table: Table, record_id: str) -> RowMapping:
        """One row of a table that has no parts: one select and nothing else. Raises NotFound."""
        found = self.connection.execute(select(table).where(table.c.id == record_id)).mappings().first()
        if found is None or not self.caller.covers(found["org_path"]):
            raise NotFound(id=record_id)
        return found

    def page(self, kind: type[A] | Table, page: Mapping[str, Any], *, sort: list[Column[Any]],
             where: list[ColumnElement[bool]] | None = None,
             worker: ColumnElement[Any] | None = None) -> dict[str, Any]:
        """A page of a table's rows or of aggregates: filters in `where`, order by one of `sort` (first is default)."""
        table = kind if isinstance(kind, Table) else _table_of(kind)
        query: Select[Any] = select(kind).where(within(table, self.caller, worker), *(where or []))
        query = ordered(query, sort, table.c.id, page)
        found: Any = self.connection.execute(query) if isinstance(kind, Table) else self.session.scalars(query)
        return cut(found.all(), sort, table.c.id, page)

    def all(self, query: Select[Any]) -> list[Row[Any]]:
        """The rows of a select that is already limited."""
        return list(self.connection.execute(query).all())


def within(table: FromClause, caller: Caller, worker: ColumnElement[Any] | None = None) -> ColumnElement[bool]:
    """The condition that keeps a select to what the caller may see."""
    own = [worker == caller.worker_id] if worker is not None and caller.worker_id else []
    return or_(below(table.c.org_path, caller), *own)


def below(path: ColumnElement[Any], caller: Caller) -> ColumnElement[bool]:
    """The condition that a column's path lies in the caller's part of the tree."""
    if EVERYWHERE in caller.scopes:
        return true()
    # a path holds no character that LIKE would read as a pattern (shared.kernel.org)
    return or_(false(), *[path.like(f"{scope}%") for scope in caller.scopes])


def _table_of(kind: type[Aggregate]) -> Any:
    return kind.__table__ if hasattr(kind, "__table__") else kind.__mapper__.local_table  # type: ignore[attr-defined]
