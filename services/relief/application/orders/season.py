"""What the campaign and its partners say of an order: quotas of the campaign's own, and what a partner can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, literal, select

from services.relief.adapters.orders import order_lines, orders
from services.relief.application.platforms.agreements import ruling_on
from services.relief.domain.orders.catalogue import Catalogue, Offer
from services.relief.domain.orders.quota import check_season, measure
from services.relief.domain.orders.states import CAPABILITY_OF_CHANNEL, TAKING, TO_THE_DOOR
from services.relief.domain.platforms.partner import Partner
from shared.kernel.clock import today
from shared.store.work import Work

D, L = orders.c, order_lines.c


def check_season_quotas(work: Work, catalogue: Catalogue, worker_id: str,
                        wanted: Sequence[tuple[Offer, int]]) -> None:
    """Whether the member stays within the campaign's quotas; the household's turn is held, so no other order of theirs
    comes between. Raises SeasonQuotaExceeded."""
    for quota in catalogue.quotas:
        asked = sum(measure(quota["unit"], quantity, offer.weight_g) for offer, quantity in wanted
                    if offer.item_class == quota["item_class"])
        if asked:
            check_season(quota, catalogue.name, _ordered(work, catalogue.id, worker_id, quota), asked)


def _ordered(work: Work, catalogue_id: str, worker_id: str, quota: Mapping[str, Any]) -> int:
    """What the member has ordered of it before; what was cancelled or came back does not count."""
    one = func.coalesce(L.weight_g, 0) if quota["unit"] == "GRAM" else literal(1)
    query = select(func.coalesce(func.sum(L.quantity * one), 0)).join_from(order_lines, orders).where(
        D.worker_id == worker_id, D.catalogue_id == catalogue_id, D.state.in_(TAKING),
        L.item_class == quota["item_class"])
    if quota["period"] == "DAY":
        query = query.where(D.ordered_on == today())
    return int(work.session.execute(query).scalar_one())


def check_partners(work: Work, wanted: Sequence[tuple[Offer, int]], channel: str) -> None:
    """Each partner takes orders that way and brings them to the door, by its agreement of today; an order stands by
    the agreement of its day. Items from before partners were named by id are not held to it.

    Raises PartnerNotActive, NoAgreement, PartnerCannot.
    """
    for partner_id in sorted({offer.partner_id for offer, _quantity in wanted if offer.partner_id}):
        partner = work.find(Partner, id=partner_id)
        if partner is None:
            raise AssertionError(partner_id)
        partner.require_active()
        agreement = ruling_on(work, partner_id, today())
        for capability in (CAPABILITY_OF_CHANNEL[channel], TO_THE_DOOR):
            agreement.require_capability(capability, partner.name)
