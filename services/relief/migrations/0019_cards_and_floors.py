"""Orders that a care card pays in part: which card, what it counts against quotas, and the redemption at the till; what
is to come into a fund at least in a year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    for table in ("offers", "order_lines"):
        op.add_column(table, sa.Column("item_class", sa.String(length=20), nullable=True))
        op.add_column(table, sa.Column("weight_g", sa.Integer(), nullable=True))
    op.add_column("orders", sa.Column("card_id", sa.String(length=36), nullable=True))
    op.add_column("orders", sa.Column("is_card_held", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("orders", sa.Column("redemption_id", sa.String(length=36), nullable=True))
    op.add_column("redemptions", sa.Column("order_id", sa.String(length=36), nullable=True))
    op.add_column("funds", sa.Column("floor_fen", sa.BigInteger(), nullable=True))
    op.add_column("funds", sa.Column("floor_from", sa.Integer(), nullable=True))
    op.add_column("funds", sa.Column("floor_to", sa.Integer(), nullable=True))
    op.add_column("funds", sa.Column("floor_document", sa.String(length=60), nullable=True))
