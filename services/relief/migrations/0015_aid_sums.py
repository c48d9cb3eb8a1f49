"""Wrong payments come back in parts; applications keep the mutual aid they counted; a repayment's receipt counts once,
whether it comes before the write-off or after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Json

revision = "0015"
down_revision = "0014"

ONCE = {
    "ledger_entries_repaid": (["org_path", "document_no"], "kind IN ('REPAID', 'LATE_REPAID')"),
    "ledger_entries_recovered": (["about_id", "about_part", "document_no"], "kind = 'RECOVERED'"),
}


def upgrade() -> None:
    # both databases take a check with the column, so that neither table is rebuilt
    op.execute(
        "ALTER TABLE payment_lines ADD COLUMN recovered_fen BIGINT DEFAULT 0 NOT NULL "
        "CONSTRAINT payment_lines_recovered CHECK (recovered_fen >= 0 AND recovered_fen <= amount_fen)"
    )
    op.execute("UPDATE payment_lines SET recovered_fen = amount_fen WHERE state = 'RECOVERED'")
    op.add_column("relief_applications", sa.Column("counted_claims", Json, nullable=False, server_default="[]"))
    op.add_column(
        "relief_applications", sa.Column("recovered_fen", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute("UPDATE relief_applications SET recovered_fen = proposed_fen WHERE state = 'RECOVERED'")
    for name, (columns, kinds) in ONCE.items():
        where = sa.text(kinds)
        op.create_index(name, "ledger_entries", columns, unique=True, sqlite_where=where, postgresql_where=where)
    receipts = sa.text("outcome = 'RECOVERED' AND state != 'REFUSED'")
    op.create_index(
        "payment_corrections_receipt",
        "payment_corrections",
        ["line_id", "document_no"],
        unique=True,
        sqlite_where=receipts,
        postgresql_where=receipts,
    )
