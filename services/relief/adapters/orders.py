"""Tables of the care supermarket: catalogue periods, offers, orders."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.orders.catalogue import Catalogue, Offer
from services.relief.domain.orders.order import Order, OrderLine
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Json

catalogues = aggregate_table(
    "catalogues",
    metadata,
    Column("kind", String(30), nullable=False),
    Column("name", String(100), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False, index=True),
    Column("planned_by", String(80), nullable=False),
    Column("quotas", Json, nullable=False),
)

offers = aggregate_table(
    "offers",
    metadata,
    Column("catalogue_id", String(36), ForeignKey("catalogues.id"), nullable=False, index=True),
    Column("source", String(20), nullable=False),
    Column("goods_class", String(20), nullable=False),
    Column("title", String(100), nullable=False),
    Column("lot_id", String(36), ForeignKey("donation_lots.id")),
    Column("partner_name", String(100)),
    fen("member_fen"),
    fen("hardship_fen"),
    Column("most_per_household", Integer),
    Column("available", Integer),
    Column("ordered", Integer, nullable=False),
    Column("item_class", String(20)),
    Column("weight_g", Integer),
    Column("partner_id", String(36), ForeignKey("partners.id")),
)
offers.append_constraint(CheckConstraint(
    "ordered >= 0 AND (available IS NULL OR ordered <= available)", name="offers_never_oversold"))

orders = aggregate_table(
    "orders",
    metadata,
    Column("order_no", String(32), nullable=False, unique=True),
    Column("catalogue_id", String(36), ForeignKey("catalogues.id"), nullable=False),
    Column("channel", String(10), nullable=False),
    key("worker_id", nullable=False, index=True),
    key("household", nullable=False, index=True),
    Column("tier", String(10), nullable=False),
    Column("recipient", Encrypted("orders.recipient"), nullable=False),
    Column("phone", Encrypted("orders.phone"), nullable=False),
    Column("address", Encrypted("orders.address"), nullable=False),
    Column("township", String(40), nullable=False),
    Column("ordered_on", Date, nullable=False),
    Column("ordered_by", String(80), nullable=False),
    fen("total_fen"),
    fen("care_card_fen"),
    Column("vehicle", String(40)),
    Column("dispatched_on", Date),
    Column("delivered_on", Date),
    Column("signature_no", String(60)),
    Column("reason", String(300)),
    key("card_id"),
    Column("is_card_held", Boolean, nullable=False),
    key("redemption_id"),
    Column("season_classes", Json, nullable=False),
)
orders.append_constraint(CheckConstraint("care_card_fen >= 0 AND care_card_fen <= total_fen",
                                         name="orders_card_within"))
Index("orders_route", orders.c.state, orders.c.township)

order_lines = Table(
    "order_lines",
    metadata,
    key(primary_key=True),
    Column("order_id", String(36), ForeignKey("orders.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("offer_id", String(36), ForeignKey("offers.id"), nullable=False, index=True),
    Column("lot_id", String(36), ForeignKey("donation_lots.id")),
    Column("goods_class", String(20), nullable=False),
    Column("title", String(100), nullable=False),
    Column("quantity", Integer, nullable=False),
    fen("unit_fen"),
    Column("item_class", String(20)),
    Column("weight_g", Integer),
    CheckConstraint("quantity > 0 AND unit_fen >= 0", name="order_lines_positive"),
)

mappers.map_imperatively(OrderLine, order_lines)
map_aggregate(mappers, Catalogue, catalogues)
map_aggregate(mappers, Offer, offers)
map_aggregate(mappers, Order, orders, lines=parts(OrderLine, order_lines.c.position))
