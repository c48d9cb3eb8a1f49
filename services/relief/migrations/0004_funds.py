"""Budgets, transfers, corrections and year-ends of funds; the ledger knows the year and the purpose of an entry.

Entries made before belong to the year in which they were made; their hashes stay what they were (first edition).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0004"
down_revision = "0003"

#: the year at +08:00 of a column that holds an instant
YEAR = {
    "sqlite": "CAST(strftime('%Y', {column}, '+8 hours') AS INTEGER)",
    "postgresql": "CAST(EXTRACT(YEAR FROM {column} AT TIME ZONE 'Asia/Shanghai') AS INTEGER)",
}
LIFT = {
    "sqlite": "DROP TRIGGER ledger_entries_no_UPDATE",
    "postgresql": "ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_append_only",
}
SET_AGAIN = {
    "sqlite": "CREATE TRIGGER ledger_entries_no_UPDATE BEFORE UPDATE ON ledger_entries "
    "BEGIN SELECT RAISE(ABORT, 'ledger entries are append-only'); END",
    "postgresql": "ALTER TABLE ledger_entries ENABLE TRIGGER ledger_entries_append_only",
}


def upgrade() -> None:
    for step in (widen, budgets, budget_lines, transfers, reversals, closings, date_what_is_there):
        step()


def widen() -> None:
    op.add_column("funds", sa.Column("first_year", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("funds", sa.Column("closed_year", sa.Integer(), nullable=True))
    op.add_column("funds", sa.Column("intent_until", sa.Date(), nullable=True))
    op.add_column("funds", sa.Column("intent_note", sa.String(length=300), nullable=True))
    op.add_column("ledger_entries", sa.Column("year", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("ledger_entries", sa.Column("purpose", sa.String(length=32), nullable=True))
    op.add_column("ledger_entries", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ledger_entries_about", "ledger_entries", ["about_id", "kind"], unique=False)
    op.create_index(
        "ledger_entries_advice",
        "ledger_entries",
        ["org_path", "document_no"],
        unique=True,
        sqlite_where=sa.text("kind = 'INTEREST'"),
        postgresql_where=sa.text("kind = 'INTEREST'"),
    )
    op.create_index("ledger_entries_year", "ledger_entries", ["fund_id", "year", "kind"], unique=False)


def budgets() -> None:
    op.create_table(
        "budgets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("budget_no", sa.String(length=32), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=True),
        sa.Column("sent_back_reason", sa.String(length=300), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("revision_lines", Json, nullable=True),
        sa.Column("revision_reason", sa.String(length=300), nullable=True),
        sa.Column("revised_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("budget_no"),
        sa.UniqueConstraint("fund_id", "year"),
    )
    op.create_index(op.f("ix_budgets_org_path"), "budgets", ["org_path"], unique=False)


def budget_lines() -> None:
    op.create_table(
        "budget_editions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("budget_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id"],
            ["budgets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_budget_editions_budget_id"), "budget_editions", ["budget_id"], unique=False)
    op.create_table(
        "budget_lines",
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("approved_fen", sa.BigInteger(), nullable=True),
        sa.Column("committed_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("approved_fen IS NULL OR committed_fen <= approved_fen", name="budget_lines_within"),
        sa.CheckConstraint("paid_fen >= 0 AND committed_fen >= paid_fen", name="budget_lines_committed"),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("fund_id", "year", "purpose"),
    )


def transfers() -> None:
    op.create_table(
        "fund_transfers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("transfer_no", sa.String(length=32), nullable=False),
        sa.Column("from_fund_id", sa.String(length=36), nullable=False),
        sa.Column("to_fund_id", sa.String(length=36), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("document_no", sa.String(length=60), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("refused_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("amount_fen > 0 AND from_fund_id <> to_fund_id", name="fund_transfers_two_funds"),
        sa.ForeignKeyConstraint(
            ["from_fund_id"],
            ["funds.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("transfer_no"),
    )
    op.create_index(op.f("ix_fund_transfers_org_path"), "fund_transfers", ["org_path"], unique=False)


def reversals() -> None:
    op.create_table(
        "entry_reversals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("refused_reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entries.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "entry_reversals_once",
        "entry_reversals",
        ["subject_id"],
        unique=True,
        sqlite_where=sa.text("state != 'REFUSED'"),
        postgresql_where=sa.text("state != 'REFUSED'"),
    )
    op.create_index(op.f("ix_entry_reversals_org_path"), "entry_reversals", ["org_path"], unique=False)


def closings() -> None:
    op.create_table(
        "year_closings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fund_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("carried_reason", sa.String(length=300), nullable=True),
        sa.Column("carried_count", sa.Integer(), nullable=False),
        sa.Column("carried_fen", sa.BigInteger(), nullable=False),
        sa.Column("figures", Json, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("refused_reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_year_closings_org_path"), "year_closings", ["org_path"], unique=False)
    op.create_index(
        "year_closings_once",
        "year_closings",
        ["fund_id", "year"],
        unique=True,
        sqlite_where=sa.text("state != 'REFUSED'"),
        postgresql_where=sa.text("state != 'REFUSED'"),
    )
    op.create_table(
        "carried_reservations",
        sa.Column("closing_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("about_part", sa.String(length=60), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"],
            ["year_closings.id"],
        ),
        sa.PrimaryKeyConstraint("closing_id", "id"),
    )


def date_what_is_there() -> None:
    """Years for the funds and entries there are, and what was advanced so far for the budgets to come."""
    dialect = op.get_bind().dialect.name
    op.execute(f"UPDATE funds SET first_year = {YEAR[dialect].format(column='created_at')}")  # noqa: S608  ours
    op.execute(LIFT[dialect])
    op.execute(f"UPDATE ledger_entries SET year = {YEAR[dialect].format(column='at')}")  # noqa: S608  ours
    op.execute(SET_AGAIN[dialect])
    op.execute(
        "INSERT INTO budget_lines (fund_id, year, purpose, approved_fen, committed_fen, paid_fen) "
        "SELECT fund_id, year, 'WAGE_ADVANCE', NULL, SUM(amount_fen), SUM(amount_fen) FROM ledger_entries "
        "WHERE kind = 'ADVANCED' GROUP BY fund_id, year"
    )
    year = YEAR[dialect].format(column="created_at")
    op.execute(
        "INSERT INTO budget_lines (fund_id, year, purpose, approved_fen, committed_fen, paid_fen) "  # noqa: S608  ours
        f"SELECT fund_id, {year}, purpose, NULL, SUM(amount_fen), "
        "SUM(CASE WHEN state = 'PAID' THEN amount_fen ELSE 0 END) FROM payment_lines "
        f"WHERE state NOT IN ('RELEASED', 'RECOVERED') AND purpose <> 'WAGE_ADVANCE' GROUP BY fund_id, {year}, purpose"
    )
