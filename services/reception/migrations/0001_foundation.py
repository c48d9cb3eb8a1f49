"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("visit_no", sa.String(length=19), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("window_code", sa.String(length=32), nullable=True),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("display_name", Encrypted("visits.display_name"), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("representatives", Json, nullable=False),
        sa.Column("categories", Json, nullable=False),
        sa.Column("summary", Encrypted("visits.summary"), nullable=False),
        sa.Column("urgency", sa.String(length=20), nullable=False),
        sa.Column("first_handler", sa.String(length=80), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("notice_due_on", sa.Date(), nullable=False),
        sa.Column("risk_level", sa.String(length=20), nullable=True),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("cause_hint", sa.String(length=40), nullable=True),
        sa.Column("missing_documents", Json, nullable=False),
        sa.Column("documents_asked_on", sa.Date(), nullable=True),
        sa.Column("documents_due_on", sa.Date(), nullable=True),
        sa.Column("documents_submitted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("rate_due_on", sa.Date(), nullable=True),
        sa.Column("result_score", sa.Integer(), nullable=True),
        sa.Column("attitude_score", sa.Integer(), nullable=True),
        sa.Column("rating_comment", Encrypted("visits.rating_comment"), nullable=True),
        sa.Column("rated_by", sa.String(length=80), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_no"),
    )
    op.create_index(op.f("ix_visits_org_path"), "visits", ["org_path"], unique=False)
    op.create_index(op.f("ix_visits_registered_on"), "visits", ["registered_on"], unique=False)
    op.create_index(op.f("ix_visits_worker_id"), "visits", ["worker_id"], unique=False)
    op.create_index("visits_awaiting_documents", "visits", ["state", "documents_due_on"], unique=False)
    op.create_table(
        "windows",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("host", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("org_path", "code"),
    )
    op.create_index(op.f("ix_windows_org_path"), "windows", ["org_path"], unique=False)
    op.create_table(
        "visit_answers",
        sa.Column("answer_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("text", Encrypted("visit_answers.text"), nullable=False),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visits.id"],
        ),
        sa.PrimaryKeyConstraint("answer_id"),
    )
    op.create_index(op.f("ix_visit_answers_visit_id"), "visit_answers", ["visit_id"], unique=False)
    op.create_table(
        "visit_referrals",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("routed_on", sa.Date(), nullable=False),
        sa.Column("accept_due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visits.id"],
        ),
        sa.PrimaryKeyConstraint("referral_id"),
    )
    op.create_index(op.f("ix_visit_referrals_visit_id"), "visit_referrals", ["visit_id"], unique=False)
