"""Hardship files: form, objections, accesses, attachments, transfers, reviews, destruction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "file_destructions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_ids", Json, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_file_destructions_org_path"), "file_destructions", ["org_path"], unique=False)
    op.create_table(
        "file_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("sample_bp", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("file_reviews_once", "file_reviews", ["org_path", "year"], unique=True)
    op.create_index(op.f("ix_file_reviews_org_path"), "file_reviews", ["org_path"], unique=False)
    op.create_table(
        "file_accesses",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("outside_body", sa.String(length=100), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_file_accesses_file_id"), "file_accesses", ["file_id"], unique=False)
    op.create_index(op.f("ix_file_accesses_org_path"), "file_accesses", ["org_path"], unique=False)
    op.create_table(
        "file_attachments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_text", Encrypted("file_attachments.content"), nullable=True),
        sa.Column("uploaded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_file_attachments_file_id"), "file_attachments", ["file_id"], unique=False)
    op.create_index(op.f("ix_file_attachments_org_path"), "file_attachments", ["org_path"], unique=False)
    op.create_table(
        "file_objections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("text", Encrypted("file_objections.text"), nullable=False),
        sa.Column("contact", Encrypted("file_objections.contact"), nullable=True),
        sa.Column("raised_by", sa.String(length=80), nullable=True),
        sa.Column("finding", sa.String(length=500), nullable=True),
        sa.Column("examined_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_file_objections_file_id"), "file_objections", ["file_id"], unique=False)
    op.create_index(op.f("ix_file_objections_org_path"), "file_objections", ["org_path"], unique=False)
    op.create_table(
        "file_review_items",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("is_sampled", sa.Boolean(), nullable=False),
        sa.Column("is_started", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=80), nullable=True),
        sa.Column("is_consistent", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["file_reviews.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review_id", "file_id"),
    )
    op.create_index(op.f("ix_file_review_items_file_id"), "file_review_items", ["file_id"], unique=False)
    op.create_index(op.f("ix_file_review_items_is_started"), "file_review_items", ["is_started"], unique=False)
    op.create_table(
        "file_transfers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("from_org_path", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_file_transfers_file_id"), "file_transfers", ["file_id"], unique=False)
    op.create_index(op.f("ix_file_transfers_org_path"), "file_transfers", ["org_path"], unique=False)
    op.add_column("hardship_files", sa.Column("is_migrant", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("hardship_files", sa.Column("form_text", Encrypted("hardship_files.form"), nullable=True))
    op.add_column("hardship_files", sa.Column("home_text", Encrypted("hardship_files.home"), nullable=True))
    op.add_column("hardship_files", sa.Column("may_publish", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("hardship_files", sa.Column("noticed_on", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("open_objections", sa.Integer(), server_default="0", nullable=False))
    op.add_column("hardship_files", sa.Column("approvals", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column(
        "hardship_files", sa.Column("is_temporary", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("hardship_files", sa.Column("temporary_until", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("suspended_until", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("reviewed_on", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("review_result", sa.String(length=20), nullable=True))
    op.add_column("hardship_files", sa.Column("changed_on", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("paper_due_on", sa.Date(), nullable=True))
    op.add_column(
        "hardship_files", sa.Column("is_paper_overdue", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("hardship_files", sa.Column("previous_file_id", sa.String(length=36), nullable=True))
    op.add_column("hardship_files", sa.Column("link", sa.String(length=20), nullable=True))
    op.add_column("hardship_files", sa.Column("merged_into_id", sa.String(length=36), nullable=True))
    op.add_column("hardship_files", sa.Column("watch_until", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("relapse_flagged_on", sa.Date(), nullable=True))
    op.add_column("hardship_files", sa.Column("archive_until", sa.Date(), nullable=True))
    op.create_index("hardship_files_state", "hardship_files", ["state", "org_path"], unique=False)
    op.create_index(op.f("ix_hardship_files_archive_until"), "hardship_files", ["archive_until"], unique=False)
    op.create_index(op.f("ix_hardship_files_changed_on"), "hardship_files", ["changed_on"], unique=False)
    op.create_index(op.f("ix_hardship_files_paper_due_on"), "hardship_files", ["paper_due_on"], unique=False)
    op.create_index(op.f("ix_hardship_files_previous_file_id"), "hardship_files", ["previous_file_id"], unique=False)
    op.add_column("hardship_members", sa.Column("details_text", Encrypted("hardship_members.details"), nullable=True))
    op.add_column("hardship_members", sa.Column("health_text", Encrypted("hardship_members.health"), nullable=True))
    op.create_index("hardship_members_of", "hardship_members", ["worker_id"], unique=False)
    op.execute("UPDATE hardship_files SET changed_on = COALESCE(approved_on, surveyed_on, authorised_on)")
