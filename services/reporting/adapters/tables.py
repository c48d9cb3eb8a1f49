"""Reporting's table: the facts. They are written once and never changed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, UniqueConstraint

from shared.store.mapping import key
from shared.store.types import Fen, Instant

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False),
    key("event_id", nullable=False),
    Column("type", String(60), nullable=False),
    Column("dedupe", String(80), nullable=False),
    key("subject_id", nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("quantity", Integer),
    Column("amount_fen", Fen),
    key("person_id"),
    Column("code", String(60)),
    Column("result_score", Integer),
    Column("attitude_score", Integer),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("type", "dedupe"),
)
Index("facts_of_period", facts.c.type, facts.c.happened_on)
Index("facts_of_subject", facts.c.subject_id, facts.c.type)
