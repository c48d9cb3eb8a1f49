"""What a rule says of a line that fails the check of its batch; and who wrote a batch's list, which the database keeps
for good; and a partner's account that waits to be confirmed; and papers
and keys of lists by what makes them differ; and the account of a payee that a check saw.

A later script that rebuilds `payment_authors` on SQLite loses the triggers and must create them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.kernel.texts import same_text
from shared.store.encryption import Encrypted
from shared.store.types import Instant

revision = "0026"
down_revision = "0025"

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
    op.create_table(
        "payment_accounts_seen",
        sa.Column("line_id", sa.String(length=36), sa.ForeignKey("payment_lines.id"), primary_key=True),
        sa.Column("seen", sa.String(length=150), nullable=False),
    )
    _fold_keys()
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


def _fold_keys() -> None:
    """Where two papers or keys differed by their writing alone, the later one keeps what it has: it was paid so."""
    key = sa.Column("document_key", sa.String(length=200), server_default="", nullable=False)
    op.add_column("payment_matters", key)
    names = ("id", "org_path", "document_no", "document_key")
    matters: sa.TableClause = sa.table("payment_matters", *[sa.column(name) for name in names])
    known: set[tuple[str, str]] = set()
    for row in op.get_bind().execute(sa.select(matters).order_by(matters.c.id)).all():
        written = same_text(row.document_no)
        if (row.org_path, written) in known:
            written = f"{written}#{row.id}"
        known.add((row.org_path, written))
        op.execute(matters.update().where(matters.c.id == row.id).values(document_key=written))
    op.create_index("payment_matters_paper", "payment_matters", ["org_path", "document_key"], unique=True)
    op.execute("UPDATE payment_lines SET about_part = upper(about_part) WHERE about_kind = 'PaymentList' "
               "AND about_part <> upper(about_part) AND NOT EXISTS (SELECT 1 FROM payment_lines AS other "
               "WHERE other.about_kind = 'PaymentList' AND other.about_id = payment_lines.about_id "
               "AND other.id <> payment_lines.id AND upper(other.about_part) = upper(payment_lines.about_part))")
