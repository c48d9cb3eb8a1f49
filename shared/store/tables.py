"""The kit's own tables: every service's database has them, and no service touches them but through the kit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json, Serial

KIT = MetaData()
#: of an event, as the inbox keeps it
MOST_ID_CHARACTERS, MOST_TYPE_CHARACTERS = 80, 120

outbox = Table(
    "outbox",
    KIT,
    Column("position", Serial, primary_key=True, autoincrement=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("type", String(120), nullable=False),
    Column("subject", String(36), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("envelope", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
)
Index("outbox_unpublished", outbox.c.position, postgresql_where=outbox.c.published_at.is_(None),
      sqlite_where=outbox.c.published_at.is_(None))

inbox = Table(
    "inbox",
    KIT,
    Column("event_id", String(MOST_ID_CHARACTERS), primary_key=True),
    Column("type", String(MOST_TYPE_CHARACTERS), nullable=False),
    Column("state", String(16), nullable=False),  # done | waiting | parked | discarded
    Column("attempts", Integer, nullable=False),
    Column("envelope", Text),
    Column("last_error", Text),
    Column("received_at", Instant, nullable=False),
    Column("next_attempt_at", Instant),
    Column("handled_at", Instant),
    Column("note", Text),
)
Index("inbox_waiting", inbox.c.next_attempt_at, postgresql_where=inbox.c.state == "waiting",
      sqlite_where=inbox.c.state == "waiting")
Index("inbox_parked", inbox.c.received_at, postgresql_where=inbox.c.state == "parked",
      sqlite_where=inbox.c.state == "parked")

commands = Table(
    "commands",
    KIT,
    Column("command_id", String(200), primary_key=True),
    Column("operation", String(80), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("answer", Encrypted("commands.answer"), nullable=False),
    Column("done_at", Instant, nullable=False),
)
Index("commands_done_at", commands.c.done_at)

audit = Table(
    "audit",
    KIT,
    Column("strand", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("roles", String(120), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject_kind", String(60), nullable=False),
    Column("subject_id", String(80), nullable=False),
    Column("subject_version", BigInteger, nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("trace_id", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)
Index("audit_subject", audit.c.subject_id)

audit_strands = Table(
    "audit_strands",
    KIT,
    Column("strand", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("head", String(64), nullable=False),
)

series = Table(
    "series",
    KIT,
    Column("prefix", String(8), primary_key=True),
    Column("division", String(6), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
