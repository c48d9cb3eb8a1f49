"""The special account at a bank in which a fund's money lies; relief in instalments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("funds", sa.Column("account_name", sa.String(length=100), nullable=True))
    op.add_column("funds", sa.Column("bank_name", sa.String(length=100), nullable=True))
    op.add_column("funds", sa.Column("bank_code", sa.String(length=12), nullable=True))
    op.add_column("funds", sa.Column("account_number", Encrypted("funds.account_number"), nullable=True))
    op.add_column("payment_lines", sa.Column("due_from", sa.Date(), nullable=True))
    op.add_column("relief_applications", sa.Column("paid_fen", sa.BigInteger(), nullable=False, server_default="0"))
    # goods are handed over, not paid: they have no fund
    op.execute("UPDATE relief_applications SET paid_fen = proposed_fen WHERE fund_id IS NOT NULL "
               "AND state IN ('PAID', 'CLOSED', 'RECOVERING', 'RECOVERED')")
