"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "funds",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fund_no", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("intents", Json, nullable=False),
        sa.Column("receivable_limit_fen", sa.BigInteger(), nullable=True),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.Column("available_fen", sa.BigInteger(), nullable=False),
        sa.Column("reserved_fen", sa.BigInteger(), nullable=False),
        sa.Column("receivable_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("entries_count", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "available_fen >= 0 AND reserved_fen >= 0 AND receivable_fen >= 0", name="funds_never_negative"
        ),
        sa.CheckConstraint("paid_fen >= 0 AND written_off_fen >= 0", name="funds_spent_never_negative"),
        sa.CheckConstraint(
            "received_fen = available_fen + reserved_fen + receivable_fen + paid_fen + written_off_fen",
            name="funds_balanced",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fund_no"),
    )
    op.create_index(op.f("ix_funds_org_path"), "funds", ["org_path"], unique=False)
    op.create_table(
        "hardship_files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("head_worker_id", sa.String(length=36), nullable=False),
        sa.Column("main_cause", sa.String(length=40), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("other_causes", Json, nullable=False),
        sa.Column("income12_fen", sa.BigInteger(), nullable=False),
        sa.Column("rigid", Json, nullable=False),
        sa.Column("accident_cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("vetoes", Json, nullable=False),
        sa.Column("authorisation_no", sa.String(length=60), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.String(length=80), nullable=True),
        sa.Column("survey_due_on", sa.Date(), nullable=True),
        sa.Column("surveyors", Json, nullable=False),
        sa.Column("survey_notes", Json, nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("report_no", sa.String(length=60), nullable=True),
        sa.Column("report_hits", Json, nullable=False),
        sa.Column("report_explanation", sa.String(length=1000), nullable=True),
        sa.Column("grade", sa.String(length=20), nullable=True),
        sa.Column("proposed_grade", sa.String(length=20), nullable=True),
        sa.Column("grade_reason", sa.String(length=500), nullable=True),
        sa.Column("grade_document", sa.String(length=200), nullable=True),
        sa.Column("explanation_zh", Json, nullable=False),
        sa.Column("explanation_en", Json, nullable=False),
        sa.Column("assessed_by", sa.String(length=80), nullable=True),
        sa.Column("notice_place", sa.String(length=200), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("objection", sa.String(length=500), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("review_reason", sa.String(length=300), nullable=True),
        sa.Column("reviewed_placements", Json, nullable=False),
        sa.Column("exit_until", sa.Date(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("file_no"),
    )
    op.create_index(op.f("ix_hardship_files_head_worker_id"), "hardship_files", ["head_worker_id"], unique=False)
    op.create_index(op.f("ix_hardship_files_next_review_on"), "hardship_files", ["next_review_on"], unique=False)
    op.create_index(op.f("ix_hardship_files_org_path"), "hardship_files", ["org_path"], unique=False)
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
        "hardship_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "hardship_members_open",
        "hardship_members",
        ["worker_id"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_hardship_members_file_id"), "hardship_members", ["file_id"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("debit", sa.String(length=20), nullable=False),
        sa.Column("credit", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("about_part", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name="ledger_entries_positive"),
        sa.CheckConstraint("debit <> credit", name="ledger_entries_two_accounts"),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fund_id", "number"),
    )
    op.create_index(
        "ledger_entries_once",
        "ledger_entries",
        ["about_id", "kind", "about_part"],
        unique=True,
        sqlite_where=sa.text("kind IN ('RECEIVED', 'ADVANCED', 'REPAID', 'WRITTEN_OFF')"),
        postgresql_where=sa.text("kind IN ('RECEIVED', 'ADVANCED', 'REPAID', 'WRITTEN_OFF')"),
    )
    op.create_index(
        "ledger_entries_receipt",
        "ledger_entries",
        ["org_path", "kind", "document_no"],
        unique=True,
        sqlite_where=sa.text("kind IN ('RECEIVED', 'REPAID')"),
        postgresql_where=sa.text("kind IN ('RECEIVED', 'REPAID')"),
    )
    op.create_table(
        "wage_advances",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("advance_no", sa.String(length=32), nullable=False),
        sa.Column("dispute_id", sa.String(length=36), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("ratify_due_on", sa.Date(), nullable=True),
        sa.Column("ratified_by", sa.String(length=80), nullable=True),
        sa.Column("ratified_on", sa.Date(), nullable=True),
        sa.Column("ratification_missed", sa.Boolean(), nullable=False),
        sa.Column("refused_reason", sa.String(length=500), nullable=True),
        sa.Column("alternatives", Json, nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("repay_due_on", sa.Date(), nullable=True),
        sa.Column("evidence_no", sa.String(length=60), nullable=True),
        sa.Column("assignment_no", sa.String(length=60), nullable=True),
        sa.Column("fund_id", sa.String(length=36), nullable=True),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("disbursed_by", sa.String(length=80), nullable=True),
        sa.Column("disbursed_on", sa.Date(), nullable=True),
        sa.Column("disbursed_fen", sa.BigInteger(), nullable=False),
        sa.Column("repaid_fen", sa.BigInteger(), nullable=False),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovery_note", sa.String(length=300), nullable=True),
        sa.Column("write_off_reason", sa.String(length=300), nullable=True),
        sa.Column("write_off_evidence_no", sa.String(length=60), nullable=True),
        sa.Column("write_off_proposed_by", sa.String(length=80), nullable=True),
        sa.Column("written_off_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "repaid_fen >= 0 AND repaid_fen + written_off_fen <= disbursed_fen AND disbursed_fen <= total_fen",
            name="wage_advances_balanced",
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("advance_no"),
        sa.UniqueConstraint("request_id"),
    )
    op.create_index(op.f("ix_wage_advances_dispute_id"), "wage_advances", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_wage_advances_employer_id"), "wage_advances", ["employer_id"], unique=False)
    op.create_index(op.f("ix_wage_advances_org_path"), "wage_advances", ["org_path"], unique=False)
    op.create_index(op.f("ix_wage_advances_repay_due_on"), "wage_advances", ["repay_due_on"], unique=False)
    op.create_table(
        "repayments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("advance_id", sa.String(length=36), nullable=False),
        sa.Column("receipt_no", sa.String(length=60), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["advance_id"],
            ["wage_advances.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("advance_id", "receipt_no"),
    )
    op.create_index(op.f("ix_repayments_advance_id"), "repayments", ["advance_id"], unique=False)
    op.create_table(
        "wage_advance_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("advance_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("claimed_fen", sa.BigInteger(), nullable=False),
        sa.Column("advanced_fen", sa.BigInteger(), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("cash_receipt_no", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "advanced_fen > 0 AND (is_refused OR advanced_fen <= claimed_fen)", name="wage_advance_lines_within_claim"
        ),
        sa.ForeignKeyConstraint(
            ["advance_id"],
            ["wage_advances.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_wage_advance_lines_advance_id"), "wage_advance_lines", ["advance_id"], unique=False)
    op.create_index(op.f("ix_wage_advance_lines_worker_id"), "wage_advance_lines", ["worker_id"], unique=False)
    op.create_index(
        "wage_advance_lines_claim",
        "wage_advance_lines",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("NOT is_refused"),
        postgresql_where=sa.text("NOT is_refused"),
    )
