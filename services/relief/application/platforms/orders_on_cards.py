"""Orders whose card part a till takes, or gives back: limits and quotas were taken when the order was placed."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.orders import orders
from services.relief.application.platforms.uses import give_back
from services.relief.domain.orders.order import Order
from services.relief.domain.orders.refusals import OrderNotOnCard
from services.relief.domain.platforms.redemption import Redemption
from shared.store.work import Work


def order_of(work: Work, order_no: str | None) -> Order | None:
    """The order that a sale pays for, held until the commit, before the card is: who cancels it holds it first too.
    Whether it is the card's is for the order to say. Raises OrderNotOnCard."""
    if order_no is None:
        return None
    query = select(Order).where(orders.c.order_no == order_no).with_for_update()
    order = work.session.scalars(query).one_or_none()
    if order is None:
        raise OrderNotOnCard(pointer="/order_no", order_no=order_no)
    return order


def give_back_order(work: Work, order: Order, card_kind: str) -> None:
    """By the day on which the order took them."""
    give_back(work, order.worker_id, card_kind, order.daily_weights, order.care_card_fen, order.ordered_on)


def give_back_sale(work: Work, redemption: Redemption) -> None:
    """What a reversed sale used, be it the sale's own or the order's."""
    if not (redemption.worker_id and redemption.card_kind):
        return
    if redemption.order_id:
        order = work.session.scalars(select(Order).where(orders.c.id == redemption.order_id).with_for_update()).one()
        if order.sale_reversed():
            give_back_order(work, order, redemption.card_kind)
        return
    give_back(work, redemption.worker_id, redemption.card_kind, redemption.weights, redemption.total_fen,
              redemption.redeemed_on)
