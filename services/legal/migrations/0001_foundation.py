"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "aid_cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("matter", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("applied_by", sa.String(length=80), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("decision_due_on", sa.Date(), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("dispute_id", sa.String(length=36), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("limitation_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=30), nullable=True),
        sa.Column("means_evidence", sa.String(length=500), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("supplement_items", Json, nullable=False),
        sa.Column("supplement_asked_on", sa.Date(), nullable=True),
        sa.Column("supplement_due_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("objection", sa.String(length=500), nullable=True),
        sa.Column("objection_due_on", sa.Date(), nullable=True),
        sa.Column("case_no", sa.String(length=19), nullable=True),
        sa.Column("assign_due_on", sa.Date(), nullable=True),
        sa.Column("lawyer_id", sa.String(length=36), nullable=True),
        sa.Column("lawyer_account_id", sa.String(length=80), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(length=20), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("costs_fen", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("follow_up", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_no"),
    )
    op.create_index(op.f("ix_aid_cases_dispute_id"), "aid_cases", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_aid_cases_employer_id"), "aid_cases", ["employer_id"], unique=False)
    op.create_index(op.f("ix_aid_cases_lawyer_account_id"), "aid_cases", ["lawyer_account_id"], unique=False)
    op.create_index(op.f("ix_aid_cases_lawyer_id"), "aid_cases", ["lawyer_id"], unique=False)
    op.create_index(op.f("ix_aid_cases_org_path"), "aid_cases", ["org_path"], unique=False)
    op.create_index(op.f("ix_aid_cases_supplement_due_on"), "aid_cases", ["supplement_due_on"], unique=False)
    op.create_index(op.f("ix_aid_cases_visit_id"), "aid_cases", ["visit_id"], unique=False)
    op.create_table(
        "consultations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_consultations_org_path"), "consultations", ["org_path"], unique=False)
    op.create_index(op.f("ix_consultations_visit_id"), "consultations", ["visit_id"], unique=False)
    op.create_index(op.f("ix_consultations_worker_id"), "consultations", ["worker_id"], unique=False)
    op.create_table(
        "duty_calls",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("visit_no", sa.String(length=19), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("risk_level", sa.String(length=10), nullable=False),
        sa.Column("lawyer_id", sa.String(length=36), nullable=True),
        sa.Column("lawyer_account_id", sa.String(length=80), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_id"),
    )
    op.create_index(op.f("ix_duty_calls_org_path"), "duty_calls", ["org_path"], unique=False)
    op.create_table(
        "lawyers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.String(length=80), nullable=False),
        sa.Column("licence_no", sa.String(length=30), nullable=False),
        sa.Column("duty_days", sa.String(length=7), nullable=False),
        sa.Column("client_employer_ids", Json, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
    )
    op.create_index(op.f("ix_lawyers_org_path"), "lawyers", ["org_path"], unique=False)
    op.create_table(
        "recovery_cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("case_no", sa.String(length=19), nullable=False),
        sa.Column("advance_id", sa.String(length=36), nullable=False),
        sa.Column("advance_no", sa.String(length=19), nullable=False),
        sa.Column("dispute_id", sa.String(length=36), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("repay_due_on", sa.Date(), nullable=False),
        sa.Column("claim_basis", sa.String(length=20), nullable=True),
        sa.Column("court", sa.String(length=100), nullable=True),
        sa.Column("sought_on", sa.Date(), nullable=True),
        sa.Column("notify_due_on", sa.Date(), nullable=True),
        sa.Column("order_no", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("object_due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("advance_id"),
        sa.UniqueConstraint("case_no"),
    )
    op.create_index(op.f("ix_recovery_cases_dispute_id"), "recovery_cases", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_recovery_cases_employer_id"), "recovery_cases", ["employer_id"], unique=False)
    op.create_index(op.f("ix_recovery_cases_org_path"), "recovery_cases", ["org_path"], unique=False)
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
        "applicants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("is_migrant", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["aid_cases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_applicants_owner_id"), "applicants", ["owner_id"], unique=False)
    op.create_index(op.f("ix_applicants_worker_id"), "applicants", ["worker_id"], unique=False)
    op.create_table(
        "stages",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["aid_cases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stages_owner_id"), "stages", ["owner_id"], unique=False)
