"""The edition of a household's facts, the record that its grade rests on, and a ban on filing it again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("hardship_files", sa.Column("facts_edition", sa.Integer(), server_default="1", nullable=False))
    op.add_column("hardship_files", sa.Column("means_test_id", sa.String(length=36), nullable=True))
    op.add_column("hardship_files", sa.Column("banned_until", sa.Date(), nullable=True))
    op.add_column("means_tests", sa.Column("facts_edition", sa.Integer(), server_default="0", nullable=False))
