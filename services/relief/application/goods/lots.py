"""Lots of donated goods: receipt, disinfection, sorting, shelf."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.goods import donation_lots
from services.relief.application.goods.stock import keep
from services.relief.domain.goods.adjustment import StockAdjustment
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.policy import GoodsRule
from services.relief.rules import goods as goods_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

UNUSABLE = "分拣时不可用 / unusable when sorted"
GIVEN = ("is_anonymous", "name_may_be_published", "donor_name", "donor_phone", "intended_for", "intent", "expires_on")


def receive_donation(work: Work, asked: Asked) -> DonationLot:
    body = asked.body
    path = place_of(work.caller, body.get("org_path"))
    lot = DonationLot(new_id(), path, "", body["goods_class"], body["title"], body["unit"], body["condition"],
                      body["received_on"] or today(), work.caller.account_id, now(), **{n: body[n] for n in GIVEN})
    lot.check_receipt(rule_of(lot), today())
    lot.receipt_no = work.next_number("JP", path)
    work.add(lot)
    keep(work, lot, [lot.receive(body["quantity"])])
    return lot


def rule_of(lot: DonationLot) -> GoodsRule:
    """What holds for the lot's class today. Raises RuleGap."""
    return goods_rules.goods().on(lot.goods_class, today(), division_of(lot.org_path))


def get_donation_lot(reading: Reading, asked: Asked) -> DonationLot:
    return reading.record(DonationLot, asked.path["lot_id"])


def list_donation_lots(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = donation_lots.c
    where = [columns[n] == asked.query[n] for n in ("state", "goods_class", "receipt_no") if n in asked.query]
    return reading.page(DonationLot, asked.query, where=where,
                        sort=[columns.created_at, columns.received_on, columns.receipt_no, columns.on_hand])


def disinfect_lot(work: Work, asked: Asked) -> DonationLot:
    lot = _target(work, asked)
    lot.disinfect(asked.body["method"], asked.body["on"], work.caller.account_id, today())
    return lot


def sort_lot(work: Work, asked: Asked) -> DonationLot:
    """What is unusable is proposed for disposal in the same transaction."""
    lot, unusable = _target(work, asked), asked.body["unusable"]
    keep(work, lot, lot.sort(asked.body["grades"], unusable, rule_of(lot), work.caller.account_id, today()))
    if unusable:
        work.add(StockAdjustment(new_id(), lot.org_path, lot.id, "DISPOSAL", -unusable, UNUSABLE,
                                 work.caller.account_id, now()))
    return lot


def shelve_lot(work: Work, asked: Asked) -> DonationLot:
    lot = _target(work, asked)
    lot.shelve(asked.body["shelf"], today())
    return lot


def release_held_goods(work: Work, asked: Asked) -> DonationLot:
    lot, body = _target(work, asked), asked.body
    moved = lot.release(body["quantity"], rule_of(lot), body["disinfection"], work.caller.account_id, today())
    keep(work, lot, [moved])
    return lot


def _target(work: Work, asked: Asked) -> DonationLot:
    return work.target(DonationLot, asked.path["lot_id"])
