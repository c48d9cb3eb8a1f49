"""The special account at a bank in which a fund's money lies."""

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
