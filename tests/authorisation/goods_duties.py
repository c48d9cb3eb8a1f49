"""Separation of duty with donated goods: who proposes a disposal or a stock-take does not confirm it, and who lists the
households of a campaign in kind does not approve it."""

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


def campaign(stage: Stage) -> str:
    """A list of one household, by hand."""
    lot_id, keeper = lot_of(stage), stage.cast["R1"]
    path = f"{RELIEF}/donation-lots/{lot_id}"
    keeper.changes(path, "sort", {"unusable": 0, "grades": [{"grade": "A", "category": "图书", "quantity": 10}]})
    keeper.changes(path, "shelve", {"shelf": "A-1"})
    file = stage.everybody.reads(f"{RELIEF}/hardship-files", state="ACTIVE")["items"][0]
    found = stage.everybody.does(f"{RELIEF}/goods-campaigns", {
        "title": "送书", "occasion": "NEW_YEAR", "package": [{"lot_id": lot_id, "quantity": 1}],
        "filters": {"file_ids": [file["id"]]}})
    return f"{RELIEF}/goods-campaigns/{found['id']}"


DUTIES = (
    Duty(CONFIRM, "disposal", disposal, "confirm"),
    Duty(CONFIRM, "stock-take", stock_take, "confirm"),
    Duty(CONFIRM, "sorting out", unusable, "confirm"),
    Duty("services.relief.domain.goods.campaign.approve", "drafting", campaign, "approve", {"document_no": "W"}),
)
