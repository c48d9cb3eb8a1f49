"""Separation of duty in applications and campaigns: who may not do two steps of one matter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shared.runtime.demo.api import Person
from shared.runtime.demo.cast import hire
from shared.runtime.demo.job_fair import active_file
from shared.runtime.demo.relief_case import APPLICATION, CAMPAIGN, endow
from tests.authorisation.duty import NUMBERS, Duty, Setup
from tests.stage import Stage

STEPS = ("accept", "compute", "propose", "approve", "hand-over", "propose-recovery")
BODIES: dict[str, Any] = {"propose": {"amount_fen": 10_000}, "approve": {"document_no": "JZ-1"},
                          "hand-over": {"receipt_no": "LQ-1"}, "propose-recovery": {"reason": "重复领取"}}
USUAL = {"apply": "R4", "accept": "R6", "compute": "R7", "propose": "R7", "approve": "R8", "hand-over": "R4",
         "propose-recovery": "R8"}


def matter(until: str, mine: str = "", *, surveyed_by_me: bool = False) -> Setup:
    """An application for goods as far as `until`; `everybody` does the step `mine`, or surveyed the household."""

    def made(stage: Stage) -> str:
        by = {step: stage.everybody if step == mine else stage.cast[role] for step, role in USUAL.items()}
        worker_id = _household(stage) if surveyed_by_me else _worker(stage)["id"]
        return _carry(by, worker_id, until)

    return made


def _worker(stage: Stage) -> Any:
    number = 820_000 + next(NUMBERS)
    return hire(stage.cast, None, range(number, number + 1))[0]


def _household(stage: Stage) -> str:
    """The head of a household that `everybody` surveyed, as the second of two."""
    cast = replace(stage.cast, signed_in={**stage.cast.signed_in, "r5-second-surveyor": stage.everybody})
    worker = _worker(stage)
    active_file(cast, worker, 820_000 + next(NUMBERS), stage.centre.shift_clock)
    return str(worker["id"])


def _carry(by: dict[str, Person], worker_id: str, until: str) -> str:
    made = by["apply"].does(APPLICATION, {"worker_id": worker_id, "relief_type": "GOODS", "need": {"goods": "米面油"}})
    path = f"{APPLICATION}/{made['id']}"
    for step in STEPS[:STEPS.index(until) + 1]:
        by[step].changes(path, step, BODIES.get(step))
    return path


def drafted(stage: Stage) -> str:
    """A list that `everybody` has drawn up."""
    worker = _worker(stage)
    file = active_file(stage.cast, worker, 820_000 + next(NUMBERS), stage.centre.shift_clock)
    made = stage.everybody.does(CAMPAIGN, {"title": "元旦慰问", "occasion": "NEW_YEAR", "amounts_fen": {
        "DEEP": 10_000, "RELATIVE": 10_000, "ACCIDENT": 10_000}, "filters": {"file_ids": [file["id"]]},
        "org_path": file["org_path"]})
    return f"{CAMPAIGN}/{made['id']}"


def fund_for_campaign(stage: Stage) -> dict[str, str]:
    return {"fund_id": endow(stage.cast, 820)["id"], "document_no": "WW-1"}


RELIEF, GATHERED = "services.relief.domain.applications.application", "services.relief.domain.applications.campaign"
DUTIES = (
    Duty(f"{RELIEF}.propose", "submission", matter("compute", "apply"), "propose", BODIES["propose"]),
    Duty(f"{RELIEF}.propose", "survey", matter("compute", surveyed_by_me=True), "propose", BODIES["propose"]),
    Duty(f"{RELIEF}.approve", "submission", matter("propose", "apply"), "approve", BODIES["approve"]),
    Duty(f"{RELIEF}.approve", "survey", matter("propose", surveyed_by_me=True), "approve", BODIES["approve"]),
    Duty(f"{RELIEF}.approve", "review", matter("propose", "accept"), "approve", BODIES["approve"]),
    Duty(f"{RELIEF}.approve", "proposal", matter("propose", "propose"), "approve", BODIES["approve"]),
    Duty(f"{RELIEF}.confirm_recovery", "proposing it", matter("propose-recovery", "propose-recovery"),
         "confirm-recovery"),
    Duty(f"{GATHERED}.approve", "drafting", drafted, "approve", fund_for_campaign),
)
