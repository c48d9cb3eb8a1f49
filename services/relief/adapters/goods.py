"""Tables of donated goods: lots, the stock ledger, issues and adjustments."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.goods.adjustment import StockAdjustment
from services.relief.domain.goods.issue import GoodsIssue
from services.relief.domain.goods.lot import DonationLot
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Instant, Json


def count(name: str) -> Column[int]:
    """A quantity that is always there."""
    return Column(name, Integer, nullable=False)


donation_lots = aggregate_table(
    "donation_lots",
    metadata,
    Column("receipt_no", String(32), nullable=False, unique=True),
    Column("goods_class", String(20), nullable=False),
    Column("title", String(100), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("condition", String(20), nullable=False),
    Column("received_on", Date, nullable=False, index=True),
    Column("received_by", String(80), nullable=False),
    Column("is_anonymous", Boolean, nullable=False),
    Column("name_may_be_published", Boolean, nullable=False),
    Column("donor_name", Encrypted("donation_lots.donor_name")),
    Column("donor_phone", Encrypted("donation_lots.donor_phone")),
    Column("intended_for", String(30), nullable=False),
    Column("intent", String(300)),
    Column("expires_on", Date, index=True),
    Column("disinfected_on", Date),
    Column("disinfection_method", String(100)),
    Column("disinfected_by", String(80)),
    Column("grades", Json, nullable=False),
    Column("sorted_by", String(80)),
    Column("shelf", String(60)),
    *[count(name) for name in ("received", "issued", "disposed", "reserved", "held", "on_hand", "movements_count")],
)
donation_lots.append_constraint(CheckConstraint(
    "on_hand = received - issued - disposed", name="donation_lots_adds_up"))
donation_lots.append_constraint(CheckConstraint(
    "on_hand >= 0 AND issued >= 0 AND disposed >= 0 AND reserved >= 0 AND held >= 0 AND reserved + held <= on_hand",
    name="donation_lots_never_negative"))

stock_movements = Table(
    "stock_movements",
    metadata,
    key(primary_key=True),
    Column("lot_id", String(36), ForeignKey("donation_lots.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("goods_class", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False, index=True),
    Column("actor", String(80), nullable=False),
    Column("moved_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("lot_id", "number"),
    CheckConstraint("quantity > 0", name="stock_movements_positive"),
)
Index("stock_movements_published", stock_movements.c.kind, stock_movements.c.moved_on)

#: what a household has of a class: the row that two clerks who serve one household take turns at
goods_households = Table(
    "goods_households",
    metadata,
    key("household", primary_key=True),
    Column("goods_class", String(20), primary_key=True),
    Column("served", Integer, nullable=False),
)

goods_issues = aggregate_table(
    "goods_issues",
    metadata,
    Column("issue_no", String(32), nullable=False, unique=True),
    Column("lot_id", String(36), ForeignKey("donation_lots.id"), nullable=False, index=True),
    Column("goods_class", String(20), nullable=False),
    count("quantity"),
    key("household", nullable=False),
    key("file_id"),
    key("worker_id", index=True),
    Column("issued_on", Date, nullable=False),
    Column("issued_by", String(80), nullable=False),
    Column("signature_no", String(60)),
    count("returned"),
    Column("return_reason", String(300)),
    Column("tier", String(20), nullable=False, server_default="EMERGENCY"),
)
goods_issues.append_constraint(CheckConstraint("returned >= 0 AND returned <= quantity AND quantity > 0",
                                               name="goods_issues_within"))
Index("goods_issues_household", goods_issues.c.household, goods_issues.c.goods_class, goods_issues.c.issued_on)

stock_adjustments = aggregate_table(
    "stock_adjustments",
    metadata,
    Column("lot_id", String(36), ForeignKey("donation_lots.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("difference", Integer, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("counted", Integer),
    Column("decided_by", String(80)),
    Column("decision_note", String(300)),
)
stock_adjustments.append_constraint(CheckConstraint("difference <> 0", name="stock_adjustments_something"))

map_aggregate(mappers, DonationLot, donation_lots)
map_aggregate(mappers, GoodsIssue, goods_issues)
map_aggregate(mappers, StockAdjustment, stock_adjustments)
