"""Findings, and how far the daily search for them has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("finding_no", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("subject_kind", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("explanation_zh", sa.String(length=500), nullable=False),
        sa.Column("explanation_en", sa.String(length=500), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("certainty", sa.String(length=4), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("figures", Json, nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("assigned_to", sa.String(length=80), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("finding_no"),
        sa.UniqueConstraint("subject_id", "code", "period", name="findings_once"),
    )
    op.create_index("findings_waiting", "findings", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_findings_file_id"), "findings", ["file_id"], unique=False)
    op.create_index(op.f("ix_findings_org_path"), "findings", ["org_path"], unique=False)
    op.create_table(
        "watch_runs",
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("run_on", sa.Date(), nullable=False),
        sa.Column("after", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("scan"),
    )
