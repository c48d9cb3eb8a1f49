"""Separations of duty in payment batches: drafter, writers of the list, checker, approver and sender; who proposes a
correction and who confirms it."""

from __future__ import annotations

from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo import payments as story
from shared.runtime.demo.api import Person
from tests.authorisation.duty import NUMBERS, Duty, Setup
from tests.stage import Stage

BATCH, CORRECTION = "services.relief.domain.payments.batch", "services.relief.domain.payments.correction"
PATHS = "/v1/relief/payment-batches"


def drafted(stage: Stage, by: Person) -> str:
    """A full batch that `by` drafted."""
    number = next(NUMBERS)
    old = story.drafted(stage.cast, number)
    line = stage.cast["R11"].reads("/v1/relief/payment-lines", batch_id=old["id"])["items"][0]
    batch = by.does(PATHS, {"fund_id": old["fund_id"], "purpose": "LIVING", "kind": "LIST", "declared_count": 1,
                            "declared_fen": 100, "document_no": f"职责{number}号"})
    path = f"{PATHS}/{batch['id']}"
    by.does(f"{path}/lines", {"lines": [{"key": "1", "worker_id": line["payee_id"], "amount_fen": 100}]})
    return path


def batch(stage: Stage, *, drafts: bool = False, checks: bool = False, approves: bool | None = None) -> str:
    """A checked batch, approved too unless `approves` is None; `everybody` does the steps that are true."""
    path = drafted(stage, stage.everybody if drafts else stage.cast["R11"])
    (stage.everybody if checks else story.second_cashier(stage.cast)).changes(path, "check")
    story.waited(stage.cast, path, "CHECKED")
    if approves is not None:
        (stage.everybody if approves else stage.cast["R9"]).changes(path, "approve")
        story.waited(stage.cast, path, "APPROVED")
    return path


def listed(stage: Stage, *, takes_out: bool) -> str:
    """A batch that somebody else drafted, and to which `everybody` sent lines, or from which it took one."""
    number, writer = next(NUMBERS), stage.cast["R11"] if takes_out else stage.everybody
    old = story.drafted(stage.cast, number)
    found = stage.cast["R11"].reads("/v1/relief/payment-lines", batch_id=old["id"])["items"]
    made = stage.cast["R11"].does(PATHS, {"fund_id": old["fund_id"], "purpose": "LIVING", "kind": "LIST",
                                          "declared_count": 2, "declared_fen": 200, "document_no": f"职责{number}号"})
    path = f"{PATHS}/{made['id']}"
    writer.does(f"{path}/lines", {"lines": [{"key": str(n), "worker_id": line["payee_id"], "amount_fen": 100}
                                            for n, line in enumerate(found[:2])]})
    if takes_out:
        first = stage.cast["R11"].reads("/v1/relief/payment-lines", batch_id=made["id"])["items"][0]
        stage.everybody.changes(path, "remove-lines", {"line_ids": [first["id"]], "reason": "金额有误"})
    return path


def written(stage: Stage) -> str:
    return listed(stage, takes_out=False)


def shortened(stage: Stage) -> str:
    return listed(stage, takes_out=True)


def written_and_checked(stage: Stage) -> str:
    path = written(stage)
    story.second_cashier(stage.cast).changes(path, "check")
    story.waited(stage.cast, path, "CHECKED")
    return path


def of(**steps: Any) -> Setup:
    return lambda stage: batch(stage, **steps)


def recovery(stage: Stage) -> str:
    """A recovery that everybody proposed."""
    path = batch(stage, approves=False)
    stage.cast["R11"].changes(path, "send", {"receipt_no": "1"})
    record = story.waited(stage.cast, path, "SENT")
    (line,) = stage.cast["R11"].reads("/v1/relief/payment-lines", batch_id=record["id"])["items"]
    made = stage.everybody.does("/v1/relief/payment-corrections", {
        "line_id": line["id"], "outcome": "PAID", "document_no": "PZ", "on": str(today()), "reason": "银行凭证"})
    return f"/v1/relief/payment-corrections/{made['id']}"


def write_off(stage: Stage) -> str:
    """The write-off of a wrong payment that everybody proposed."""
    path = recovery(stage)
    made = story.second_cashier(stage.cast).changes(path, "confirm")
    proposed = stage.everybody.does("/v1/relief/payment-write-offs", {
        "line_id": made["line_id"], "document_no": "SW-1", "reason": "死亡,无遗产"})
    return f"/v1/relief/payment-corrections/{proposed['id']}"


DUTIES = (
    Duty(f"{BATCH}.approve", "drafting", of(drafts=True), "approve"),
    Duty(f"{BATCH}.approve", "check", of(checks=True), "approve"),
    Duty(f"{BATCH}.check", "writing the list", written, "check"),
    Duty(f"{BATCH}.check", "writing the list", shortened, "check"),
    Duty(f"{BATCH}.approve", "writing the list", written_and_checked, "approve"),
    Duty(f"{BATCH}.send", "check", of(checks=True, approves=False), "send", {"receipt_no": "1"}),
    Duty(f"{BATCH}.send", "approval", of(approves=True), "send", {"receipt_no": "1"}),
    Duty(f"{CORRECTION}.confirm", "proposing it", recovery, "confirm"),
    Duty(f"{CORRECTION}.confirm", "proposing it", write_off, "confirm"),
)
