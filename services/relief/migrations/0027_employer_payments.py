"""What employers paid workers themselves, entry by entry, which the database keeps for good; and days of repayment
that were corrected; and the day on which a child left its school.

Sums of before become one entry a line; their papers stand in the audit trail only. A later script that rebuilds
`employer_payments` on SQLite loses the triggers and must create them again.
"""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from shared.store.types import Fen, Instant, Json

revision = "0027"
down_revision = "0026"

SQLITE = [
    f"CREATE TRIGGER employer_payments_no_{verb} BEFORE {verb} ON employer_payments "
    "BEGIN SELECT RAISE(ABORT, 'payments of employers are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION employer_payments_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'payments of employers are append-only'; END $$",
    "CREATE TRIGGER employer_payments_append_only BEFORE UPDATE OR DELETE ON employer_payments "
    "FOR EACH ROW EXECUTE FUNCTION employer_payments_append_only()",
]
#: who and by which paper, of entries of before
IN_THE_TRAIL = "见审计记录"


def upgrade() -> None:
    table = op.create_table(
        "employer_payments",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("advance_id", sa.String(length=36), sa.ForeignKey("wage_advances.id"), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("amount_fen", Fen, nullable=False),
        sa.Column("evidence_no", sa.String(length=60), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("reverses_id", sa.String(length=36), sa.ForeignKey("employer_payments.id"), nullable=True,
                  unique=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
    )
    for name in ("advance_id", "claim_id"):
        op.create_index(op.f(f"ix_employer_payments_{name}"), "employer_payments", [name], unique=False)
    op.add_column("wage_advance_lines", sa.Column("most_fen", Fen, server_default=sa.text("0"), nullable=False))
    op.execute("UPDATE wage_advance_lines SET most_fen = advanced_fen WHERE NOT is_refused")
    op.add_column("wage_advances", sa.Column("day_corrections", Json, server_default=sa.text("'[]'"), nullable=False))
    op.add_column("placement_requests", sa.Column("left_on", sa.Date(), nullable=True))
    _keep_known(table)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _keep_known(table: sa.Table) -> None:
    connection = op.get_bind()
    names = ("advance_id", "claim_id", "employer_paid_fen")
    lines: sa.TableClause = sa.table("wage_advance_lines", *[sa.column(name) for name in names])
    advances: sa.TableClause = sa.table("wage_advances", sa.column("id"), sa.column("created_at", Instant()))
    known = sa.select(lines, advances.c.created_at).join_from(
        lines, advances, advances.c.id == lines.c.advance_id).where(lines.c.employer_paid_fen > 0)
    entries = [{"id": str(uuid4()), "advance_id": row.advance_id, "claim_id": row.claim_id,
                "amount_fen": row.employer_paid_fen, "evidence_no": IN_THE_TRAIL, "recorded_by": IN_THE_TRAIL,
                "recorded_on": row.created_at.date()} for row in connection.execute(known)]
    if entries:
        connection.execute(sa.insert(table), entries)
