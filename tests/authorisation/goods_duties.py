"""Separation of duty in the stock of donated goods: who proposes a disposal or a stock-take does not confirm it."""

from __future__ import annotations

from shared.runtime.demo.goods import RELIEF
from tests.authorisation.duty import Duty
from tests.stage import Stage

CONFIRM = "services.relief.domain.goods.adjustment.confirm"


def lot_of(stage: Stage) -> str:
    lot = stage.cast["R1"].does(f"{RELIEF}/donation-lots", {
        "goods_class": "BOOK", "title": "图书", "unit": "PIECE", "quantity": 10, "condition": "GOOD"})
    return str(lot["id"])


def disposal(stage: Stage) -> str:
    found = stage.everybody.does(f"{RELIEF}/stock-adjustments", {
        "lot_id": lot_of(stage), "kind": "DISPOSAL", "quantity": 1, "reason": "破损"})
    return f"{RELIEF}/stock-adjustments/{found['id']}"


def stock_take(stage: Stage) -> str:
    found = stage.everybody.does(f"{RELIEF}/stock-adjustments", {
        "lot_id": lot_of(stage), "kind": "STOCK_TAKE", "counted": 9, "reason": "盘点"})
    return f"{RELIEF}/stock-adjustments/{found['id']}"


def unusable(stage: Stage) -> str:
    """What a keeper sorted out."""
    lot_id = lot_of(stage)
    stage.everybody.changes(f"{RELIEF}/donation-lots/{lot_id}", "sort", {"grades": [], "unusable": 10})
    found = stage.everybody.reads(f"{RELIEF}/stock-adjustments", lot_id=lot_id)["items"][0]
    return f"{RELIEF}/stock-adjustments/{found['id']}"


DUTIES = (
    Duty(CONFIRM, "disposal", disposal, "confirm"),
    Duty(CONFIRM, "stock-take", stock_take, "confirm"),
    Duty(CONFIRM, "sorting out", unusable, "confirm"),
)
