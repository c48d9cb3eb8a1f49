"""Care platforms: partners, outlets, agreements, cards, redemptions, visits, settlements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "care_uses",
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0", name="care_uses_never_negative"),
        sa.PrimaryKeyConstraint("worker_id", "what", "period"),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("partner_no", sa.String(length=32), nullable=False),
        sa.Column("union_path", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("account_name", sa.String(length=100), nullable=True),
        sa.Column("bank_name", sa.String(length=100), nullable=True),
        sa.Column("account_number", Encrypted("partners.account_number"), nullable=True),
        sa.Column("account_set_by", sa.String(length=80), nullable=True),
        sa.Column("state_reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("partner_no"),
    )
    op.create_index(op.f("ix_partners_org_path"), "partners", ["org_path"], unique=False)
    op.create_table(
        "care_cards",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("card_no", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("basis_no", sa.String(length=60), nullable=True),
        sa.Column("pin", Encrypted("care_cards.pin"), nullable=True),
        sa.Column("monthly_limit_fen", sa.BigInteger(), nullable=True),
        sa.Column("yearly_limit_fen", sa.BigInteger(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=True),
        sa.Column("activated_at", Instant(), nullable=True),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
        sa.Column("replaced_by_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("card_no"),
    )
    op.create_index(
        "care_cards_one",
        "care_cards",
        ["worker_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('REQUESTED', 'ISSUED', 'ACTIVE', 'FROZEN')"),
        postgresql_where=sa.text("state IN ('REQUESTED', 'ISSUED', 'ACTIVE', 'FROZEN')"),
    )
    op.create_index(op.f("ix_care_cards_file_id"), "care_cards", ["file_id"], unique=False)
    op.create_index(op.f("ix_care_cards_org_path"), "care_cards", ["org_path"], unique=False)
    op.create_index(op.f("ix_care_cards_worker_id"), "care_cards", ["worker_id"], unique=False)
    op.create_table(
        "outlets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("partner_id", "code"),
    )
    op.create_index(op.f("ix_outlets_org_path"), "outlets", ["org_path"], unique=False)
    op.create_table(
        "partner_agreements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("agreement_no", sa.String(length=32), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("union_bp", sa.Integer(), nullable=True),
        sa.Column("partner_bp", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=True),
        sa.Column("signed_by_partner", sa.String(length=60), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(union_bp IS NULL AND partner_bp IS NULL) OR union_bp + partner_bp = 10000",
            name="partner_agreements_whole",
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("agreement_no"),
        sa.UniqueConstraint("partner_id", "edition"),
    )
    op.create_index(op.f("ix_partner_agreements_org_path"), "partner_agreements", ["org_path"], unique=False)
    op.create_table(
        "care_settlements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settlement_no", sa.String(length=32), nullable=False),
        sa.Column("agreement_id", sa.String(length=36), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("charges_count", sa.Integer(), nullable=False),
        sa.Column("credits_count", sa.Integer(), nullable=False),
        sa.Column("disputed_count", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("union_fen", sa.BigInteger(), nullable=False),
        sa.Column("partner_fen", sa.BigInteger(), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("reserved_by", sa.String(length=80), nullable=True),
        sa.Column("fund_id", sa.String(length=36), nullable=True),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.CheckConstraint("total_fen = union_fen + partner_fen", name="care_settlements_whole"),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["partner_agreements.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("settlement_no"),
    )
    op.create_index(
        "care_settlements_month",
        "care_settlements",
        ["agreement_id", "month"],
        unique=True,
        sqlite_where=sa.text("state <> 'CANCELLED'"),
        postgresql_where=sa.text("state <> 'CANCELLED'"),
    )
    op.create_index(op.f("ix_care_settlements_org_path"), "care_settlements", ["org_path"], unique=False)
    op.create_table(
        "care_visits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("outlet_id", sa.String(length=36), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("agreement_id", sa.String(length=36), nullable=False),
        sa.Column("till_no", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("department", Encrypted("care_visits.department"), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["partner_agreements.id"],
        ),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["care_cards.id"],
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"],
            ["outlets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outlet_id", "till_no"),
    )
    op.create_index(op.f("ix_care_visits_org_path"), "care_visits", ["org_path"], unique=False)
    op.create_index(op.f("ix_care_visits_worker_id"), "care_visits", ["worker_id"], unique=False)
    op.create_table(
        "redemptions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outlet_id", sa.String(length=36), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("agreement_id", sa.String(length=36), nullable=False),
        sa.Column("till_no", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=True),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("card_kind", sa.String(length=20), nullable=True),
        sa.Column("term", sa.String(length=20), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("items", Json, nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("union_fen", sa.BigInteger(), nullable=False),
        sa.Column("partner_fen", sa.BigInteger(), nullable=False),
        sa.Column("redeemed_at", Instant(), nullable=False),
        sa.Column("redeemed_on", sa.Date(), nullable=False),
        sa.Column("is_offline", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("reversal_reason", sa.String(length=300), nullable=True),
        sa.Column("reversal_proposed_by", sa.String(length=80), nullable=True),
        sa.Column("reversed_by", sa.String(length=80), nullable=True),
        sa.Column("reversed_on", sa.Date(), nullable=True),
        sa.Column("settlement_id", sa.String(length=36), nullable=True),
        sa.Column("credit_settlement_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "total_fen > 0 AND union_fen >= 0 AND partner_fen >= 0 AND total_fen = union_fen + partner_fen",
            name="redemptions_whole",
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["partner_agreements.id"],
        ),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["care_cards.id"],
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"],
            ["outlets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outlet_id", "till_no"),
    )
    op.create_index(op.f("ix_redemptions_card_id"), "redemptions", ["card_id"], unique=False)
    op.create_index(
        op.f("ix_redemptions_credit_settlement_id"), "redemptions", ["credit_settlement_id"], unique=False
    )
    op.create_index(op.f("ix_redemptions_org_path"), "redemptions", ["org_path"], unique=False)
    op.create_index(op.f("ix_redemptions_partner_id"), "redemptions", ["partner_id"], unique=False)
    op.create_index(op.f("ix_redemptions_settlement_id"), "redemptions", ["settlement_id"], unique=False)
    op.create_index(op.f("ix_redemptions_worker_id"), "redemptions", ["worker_id"], unique=False)
    op.create_index(
        "redemptions_open", "redemptions", ["agreement_id", "state", "settlement_id", "redeemed_on"], unique=False
    )
    op.create_index(
        "redemptions_term",
        "redemptions",
        ["outlet_id", "term"],
        unique=True,
        sqlite_where=sa.text("term IS NOT NULL AND state <> 'REVERSED'"),
        postgresql_where=sa.text("term IS NOT NULL AND state <> 'REVERSED'"),
    )
    op.create_table(
        "settlement_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("settlement_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("outlet_id", sa.String(length=36), nullable=False),
        sa.Column("till_no", sa.String(length=40), nullable=False),
        sa.Column("redeemed_on", sa.Date(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("union_fen", sa.BigInteger(), nullable=False),
        sa.Column("partner_fen", sa.BigInteger(), nullable=False),
        sa.Column("dispute_reason", sa.String(length=300), nullable=True),
        sa.Column("disputed_by", sa.String(length=80), nullable=True),
        sa.Column("resolution", sa.String(length=300), nullable=True),
        sa.Column("resolved_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["care_settlements.id"],
        ),
        sa.PrimaryKeyConstraint("settlement_id", "id"),
    )
    op.create_index(
        "settlement_lines_once",
        "settlement_lines",
        ["id", "kind"],
        unique=True,
        sqlite_where=sa.text("state <> 'REMOVED'"),
        postgresql_where=sa.text("state <> 'REMOVED'"),
    )
