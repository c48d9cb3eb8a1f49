"""What a campaign gave back of the money that was reserved for its households, what of wrong payments is given up,
by which way a household left hardship, and the number of a health file at the hospital."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("relief_campaigns", sa.Column("released_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("relief_campaigns", sa.Column("released_fen", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("relief_applications", sa.Column("written_off_fen", sa.BigInteger(), server_default="0",
                                                   nullable=False))
    op.add_column("hardship_files", sa.Column("exit_kind", sa.String(length=20), nullable=True))
    op.add_column("care_visits", sa.Column("health_file_no", Encrypted("care_visits.health_file_no"), nullable=True))
    # both databases take a check with the column, so that the table is not rebuilt
    op.execute(
        "ALTER TABLE payment_lines ADD COLUMN written_off_fen BIGINT DEFAULT 0 NOT NULL "
        "CONSTRAINT payment_lines_written_off CHECK (written_off_fen >= 0 "
        "AND recovered_fen + written_off_fen <= amount_fen)"
    )
