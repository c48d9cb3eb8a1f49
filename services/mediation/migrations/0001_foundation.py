"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("acceptance_due_on", sa.Date(), nullable=False),
        sa.Column("mediation_due_on", sa.Date(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("knew_on", sa.Date(), nullable=True),
        sa.Column("termination_on", sa.Date(), nullable=True),
        sa.Column("limitation_on", sa.Date(), nullable=True),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("claimed_fen", sa.BigInteger(), nullable=False),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("representative_ids", Json, nullable=False),
        sa.Column("case_no", sa.String(length=19), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("chief_mediator_id", sa.String(length=36), nullable=True),
        sa.Column("mediator_ids", Json, nullable=False),
        sa.Column("mediator_account_ids", Json, nullable=False),
        sa.Column("duty_lawyer_id", sa.String(length=36), nullable=True),
        sa.Column("agreement_no", sa.String(length=19), nullable=True),
        sa.Column("signatures", Json, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("confirmation_due_on", sa.Date(), nullable=True),
        sa.Column("performed_on", sa.Date(), nullable=True),
        sa.Column("is_at_risk", sa.Boolean(), nullable=False),
        sa.Column("aid_application_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("agreement_no"),
        sa.UniqueConstraint("case_no"),
    )
    op.create_index(op.f("ix_disputes_employer_id"), "disputes", ["employer_id"], unique=False)
    op.create_index(op.f("ix_disputes_incident_id"), "disputes", ["incident_id"], unique=False)
    op.create_index(op.f("ix_disputes_mediation_due_on"), "disputes", ["mediation_due_on"], unique=False)
    op.create_index(op.f("ix_disputes_org_path"), "disputes", ["org_path"], unique=False)
    op.create_index(op.f("ix_disputes_visit_id"), "disputes", ["visit_id"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("risk_level", sa.String(length=10), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("visit_no", sa.String(length=19), nullable=True),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_id"),
    )
    op.create_index(op.f("ix_incidents_employer_id"), "incidents", ["employer_id"], unique=False)
    op.create_index(op.f("ix_incidents_org_path"), "incidents", ["org_path"], unique=False)
    op.create_table(
        "mediators",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.String(length=80), nullable=False),
        sa.Column("is_chief", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
    )
    op.create_index(op.f("ix_mediators_org_path"), "mediators", ["org_path"], unique=False)
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
        "advances",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("advance_id", sa.String(length=36), nullable=True),
        sa.Column("advance_no", sa.String(length=19), nullable=True),
        sa.Column("repaid_fen", sa.BigInteger(), nullable=False),
        sa.Column("refusal", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["disputes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_advances_advance_id"), "advances", ["advance_id"], unique=False)
    op.create_index(op.f("ix_advances_owner_id"), "advances", ["owner_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("claimed_fen", sa.BigInteger(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("advance_state", sa.String(length=20), nullable=True),
        sa.Column("advanced_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["disputes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_claims_owner_id"), "claims", ["owner_id"], unique=False)
    op.create_index(op.f("ix_claims_worker_id"), "claims", ["worker_id"], unique=False)
    op.create_table(
        "incident_actions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["incidents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_incident_actions_owner_id"), "incident_actions", ["owner_id"], unique=False)
    op.create_table(
        "obligations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_fen", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["disputes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_obligations_due_on"), "obligations", ["due_on"], unique=False)
    op.create_index(op.f("ix_obligations_owner_id"), "obligations", ["owner_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("wages_undisputed", sa.Boolean(), nullable=False),
        sa.Column("employer_acknowledges_fen", sa.BigInteger(), nullable=True),
        sa.Column("short_term_inability", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["disputes.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_sessions_owner_id"), "sessions", ["owner_id"], unique=False)
