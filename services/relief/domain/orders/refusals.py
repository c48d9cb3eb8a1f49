"""What the catalogue and the orders of the care supermarket refuse."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class PeriodImpossible(Invalid):
    code = "catalogue-period-impossible"
    zh = "结束日 {closes_on} 早于开始日 {opens_on} 或已过去。请更正目录期间。"
    en = "The last day {closes_on} lies before the first, {opens_on}, or in the past. Correct the period."


class CatalogueNotOpen(Conflict):
    code = "catalogue-not-open"
    zh = "目录“{name}”当前不接受订购({opens_on} 至 {closes_on},状态 {state})。"
    en = "The catalogue {name} takes no orders now ({opens_on} to {closes_on}, {state})."


class OfferIncomplete(Invalid):
    code = "offer-incomplete"
    zh = "捐赠物品须指定批次且免费;合作商户商品须填写商户(partner_id)、可供数量和价格,困难价不高于会员价。"
    en = "A donated item names its lot and costs nothing; a partner's item names partner_id, quantity and prices, " \
         "the hardship price being no higher than the members'."


class PartnerNotSupermarket(Invalid):
    code = "offer-partner-not-supermarket"
    zh = "目录中的商品由爱心超市供应,“{partner}”是 {kind}。请填写爱心超市的编号。"
    en = "Items of the catalogue come from care supermarkets; {partner} is a {kind}. Name a care supermarket."


class OfferWithdrawn(Conflict):
    code = "offer-withdrawn"
    zh = "“{title}”已下架,请从目录中重新选择。"
    en = "{title} is no longer offered. Choose again from the catalogue."


class OfferSoldOut(Conflict):
    code = "offer-sold-out"
    zh = "“{title}”还可订 {left},不足 {quantity}。"
    en = "Of {title} {left} are left, not {quantity}."


class OfferLimit(Conflict):
    code = "offer-limit"
    zh = "“{title}”每户限订 {most},该户已订 {taken}。"
    en = "Of {title} a household may order {most}; this one has ordered {taken}."


class SeasonQuotaTwice(Invalid):
    code = "season-quota-twice"
    zh = "商品类别 {item_class} 的活动限量出现两次,请只留一条。"
    en = "The campaign has two quotas for the class {item_class}: keep one."


class SeasonQuotaExceeded(Conflict):
    code = "season-quota-exceeded"
    zh = "超过“{campaign}”每名会员{period_zh}限量:{item_class} 已订 {used} {unit_zh},本次 {asked} {unit_zh}," \
         "限 {most} {unit_zh}。依据:{document}。请减少数量。"
    en = "Above what a member may order of {item_class} in {campaign} ({period_en}): {used} {unit_en} ordered, now " \
         "{asked}, at most {most}. Rule: {document}. Order less."


class OfferTwice(Invalid):
    code = "offer-twice"
    zh = "同一物品在订单中出现两次,请合并数量。"
    en = "An item stands twice in the order: add the quantities."


class TwoCatalogues(Invalid):
    code = "order-two-catalogues"
    zh = "一张订单只能包含同一目录的物品。请分开下单。"
    en = "An order holds items of one catalogue. Place two orders."


class NotEntitled(Conflict):
    code = "not-entitled"
    zh = "爱心超市面向工会会员和已建档困难职工家庭。请先入会或申请建档。"
    en = "The care supermarket serves union members and households with an active hardship file. Join or apply first."


class CareCardTooMuch(Invalid):
    code = "care-card-too-much"
    zh = "爱心卡支付额 {card} 超过订单中可用卡支付的部分 {total}。捐赠物品和未登记商品类别的商品不能用卡支付,请改金额。"
    en = "The care card cannot pay {card}: of this order it may pay {total}. It pays neither donated items nor items " \
         "without a class of goods. Change the amount."


class CardNotOwn(Invalid):
    code = "order-card-not-own"
    zh = "用爱心卡支付的,请填写下单职工本人的爱心购物卡卡号(card_no)。"
    en = "Where a care card pays, give the number of the ordering worker's own shopping card (card_no)."


class OrderNotOnCard(Conflict):
    code = "order-not-on-card"
    zh = "订单 {order_no} 没有待用此卡支付的这一金额:单号、卡或金额不符,或已核销、已取消、已退回。请核对后重报。"
    en = "The order {order_no} waits for no such sum from this card: number, card or sum differ, or it was redeemed, " \
         "cancelled or returned. Compare them and send again."


class OrderUnconfirmed(Conflict):
    code = "order-not-confirmed"
    zh = "订单 {order_no} 尚未确认,不能核销。请先由窗口或热线确认订单。"
    en = "The order {order_no} is not confirmed, so nothing is taken for it. Have the desk or the hotline confirm it."


class WorkerMissing(Invalid):
    code = "order-worker-missing"
    zh = "请填写为哪位职工下单(worker_id)。"
    en = "Say for which worker the order is (worker_id)."
