"""Mutual aid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "mutual_aid_enrolments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("enrolment_no", sa.String(length=32), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("terms", Json, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("unit_name", sa.String(length=100), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("listed_by", sa.String(length=80), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("union_fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("waiting_until", sa.Date(), nullable=True),
        sa.Column("renews_id", sa.String(length=36), nullable=True),
        sa.Column("renewed_by_id", sa.String(length=36), nullable=True),
        sa.Column("receipt_no", sa.String(length=60), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["renewed_by_id"],
            ["mutual_aid_enrolments.id"],
        ),
        sa.ForeignKeyConstraint(
            ["renews_id"],
            ["mutual_aid_enrolments.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enrolment_no"),
    )
    op.create_index(
        op.f("ix_mutual_aid_enrolments_employer_id"), "mutual_aid_enrolments", ["employer_id"], unique=False
    )
    op.create_index(op.f("ix_mutual_aid_enrolments_org_path"), "mutual_aid_enrolments", ["org_path"], unique=False)
    op.create_index(op.f("ix_mutual_aid_enrolments_plan"), "mutual_aid_enrolments", ["plan"], unique=False)
    op.create_index("mutual_aid_enrolments_state", "mutual_aid_enrolments", ["state", "ends_on"], unique=False)
    op.create_table(
        "mutual_aid_scheme_files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("batch_no", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("errors", Json, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("org_path", "plan", "batch_no"),
    )
    op.create_index(op.f("ix_mutual_aid_scheme_files_org_path"), "mutual_aid_scheme_files", ["org_path"], unique=False)
    op.create_table(
        "mutual_aid_participants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("enrolment_id", sa.String(length=36), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_waiting_waived", sa.Boolean(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.Column("previous_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("shares > 0 AND fee_fen >= 0", name="mutual_aid_participants_positive"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["mutual_aid_enrolments.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_mutual_aid_participants_enrolment_id"), "mutual_aid_participants", ["enrolment_id"], unique=False
    )
    op.create_index(op.f("ix_mutual_aid_participants_org_path"), "mutual_aid_participants", ["org_path"], unique=False)
    op.create_index(
        op.f("ix_mutual_aid_participants_worker_id"), "mutual_aid_participants", ["worker_id"], unique=False
    )
    op.create_index(
        "mutual_aid_participants_last",
        "mutual_aid_participants",
        ["plan", "worker_id"],
        unique=True,
        sqlite_where=sa.text("is_last"),
        postgresql_where=sa.text("is_last"),
    )
    op.create_table(
        "mutual_aid_claims",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("claim_no", sa.String(length=32), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("covered_from", sa.Date(), nullable=False),
        sa.Column("is_waiting_waived", sa.Boolean(), nullable=False),
        sa.Column("cover", Encrypted("mutual_aid_claims.cover"), nullable=False),
        sa.Column("diagnosis", Encrypted("mutual_aid_claims.diagnosis"), nullable=False),
        sa.Column("diagnosed_on", sa.Date(), nullable=False),
        sa.Column("hospital_grade", sa.Integer(), nullable=False),
        sa.Column("eligible_fen", sa.BigInteger(), nullable=False),
        sa.Column("own_paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_external", sa.Boolean(), nullable=False),
        sa.Column("filed_by", sa.String(length=80), nullable=False),
        sa.Column("used_fen", sa.BigInteger(), nullable=False),
        sa.Column("used_days", sa.Integer(), nullable=False),
        sa.Column("computed_fen", sa.BigInteger(), nullable=True),
        sa.Column("documents", Json, nullable=False),
        sa.Column("checked_by", sa.String(length=80), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_fen", sa.BigInteger(), nullable=True),
        sa.Column("fund_id", sa.String(length=36), nullable=True),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("declined_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "paid_fen >= 0 AND (paid_fen = 0 OR paid_fen = approved_fen)", name="mutual_aid_claims_paid"
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["mutual_aid_enrolments.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["mutual_aid_participants.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("claim_no"),
    )
    op.create_index(op.f("ix_mutual_aid_claims_enrolment_id"), "mutual_aid_claims", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_mutual_aid_claims_org_path"), "mutual_aid_claims", ["org_path"], unique=False)
    op.create_index(op.f("ix_mutual_aid_claims_participant_id"), "mutual_aid_claims", ["participant_id"], unique=False)
    op.create_index(op.f("ix_mutual_aid_claims_worker_id"), "mutual_aid_claims", ["worker_id"], unique=False)
