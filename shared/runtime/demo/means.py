"""A household's means are tried at the window, tested for its file, and it is found to lack dibao (应保未保)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.job_fair import FILE, active_file

FINDINGS, TESTS = "/v1/relief/findings", "/v1/relief/means-tests"
#: tells this story's people and papers apart from those of others
OFFSET = 60_000
HOUSEHOLD = {
    "persons": [{"age": 46, "employment": "EMPLOYED"}, {"age": 11, "study": "COMPULSORY", "employment": "NONE"}],
    "income": [{"kind": "WAGES", "amount_fen": 150_000, "months": 12, "person": 1},
               {"kind": "FESTIVAL_CONSOLATION", "amount_fen": 50_000}],
    "expenditure": [{"kind": "ILLNESS", "amount_fen": 900_000, "person": 1},
                    {"kind": "COMPULSORY_EDUCATION", "amount_fen": 120_000, "person": 2}],
    "receives_dibao": False}


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the finding, confirmed."""
    cast["R1"].does(TESTS, {**HOUSEHOLD, "compare_on": "2018-06-01"}, key=f"demo means trial {number}")
    person = 460_000 + number
    (worker,) = hire(cast, None, range(person, person + 1))
    file = active_file(cast, worker, OFFSET + number, shift_clock)
    cast["R4"].does(f"{FILE}/{file['id']}/means-tests", HOUSEHOLD, key=f"demo means test {number}")
    return looked_into(cast, found(cast, file["id"], shift_clock))


def found(cast: Cast, file_id: str, shift_clock: Callable[[int], None]) -> Any:
    """The search runs once a day: on the next one it comes upon the file."""

    def look() -> Any:
        items = cast["R7"].reads(FINDINGS, file_id=file_id, code="BLD-2")["items"]
        return items[0] if items else None

    shift_clock(1)
    try:
        return until("the finding", look)
    finally:
        shift_clock(0)


def looked_into(cast: Cast, finding: Any) -> Any:
    """Assigned to the officer of the unit, who confirms it."""
    path = f"{FINDINGS}/{finding['id']}"
    if finding["state"] != "OPEN":
        return finding
    cast["R7"].changes(path, "assign", {"account_id": cast["R4"].reads("/v1/me")["id"]})
    return cast["R4"].changes(path, "confirm", {"reason": "家庭未申请低保,协助其向街道申请"})
