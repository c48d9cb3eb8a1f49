"""Payment lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "payment_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("about_part", sa.String(length=60), nullable=False),
        sa.Column("payee_kind", sa.String(length=20), nullable=False),
        sa.Column("payee_id", sa.String(length=36), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("amount_fen > 0", name="payment_lines_positive"),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("about_kind", "about_id", "about_part"),
    )
    op.create_index(op.f("ix_payment_lines_batch_id"), "payment_lines", ["batch_id"], unique=False)
    op.create_index(op.f("ix_payment_lines_org_path"), "payment_lines", ["org_path"], unique=False)
    op.create_index(op.f("ix_payment_lines_payee_id"), "payment_lines", ["payee_id"], unique=False)
    op.create_index("payment_lines_waiting", "payment_lines", ["fund_id", "state"], unique=False)
