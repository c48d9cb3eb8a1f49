"""Disposals (报废) and stock-takes (盘点)."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.goods import stock_adjustments
from services.relief.application.goods.holding import held_target
from services.relief.application.goods.issues import hold
from services.relief.application.goods.stock import keep
from services.relief.domain.goods.adjustment import StockAdjustment, difference_of
from services.relief.domain.goods.lot import DonationLot
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def propose_stock_adjustment(work: Work, asked: Asked) -> StockAdjustment:
    body = asked.body
    lot = work.load(DonationLot, body["lot_id"], lock=True)
    difference = difference_of(body["kind"], lot, body["quantity"], body["counted"])
    adjustment = StockAdjustment(new_id(), lot.org_path, lot.id, body["kind"], difference, body["reason"],
                                 work.caller.account_id, now(), body["counted"])
    if body["from_held"]:
        adjustment.check_held(lot)
    else:
        keep(work, lot, [adjustment.hold(lot)])
    return work.add(adjustment)


def get_stock_adjustment(reading: Reading, asked: Asked) -> StockAdjustment:
    return reading.record(StockAdjustment, asked.path["adjustment_id"])


def list_stock_adjustments(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = stock_adjustments.c
    where = [columns[n] == asked.query[n] for n in ("lot_id", "kind", "state") if n in asked.query]
    return reading.page(StockAdjustment, asked.query, sort=[columns.created_at, columns.difference], where=where)


def confirm_stock_adjustment(work: Work, asked: Asked) -> StockAdjustment:
    adjustment = held_target(work, StockAdjustment, asked.path["adjustment_id"])
    lot = hold(work, adjustment.lot_id)
    keep(work, lot, [adjustment.confirm(lot, work.caller.account_id)])
    return adjustment


def reject_stock_adjustment(work: Work, asked: Asked) -> StockAdjustment:
    adjustment = held_target(work, StockAdjustment, asked.path["adjustment_id"])
    adjustment.reject(asked.body["note"], work.caller.account_id)
    return adjustment
