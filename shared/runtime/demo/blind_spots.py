"""Civil affairs' list holds a union member without a file, and a household has nobody at work: both are found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo import people
from shared.runtime.demo.api import TookTooLong, until
from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.means import FINDINGS

BATCHES = "/v1/exchange/agency-batches"
YEAR = timedelta(days=365)
#: the days on which the search is waited for, and how long on each but the last
DAYS, A_DAY_SECONDS = (1, 2, 3, 4), 6.0


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the member's finding, with what was done."""
    person = 470_000 + 2 * number
    listed, jobless = hire(cast, None, range(person, person + 2), with_card=False)
    join(cast, listed, number)
    send_list(cast, person, number)
    cast["R13"].does("/v1/jobs/job-seekers", {
        "worker_id": jobless["id"], "wish": "保洁员", "unemployed_since": str(today() - YEAR),
        "is_zero_employment_household": True}, key=f"demo jobless {number}")
    finding = found(cast, listed, "BLD-1", shift_clock)
    found(cast, jobless, "BLD-4", shift_clock)
    return visited(cast, finding)


def join(cast: Cast, worker: Any, number: int) -> None:
    """A worker is admitted to the union."""
    made = cast["R4"].does("/v1/membership/memberships", {"worker_id": worker["id"]}, key=f"demo listed {number}")
    path = f"/v1/membership/memberships/{made['id']}"
    if cast["R4"].reads(path)["state"] == "APPLIED":
        cast["R4"].changes(path, "admit")


def send_list(cast: Cast, person: int, number: int) -> None:
    """Today's list of civil affairs: the member, and somebody whom the union does not know."""
    rows = [{"category": "DIBAO", "household_no": f"DB-{one}", "member_name": people.name(one),
             "member_id_no": people.resident_id(one), "amount_month_fen": 80_000, "start_ym": "202601"}
            for one in (person, person + 900_000)]
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    batch = cast["R20"].does(BATCHES, {
        "header": {"agency": "MZJ", "batch_no": f"MZ-{number}-{today()}", "kind": "CIVIL_AFFAIRS_RELIEF",
                   "division_code": "379901", "data_date": str(today())},
        "rows": rows, "trailer": {"count": 2, "amount_total_fen": 160_000,
                                  "sha256": hashlib.sha256(text.encode()).hexdigest()}},
        key=f"demo list {number} {today()}")
    until("the members on the list", lambda: cast["R20"].reads(f"{BATCHES}/{batch['id']}")["compared"] == 2)


def found(cast: Cast, worker: Any, code: str, shift_clock: Callable[[int], None]) -> Any:
    """The search runs once a day: what is told after it waits for the next day's."""

    def look() -> Any:
        items = cast["R7"].reads(FINDINGS, subject_id=worker["id"], code=code)["items"]
        return items[0] if items else None

    try:
        for day in DAYS[:-1]:
            shift_clock(day)
            with suppress(TookTooLong):
                return until(f"the finding {code}", look, A_DAY_SECONDS)
        shift_clock(DAYS[-1])
        return until(f"the finding {code}", look)
    finally:
        shift_clock(0)


def visited(cast: Cast, finding: Any) -> Any:
    """The officer of the unit visits, and helps to apply for a file."""
    path = f"{FINDINGS}/{finding['id']}"
    if finding["state"] != "OPEN":
        return finding
    cast["R7"].changes(path, "assign", {"account_id": cast["R4"].reads("/v1/me")["id"]})
    cast["R4"].changes(path, "confirm", {"reason": "已入户,家庭确有困难,未建档"})
    return cast["R4"].changes(path, "resolve", {"action": "HELPED_TO_APPLY", "note": "协助备齐材料,申请建档"})
