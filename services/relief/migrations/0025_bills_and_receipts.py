"""What a claim on mutual aid is for: the hospital's number of it, and a key that no two standing claims share. And the
register of receipts, in which a number counts once, whatever it brings in.

Claims of before have neither number nor key. The next claim for the same day, cover and figures is refused by a look at
them (`application/mutual_aid/claims.py`). Where a receipt was entered twice before, the first entry has the number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from shared.kernel.texts import same_text
from shared.store.encryption import Encrypted

revision = "0025"
down_revision = "0024"


#: entries of the ledger by which money came in, and what the register calls them
ENTERED = {"RECEIVED": "FUND", "INTEREST": "INTEREST", "REPAID": "ADVANCE", "LATE_REPAID": "ADVANCE"}
#: org_path, number, about, about_id, about_no
Row = tuple[str, str, str, str, str]


def upgrade() -> None:
    op.add_column("mutual_aid_claims", sa.Column("bill_no", Encrypted("mutual_aid_claims.bill_no"), nullable=True))
    op.add_column("mutual_aid_claims", sa.Column("event_key", sa.String(length=64), nullable=True))
    standing = sa.text("event_key IS NOT NULL AND state <> 'DECLINED'")
    op.create_index("mutual_aid_claims_event", "mutual_aid_claims", ["plan", "worker_id", "event_key"], unique=True,
                    sqlite_where=standing, postgresql_where=standing)
    _register_receipts()


def _register_receipts() -> None:
    table = op.create_table(
        "receipt_numbers",
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("about_no", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("org_path", "number_hash"),
    )
    op.create_index(op.f("ix_receipt_numbers_about_id"), "receipt_numbers", ["about_id"], unique=False)
    connection, found = op.get_bind(), dict[tuple[str, str], dict[str, str]]()
    for org_path, number, about, about_id, about_no in (
            *_entered(connection), *_recovered(connection), *_fees(connection)):
        number_hash = hashlib.sha256(same_text(number).encode()).hexdigest()
        found.setdefault((org_path, number_hash), {
            "org_path": org_path, "number_hash": number_hash, "about": about, "about_id": about_id,
            "about_no": about_no})
    if found:
        connection.execute(sa.insert(table), list(found.values()))


def _entered(connection: sa.Connection) -> Iterator[Row]:
    """Receipts, interest and repayments that nobody reversed; of a number entered again, the number itself."""
    rows = connection.execute(sa.text(
        "SELECT e.org_path, e.document_no, e.kind, e.id, e.about_part, f.fund_no, a.advance_no FROM ledger_entries e "
        "JOIN funds f ON f.id = e.fund_id LEFT JOIN wage_advances a ON a.id = e.about_id "
        "WHERE e.kind IN ('RECEIVED', 'INTEREST', 'REPAID', 'LATE_REPAID') AND NOT EXISTS (SELECT 1 FROM "
        "entry_reversals r WHERE r.entry_id = e.id AND r.state = 'DONE') ORDER BY e.at, e.id"))
    for row in rows:
        is_repaid = ENTERED[row.kind] == "ADVANCE"
        number = row.document_no if is_repaid else re.sub(r" 更正[0-9]+$", "", row.document_no)
        yield (row.org_path, number, ENTERED[row.kind], row.about_part if is_repaid else row.id,
               row.advance_no if is_repaid else row.fund_no)


def _recovered(connection: sa.Connection) -> Iterator[Row]:
    rows = connection.execute(sa.text(
        "SELECT org_path, document_no, id, line_id FROM payment_corrections WHERE outcome = 'RECOVERED' "
        "AND state <> 'REFUSED' ORDER BY created_at, id"))
    return ((row.org_path, row.document_no, "RECOVERY", row.id, row.line_id) for row in rows)


def _fees(connection: sa.Connection) -> Iterator[Row]:
    rows = connection.execute(sa.text(
        "SELECT org_path, receipt_no, id, enrolment_no FROM mutual_aid_enrolments WHERE receipt_no IS NOT NULL "
        "ORDER BY paid_on, id"))
    return ((row.org_path, row.receipt_no, "ENROLMENT", row.id, row.enrolment_no) for row in rows)
