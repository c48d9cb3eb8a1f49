"""What a rule says of a line that fails the check of its batch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("payment_lines", sa.Column("fault_note", sa.String(length=1000), nullable=True))
