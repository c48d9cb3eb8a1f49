"""F12, a year of funds (资金年度): last year is closed, a budget approved, money topped up, a slip put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.cast import Cast

RELIEF = "/v1/relief"
ENDOWMENT_FEN, TOP_UP_FEN, INTEREST_FEN = 50_000_000, 8_000_000, 31_415
BUDGET = (("LIVING", 20_000_000), ("MEDICAL", 12_000_000), ("STUDENT", 6_000_000), ("WAGE_ADVANCE", 4_000_000))


def tell(cast: Cast, _shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the union's fund as it stands."""
    union = open_books(cast, number)
    close_last_year(cast, union, number)
    plan_the_year(cast, union, number)
    top_up(cast, union, number)
    put_right(cast, union, number)
    return cast["R12"].reads(f"{RELIEF}/funds/{union['id']}")


def open_books(cast: Cast, number: int) -> Any:
    """The union's money, with last year's books still open."""
    last = today().year - 1
    fund = opened(cast, "UNION", f"工会帮扶经费 {number}", number, first_year=last)
    path = f"{RELIEF}/funds/{fund['id']}"
    cast["R11"].does(f"{path}/receipts", {"amount_fen": ENDOWMENT_FEN, "receipt_no": f"JF-{number}-1", "year": last},
                     key=f"demo funds {number} endowment")
    cast["R11"].does(f"{path}/interest", {"amount_fen": INTEREST_FEN, "document_no": f"LX-{number}-Q4", "year": last},
                     key=f"demo funds {number} interest")
    return fund


def opened(cast: Cast, source: str, name: str, number: int, **more: Any) -> Any:
    return cast["R11"].does(f"{RELIEF}/funds", {"source": source, "name": name, **more},
                            key=f"demo funds {number} {source}")


def close_last_year(cast: Cast, fund: Any, number: int) -> Any:
    """The cashier proposes, the auditor confirms; what was there goes over."""
    made = cast["R11"].does(f"{RELIEF}/year-closings", {"fund_id": fund["id"], "year": today().year - 1},
                            key=f"demo funds {number} closing")
    return step(cast, "R12", f"{RELIEF}/year-closings/{made['id']}", "PROPOSED", "confirm")


def plan_the_year(cast: Cast, fund: Any, number: int) -> Any:
    """A budget that the chair approves, and its revision."""
    lines = [{"purpose": purpose, "amount_fen": fen} for purpose, fen in BUDGET]
    made = cast["R11"].does(f"{RELIEF}/budgets", {"fund_id": fund["id"], "year": today().year, "lines": lines},
                            key=f"demo funds {number} budget")
    path = f"{RELIEF}/budgets/{made['id']}"
    step(cast, "R11", path, "DRAFT", "submit")
    step(cast, "R9", path, "SUBMITTED", "approve")
    if len(cast["R9"].reads(path)["editions"]) == 1:
        more = [*lines[:-1], {"purpose": "WAGE_ADVANCE", "amount_fen": 5_000_000}]
        step(cast, "R11", path, "APPROVED", "revision", {"lines": more, "reason": "欠薪案件增加"})
    return step(cast, "R9", path, "REVISING", "approve-revision")


def top_up(cast: Cast, fund: Any, number: int) -> Any:
    """Union money for the warmth fund, both sides at once."""
    warmth = opened(cast, "WARMTH_FUND", f"送温暖基金 {number}", number)
    made = cast["R11"].does(f"{RELIEF}/fund-transfers", {
        "from_fund_id": fund["id"], "to_fund_id": warmth["id"], "amount_fen": TOP_UP_FEN, "reason": "两节送温暖",
        "document_no": f"BK-{number}"}, key=f"demo funds {number} transfer")
    return step(cast, "R9", f"{RELIEF}/fund-transfers/{made['id']}", "PROPOSED", "approve")


def put_right(cast: Cast, fund: Any, number: int) -> Any:
    """A receipt entered with a nought too many is reversed by two people and entered again."""
    path = f"{RELIEF}/funds/{fund['id']}/receipts"
    wrong = cast["R11"].does(path, {"amount_fen": 1_000_000, "receipt_no": f"JF-{number}-2"},
                             key=f"demo funds {number} slip")
    made = cast["R11"].does(f"{RELIEF}/entry-reversals", {"entry_id": wrong["id"], "reason": "金额多录一个零"},
                            key=f"demo funds {number} reversal")
    step(cast, "R12", f"{RELIEF}/entry-reversals/{made['id']}", "PROPOSED", "confirm")
    return cast["R11"].does(path, {"amount_fen": 100_000, "receipt_no": f"JF-{number}-2"},
                            key=f"demo funds {number} right")


def step(cast: Cast, role: str, path: str, state: str, command: str, body: Any = None) -> Any:
    """A command to a record in that state; a story told again finds it done."""
    record = cast[role].reads(path)
    return cast[role].changes(path, command, body) if record["state"] == state else record
