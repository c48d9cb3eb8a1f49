"""Redemptions and visits that were recorded: reading, and goods returned (退货)."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.platforms import care_visits, redemptions
from services.relief.application.files import last_aid
from services.relief.application.platforms.orders_on_cards import give_back_sale
from services.relief.domain.platforms.redemption import Redemption
from services.relief.domain.platforms.visit import CareVisit
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

R, V = redemptions.c, care_visits.c
FILTERS = ("outlet_id", "partner_id", "card_id", "source", "state", "till_no")


def get_redemption(reading: Reading, asked: Asked) -> Redemption:
    return reading.record(Redemption, asked.path["redemption_id"])


def list_redemptions(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [R[name] == asked.query[name] for name in FILTERS if name in asked.query]
    if "redeemed_from" in asked.query:
        where.append(R.redeemed_on >= asked.query["redeemed_from"])
    if "redeemed_to" in asked.query:
        where.append(R.redeemed_on <= asked.query["redeemed_to"])
    return reading.page(Redemption, asked.query, sort=[R.created_at, R.redeemed_at, R.total_fen], where=where,
                        worker=R.worker_id)


def reverse_redemption(work: Work, asked: Asked) -> Redemption:
    redemption = _target(work, asked)
    redemption.reverse(asked.body["reason"], work.caller.account_id, today())
    give_back_sale(work, redemption)
    return redemption


def propose_sale_reversal(work: Work, asked: Asked) -> Redemption:
    redemption = _target(work, asked)
    redemption.propose_reversal(asked.body["reason"], work.caller.account_id)
    return redemption


def confirm_sale_reversal(work: Work, asked: Asked) -> Redemption:
    redemption = _target(work, asked)
    redemption.confirm_reversal(work.caller.account_id, today())
    give_back_sale(work, redemption)
    last_aid.reckon_later(work, list(filter(None, [redemption.worker_id])))
    return redemption


def reject_reversal(work: Work, asked: Asked) -> Redemption:
    redemption = _target(work, asked)
    redemption.reject_reversal()
    return redemption


def _target(work: Work, asked: Asked) -> Redemption:
    return work.target(Redemption, asked.path["redemption_id"])


def list_care_visits(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [V[name] == asked.query[name] for name in ("worker_id", "outlet_id", "kind") if name in asked.query]
    if "visited_from" in asked.query:
        where.append(V.visited_on >= asked.query["visited_from"])
    if "visited_to" in asked.query:
        where.append(V.visited_on <= asked.query["visited_to"])
    return reading.page(CareVisit, asked.query, sort=[V.created_at, V.visited_on], where=where, worker=V.worker_id)
