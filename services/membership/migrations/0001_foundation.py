"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "employers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uscc"),
    )
    op.create_index(op.f("ix_employers_org_path"), "employers", ["org_path"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_memberships_org_path"), "memberships", ["org_path"], unique=False)
    op.create_index(op.f("ix_memberships_worker_id"), "memberships", ["worker_id"], unique=False)
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_organisations_org_path"), "organisations", ["org_path"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("visit_no", sa.String(length=19), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("routed_on", sa.Date(), nullable=False),
        sa.Column("accept_due_on", sa.Date(), nullable=False),
        sa.Column("refuse_due_on", sa.Date(), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("handled_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("outcome", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_referrals_org_path"), "referrals", ["org_path"], unique=False)
    op.create_index(op.f("ix_referrals_visit_id"), "referrals", ["visit_id"], unique=False)
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("id_number", Encrypted("workers.id_number"), nullable=False),
        sa.Column("id_index", sa.String(length=64), nullable=False),
        sa.Column("phone", Encrypted("workers.phone"), nullable=True),
        sa.Column("bank_card", Encrypted("workers.bank_card"), nullable=True),
        sa.Column("bank_name", sa.String(length=60), nullable=True),
        sa.Column("registration", sa.String(length=20), nullable=False),
        sa.Column("employment", sa.String(length=20), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id_index"),
    )
    op.create_index(op.f("ix_workers_employer_id"), "workers", ["employer_id"], unique=False)
    op.create_index(op.f("ix_workers_name"), "workers", ["name"], unique=False)
    op.create_index(op.f("ix_workers_org_path"), "workers", ["org_path"], unique=False)
