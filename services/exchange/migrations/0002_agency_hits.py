"""Members of the union among the rows of agencies' lists. Lists that were loaded before are looked through too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("agency_batches", sa.Column("compared", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agency_batches", sa.Column("members", sa.Integer(), nullable=False, server_default="0"))
    waiting = sa.text("state = 'LOADED' AND compared < total")
    op.create_index("agency_batches_to_compare", "agency_batches", ["created_at"], unique=False, sqlite_where=waiting,
                    postgresql_where=waiting)
    op.create_table(
        "agency_hits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["agency_batches.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("batch_id", "number"),
    )
    op.create_index(op.f("ix_agency_hits_org_path"), "agency_hits", ["org_path"], unique=False)
    op.create_index(op.f("ix_agency_hits_worker_id"), "agency_hits", ["worker_id"], unique=False)
