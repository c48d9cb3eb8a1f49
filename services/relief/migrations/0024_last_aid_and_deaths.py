"""Of a household: the last day on which relief reached it, reckoned from what was given; assets, who has died, and the
request that a report of the agencies answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Json

revision = "0024"
down_revision = "0023"

#: payments, what was had on care cards and paid since, goods to a person and goods to a household
LAST_AID = """
UPDATE hardship_files SET last_aid_on = (
  SELECT MAX(given.day) FROM (
    SELECT m.file_id, l.paid_on AS day FROM hardship_members m JOIN payment_lines l ON l.payee_id = m.worker_id
      WHERE l.payee_kind = 'WORKER' AND l.state = 'PAID'
    UNION ALL
    SELECT m.file_id, r.redeemed_on FROM hardship_members m JOIN redemptions r ON r.worker_id = m.worker_id
      JOIN care_settlements s ON s.id = r.settlement_id WHERE r.state = 'RECORDED' AND s.state = 'PAID'
    UNION ALL
    SELECT m.file_id, g.issued_on FROM hardship_members m JOIN goods_issues g ON g.worker_id = m.worker_id
      WHERE g.state <> 'RETURNED'
    UNION ALL
    SELECT o.file_id, g.issued_on FROM hardship_members o JOIN hardship_members m ON m.worker_id = o.worker_id
      JOIN goods_issues g ON g.file_id = m.file_id WHERE g.state <> 'RETURNED'
  ) AS given WHERE given.file_id = hardship_files.id)
"""


def upgrade() -> None:
    op.add_column("hardship_files", sa.Column("last_aid_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_hardship_files_last_aid_on"), "hardship_files", ["last_aid_on"])
    op.add_column("hardship_files", sa.Column("assets", Json, nullable=True))
    op.add_column("hardship_files", sa.Column("verifying_version", sa.Integer(), nullable=True))
    op.add_column("hardship_members", sa.Column("died_on", sa.Date(), nullable=True))
    op.execute(LAST_AID)
