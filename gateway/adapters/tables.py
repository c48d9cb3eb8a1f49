"""Accounts, API clients, sessions: the gateway's own rows."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import registry

from gateway.accounts.domain import Account, ApiClient, Grant
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Instant, Json

metadata = MetaData()

accounts = aggregate_table(
    "accounts",
    metadata,
    Column("name", String(40), nullable=False, unique=True),
    Column("display_name", String(60), nullable=False),
    # encrypted, so that neither the rows nor the audit trail let anybody try passwords
    Column("password_hash", Encrypted("accounts.password_hash"), nullable=False),
    key("worker_id"),
)

grants = Table(
    "grants",
    metadata,
    key(primary_key=True),
    Column("account_id", String(36), ForeignKey("accounts.id"), nullable=False),
    Column("role", String(8), nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("granted_by", String(80), nullable=False),
    Column("granted_at", Instant, nullable=False),
    UniqueConstraint("account_id", "role", "org_path"),
)

api_clients = aggregate_table(
    "api_clients",
    metadata,
    Column("name", String(40), nullable=False, unique=True),
    Column("display_name", String(60), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("secret_number", Integer, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    key(primary_key=True),
    Column("account_id", String(36), ForeignKey("accounts.id"), nullable=False, index=True),
    Column("started_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_because", String(40)),
)

#: every refresh token of a living session; a used one that comes back ends the session
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("session_id", String(36), ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issued_at", Instant, nullable=False),
    Column("used_at", Instant),
)

#: failures by keyed hash of the name, existing or not, so that a lock tells nobody which names exist
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("name_hash", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
    Column("locked_until", Instant),
)

#: sessions, accounts and API clients whose remembered tokens the workers must look up again
revocations = Table(
    "revocations",
    metadata,
    key(primary_key=True),
    Column("subject", String(36), nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

mappers = registry(metadata=metadata)
mappers.map_imperatively(Grant, grants)
map_aggregate(mappers, Account, accounts, grants=parts(Grant, grants.c.id))
map_aggregate(mappers, ApiClient, api_clients)
