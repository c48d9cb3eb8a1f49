"""Tables of campaigns in kind. Lines are plain rows, changed many at a time."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.goods.campaign import GoodsCampaign
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Instant, Json

goods_campaigns = aggregate_table(
    "goods_campaigns",
    metadata,
    Column("campaign_no", String(32), nullable=False, unique=True),
    Column("title", String(100), nullable=False),
    Column("occasion", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("package", Json, nullable=False),
    Column("filters", Json, nullable=False),
    *[Column(f"{name}_count", Integer, nullable=False)
      for name in ("listed", "already_aided", "skipped", "reserved", "handed", "released")],
    Column("document_no", String(60)),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("reason", String(500)),
)
goods_campaigns.append_constraint(CheckConstraint(
    "handed_count >= 0 AND released_count >= 0 AND handed_count + released_count <= reserved_count "
    "AND reserved_count + skipped_count <= listed_count", name="goods_campaigns_counted"))

goods_campaign_lines = Table(
    "goods_campaign_lines",
    metadata,
    key(primary_key=True),
    key("campaign_id", ForeignKey("goods_campaigns.id"), nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("number", Integer, nullable=False),
    key("file_id", ForeignKey("hardship_files.id"), nullable=False),
    Column("file_no", String(32), nullable=False),
    Column("grade", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(500)),
    Column("relation", String(20)),
    Column("receiver", Encrypted("goods_campaign_lines.receiver")),
    Column("signature_no", String(60)),
    Column("handed_on", Date),
    Column("handed_by", String(80)),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("campaign_id", "file_id"),
)
Index("goods_campaign_lines_waiting", goods_campaign_lines.c.campaign_id, goods_campaign_lines.c.state,
      goods_campaign_lines.c.number)
Index("goods_campaign_lines_file", goods_campaign_lines.c.file_id, goods_campaign_lines.c.state)

map_aggregate(mappers, GoodsCampaign, goods_campaigns)
