"""The audit trail (审计日志): append-only, hash-chained, written in the transaction of the change it tells of.

Each row's hash covers the row and the hash before it; the head of a chain lies in `audit_strands`, so a row changed,
removed or cut off the end is found. A database has several strands: one chain would make every write of a
service wait for the commit of the one before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.store.tables import audit, audit_strands

STRANDS = 16
START = "0" * 64

# made once: every change runs them
_ANY = select(audit_strands).limit(1).with_for_update()
_FREE = select(audit_strands).order_by(audit_strands.c.strand).limit(1).with_for_update(skip_locked=True)
_KEEP = insert(audit)
_MOVE = (update(audit_strands).where(audit_strands.c.strand == bindparam("held"))
         .values(count=bindparam("rows"), head=bindparam("last")))
#: both in one trip, for the one entry that most changes leave; its parameters are named unlike the strands' columns
_KEEP_ONE_AND_MOVE = _MOVE.add_cte(
    insert(audit).values({c.name: bindparam(f"entry_{c.name}") for c in audit.c}).cte("kept"))


@dataclass(frozen=True)
class Entry:
    """Who did what to which record, when and in which role. `detail` is JSON text: what changed, or why it was read."""

    at: str
    actor: str
    roles: str
    action: str
    subject_kind: str
    subject_id: str
    subject_version: int
    org_path: str
    trace_id: str
    detail: str


def entry(caller: Caller, traceparent: str, action: str, subject_kind: str, subject_id: str, version: int,
          org_path: str, detail: Mapping[str, Any]) -> Entry:
    """What `caller` did now."""
    text = json.dumps(detail, ensure_ascii=False, default=_plain)
    return Entry(now().isoformat(), caller.account_id, " ".join(caller.roles), action, subject_kind, subject_id,
                 version, org_path, trace_id(traceparent), text)


def trace_id(traceparent: str) -> str:
    """The trace id inside a W3C traceparent."""
    return traceparent.split("-")[1] if traceparent.count("-") == 3 else ""


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash that chains `entry` to the hash before it."""
    text = json.dumps([entry[name] for name in Entry.__dataclass_fields__], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()


def append(connection: Connection, entries: list[Entry]) -> None:
    """Chain `entries` to a strand that no other transaction holds (any of them, when all are held)."""
    head = connection.execute(_FREE).mappings().first() or connection.execute(_ANY).mappings().one()
    count, previous, rows = int(head["count"]), str(head["head"]), []
    for entry in entries:
        row = vars(entry)
        count, previous = count + 1, link(previous, row)
        rows.append({**row, "strand": head["strand"], "number": count, "hash": previous})
    moved = {"held": head["strand"], "rows": count, "last": previous}
    if len(rows) == 1 and connection.dialect.name == "postgresql":
        connection.execute(_KEEP_ONE_AND_MOVE, moved | {f"entry_{name}": value for name, value in rows[0].items()})
        return
    connection.execute(_KEEP, rows)
    connection.execute(_MOVE, moved)


def verify(connection: Connection) -> Iterator[str]:
    """What is wrong with the trail, a sentence each; nothing when it is whole."""
    for strand in connection.execute(select(audit_strands).order_by(audit_strands.c.strand)).mappings().all():
        yield from _verify_strand(connection, strand["strand"], strand["count"], strand["head"])


def _verify_strand(connection: Connection, strand: int, count: int, head: str) -> Iterator[str]:
    previous, number = START, 0
    rows = connection.execute(select(audit).where(audit.c.strand == strand).order_by(audit.c.number))
    for row in rows.mappings():
        number += 1
        if row["number"] != number:
            yield f"strand {strand}: row {number} is missing"
            number = row["number"]
        elif link(previous, dict(row)) != row["hash"]:
            yield f"strand {strand}: row {number} ({row['action']} of {row['subject_id']}) was changed"
        previous = row["hash"]
    if (number, previous) != (count, head):
        yield f"strand {strand}: ends at row {number}, its head says {count}"


def strand_rows() -> list[dict[str, Any]]:
    """The empty strands a new database starts with."""
    return [{"strand": number, "count": 0, "head": START} for number in range(STRANDS)]
