"""What other services told of workers, for the search for blind spots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "known_circumstances",
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("worker_id", "kind", "part"),
    )
    op.create_index(
        "known_circumstances_scan", "known_circumstances", ["kind", "is_running", "worker_id"], unique=False
    )
    op.create_index(op.f("ix_known_circumstances_valid_until"), "known_circumstances", ["valid_until"], unique=False)
