"""Whose fiscal money a fund holds, a province's or a place's own; the union's shares of enrolment fees;
the tier of every measure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    # both databases take a check with the column, so that the table is not rebuilt
    op.execute("ALTER TABLE funds ADD COLUMN fiscal_level VARCHAR(20) "
               "CONSTRAINT funds_fiscal_level CHECK (fiscal_level IS NULL OR source = 'LOCAL_FISCAL')")
    # a province's union has the province's money; Hainan's funds were held to the rule for the province's until now
    op.execute("UPDATE funds SET fiscal_level = CASE WHEN org_path LIKE '/__/' OR org_path LIKE '/46/%' "
               "THEN 'PROVINCIAL' ELSE 'LOCAL' END WHERE source = 'LOCAL_FISCAL'")
    _create_scheme_accounts()
    _create_union_shares()
    _give_tiers()


def _create_scheme_accounts() -> None:
    op.create_table(
        "mutual_aid_scheme_accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("account_name", sa.String(length=100), nullable=False),
        sa.Column("bank_name", sa.String(length=100), nullable=False),
        sa.Column("account_number", Encrypted("mutual_aid_scheme_accounts.account_number"), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("org_path", "plan"),
    )
    op.create_index("ix_mutual_aid_scheme_accounts_org_path", "mutual_aid_scheme_accounts", ["org_path"])


def _create_union_shares() -> None:
    op.create_table(
        "mutual_aid_union_shares",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("enrolment_id", sa.String(length=36), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name="mutual_aid_union_shares_positive"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["mutual_aid_enrolments.id"]),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["mutual_aid_scheme_accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mutual_aid_union_shares_org_path", "mutual_aid_union_shares", ["org_path"])
    op.create_index("ix_mutual_aid_union_shares_account_id", "mutual_aid_union_shares", ["account_id"])
    borne = sa.text("state IN ('RESERVED', 'PAID')")
    op.create_index("mutual_aid_union_shares_once", "mutual_aid_union_shares", ["enrolment_id"], unique=True,
                    sqlite_where=borne, postgresql_where=borne)


#: measure → what it counts as unless a place rules otherwise
TIERS = {"wage_advances": "EMERGENCY", "goods_issues": "EMERGENCY", "care_settlements": "SAFEGUARD",
         "mutual_aid_claims": "SAFEGUARD", "payment_lines": "SAFEGUARD"}


def _give_tiers() -> None:
    """Lines that are of applications and campaigns take theirs; those of lists go by their purpose."""
    for table, tier in TIERS.items():
        op.add_column(table, sa.Column("tier", sa.String(length=20), server_default=tier, nullable=False))
    op.execute("UPDATE payment_lines SET tier = COALESCE((SELECT a.tier FROM relief_applications a "
               "WHERE a.id = about_id), tier) WHERE about_kind = 'ReliefApplication'")
    op.execute("UPDATE payment_lines SET tier = COALESCE((SELECT c.tier FROM relief_campaigns c "
               "WHERE c.id = about_id), tier) WHERE about_kind = 'ReliefCampaign'")
    op.execute("UPDATE payment_lines SET tier = CASE WHEN purpose IN ('TEMPORARY', 'GOODS', 'ACCIDENT') "
               "THEN 'EMERGENCY' ELSE 'ROOT_CAUSE' END WHERE about_kind = 'PaymentList' "
               "AND purpose IN ('TEMPORARY', 'GOODS', 'ACCIDENT', 'TRAINING', 'JOB_INTRODUCTION')")
