"""What relief tells of the care supermarket (网上、电话爱心超市)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text
from shared.contracts.relief.orders import codes
from shared.contracts.relief.told import told


class CatalogueOpened(Strict):
    catalogue_id = Id(required=True)
    kind = Choice(codes.CATALOGUES, required=True)
    closes_on = Day(required=True)


class OrderTold(Strict):
    """Neither who ordered nor where it goes."""

    order_id = Id(required=True)
    order_no = Text(19, required=True)
    catalogue_id = Id(required=True)


class OrderPlaced(OrderTold):
    channel = Choice(codes.CHANNELS, required=True)
    total_fen = Fen(least=0, required=True)


class OrderDelivered(OrderTold):
    delivered_on = Day(required=True)


EVENTS = (
    told("catalogue_opened", CatalogueOpened, "目录已开放订购", "Catalogue opened"),
    told("order_placed", OrderPlaced, "已下单", "Order placed"),
    told("order_delivered", OrderDelivered, "订单已送达", "Order delivered"),
    told("order_returned", OrderTold, "订单已退回", "Order returned"),
    told("order_cancelled", OrderTold, "订单已取消", "Order cancelled"),
)
