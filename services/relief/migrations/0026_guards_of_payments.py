"""What a rule says of a line that fails the check of its batch; and who wrote a batch's list, which the database keeps
for good; and a partner's account that waits to be confirmed.

A later script that rebuilds `payment_authors` on SQLite loses the triggers and must create them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant

revision = "0026"
down_revision = "0022"

SQLITE = [
    f"CREATE TRIGGER payment_authors_no_{verb} BEFORE {verb} ON payment_authors "
    "BEGIN SELECT RAISE(ABORT, 'authors of payments are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION payment_authors_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'authors of payments are append-only'; END $$",
    "CREATE TRIGGER payment_authors_append_only BEFORE UPDATE OR DELETE ON payment_authors "
    "FOR EACH ROW EXECUTE FUNCTION payment_authors_append_only()",
]


def upgrade() -> None:
    _keep_authors()
    for name, size in (("account_confirmed_by", 80), ("account_note", 300), ("new_account_name", 100),
                       ("new_bank_name", 100), ("new_account_by", 80), ("new_account_note", 300)):
        op.add_column("partners", sa.Column(name, sa.String(length=size), nullable=True))
    op.add_column("partners", sa.Column("new_account_number", Encrypted("partners.new_account_number"), nullable=True))
    op.add_column("payment_lines", sa.Column("fault_note", sa.String(length=1000), nullable=True))


def _keep_authors() -> None:
    op.create_table(
        "payment_authors",
        sa.Column("batch_id", sa.String(length=36), sa.ForeignKey("payment_batches.id"), primary_key=True),
        sa.Column("account_id", sa.String(length=80), primary_key=True),
        sa.Column("created_at", Instant(), nullable=False),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
