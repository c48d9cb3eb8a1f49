"""Campaigns in kind and their lines; where a paper file that was taken over comes from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("hardship_files", sa.Column("paper_no", sa.String(length=60), nullable=True))
    op.add_column("hardship_files", sa.Column("established_year", sa.Integer(), nullable=True))
    op.add_column("hardship_files", sa.Column("source_document", sa.String(length=200), nullable=True))
    op.create_index(op.f("ix_hardship_files_paper_no"), "hardship_files", ["paper_no"], unique=False)
    op.create_table(
        "goods_campaigns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("campaign_no", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("package", Json, nullable=False),
        sa.Column("filters", Json, nullable=False),
        sa.Column("listed_count", sa.Integer(), nullable=False),
        sa.Column("already_aided_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("reserved_count", sa.Integer(), nullable=False),
        sa.Column("handed_count", sa.Integer(), nullable=False),
        sa.Column("released_count", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "handed_count >= 0 AND released_count >= 0 AND handed_count + released_count <= reserved_count "
            "AND reserved_count + skipped_count <= listed_count",
            name="goods_campaigns_counted",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_no"),
    )
    op.create_index(op.f("ix_goods_campaigns_org_path"), "goods_campaigns", ["org_path"], unique=False)
    op.create_table(
        "goods_campaign_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("campaign_id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=True),
        sa.Column("receiver", Encrypted("goods_campaign_lines.receiver"), nullable=True),
        sa.Column("signature_no", sa.String(length=60), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_by", sa.String(length=80), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["goods_campaigns.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "file_id"),
    )
    op.create_index("goods_campaign_lines_file", "goods_campaign_lines", ["file_id", "state"], unique=False)
    op.create_index(
        "goods_campaign_lines_waiting", "goods_campaign_lines", ["campaign_id", "state", "number"], unique=False
    )
