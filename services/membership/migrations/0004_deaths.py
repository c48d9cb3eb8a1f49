"""When a worker died, by which paper, and who recorded it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("workers", sa.Column("died_on", sa.Date(), nullable=True))
    op.add_column("workers", sa.Column("death_evidence_kind", sa.String(length=20), nullable=True))
    op.add_column("workers", sa.Column("death_evidence_no", Encrypted("workers.death_evidence_no"), nullable=True))
    op.add_column("workers", sa.Column("death_recorded_by", sa.String(length=80), nullable=True))
