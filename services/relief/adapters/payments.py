"""Tables of payments: lines are plain rows, changed many at a time."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from services.relief.adapters.base import fen, metadata
from shared.store.mapping import key
from shared.store.types import Instant

payment_lines = Table(
    "payment_lines",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False, index=True),
    Column("fund_id", String(36), ForeignKey("funds.id"), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("state", String(20), nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False),
    Column("about_part", String(60), nullable=False),
    Column("payee_kind", String(20), nullable=False),
    key("payee_id", nullable=False, index=True),
    fen("amount_fen"),
    Column("document_no", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
    key("batch_id", index=True),
    Column("paid_on", Date),
    Column("reason", String(300)),
    UniqueConstraint("about_kind", "about_id", "about_part"),
    CheckConstraint("amount_fen > 0", name="payment_lines_positive"),
)
Index("payment_lines_waiting", payment_lines.c.fund_id, payment_lines.c.state)
