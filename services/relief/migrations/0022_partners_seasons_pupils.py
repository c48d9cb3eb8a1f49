"""What a care supermarket has promised to do, with whom a care-relay station is built, which partner an item comes
from, quotas of a campaign's own, which pupils a school's invoice is for, the consent to keep a health file's number,
what became of a referral, and student aid in kind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0022"
down_revision = "0021"

ALL = ["CALL", "COMMUNITY_SERVICE", "LOGISTICS", "WAREHOUSE", "WEB"]


def upgrade() -> None:
    for table, name in (("partner_agreements", "capabilities"), ("catalogues", "quotas"), ("orders", "season_classes")):
        op.add_column(table, sa.Column(name, Json, server_default="[]", nullable=False))
    # the editions of before did not say; their supermarkets took and delivered orders, so they keep all five until an
    # edition says otherwise: with none, every order would be refused from today on
    agreements = sa.table("partner_agreements", sa.column("kind", sa.String), sa.column("capabilities", Json))
    op.execute(agreements.update().where(agreements.c.kind == "SUPERMARKET").values(capabilities=ALL))
    op.add_column("partners", sa.Column("employer_id", sa.String(length=36), nullable=True))
    op.add_column("partners", sa.Column("focus", sa.String(length=100), nullable=True))
    # both databases take a foreign key with the column, so that the tables are not rebuilt
    op.execute("ALTER TABLE offers ADD COLUMN partner_id VARCHAR(36) REFERENCES partners (id)")
    op.execute("ALTER TABLE term_schools ADD COLUMN outlet_id VARCHAR(36) REFERENCES outlets (id)")
    op.create_index("ix_term_schools_outlet_id", "term_schools", ["outlet_id"])
    op.add_column("care_visits", sa.Column("consent_no", sa.String(length=60), nullable=True))
    op.add_column("assistance_steps", sa.Column("referred_to", sa.String(length=20), nullable=True))
    op.add_column("assistance_steps", sa.Column("result", sa.String(length=20), nullable=True))
    # invoices of before name how many pupils they are for, and not which
    op.add_column("redemptions", sa.Column("request_nos", Json, nullable=True))
    op.create_table(
        "student_aids",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("aid_no", sa.String(length=32), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("student_key", sa.String(length=64), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("value_fen > 0", name="student_aids_something"),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("aid_no"),
    )
    op.create_index(op.f("ix_student_aids_file_id"), "student_aids", ["file_id"], unique=False)
    op.create_index(op.f("ix_student_aids_org_path"), "student_aids", ["org_path"], unique=False)
    op.create_index(op.f("ix_student_aids_worker_id"), "student_aids", ["worker_id"], unique=False)
    op.create_index(
        "student_aids_once",
        "student_aids",
        ["student_key", "school_year", "form", "document_no"],
        unique=True,
        sqlite_where=sa.text("state = 'RECORDED'"),
        postgresql_where=sa.text("state = 'RECORDED'"),
    )
