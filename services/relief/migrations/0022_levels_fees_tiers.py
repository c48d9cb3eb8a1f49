"""Whose fiscal money a fund holds, a province's or a place's own."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0020"


def upgrade() -> None:
    # both databases take a check with the column, so that the table is not rebuilt
    op.execute("ALTER TABLE funds ADD COLUMN fiscal_level VARCHAR(20) "
               "CONSTRAINT funds_fiscal_level CHECK (fiscal_level IS NULL OR source = 'LOCAL_FISCAL')")
    # a province's union has the province's money; Hainan's funds were held to the rule for the province's until now
    op.execute("UPDATE funds SET fiscal_level = CASE WHEN org_path LIKE '/__/' OR org_path LIKE '/46/%' "
               "THEN 'PROVINCIAL' ELSE 'LOCAL' END WHERE source = 'LOCAL_FISCAL'")
