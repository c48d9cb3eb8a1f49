"""What an operator does with an installation from the command line, with or without its services running."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, select, update

from shared.kernel.clock import real_now
from shared.runtime import keys
from shared.runtime.config import SERVICES, Settings
from shared.service.react import set_state
from shared.service.relay import waiting
from shared.service.ticks import new_traceparent
from shared.store import audit, encryption
from shared.store.audit import trace_id
from shared.store.draft_migration import metadata_of
from shared.store.encryption import Encrypted
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from shared.store.tables import KIT, audit_strands, inbox

#: everything that has a database
UNITS = ("gateway", *SERVICES)
REENCRYPT_BATCH = 500


class NoSuchMessage(LookupError):
    """No parked message has this id. The message says where to look."""


@contextmanager
def database(settings: Settings, unit: str) -> Iterator[Database]:
    """The database of a service or of the gateway."""
    opened = Database(service_url(unit, settings.database_url, settings.data))
    try:
        yield opened
    finally:
        opened.close()


def migrate_all(settings: Settings, progress: Callable[[str], None] = lambda _unit: None) -> None:
    """Create and migrate every database."""
    for unit in UNITS:
        progress(unit)
        migrate(unit, settings.database_url, settings.data)


def parked_list(settings: Settings, unit: str | None = None) -> list[dict[str, Any]]:
    """The messages that wait for a decision, oldest first, each with its `service`."""
    found: list[dict[str, Any]] = []
    for name in [unit] if unit else UNITS:
        with database(settings, name) as opened, opened.read() as connection:
            rows = connection.execute(select(inbox).where(inbox.c.state == "parked")).mappings().all()
            found += [{"service": name, **row} for row in rows]
    return sorted(found, key=lambda row: row["received_at"])


def parked_show(settings: Settings, event_id: str) -> dict[str, Any]:
    """One message, whatever its state. Raises NoSuchMessage."""
    unit, row = _find(settings, event_id)
    return {"service": unit, **row}


def parked_retry(settings: Settings, event_id: str) -> dict[str, Any]:
    """Let the service try the message again at once."""
    return _decide(settings, event_id, "waiting", None)


def parked_discard(settings: Settings, event_id: str, reason: str) -> dict[str, Any]:
    """End the message; it stays readable with the reason."""
    return _decide(settings, event_id, "discarded", reason)


def _find(settings: Settings, event_id: str) -> tuple[str, dict[str, Any]]:
    for unit in UNITS:
        with database(settings, unit) as opened, opened.read() as connection:
            row = connection.execute(select(inbox).where(inbox.c.event_id == event_id)).mappings().first()
            if row is not None:
                return unit, dict(row)
    raise NoSuchMessage(f"没有编号为 {event_id} 的消息,请用 bangfu parked list 查看。 / "
                        f"There is no message {event_id}; `bangfu parked list` shows those there are.")


def _decide(settings: Settings, event_id: str, state: str, reason: str | None) -> dict[str, Any]:
    unit, row = _find(settings, event_id)
    with database(settings, unit) as opened, opened.write() as connection:
        if not set_state(connection, event_id, state, reason):
            raise NoSuchMessage(f"消息 {event_id} 不在搁置状态({row['state']})。 / "
                                f"Message {event_id} is not parked but {row['state']}: there is nothing to decide.")
        _write_down(connection, f"parked {state}", event_id, reason or "")
    return parked_show(settings, event_id)


def _write_down(connection: Connection, action: str, subject_id: str, detail: str) -> None:
    audit.append(connection, [audit.Entry(
        real_now().isoformat(), f"shell:{getpass.getuser()}", "OPERATOR", action, "Message", subject_id, 0, "",
        trace_id(new_traceparent()), detail)])


def outbox_state(settings: Settings) -> list[dict[str, Any]]:
    """Per service: what is unpublished, retried and parked."""
    found = []
    for unit in UNITS:
        with database(settings, unit) as opened, opened.read() as connection:
            found.append({"service": unit, **waiting(connection)})
    return found


def audit_verify(settings: Settings, unit: str | None = None) -> list[dict[str, Any]]:
    """Per service: whether its audit trail is whole, every fault, and the heads of its strands to keep elsewhere."""
    found = []
    for name in [unit] if unit else UNITS:
        with database(settings, name) as opened, opened.read() as connection:
            faults = list(audit.verify(connection))
            heads = [dict(row) for row in connection.execute(select(audit_strands)).mappings() if row["count"]]
        found.append({"service": name, "is_whole": not faults, "faults": faults, "heads": heads})
    return found


def rotate_field_keys(settings: Settings) -> dict[str, Any]:
    """Add a field key, make it the current one, and encrypt everything anew with it. Running services read the key
    file again when they meet the new key. Safe to repeat after an interruption."""
    key_id = keys.add_field_key(settings)
    return {"current_field_key": key_id, "values": encrypt_anew(settings)}


def encrypt_anew(settings: Settings) -> int:
    """Encrypt every value that an older key closes with the current one; how many there were."""
    keys.use(settings)
    count = 0
    for unit in UNITS:
        with database(settings, unit) as opened:
            for table in (*metadata_of(unit).sorted_tables, *KIT.sorted_tables):
                count += sum(_encrypt_column(opened, table, c.name) for c in table.c if isinstance(c.type, Encrypted))
    return count


def _encrypt_column(opened: Database, table: Table, name: str) -> int:
    count = 0
    (key,) = table.primary_key.columns
    kind = table.c[name].type
    assert isinstance(kind, Encrypted)
    stored = kind.stored(table.c[name])
    old = select(key, table.c[name], stored.label("stored")).where(
        stored.is_not(None), stored.not_like(f"{encryption.cipher().current}:%")).limit(REENCRYPT_BATCH)
    while True:
        with opened.write() as connection:
            rows = connection.execute(old).all()
            for row in rows:
                # only if nobody has changed the value since it was read
                same = update(table).where(key == row[0], stored == row.stored)
                connection.execute(same.values({name: row[1]}))
        count += len(rows)
        if len(rows) < REENCRYPT_BATCH:
            return count
