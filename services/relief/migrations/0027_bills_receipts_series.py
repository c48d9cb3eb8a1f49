"""What a claim on mutual aid is for: the hospital's number of it, and a key that no two standing claims share.

Claims of before have neither. The next claim for the same day, cover and figures is refused by a look at them
(`application/mutual_aid/claims.py`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted

revision = "0027"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("mutual_aid_claims", sa.Column("bill_no", Encrypted("mutual_aid_claims.bill_no"), nullable=True))
    op.add_column("mutual_aid_claims", sa.Column("event_key", sa.String(length=64), nullable=True))
    standing = sa.text("event_key IS NOT NULL AND state <> 'DECLINED'")
    op.create_index("mutual_aid_claims_event", "mutual_aid_claims", ["plan", "worker_id", "event_key"], unique=True,
                    sqlite_where=standing, postgresql_where=standing)
