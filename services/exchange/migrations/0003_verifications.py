"""Households of relief that agencies are to be asked about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "verifications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("authorisation_no", sa.String(length=60), nullable=False),
        sa.Column("request", sa.BigInteger(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("report_no", sa.String(length=60), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("hits", Json, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("file_id", "request"),
    )
    op.create_index(op.f("ix_verifications_org_path"), "verifications", ["org_path"], unique=False)
    op.create_index("verifications_waiting", "verifications", ["state", "file_no"], unique=False)
