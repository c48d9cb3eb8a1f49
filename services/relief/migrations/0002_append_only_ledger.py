"""The database itself refuses to change or remove a ledger entry.

A later script that rebuilds `ledger_entries` on SQLite loses the triggers and must create them again.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = [
    f"CREATE TRIGGER ledger_entries_no_{verb} BEFORE {verb} ON ledger_entries "
    "BEGIN SELECT RAISE(ABORT, 'ledger entries are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'ledger entries are append-only'; END $$",
    "CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries "
    "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()",
]


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
