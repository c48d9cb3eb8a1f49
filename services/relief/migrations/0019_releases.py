"""What a campaign gave back of the money that was reserved for its households."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("relief_campaigns", sa.Column("released_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("relief_campaigns", sa.Column("released_fen", sa.BigInteger(), server_default="0", nullable=False))
