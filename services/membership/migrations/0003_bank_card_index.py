"""Bank card index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # cards from before have none until they are set again: the number itself cannot be read without the keys
    op.add_column("workers", sa.Column("bank_card_index", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_workers_bank_card_index"), "workers", ["bank_card_index"], unique=True)
