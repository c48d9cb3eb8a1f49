"""Orders: placed by a worker online, or on the phone by an agent; cancelled; read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.orders import offers, order_lines, orders
from services.relief.application.goods.holding import held_target
from services.relief.application.goods.households import Recipient, recipient
from services.relief.application.goods.limits import check_limit, take_turns
from services.relief.application.goods.lots import rule_of
from services.relief.application.orders.card import free_card, hold_card, look_at_card
from services.relief.application.orders.season import check_partners, check_season_quotas
from services.relief.application.orders.stock import release, reserve
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.orders.catalogue import Catalogue, Offer
from services.relief.domain.orders.order import Order, check_wanted
from services.relief.domain.orders.refusals import NotEntitled, WorkerMissing
from services.relief.domain.orders.states import TAKING
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.org import is_within
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

GIVEN = ("recipient", "phone", "address", "township")


def place_order(work: Work, asked: Asked) -> Order:
    """The household's turn first, then offers, lots, the number and the card: always in this order, so that nobody
    waits for somebody who waits."""
    body = asked.body
    worker_id = _orderer(work, body)
    look_at_card(work, body, worker_id)
    who = recipient(work, None, worker_id)
    take_turns(work, [who.household], "ORDER")
    wanted = _wanted(work, body["items"], who)
    catalogue = work.session.get_one(Catalogue, wanted[0][0].catalogue_id)
    catalogue.check_open(today())
    channel = "PHONE" if work.caller.worker_id is None else "ONLINE"
    check_partners(work, wanted, channel)
    check_season_quotas(work, catalogue, worker_id, wanted)
    for offer, quantity in wanted:
        offer.take(quantity, _taken(work, who.household, offer.id))
    order = Order(new_id(), catalogue.org_path, "", catalogue.id, channel, str(who.worker_id), who.household,
                  _tier(who), **{name: body[name] for name in GIVEN}, ordered_on=today(),
                  ordered_by=work.caller.account_id, created_at=now(), season_classes=catalogue.own_classes)
    _check_limits(work, who, wanted)
    reserve(work, order.id, wanted, who)
    order.order_no = work.next_number("DD", order.org_path)
    order.fill(wanted, body["care_card_fen"])
    hold_card(work, order, body)
    return work.add(order)


def _orderer(work: Work, body: Mapping[str, Any]) -> str:
    """A worker orders for themselves only. Raises NotFound, WorkerMissing."""
    own, named = work.caller.worker_id, body["worker_id"]
    if own and named not in (None, own):
        raise NotFound(pointer="/worker_id", id=named)
    if not (own or named):
        raise WorkerMissing(pointer="/worker_id")
    return str(own or named)


def _tier(who: Recipient) -> str:
    """Raises NotEntitled."""
    if who.file_id:
        return "HARDSHIP"
    if not who.facts["is_member"]:
        raise NotEntitled
    return "MEMBER"


def _wanted(work: Work, items: Sequence[Mapping[str, Any]], who: Recipient) -> list[tuple[Offer, int]]:
    """The offers, their rows held. A centre serves the workers at and below it. Raises NotFound, OfferTwice, ..."""
    ids = [item["offer_id"] for item in items]
    query = select(Offer).where(offers.c.id.in_(ids)).order_by(offers.c.id).with_for_update()
    found = {offer.id: offer for offer in work.all(query)}
    for n, offer_id in enumerate(ids):
        if offer_id not in found or not _may_take(work, found[offer_id], who):
            raise NotFound(pointer=f"/items/{n}/offer_id", id=offer_id)
    check_wanted([found[offer_id] for offer_id in ids])
    return [(found[item["offer_id"]], item["quantity"]) for item in items]


def _may_take(work: Work, offer: Offer, who: Recipient) -> bool:
    reach = work.caller.worker_id is not None or work.caller.covers(offer.org_path)
    return reach and is_within(str(who.facts["org_path"]), offer.org_path)


def _taken(work: Work, household: str, offer_id: str) -> int:
    """What the household has ordered of an offer; what was cancelled or came back does not count."""
    query = select(func.coalesce(func.sum(order_lines.c.quantity), 0)).join_from(order_lines, orders).where(
        orders.c.household == household, order_lines.c.offer_id == offer_id, orders.c.state.in_(TAKING))
    return int(work.session.execute(query).scalar_one())


def _check_limits(work: Work, who: Recipient, wanted: Sequence[tuple[Offer, int]]) -> None:
    """The dated limit of a class binds donated goods, however they reach the household. Raises HouseholdLimit."""
    by_class: dict[str, tuple[DonationLot, int]] = {}
    for offer, quantity in wanted:
        if offer.lot_id:
            lot = work.session.get_one(DonationLot, offer.lot_id)
            by_class[lot.goods_class] = lot, quantity + by_class.get(lot.goods_class, (lot, 0))[1]
    for _class, (lot, quantity) in sorted(by_class.items(), key=lambda pair: pair[0]):
        check_limit(work, who.household, rule_of(lot), quantity)


def get_order(reading: Reading, asked: Asked) -> Order:
    return reading.record(Order, asked.path["order_id"])


def list_orders(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, filters = orders.c, ("worker_id", "catalogue_id", "township", "channel", "state")
    where = [columns[n] == asked.query[n] for n in filters if n in asked.query]
    return reading.page(Order, asked.query, where=where, worker=columns.worker_id,
                        sort=[columns.created_at, columns.order_no, columns.township, columns.total_fen])


def cancel_order(work: Work, asked: Asked) -> Order:
    order = held_target(work, Order, asked.path["order_id"])
    order.cancel(asked.body["reason"])
    release(work, order, "UNRESERVED")
    free_card(work, order)
    return order
