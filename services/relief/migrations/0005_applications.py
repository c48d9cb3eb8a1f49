"""Relief applications, the needs they hold, and campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "held_needs",
        sa.Column("need_key", sa.String(length=160), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("about_no", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("need_key"),
    )
    op.create_index(op.f("ix_held_needs_about_id"), "held_needs", ["about_id"], unique=False)
    op.create_table(
        "relief_applications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("application_no", sa.String(length=32), nullable=False),
        sa.Column("relief_type", sa.String(length=20), nullable=False),
        sa.Column("whom", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("household", Json, nullable=False),
        sa.Column("asked_fen", sa.BigInteger(), nullable=True),
        sa.Column("sealed_need", Encrypted("relief_applications.sealed_need"), nullable=False),
        sa.Column("sealed_other_aid", Encrypted("relief_applications.sealed_other_aid"), nullable=False),
        sa.Column("need_key", sa.String(length=160), nullable=False),
        sa.Column("student_key", sa.String(length=64), nullable=True),
        sa.Column("school_year", sa.Integer(), nullable=True),
        sa.Column("missing", Json, nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_note", sa.String(length=500), nullable=True),
        sa.Column("completed_by", sa.String(length=80), nullable=True),
        sa.Column("cap_fen", sa.BigInteger(), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("certainty", sa.String(length=4), nullable=True),
        sa.Column("computed_on", sa.Date(), nullable=True),
        sa.Column("explanation_zh", Json, nullable=False),
        sa.Column("explanation_en", Json, nullable=False),
        sa.Column("findings", Json, nullable=False),
        sa.Column("finding_note", sa.String(length=500), nullable=True),
        sa.Column("proposed_fen", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by", sa.String(length=80), nullable=True),
        sa.Column("notice_place", sa.String(length=200), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("objection", sa.String(length=500), nullable=True),
        sa.Column("outside_document_no", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("fund_id", sa.String(length=36), nullable=True),
        sa.Column("fund_source", sa.String(length=32), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(length=60), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recovery_reason", sa.String(length=500), nullable=True),
        sa.Column("recovery_proposed_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "proposed_fen IS NULL OR (proposed_fen > 0 AND proposed_fen <= cap_fen)",
            name="relief_applications_within_cap",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_no"),
    )
    op.create_index(op.f("ix_relief_applications_file_id"), "relief_applications", ["file_id"], unique=False)
    op.create_index(op.f("ix_relief_applications_household_id"), "relief_applications", ["household_id"], unique=False)
    op.create_index(op.f("ix_relief_applications_org_path"), "relief_applications", ["org_path"], unique=False)
    op.create_index(op.f("ix_relief_applications_person_id"), "relief_applications", ["person_id"], unique=False)
    op.create_index(op.f("ix_relief_applications_student_key"), "relief_applications", ["student_key"], unique=False)
    op.create_index(op.f("ix_relief_applications_worker_id"), "relief_applications", ["worker_id"], unique=False)
    op.create_index("relief_applications_state", "relief_applications", ["state", "relief_type"], unique=False)
    op.create_table(
        "relief_campaigns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("campaign_no", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("relief_type", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("amounts_fen", Json, nullable=False),
        sa.Column("filters", Json, nullable=False),
        sa.Column("listed_count", sa.Integer(), nullable=False),
        sa.Column("already_aided_count", sa.Integer(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("reserved_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("paid_count", sa.Integer(), nullable=False),
        sa.Column("recovered_count", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("reserved_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("fund_id", sa.String(length=36), nullable=True),
        sa.Column("fund_source", sa.String(length=32), nullable=True),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("stalled_reason", sa.String(length=500), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "done_count = reserved_count + skipped_count AND done_count <= listed_count",
            name="relief_campaigns_counted",
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_no"),
    )
    op.create_index(op.f("ix_relief_campaigns_org_path"), "relief_campaigns", ["org_path"], unique=False)
    op.create_index("relief_campaigns_state", "relief_campaigns", ["state"], unique=False)
    op.create_table(
        "campaign_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("campaign_id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name="campaign_lines_positive"),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["relief_campaigns.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "file_id"),
    )
    op.create_index("campaign_lines_waiting", "campaign_lines", ["campaign_id", "state", "number"], unique=False)
