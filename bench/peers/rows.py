"""The rows the peers read and write: the product's own employers, and two tables of the same shape to insert into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, String, Table, Text

METADATA = MetaData()
SCHEMA = "peer"


def _employers(schema: str) -> Table:
    return Table(
        "employers", METADATA,
        Column("id", String(36), primary_key=True),
        Column("org_path", String(200), nullable=False, index=True),
        Column("state", String(40), nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("uscc", String(18), nullable=False, unique=True),
        Column("name", String(100), nullable=False),
        schema=schema,
    )  # fmt: skip


#: read only
EMPLOYERS = _employers("membership")
NEW_EMPLOYERS = _employers(SCHEMA)
OUTBOX = Table(
    "outbox", METADATA,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("type", String(120), nullable=False),
    Column("subject", String(36), nullable=False),
    Column("envelope", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    schema=SCHEMA,
)  # fmt: skip


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the product answers with: the row without the time of its making."""
    return {name: row[name] for name in ("id", "org_path", "version", "uscc", "name", "state")}
