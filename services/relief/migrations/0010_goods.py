"""Donated goods with their stock ledger, which the database itself keeps append-only; school places; orders."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json

revision = "0010"
down_revision = "0009"

SQLITE = [
    f"CREATE TRIGGER stock_movements_no_{verb} BEFORE {verb} ON stock_movements "
    "BEGIN SELECT RAISE(ABORT, 'stock movements are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION stock_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'stock movements are append-only'; END $$",
    "CREATE TRIGGER stock_movements_append_only BEFORE UPDATE OR DELETE ON stock_movements "
    "FOR EACH ROW EXECUTE FUNCTION stock_append_only()",
]


def _aggregate() -> list[sa.Column[Any]]:
    """What every aggregate has."""
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "catalogues",
        *_aggregate(),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("planned_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_catalogues_closes_on"), "catalogues", ["closes_on"], unique=False)
    op.create_index(op.f("ix_catalogues_org_path"), "catalogues", ["org_path"], unique=False)
    op.create_table(
        "donation_lots",
        *_aggregate(),
        sa.Column("receipt_no", sa.String(length=32), nullable=False),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(length=80), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("name_may_be_published", sa.Boolean(), nullable=False),
        sa.Column("donor_name", Encrypted("donation_lots.donor_name"), nullable=True),
        sa.Column("donor_phone", Encrypted("donation_lots.donor_phone"), nullable=True),
        sa.Column("intended_for", sa.String(length=30), nullable=False),
        sa.Column("intent", sa.String(length=300), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("disinfected_on", sa.Date(), nullable=True),
        sa.Column("disinfection_method", sa.String(length=100), nullable=True),
        sa.Column("disinfected_by", sa.String(length=80), nullable=True),
        sa.Column("grades", Json, nullable=False),
        sa.Column("sorted_by", sa.String(length=80), nullable=True),
        sa.Column("shelf", sa.String(length=60), nullable=True),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("disposed", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("movements_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("on_hand = received - issued - disposed", name="donation_lots_adds_up"),
        sa.CheckConstraint(
            "on_hand >= 0 AND issued >= 0 AND disposed >= 0 AND reserved >= 0 AND held >= 0 "
            "AND reserved + held <= on_hand",
            name="donation_lots_never_negative",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("receipt_no"),
    )
    op.create_index(op.f("ix_donation_lots_expires_on"), "donation_lots", ["expires_on"], unique=False)
    op.create_index(op.f("ix_donation_lots_org_path"), "donation_lots", ["org_path"], unique=False)
    op.create_index(op.f("ix_donation_lots_received_on"), "donation_lots", ["received_on"], unique=False)
    op.create_table(
        "goods_households",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("household", "goods_class"),
    )
    op.create_table(
        "term_schools",
        *_aggregate(),
        sa.Column("term", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= quota", name="term_schools_within_quota"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("org_path", "term", "stage", "name"),
    )
    op.create_index(op.f("ix_term_schools_org_path"), "term_schools", ["org_path"], unique=False)
    op.create_table(
        "goods_issues",
        *_aggregate(),
        sa.Column("issue_no", sa.String(length=32), nullable=False),
        sa.Column("lot_id", sa.String(length=36), nullable=False),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("signature_no", sa.String(length=60), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("return_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("returned >= 0 AND returned <= quantity AND quantity > 0", name="goods_issues_within"),
        sa.ForeignKeyConstraint(["lot_id"], ["donation_lots.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("issue_no"),
    )
    op.create_index("goods_issues_household", "goods_issues", ["household", "goods_class", "issued_on"], unique=False)
    op.create_index(op.f("ix_goods_issues_lot_id"), "goods_issues", ["lot_id"], unique=False)
    op.create_index(op.f("ix_goods_issues_org_path"), "goods_issues", ["org_path"], unique=False)
    op.create_index(op.f("ix_goods_issues_worker_id"), "goods_issues", ["worker_id"], unique=False)
    op.create_table(
        "offers",
        *_aggregate(),
        sa.Column("catalogue_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("lot_id", sa.String(length=36), nullable=True),
        sa.Column("partner_name", sa.String(length=100), nullable=True),
        sa.Column("member_fen", sa.BigInteger(), nullable=False),
        sa.Column("hardship_fen", sa.BigInteger(), nullable=False),
        sa.Column("most_per_household", sa.Integer(), nullable=True),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ordered >= 0 AND (available IS NULL OR ordered <= available)", name="offers_never_oversold"
        ),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogues.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["donation_lots.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_offers_catalogue_id"), "offers", ["catalogue_id"], unique=False)
    op.create_index(op.f("ix_offers_org_path"), "offers", ["org_path"], unique=False)
    op.create_table(
        "orders",
        *_aggregate(),
        sa.Column("order_no", sa.String(length=32), nullable=False),
        sa.Column("catalogue_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=False),
        sa.Column("recipient", Encrypted("orders.recipient"), nullable=False),
        sa.Column("phone", Encrypted("orders.phone"), nullable=False),
        sa.Column("address", Encrypted("orders.address"), nullable=False),
        sa.Column("township", sa.String(length=40), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("ordered_by", sa.String(length=80), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("care_card_fen", sa.BigInteger(), nullable=False),
        sa.Column("vehicle", sa.String(length=40), nullable=True),
        sa.Column("dispatched_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("signature_no", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("care_card_fen >= 0 AND care_card_fen <= total_fen", name="orders_card_within"),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogues.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_no"),
    )
    op.create_index(op.f("ix_orders_household"), "orders", ["household"], unique=False)
    op.create_index(op.f("ix_orders_org_path"), "orders", ["org_path"], unique=False)
    op.create_index(op.f("ix_orders_worker_id"), "orders", ["worker_id"], unique=False)
    op.create_index("orders_route", "orders", ["state", "township"], unique=False)
    op.create_table(
        "placement_requests",
        *_aggregate(),
        sa.Column("request_no", sa.String(length=32), nullable=False),
        sa.Column("term", sa.String(length=11), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("child_name", Encrypted("placement_requests.child_name"), nullable=False),
        sa.Column("child_id_number", Encrypted("placement_requests.child_id_number"), nullable=False),
        sa.Column("child_key", sa.String(length=64), nullable=True),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("metres", Json, nullable=False),
        sa.Column("consent_no", sa.String(length=60), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("school_id", sa.String(length=36), nullable=True),
        sa.Column("offered_until", sa.Date(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["term_schools.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_no"),
    )
    op.create_index(op.f("ix_placement_requests_org_path"), "placement_requests", ["org_path"], unique=False)
    op.create_index(op.f("ix_placement_requests_school_id"), "placement_requests", ["school_id"], unique=False)
    op.create_index(op.f("ix_placement_requests_worker_id"), "placement_requests", ["worker_id"], unique=False)
    op.create_index(
        "placement_requests_child",
        "placement_requests",
        ["term", "child_key"],
        unique=True,
        sqlite_where=sa.text("child_key IS NOT NULL"),
        postgresql_where=sa.text("child_key IS NOT NULL"),
    )
    op.create_index("placement_requests_waiting", "placement_requests", ["term", "state"], unique=False)
    op.create_table(
        "stock_adjustments",
        *_aggregate(),
        sa.Column("lot_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decision_note", sa.String(length=300), nullable=True),
        sa.CheckConstraint("difference <> 0", name="stock_adjustments_something"),
        sa.ForeignKeyConstraint(["lot_id"], ["donation_lots.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stock_adjustments_lot_id"), "stock_adjustments", ["lot_id"], unique=False)
    op.create_index(op.f("ix_stock_adjustments_org_path"), "stock_adjustments", ["org_path"], unique=False)
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lot_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="stock_movements_positive"),
        sa.ForeignKeyConstraint(["lot_id"], ["donation_lots.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("lot_id", "number"),
    )
    op.create_index(op.f("ix_stock_movements_about_id"), "stock_movements", ["about_id"], unique=False)
    op.create_index("stock_movements_published", "stock_movements", ["kind", "moved_on"], unique=False)
    op.create_table(
        "order_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("lot_id", sa.String(length=36), nullable=True),
        sa.Column("goods_class", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0 AND unit_fen >= 0", name="order_lines_positive"),
        sa.ForeignKeyConstraint(["lot_id"], ["donation_lots.id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"]),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_order_lines_offer_id"), "order_lines", ["offer_id"], unique=False)
    op.create_index(op.f("ix_order_lines_order_id"), "order_lines", ["order_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
