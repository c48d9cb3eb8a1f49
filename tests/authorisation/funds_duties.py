"""Separation of duty with funds: budgets, transfers, corrections and the end of a year."""

from __future__ import annotations

from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.cast import DISTRICT
from tests.authorisation.duty import NUMBERS, Duty
from tests.stage import Stage

LINES = [{"purpose": "LIVING", "amount_fen": 100}]


def fund(stage: Stage, source: str = "UNION", **more: Any) -> Any:
    """A fund of the district with money in it."""
    number, cashier = next(NUMBERS), stage.cast["R11"]
    opened = cashier.does("/v1/relief/funds", {"source": source, "name": f"职责分离 {number}", **more})
    year = more.get("first_year")
    return {**opened, "entry": cashier.does(f"/v1/relief/funds/{opened['id']}/receipts", {
        "amount_fen": 10_000, "receipt_no": f"ZZ-{number}", "year": year})}


def _budget(stage: Stage, by: Any) -> str:
    made = by.does("/v1/relief/budgets", {"fund_id": fund(stage)["id"], "year": today().year, "lines": LINES})
    return f"/v1/relief/budgets/{made['id']}"


def drafted(stage: Stage) -> str:
    path = _budget(stage, stage.everybody)
    stage.cast["R8"].changes(path, "submit")
    return path


def submitted(stage: Stage) -> str:
    path = _budget(stage, stage.cast["R11"])
    stage.everybody.changes(path, "submit")
    return path


def revised(stage: Stage) -> str:
    path = _budget(stage, stage.cast["R11"])
    stage.cast["R11"].changes(path, "submit")
    stage.cast["R9"].changes(path, "approve")
    stage.everybody.changes(path, "revision", {"lines": LINES, "reason": "调整"})
    return path


def transfer(stage: Stage) -> str:
    made = stage.everybody.does("/v1/relief/fund-transfers", {
        "from_fund_id": fund(stage)["id"], "to_fund_id": fund(stage, "WARMTH_FUND")["id"], "amount_fen": 100,
        "reason": "拨补", "document_no": "BK-1"})
    return f"/v1/relief/fund-transfers/{made['id']}"


def reversal(stage: Stage) -> str:
    made = stage.everybody.does("/v1/relief/entry-reversals", {
        "entry_id": fund(stage)["entry"]["id"], "reason": "录错"})
    return f"/v1/relief/entry-reversals/{made['id']}"


def closing(stage: Stage) -> str:
    year = today().year - 1
    made = stage.everybody.does("/v1/relief/year-closings", {
        "fund_id": fund(stage, first_year=year, org_path=DISTRICT)["id"], "year": year})
    return f"/v1/relief/year-closings/{made['id']}"


FUNDS = "services.relief.domain.funds"
DUTIES = (
    Duty(f"{FUNDS}.budget.approve", "drafting", drafted, "approve"),
    Duty(f"{FUNDS}.budget.approve", "submission", submitted, "approve"),
    Duty(f"{FUNDS}.budget.approve_revision", "proposing the revision", revised, "approve-revision"),
    Duty(f"{FUNDS}.transfers.approve", "proposing it", transfer, "approve"),
    Duty(f"{FUNDS}.reversal.confirm", "proposing it", reversal, "confirm"),
    Duty(f"{FUNDS}.closing.confirm", "proposing it", closing, "confirm"),
)
