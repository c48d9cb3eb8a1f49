"""Campaigns visit workers without a hardship file too: why each line is visited, and whose need it meets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("campaign_lines", sa.Column("ground", sa.String(length=20), nullable=True))
    op.add_column("campaign_lines", sa.Column("household_id", sa.String(length=36), nullable=True))
    op.execute("UPDATE campaign_lines SET ground = 'HARDSHIP', household_id = file_id")
    with op.batch_alter_table("campaign_lines") as table:
        table.alter_column("file_id", existing_type=sa.String(length=36), nullable=True)
        table.alter_column("file_no", existing_type=sa.String(length=32), nullable=True)
        table.alter_column("ground", existing_type=sa.String(length=20), nullable=False)
        table.alter_column("household_id", existing_type=sa.String(length=36), nullable=False)
