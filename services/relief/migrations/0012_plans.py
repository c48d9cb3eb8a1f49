"""Assistance plans, pair-ups, and what may happen to a wage advance on its way back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "assistance_plans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("plan_no", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("revises_id", sa.String(length=36), nullable=True),
        sa.Column("revised_by_id", sa.String(length=36), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.ForeignKeyConstraint(
            ["revises_id"],
            ["assistance_plans.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan_no"),
    )
    op.create_index(op.f("ix_assistance_plans_file_id"), "assistance_plans", ["file_id"], unique=False)
    op.create_index(op.f("ix_assistance_plans_org_path"), "assistance_plans", ["org_path"], unique=False)
    op.create_index(op.f("ix_assistance_plans_worker_id"), "assistance_plans", ["worker_id"], unique=False)
    op.create_table(
        "pair_ups",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("pair_no", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("cadre_id", sa.String(length=80), nullable=False),
        sa.Column("rank", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("contact_due_on", sa.Date(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("contacts_missed", sa.Integer(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("follows_id", sa.String(length=36), nullable=True),
        sa.Column("followed_by_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["pair_ups.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pair_no"),
    )
    op.create_index(op.f("ix_pair_ups_cadre_id"), "pair_ups", ["cadre_id"], unique=False)
    op.create_index(op.f("ix_pair_ups_file_id"), "pair_ups", ["file_id"], unique=False)
    op.create_index(op.f("ix_pair_ups_org_path"), "pair_ups", ["org_path"], unique=False)
    op.create_index(
        "pair_ups_active",
        "pair_ups",
        ["file_id", "cadre_id"],
        unique=True,
        sqlite_where=sa.text("state = 'ACTIVE'"),
        postgresql_where=sa.text("state = 'ACTIVE'"),
    )
    op.create_index("pair_ups_due", "pair_ups", ["state", "contact_due_on"], unique=False)
    op.create_table(
        "assistance_steps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=500), nullable=True),
        sa.Column("placement_id", sa.String(length=36), nullable=True),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["assistance_plans.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assistance_steps_due", "assistance_steps", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_assistance_steps_owner_id"), "assistance_steps", ["owner_id"], unique=False)
    op.create_index(op.f("ix_assistance_steps_plan_id"), "assistance_steps", ["plan_id"], unique=False)
    op.create_table(
        "pair_contacts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", Encrypted("pair_contacts.note"), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["pair_ups.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_pair_contacts_pair_id"), "pair_contacts", ["pair_id"], unique=False)
    op.add_column(
        "wage_advance_lines",
        sa.Column("employer_paid_fen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("wage_advances", sa.Column("next_remind_on", sa.Date(), nullable=True))
    op.add_column("wage_advances", sa.Column("extensions", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column("wage_advances", sa.Column("recovery_id", sa.String(length=36), nullable=True))
    op.add_column("wage_advances", sa.Column("recovery_stage", sa.String(length=20), nullable=True))
    op.create_index(op.f("ix_wage_advances_next_remind_on"), "wage_advances", ["next_remind_on"], unique=False)
