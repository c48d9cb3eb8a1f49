"""Many rows at once: a statement for every few thousand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, Table, insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from shared.kernel.slices import slices
from shared.store.types import Instant

#: more would come near the time a statement may take
ROWS_A_STATEMENT = 5_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]],
                common: Mapping[str, Any] | None = None, *, unless_known: bool = False) -> int:
    """Insert rows that all have the same columns; `common` are values that every row has. How many went in.

    `unless_known` leaves out rows that a unique constraint already holds. Encrypted columns have no place here.
    """
    return sum(_insert(connection, table, some, common or {}, unless_known)
               for some in slices(rows, ROWS_A_STATEMENT))


def inserting(table: Table, rows: Sequence[Mapping[str, Any]]) -> Callable[[Connection], None]:
    """The same as a step for the end of a transaction: after the record itself, to which the rows point."""

    def put(connection: Connection) -> None:
        insert_rows(connection, table, rows)

    return put


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], common: Mapping[str, Any],
            unless_known: bool) -> int:
    if connection.dialect.name == "postgresql":
        return _by_json(connection, table, rows, common, " ON CONFLICT DO NOTHING" if unless_known else "")
    statement = insert(table).prefix_with("OR IGNORE") if unless_known else insert(table)
    return int(connection.execute(statement, [{**common, **row} for row in rows]).rowcount)


def _by_json(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], common: Mapping[str, Any],
             conflict: str) -> int:
    """One parameter for all rows: the driver would adapt the values one by one."""
    names, fixed = list(rows[0]), list(common)
    shape = ", ".join(f'"{name}" {_type(table.c[name])}' for name in names)
    into = ", ".join(f'"{name}"' for name in [*names, *fixed])
    values = ", ".join([*(f'x."{name}"' for name in names),
                        *(f"%(c_{name})s::{_type(table.c[name])}" for name in fixed)])
    statement = (f'INSERT INTO "{table.name}" ({into}) SELECT {values} '  # noqa: S608  names of our own tables
                 f"FROM json_to_recordset(%(rows)s::json) AS x({shape}){conflict}")
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_plain)
    done = connection.exec_driver_sql(statement, {"rows": told, **{f"c_{name}": common[name] for name in fixed}})
    return int(done.rowcount)


def _type(column: Column[Any]) -> str:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(column.type, Instant):
        return "timestamptz"
    if isinstance(kind, (BigInteger, Integer, Date, Boolean)):
        return str(kind.compile(postgresql.dialect()))
    return "text"


def _plain(value: Any) -> str:
    return str(value.isoformat())
