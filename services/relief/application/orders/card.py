"""The part of an order that the worker's care card pays: limits and quotas are taken with the order, as at a till."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from services.relief.adapters.platforms import care_cards
from services.relief.application.platforms.orders_on_cards import give_back_order
from services.relief.application.platforms.pins import check_pin
from services.relief.application.platforms.till import card_at_till
from services.relief.application.platforms.uses import take
from services.relief.domain.orders.order import Order
from services.relief.domain.orders.refusals import CardNotOwn
from services.relief.domain.orders.states import CARD_PLATFORM
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.redemption import Redemption, check_items
from services.relief.rules import platforms as platform_rules
from shared.kernel.clock import now, today
from shared.kernel.org import division_of
from shared.store.work import Work

C = care_cards.c


def look_at_card(work: Work, body: Mapping[str, Any], worker_id: str) -> None:
    """Whose card and which PIN, before the transaction begins. Raises CardNotOwn, PinLocked, PinWrong."""
    if not body["care_card_fen"]:
        return
    card_no = body["card_no"]
    if card_no is None or not work.peek(select(C.id).where(C.card_no == card_no, C.worker_id == worker_id)):
        raise CardNotOwn(pointer="/card_no")
    rule = platform_rules.rules().general(today(), division_of(work.caller.org_path))
    check_pin(work, card_no, body["pin"], rule.pin_tries)


def hold_card(work: Work, order: Order, body: Mapping[str, Any]) -> None:
    """Take the card's part off its limits, and all that the card may pay for off the day's quotas, or nothing. Of
    classes that have the campaign's own quota none is taken of the day's.

    Raises what `card_at_till` raises; LimitReached, QuotaExceeded, WeightMissing.
    """
    if not order.care_card_fen:
        return
    card = card_at_till(work, body["card_no"], body["pin"], CARD_PLATFORM, order.org_path, now())
    division, items = division_of(order.org_path), order.card_items
    weighed = [rule.item_class for rule in platform_rules.rules().quotas(order.ordered_on, division)
               if rule.item_class not in order.season_classes]
    check_items(CARD_PLATFORM, items, sum(item["amount_fen"] for item in items), weighed)
    take(work, card, order.daily_weights, order.care_card_fen, order.ordered_on, division, "/care_card_fen")
    order.hold_card(card.id)


def free_card(work: Work, order: Order) -> None:
    """The order was cancelled or came back: the card's part is given back, once. What a till has taken is proposed for
    reversal (退货), which a second person confirms, or the till on the same day."""
    if order.redemption_id:
        _propose_reversal(work, order)
    elif order.free_card():
        card = work.session.get_one(CareCard, order.card_id)
        give_back_order(work, order, card.kind)


def _propose_reversal(work: Work, order: Order) -> None:
    sale = work.find(Redemption, id=order.redemption_id)  # at an outlet that who cancels need not see
    if sale and sale.state == "RECORDED":
        sale.propose_reversal(f"订单 {order.order_no} 已取消或退回 / the order was cancelled or came back",
                              work.caller.account_id)
