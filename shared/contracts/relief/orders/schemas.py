"""What goes in and out of the care supermarket (网上、电话爱心超市)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Mobile,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)
from shared.contracts.relief.goods.codes import CLASSES
from shared.contracts.relief.orders import codes
from shared.contracts.relief.platforms.codes import ITEM_CLASSES


def fen() -> Fen:
    return Fen(least=0, required=True)


class SeasonQuota(Strict):
    """How much of a class of goods a member may order in a campaign (活动限量), in grams or pieces, on a day or in all.
    It stands in the place of the daily quota, and holds whether or not a care card pays."""

    item_class = Choice(ITEM_CLASSES, required=True)
    unit = Choice(codes.QUOTA_UNITS, required=True)
    per_member = Whole(1, 10_000_000, required=True)
    period = Choice(codes.QUOTA_PERIODS, required=True)
    document_no = Text(60, required=True, metadata={"description": "the paper by which it is so"})


class NewCatalogue(Strict):
    """A catalogue period: the standing one, or 送爱心, 冬储菜, 送年货, with quotas of its own if it has any."""

    kind = Choice(codes.CATALOGUES, required=True)
    name = Text(100, required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    quotas = listed(SeasonQuota, 0, len(ITEM_CLASSES), load_default=list)
    org_path = OrgPath()


class Catalogue(Record):
    kind = Choice(codes.CATALOGUES, required=True)
    name = Text(100, required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    state = Choice(codes.CATALOGUE_STATES, required=True)
    quotas = listed(SeasonQuota, 0, len(ITEM_CLASSES), required=True)
    planned_by = Text(80, required=True)
    created_at = Moment(required=True)


class CatalogueQuery(PageQuery):
    kind = Choice(codes.CATALOGUES)
    state = Choice(codes.CATALOGUE_STATES)


class NewOffer(Strict):
    """An item of a catalogue. DONATED: `lot_id`, free. PARTNER: `partner_id` of a care supermarket,
    `available` and both prices, and for care cards to pay it the class of goods, with the weight of one where a quota
    counts weight."""

    catalogue_id = Id(required=True)
    source = Choice(codes.SOURCES, required=True)
    goods_class = Choice(CLASSES, required=True)
    title = Text(100, required=True)
    lot_id = Id(load_default=None, allow_none=True)
    partner_id = Id(load_default=None, allow_none=True)
    member_fen = Fen(least=0, load_default=0)
    hardship_fen = Fen(least=0, load_default=0)
    most_per_household = Whole(1, codes.MOST_ORDERED, load_default=None, allow_none=True)
    available = Whole(1, codes.MOST_OFFERED, load_default=None, allow_none=True)
    item_class = Choice(ITEM_CLASSES, load_default=None, allow_none=True)
    weight_g = Whole(1, 1_000_000, load_default=None, allow_none=True)


class Offer(Record):
    catalogue_id = Id(required=True)
    source = Choice(codes.SOURCES, required=True)
    goods_class = Choice(CLASSES, required=True)
    title = Text(100, required=True)
    lot_id = Id(required=True, allow_none=True)
    partner_id = Id(required=True, allow_none=True)
    partner_name = Text(100, required=True, allow_none=True)
    member_fen = fen()
    hardship_fen = fen()
    most_per_household = Whole(1, codes.MOST_ORDERED, required=True, allow_none=True)
    available = Whole(1, codes.MOST_OFFERED, required=True, allow_none=True)
    item_class = Choice(ITEM_CLASSES, required=True, allow_none=True)
    weight_g = Whole(1, 1_000_000, required=True, allow_none=True)
    ordered = Whole(0, codes.MOST_OFFERED, required=True)
    state = Choice(codes.OFFER_STATES, required=True)
    created_at = Moment(required=True)


class OfferQuery(PageQuery):
    catalogue_id = Id()
    source = Choice(codes.SOURCES)
    state = Choice(codes.OFFER_STATES)


class ShopItem(Strict):
    """What can be ordered now; `left` is what is still there."""

    id = Id(required=True)
    catalogue_id = Id(required=True)
    catalogue_kind = Choice(codes.CATALOGUES, required=True)
    catalogue_name = Text(100, required=True)
    closes_on = Day(required=True)
    source = Choice(codes.SOURCES, required=True)
    goods_class = Choice(CLASSES, required=True)
    title = Text(100, required=True)
    member_fen = fen()
    hardship_fen = fen()
    most_per_household = Whole(1, codes.MOST_ORDERED, required=True, allow_none=True)
    left = Whole(0, codes.MOST_OFFERED, required=True)


class ShopQuery(PageQuery):
    catalogue_id = Id()
    goods_class = Choice(CLASSES)


class Item(Strict):
    offer_id = Id(required=True)
    quantity = Whole(1, codes.MOST_ORDERED, required=True)


class NewOrder(Strict):
    """An order. A worker orders for the own household; an agent names the worker who calls."""

    worker_id = Id(load_default=None, allow_none=True)
    items = listed(Item, 1, 50, required=True)
    recipient = Text(60, required=True)
    phone = Mobile(required=True)
    address = Text(200, required=True)
    township = Text(40, required=True, metadata={"description": "the street or township, by which routes are made"})
    care_card_fen = Fen(least=0, load_default=0, metadata={
        "description": "what the worker's care card is to pay; taken off its limits and the day's quotas at once"})
    card_no = Text(16, load_default=None, allow_none=True)
    pin = fields.String(load_default=None, allow_none=True, load_only=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))


class Line(Strict):
    offer_id = Id(required=True)
    lot_id = Id(required=True, allow_none=True)
    goods_class = Choice(CLASSES, required=True)
    title = Text(100, required=True)
    quantity = Whole(1, codes.MOST_ORDERED, required=True)
    unit_fen = fen()
    item_class = Choice(ITEM_CLASSES, required=True, allow_none=True)
    weight_g = Whole(1, 1_000_000, required=True, allow_none=True)


class OrderRow(Record):
    """An order in a list: without recipient, phone and address. While `is_card_held` the card's limits and quotas are
    taken; `redemption_id` is the sale by which a till took the card's part."""

    order_no = Text(19, required=True)
    catalogue_id = Id(required=True)
    channel = Choice(codes.CHANNELS, required=True)
    worker_id = Id(required=True)
    tier = Choice(codes.TIERS, required=True)
    township = Text(40, required=True)
    state = Choice(codes.ORDER_STATES, required=True)
    lines = listed(Line, 1, 50, required=True)
    total_fen = fen()
    care_card_fen = fen()
    card_id = Id(required=True, allow_none=True)
    is_card_held = Flag(required=True)
    redemption_id = Id(required=True, allow_none=True)
    ordered_on = Day(required=True)
    vehicle = Text(40, required=True, allow_none=True)
    dispatched_on = Day(required=True, allow_none=True)
    delivered_on = Day(required=True, allow_none=True)
    signature_no = Text(60, required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class Order(OrderRow):
    recipient = Text(60, required=True)
    phone = Text(20, required=True)
    address = Text(200, required=True)


class OrderQuery(PageQuery):
    worker_id = Id()
    catalogue_id = Id()
    township = Text(40)
    channel = Choice(codes.CHANNELS)
    state = Choice(codes.ORDER_STATES)


class Dispatch(Strict):
    vehicle = Text(40, required=True, metadata={"description": "the vehicle or driver's number"})


class Delivery(Strict):
    signature_no = Text(60, required=True, metadata={"description": "number of the signed delivery note"})


class OrderReason(Strict):
    reason = Text(300, required=True)


class RouteQuery(Strict):
    township = Text(40)
    state = Choice(("PACKED", "DISPATCHED"), load_default="PACKED")
