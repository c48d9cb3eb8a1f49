"""The catalogue: its periods, its items, and what can be ordered now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from services.relief.adapters.goods import donation_lots
from services.relief.adapters.orders import catalogues, offers
from services.relief.adapters.platforms import partner_agreements, partners
from services.relief.application.platforms.agreements import A, rules_on
from services.relief.application.platforms.partners import serving
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.orders.catalogue import Catalogue, Offer
from services.relief.domain.orders.quota import weighed
from services.relief.domain.orders.states import CAPABILITY_OF_CHANNEL, TO_THE_DOOR
from services.relief.rules import platforms as platform_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.paging import cut, ordered
from shared.store.reading import Reading, within
from shared.store.work import Work

SHOWN = ("id", "catalogue_id", "source", "goods_class", "title", "member_fen", "hardship_fen", "most_per_household",
         "created_at")


def plan_catalogue(work: Work, asked: Asked) -> Catalogue:
    body = asked.body
    catalogue = Catalogue(new_id(), place_of(work.caller, body.get("org_path")), body["kind"], body["name"],
                        body["opens_on"], body["closes_on"], work.caller.account_id, now(), body["quotas"])
    catalogue.check_period(today())
    catalogue.check_quotas()
    return work.add(catalogue)


def get_catalogue(reading: Reading, asked: Asked) -> Catalogue:
    return reading.record(Catalogue, asked.path["catalogue_id"])


def list_catalogues(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = catalogues.c
    where = [columns[n] == asked.query[n] for n in ("kind", "state") if n in asked.query]
    return reading.page(Catalogue, asked.query, sort=[columns.created_at, columns.opens_on], where=where)


def open_catalogue(work: Work, asked: Asked) -> Catalogue:
    catalogue = work.target(Catalogue, asked.path["catalogue_id"])
    catalogue.open(today())
    return catalogue


def close_catalogue(work: Work, asked: Asked) -> Catalogue:
    catalogue = work.target(Catalogue, asked.path["catalogue_id"])
    catalogue.close()
    return catalogue


def add_offer(work: Work, asked: Asked) -> Offer:
    """An item of a period that is planned or open; a donated one is of the lot's class."""
    body = asked.body
    catalogue = work.load(Catalogue, body["catalogue_id"])
    offer = Offer(new_id(), catalogue.org_path, created_at=now(), **body)
    daily = platform_rules.rules().quotas(today(), division_of(catalogue.org_path))
    offer.check(weighed([rule.item_class for rule in daily], catalogue.quotas))
    if catalogue.state == "CLOSED":
        catalogue.check_open(today())
    if offer.partner_id:
        offer.name_partner(serving(work, offer.partner_id, catalogue.org_path))
    if offer.lot_id:
        offer.goods_class = work.load(DonationLot, offer.lot_id).goods_class
    return work.add(offer)


def get_offer(reading: Reading, asked: Asked) -> Offer:
    return reading.record(Offer, asked.path["offer_id"])


def list_offers(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = offers.c
    where = [columns[n] == asked.query[n] for n in ("catalogue_id", "source", "state") if n in asked.query]
    return reading.page(Offer, asked.query, sort=[columns.created_at, columns.title], where=where)


def withdraw_offer(work: Work, asked: Asked) -> Offer:
    offer = work.target(Offer, asked.path["offer_id"])
    offer.withdraw()
    return offer


def list_shop(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Items of the open periods that whoever asks can order. A worker sees those of the own unit and of the centres
    above it."""
    o, c, lot = offers.c, catalogues.c, donation_lots.c
    on_shelf = case((lot.state == "SHELVED", lot.on_hand - lot.reserved - lot.held), else_=0)
    left = func.coalesce(o.available - o.ordered, on_shelf).label("left")
    query = select(*[o[name] for name in SHOWN], c.kind.label("catalogue_kind"), c.name.label("catalogue_name"),
                   c.closes_on, left).join_from(offers, catalogues).outerjoin(donation_lots, lot.id == o.lot_id)
    query = query.where(o.state == "OFFERED", c.state == "OPEN", c.opens_on <= today(), c.closes_on >= today(),
                        _serves(reading), _taking_orders(reading),
                        *[o[n] == asked.query[n] for n in ("catalogue_id", "goods_class") if n in asked.query])
    sort = [o.created_at, o.title, o.member_fen]
    told = cut(reading.all(ordered(query, sort, o.id, asked.query)), sort, o.id, asked.query)
    return {**told, "items": [row._mapping for row in told["items"]]}


def _taking_orders(reading: Reading) -> ColumnElement[bool]:
    """The item is donated, or its partner takes orders the way of whoever asks, as `season.check_partners` asks."""
    o, channel = offers.c, "PHONE" if reading.caller.worker_id is None else "ONLINE"
    wanted = {CAPABILITY_OF_CHANNEL[channel], TO_THE_DOOR}
    offered = select(o.partner_id).where(o.state == "OFFERED", o.partner_id.is_not(None))
    ruling = select(A.partner_id, A.capabilities).join_from(partner_agreements, partners).where(
        A.partner_id.in_(offered), partners.c.state == "ACTIVE", *rules_on(today()))
    able = [row.partner_id for row in reading.all(ruling) if wanted <= set(row.capabilities)]
    return or_(o.partner_id.is_(None), o.partner_id.in_(able))


def _serves(reading: Reading) -> ColumnElement[bool]:
    if reading.caller.worker_id is None:
        return within(offers, reading.caller)
    return literal(reading.caller.org_path).like(offers.c.org_path + "%")
