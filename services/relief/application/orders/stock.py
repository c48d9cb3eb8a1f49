"""What orders do to lots and offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from services.relief.adapters.orders import offers
from services.relief.application.goods.households import Recipient
from services.relief.application.goods.issues import hold
from services.relief.application.goods.lots import rule_of
from services.relief.application.goods.stock import keep
from services.relief.domain.orders.catalogue import Offer
from services.relief.domain.orders.order import Order
from shared.kernel.clock import today
from shared.store.work import Work


def reserve(work: Work, order_id: str, wanted: Sequence[tuple[Offer, int]], who: Recipient) -> None:
    """Take donated goods off what is free. Raises GoodsExpired, WrongState, IntentForbids, StockShort."""
    for lot_id, quantity in _by_lot((offer.lot_id, quantity) for offer, quantity in wanted):
        lot = hold(work, lot_id)
        lot.check_issuable(rule_of(lot), today())
        lot.check_intent(has_file=who.file_id is not None, is_migrant=who.is_migrant)
        keep(work, lot, [lot.book("RESERVED", quantity, "Order", order_id)])


def move(work: Work, order: Order, kind: str) -> None:
    """One movement for each lot the order takes from."""
    for lot_id, quantity in _by_lot((line.lot_id, line.quantity) for line in order.lines):
        lot = hold(work, lot_id)
        keep(work, lot, [lot.book(kind, quantity, "Order", order.id)])


def _by_lot(taken: Iterable[tuple[str | None, int]]) -> list[tuple[str, int]]:
    """Lots and quantities, in the order in which lots are held."""
    found: Counter[str] = Counter()
    for lot_id, quantity in taken:
        if lot_id:
            found[lot_id] += quantity
    return sorted(found.items())


def release(work: Work, order: Order, kind: str) -> None:
    """Give offers and lots back what the order had taken: UNRESERVED before it left, RETURNED after."""
    quantities = {line.offer_id: line.quantity for line in order.lines}
    query = select(Offer).where(offers.c.id.in_(quantities)).order_by(offers.c.id).with_for_update()
    for offer in work.all(query):
        offer.give_back(quantities[offer.id])
    move(work, order, kind)


def check_fresh(work: Work, order: Order) -> None:
    """Nothing that expired while it waited leaves the store. Raises GoodsExpired."""
    for lot_id, _quantity in _by_lot((line.lot_id, line.quantity) for line in order.lines):
        hold(work, lot_id).check_fresh(today())
