"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agency_batches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("batch_no", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("amount_total_fen", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ok", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("agency", "batch_no"),
    )
    op.create_index(op.f("ix_agency_batches_org_path"), "agency_batches", ["org_path"], unique=False)
    op.create_table(
        "authorisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("paper_no", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("categories", Json, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("org_path", "paper_no"),
    )
    op.create_index("authorisations_ending", "authorisations", ["state", "valid_to"], unique=False)
    op.create_index(op.f("ix_authorisations_org_path"), "authorisations", ["org_path"], unique=False)
    op.create_table(
        "outbound_records",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "subject_id"),
    )
    op.create_index(op.f("ix_outbound_records_org_path"), "outbound_records", ["org_path"], unique=False)
    op.create_table(
        "agency_row_errors",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("zh", sa.String(length=400), nullable=False),
        sa.Column("en", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["agency_batches.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_agency_row_errors_batch_id"), "agency_row_errors", ["batch_id"], unique=False)
    op.create_table(
        "agency_rows",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("name", Encrypted("agency_rows.name"), nullable=True),
        sa.Column("id_number", Encrypted("agency_rows.id_number"), nullable=True),
        sa.Column("id_index", sa.String(length=64), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("content", Encrypted("agency_rows.content"), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["agency_batches.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("batch_id", "number"),
    )
    op.create_index(op.f("ix_agency_rows_id_index"), "agency_rows", ["id_index"], unique=False)
    op.create_table(
        "authorisation_signers",
        sa.Column("signer_id", sa.String(length=36), nullable=False),
        sa.Column("authorisation_id", sa.String(length=36), nullable=False),
        sa.Column("name", Encrypted("authorisation_signers.name"), nullable=False),
        sa.Column("id_number", Encrypted("authorisation_signers.id_number"), nullable=False),
        sa.Column("id_index", sa.String(length=64), nullable=False),
        sa.Column("guardian_index", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["authorisation_id"],
            ["authorisations.id"],
        ),
        sa.PrimaryKeyConstraint("signer_id"),
    )
    op.create_index(
        op.f("ix_authorisation_signers_authorisation_id"), "authorisation_signers", ["authorisation_id"], unique=False
    )
