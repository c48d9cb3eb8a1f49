"""What an operator and an auditor may do with any service: parked messages, the audit trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shared.kernel.errors import Conflict, NotFound
from shared.service.dispatch import Asked
from shared.service.react import set_state
from shared.store import audit
from shared.store.paging import cut, ordered
from shared.store.reading import Reading, within
from shared.store.tables import audit as audit_table
from shared.store.tables import inbox
from shared.store.work import Work


class NotParked(Conflict):
    code = "not-parked"
    zh = "该消息不在搁置状态,无需处理。"
    en = "This message is not parked; there is nothing to decide."


def list_parked_messages(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = [inbox.c.received_at, inbox.c.type]
    query = select(inbox).where(inbox.c.state == asked.query["state"])
    rows = reading.connection.execute(ordered(query, columns, inbox.c.event_id, asked.query)).all()
    return cut(rows, columns, inbox.c.event_id, asked.query)


def get_parked_message(reading: Reading, asked: Asked) -> Any:
    return _row(reading.connection, asked.path["event_id"])


def retry_parked_message(work: Work, asked: Asked) -> Any:
    return _decide(work, asked.path["event_id"], "waiting", None)


def discard_parked_message(work: Work, asked: Asked) -> Any:
    return _decide(work, asked.path["event_id"], "discarded", asked.body["reason"])


def _decide(work: Work, event_id: str, state: str, reason: str | None) -> Any:
    connection = work.session.connection()
    _row(connection, event_id)
    if not set_state(connection, event_id, state, reason):
        raise NotParked
    work.note(work.action, "ParkedMessage", event_id, {"reason": reason})
    return _row(connection, event_id)


def _row(connection: Any, event_id: str) -> Any:
    found = connection.execute(select(inbox).where(inbox.c.event_id == event_id)).mappings().first()
    if found is None:
        raise NotFound(id=event_id)
    return found


def list_audit_entries(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = [audit_table.c.at]
    query = select(audit_table).where(within(audit_table, reading.caller))
    for name in ("subject_id", "actor"):
        if name in asked.query:
            query = query.where(audit_table.c[name] == asked.query[name])
    rows = reading.connection.execute(ordered(query, columns, audit_table.c.hash, asked.query)).all()
    return cut(rows, columns, audit_table.c.hash, asked.query)


def verify_audit_trail(reading: Reading, _asked: Asked) -> dict[str, Any]:
    faults = list(audit.verify(reading.connection))
    return {"is_whole": not faults, "faults": faults[:100]}
