"""Recorded means tests. The database itself refuses to change or remove one; only its two encrypted columns may be
encrypted anew when keys rotate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0008"
down_revision = "0007"

PLAIN = ("id, org_path, state, version, created_at, file_id, file_no, head_worker_id, tested_on, tested_by, basis, "
         "grade, generation, persons, income12_fen, rigid12_fen, dibao_fen, certainty, receives_dibao, rule_rows")
SQLITE = [
    f"CREATE TRIGGER means_tests_no_{name} BEFORE {what} ON means_tests "
    "BEGIN SELECT RAISE(ABORT, 'means tests are append-only'); END"
    for name, what in (("update", f"UPDATE OF {PLAIN}"), ("delete", "DELETE"))
]
POSTGRESQL = [
    "CREATE FUNCTION means_tests_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'means tests are append-only'; END $$",
    f"CREATE TRIGGER means_tests_append_only BEFORE UPDATE OF {PLAIN} OR DELETE ON means_tests "
    "FOR EACH ROW EXECUTE FUNCTION means_tests_append_only()",
]


def upgrade() -> None:
    op.create_table(
        "means_tests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("file_no", sa.String(length=32), nullable=False),
        sa.Column("head_worker_id", sa.String(length=36), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("tested_by", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("generation", sa.String(length=4), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("income12_fen", sa.BigInteger(), nullable=False),
        sa.Column("rigid12_fen", sa.BigInteger(), nullable=False),
        sa.Column("dibao_fen", sa.BigInteger(), nullable=False),
        sa.Column("certainty", sa.String(length=4), nullable=False),
        sa.Column("receives_dibao", sa.Boolean(), nullable=True),
        sa.Column("rule_rows", Json, nullable=False),
        sa.Column("sealed_facts", Encrypted("means_tests.sealed_facts"), nullable=False),
        sa.Column("sealed_steps", Encrypted("means_tests.sealed_steps"), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["hardship_files.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_means_tests_file_id"), "means_tests", ["file_id"], unique=False)
    op.create_index(op.f("ix_means_tests_head_worker_id"), "means_tests", ["head_worker_id"], unique=False)
    op.create_index(op.f("ix_means_tests_org_path"), "means_tests", ["org_path"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
