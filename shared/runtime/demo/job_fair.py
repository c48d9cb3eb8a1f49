"""F2: a job fair leads to a confirmed job, and relief reviews the household's file (招聘会—就业—复核)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, employ, hire
from shared.runtime.demo.household import FILLED, member

NOTICE_DAYS = 14
MEANS = {"income12_fen": 1_800_000, "rigid": {"illness": 900_000}}
FILE = "/v1/relief/hardship-files"


def active_file(cast: Cast, worker: Any, number: int, shift_clock: Callable[[int], None]) -> Any:
    """A hardship file through all its steps. Its notice hangs for days, so it was posted two weeks ago."""
    shift_clock(-NOTICE_DAYS)
    opened = cast["R4"].does(FILE, {
        **MEANS, **FILLED, "head_worker_id": worker["id"], "level": "COUNTY", "main_cause": "NOT_EMPLOYED",
        "members": [member(worker["id"], "HEAD"), member(None, "CHILD", is_adult=False)]}, key=f"demo file {number}")
    path = f"{FILE}/{opened['id']}"
    when = today() - timedelta(days=NOTICE_DAYS + 1)
    cast["R4"].changes(path, "submit", {"authorisation_no": f"SQ-{number}", "authorised_on": str(when),
                                        "all_adults_signed": True, "may_publish": True})
    for surveyor in (cast["R5"], cast.named("r5-second-surveyor")):
        surveyor.changes(path, "survey", {**MEANS, "note": "入户核实,情况属实"})
    cast["R6"].changes(path, "request-verification")
    cast["R20"].changes(path, "report", {"report_no": f"HD-{number}"})
    proposed = cast["R7"].reads(f"{path}/means-test")
    cast["R7"].changes(path, "assess", {"grade": proposed["grade"]})
    cast["R6"].changes(path, "notice", {"place": "社区公示栏"})
    shift_clock(0)
    cast.named("r7-second-reviewer").changes(path, "approve")
    return cast["R8"].changes(path, "approve")


def fair_with_intention(cast: Cast, worker: Any, employer: Any, number: int) -> Any:
    """A fair is planned, filed and held; the worker finds a post there."""
    counsellor = cast["R13"]
    vacancy = counsellor.does("/v1/jobs/vacancies", {
        "employer_id": employer["id"], "occupation": "缝纫工", "posts": 5, "monthly_wage_fen": 480_000,
        "place": "示范区工业园", "expires_on": str(today() + timedelta(days=60))}, key=f"demo vacancy {number}")
    for step in ("verify", "publish"):
        counsellor.changes(f"/v1/jobs/vacancies/{vacancy['id']}", step)
    fair = counsellor.does("/v1/jobs/job-fairs", {
        "name": "春风行动招聘会", "kind": "SPRING_BREEZE", "place": "区工会广场", "planned_on": str(today())},
        key=f"demo fair {number}")
    path = f"/v1/jobs/job-fairs/{fair['id']}"
    counsellor.changes(path, "file", {"plan_no": f"FA-{number}", "emergency_plan_no": f"YJ-{number}",
                                      "security_plan_no": f"AB-{number}", "partners": ["HRSS"]})
    counsellor.changes(path, "open")
    counsellor.does("/v1/jobs/job-seekers", {"worker_id": worker["id"], "wish": "缝纫工"}, key=f"demo seeker {number}")
    intention = counsellor.does("/v1/jobs/intentions", {
        "worker_id": worker["id"], "vacancy_id": vacancy["id"], "fair_id": fair["id"]}, key=f"demo intention {number}")
    counsellor.changes(path, "hold", {"booths": 40, "posts": 300, "visitors": 900, "intentions": 120,
                                      "held_on": str(today())})
    return intention


def placed(cast: Cast, intention: Any, number: int) -> Any:
    """Interview, offer, acceptance, the start of work, and the contract that confirms it."""
    counsellor, path = cast["R13"], f"/v1/jobs/intentions/{intention['id']}"
    for step in ("interview", "offer", "accept"):
        counsellor.changes(path, step)
    placement = counsellor.does("/v1/jobs/placements", {
        "worker_id": intention["worker_id"], "intention_id": intention["id"], "contract_type": "FIXED_TERM"},
        key=f"demo placement {number}")
    path = f"/v1/jobs/placements/{placement['id']}"
    counsellor.changes(path, "onboard", {"started_on": str(today())})
    return counsellor.changes(path, "confirm", {"proof": "CONTRACT", "proof_no": f"HT-{number}"})


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the file under review."""
    person = 400_000 + number
    (worker,) = hire(cast, None, range(person, person + 1))
    employer = employ(cast, person, f"某服装公司{number or ''}")
    file = active_file(cast, worker, number, shift_clock)
    placed(cast, fair_with_intention(cast, worker, employer, number), number)

    def under_review() -> Any:
        found = cast["R7"].reads(f"{FILE}/{file['id']}")
        return found if found["state"] == "REVIEWING" else None

    return until("the file under review", under_review)
