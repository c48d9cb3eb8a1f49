"""What can be asked of relief about the care supermarket (网上、电话爱心超市), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.orders import schemas as s
from shared.contracts.relief.who import AUDITOR, CHAIR, CLERK, COUNTY, DIRECTOR, PARTNER, WORKER
from shared.contracts.table import ask, change, create, download, listing
from shared.kernel.roles import Role

AGENT = Role.HOTLINE_AGENT
DESK, STORE = (CLERK, AGENT), (CLERK, PARTNER)
STAFF = (CLERK, AGENT, PARTNER, COUNTY, DIRECTOR, CHAIR, AUDITOR)
CATALOGUE, OFFER, ORDER = "/catalogues/<catalogue_id>", "/offers/<offer_id>", "/orders/<order_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OPERATIONS = (
    create("plan_catalogue", "/catalogues", "建立目录期间", "Plan a catalogue period", s.NewCatalogue, s.Catalogue,
           [DIRECTOR]),
    ask("get_catalogue", CATALOGUE, "查看目录期间", "Read a catalogue period", s.Catalogue, STAFF),
    listing("list_catalogues", "/catalogues", "列出目录期间", "List catalogue periods", s.Catalogue, STAFF,
            query=s.CatalogueQuery),
    change("open_catalogue", f"{CATALOGUE}/open", "开放订购", "Open it for orders", Empty, s.Catalogue, [DIRECTOR]),
    change("close_catalogue", f"{CATALOGUE}/close", "结束订购", "Close it", Empty, s.Catalogue, [DIRECTOR]),
    create("add_offer", "/offers", "目录上架", "Add an item to a catalogue", s.NewOffer, s.Offer, [CLERK, DIRECTOR]),
    ask("get_offer", OFFER, "查看目录商品", "Read an item", s.Offer, STAFF),
    listing("list_offers", "/offers", "列出目录商品", "List items", s.Offer, STAFF, query=s.OfferQuery),
    change("withdraw_offer", f"{OFFER}/withdraw", "目录下架", "Withdraw an item", Empty, s.Offer, [CLERK, DIRECTOR]),
    listing("list_shop", "/shop", "爱心超市可订物品", "What can be ordered now", s.ShopItem, (*DESK, WORKER),
            query=s.ShopQuery),
    create("place_order", "/orders", "下单", "Place an order", s.NewOrder, s.Order, (*DESK, WORKER)),
    ask("get_order", ORDER, "查看订单", "Read an order", s.Order, (*STAFF, WORKER)),
    listing("list_orders", "/orders", "列出订单", "List orders", s.OrderRow, (*STAFF, WORKER), query=s.OrderQuery),
    change("confirm_order", f"{ORDER}/confirm", "确认订单", "Confirm an order", Empty, s.Order, DESK),
    change("pack_order", f"{ORDER}/pack", "配货", "Pack an order", Empty, s.Order, STORE),
    change("dispatch_order", f"{ORDER}/dispatch", "发货", "Hand an order to the driver", s.Dispatch, s.Order, STORE),
    change("deliver_order", f"{ORDER}/deliver", "送达签收", "Enter the delivery", s.Delivery, s.Order, STORE),
    change("bring_order_back", f"{ORDER}/return", "订单退回", "Enter that an order came back", s.OrderReason, s.Order,
           STORE),
    change("cancel_order", f"{ORDER}/cancel", "取消订单", "Cancel an order", s.OrderReason, s.Order, (*DESK, WORKER)),
    download("download_delivery_route", "/delivery-routes", "下载配送清单", "The driver's list, by township", [XLSX],
             STORE, query=s.RouteQuery),
)
