"""A unit enrols in the city's and in the district's mutual aid; three workers fall ill (医疗互助).

A hospital stay by the district's own plan is computed, checked and approved from the surplus; a critical illness is the
city union's to decide: its status file pays it, and since the sum is large and the household has no file, somebody is
sent to see.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.cast import Cast, employ, hire

AID = "/v1/relief/mutual-aid"
HEADCOUNT = 10
WAITED_DAYS = 31
CITY, OWN = "CITY_CRITICAL", "HOSPITAL_TIERS"


def enrol(cast: Cast, unit: Any, workers: list[Any], plan: str, starts_on: date, number: int) -> Any:
    """A unit's list, and its fee."""
    listed = cast["R4"].does(f"{AID}/enrolments", {
        "plan": plan, "phase": 1, "unit_name": unit["name"], "employer_id": unit["id"], "staff": len(workers) + 2,
        "starts_on": str(starts_on), "workers": [{"worker_id": one["id"]} for one in workers]},
        key=f"demo enrolment {plan} {number}")
    path = f"{AID}/enrolments/{listed['id']}"
    found = cast["R11"].reads(path)
    if found["state"] != "LISTED":
        return found
    return cast["R11"].changes(path, "fee", {"amount_fen": found["fee_fen"], "receipt_no": f"HZ-{plan}-{number}"})


def claim(cast: Cast, worker: Any, plan: str, number: int, papers: list[str], **facts: Any) -> Any:
    """Filed by the unit's union, checked and submitted by a reviewer."""
    filed = cast["R4"].does(f"{AID}/claims", {
        "plan": plan, "worker_id": worker["id"], "diagnosis": "示范病例", "diagnosed_on": str(today()),
        "hospital_grade": 3, **facts}, key=f"demo claim {plan} {number}")
    path = f"{AID}/claims/{filed['id']}"
    cast["R7"].changes(path, "documents", {"documents": papers})
    return cast["R7"].changes(path, "submit")


def pay_from_surplus(cast: Cast, claimed: Any, number: int) -> Any:
    """The director approves what was computed; the money is reserved until a batch takes it."""
    fund = cast["R11"].does("/v1/relief/funds", {"source": "MUTUAL_SURPLUS", "name": f"医疗互助结余 {number}"},
                            key=f"demo surplus {number}")
    cast["R11"].does(f"/v1/relief/funds/{fund['id']}/receipts",
                     {"amount_fen": 5_000_000, "receipt_no": f"JY-{number}"}, key=f"demo surplus receipt {number}")
    return cast["R8"].changes(f"{AID}/claims/{claimed['id']}", "approve",
                              {"fund_id": fund["id"], "document_no": f"HZPF-{number}"})


def status_file(cast: Cast, claimed: Any, amount_fen: int, number: int) -> Any:
    """The city union has paid."""
    rows = [{"claim_no": claimed["claim_no"], "status": "PAID", "amount_fen": amount_fen, "on": str(today()),
             "reason": None}]
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return cast["R20"].does(f"{AID}/scheme-files", {
        "plan": CITY, "batch_no": f"SZ-{number}", "sha256": hashlib.sha256(text.encode()).hexdigest(), "rows": rows},
        key=f"demo status file {number}")


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the claim that the city paid."""
    person = 500_000 + 100 * number
    unit = employ(cast, person, f"某机械厂{number or ''}")
    workers = hire(cast, unit["id"], range(person, person + HEADCOUNT))
    starts_on = today() - timedelta(days=WAITED_DAYS)
    shift_clock(-WAITED_DAYS)
    for plan in (CITY, OWN):
        enrol(cast, unit, workers, plan, starts_on, number)
    shift_clock(0)
    stay = claim(cast, workers[0], OWN, number, ["ID", "SETTLEMENT_SHEET", "DISCHARGE_SUMMARY"], cover="HOSPITAL",
                 own_paid_fen=1_234_500, bill_no=f"ZY{number:06}")
    pay_from_surplus(cast, stay, number)
    illness = claim(cast, workers[1], CITY, number, ["ID", "DIAGNOSIS", "PATHOLOGY"], cover="CRITICAL_ILLNESS")
    status_file(cast, illness, 2_000_000, number)
    return cast["R7"].reads(f"{AID}/claims/{illness['id']}")
