"""The separations of duty around hardship files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.api import Person
from shared.runtime.demo.cast import DISTRICT, hire
from shared.runtime.demo.hardship_files import FILE, KEPT_DAYS, MEANS, STREET, open_file, to_notice
from shared.runtime.demo.household import FILLED, member
from shared.runtime.demo.job_fair import NOTICE_DAYS
from tests.authorisation.duty import NUMBERS, Duty
from tests.stage import Stage

DOMAIN = "services.relief.domain.files"


def draft(stage: Stage, by: Person | None = None, **more: Any) -> str:
    number = next(NUMBERS)
    (worker,) = hire(stage.cast, None, range(820_000 + number, 820_001 + number))
    if by is None:
        return open_file(stage.cast, worker, f"duty file {number}", **more)
    opened = by.does(FILE, {**MEANS, **FILLED, "head_worker_id": worker["id"], "level": "COUNTY", "org_path": DISTRICT,
                            "main_cause": "ACCIDENT", "members": [member(worker["id"], "HEAD")]})
    return f"{FILE}/{opened['id']}"


def paper_file(stage: Stage) -> str:
    number = next(NUMBERS)
    (worker,) = hire(stage.cast, None, range(820_000 + number, 820_001 + number))
    taken = stage.everybody.does("/v1/relief/paper-files", {
        "paper_no": f"ZZ-{number}", "grade": "LEGACY_DIBAO", "established_year": 2017,
        "source_document": "纸质档案目录", "head_worker_id": worker["id"], "level": "COUNTY", "main_cause": "OTHER",
        "org_path": DISTRICT, "members": [{"worker_id": worker["id"], "relation": "HEAD", "is_adult": True}]})
    return f"{FILE}/{taken['id']}"


def drafted(stage: Stage) -> str:
    return draft(stage, stage.everybody)


def approved_once(stage: Stage) -> str:
    """By `everybody`; the next approval is the director's."""
    path = draft(stage)
    stage.centre.shift_clock(-NOTICE_DAYS)
    to_notice(stage.cast, path, next(NUMBERS))
    stage.centre.shift_clock(0)
    stage.everybody.changes(path, "approve")
    return path


def objected(stage: Stage) -> str:
    """`everybody` raised it, somebody else looked into it."""
    path = draft(stage)
    to_notice(stage.cast, path, next(NUMBERS))
    raised = stage.everybody.does(f"{path}/objections", {"text": "另有住房"})
    objection = f"/v1/relief/file-objections/{raised['id']}"
    stage.cast["R6"].changes(objection, "examine", {"finding": "已上门核实"})
    return objection


def transfer_proposed(stage: Stage) -> str:
    path = draft(stage, org_path=STREET)
    proposed = stage.everybody.changes(path, "transfer", {"to_org_path": DISTRICT, "reason": "原单位注销"})
    return f"/v1/relief/file-transfers/{proposed['id']}"


def asked_for_access(stage: Stage) -> str:
    asked = stage.everybody.does(f"{draft(stage)}/accesses", {"purpose": "审计", "outside_body": "区审计局"})
    return f"/v1/relief/file-accesses/{asked['id']}"


def destruction_listed(stage: Stage) -> str:
    stage.centre.shift_clock(-KEPT_DAYS)
    path = draft(stage)
    stage.cast["R8"].changes(path, "cancel", {"reason": "LEFT_AREA"})
    stage.centre.shift_clock(0)
    listed = stage.everybody.does("/v1/relief/file-destructions", {"reason": "保存期满", "org_path": DISTRICT})
    return f"/v1/relief/file-destructions/{listed['id']}"


def review(stage: Stage) -> str:
    return f"/v1/relief/file-reviews/{stage.ids['/v1/relief/file-reviews'][0]}"


def assessed_path(stage: Stage) -> str:
    """A file that `everybody` assessed."""
    path, number = draft(stage), next(NUMBERS)
    stage.cast["R4"].changes(path, "submit", {"authorisation_no": f"SQ-{number}", "authorised_on": str(today()),
                                              "all_adults_signed": True, "may_publish": True})
    for surveyor in (stage.cast["R5"], stage.cast.named("r5-second-surveyor")):
        surveyor.changes(path, "survey", {**MEANS, "note": "入户核实"})
    stage.cast["R6"].changes(path, "request-verification")
    stage.cast["R20"].changes(path, "report", {"report_no": f"HD-{number}"})
    stage.everybody.changes(path, "assess", {"grade": stage.everybody.reads(f"{path}/means-test")["grade"]})
    return path


def assessed(stage: Stage) -> dict[str, Any]:
    """The spot check of a file that `everybody` assessed."""
    file_id = assessed_path(stage).rpartition("/")[2]
    return {"file_id": file_id, "is_consistent": True, "note": "电话回访"}


def assessed_and_objected(stage: Stage) -> str:
    """Somebody else raised it and looked into it."""
    path = assessed_path(stage)
    stage.cast["R6"].changes(path, "notice", {"place": "社区公示栏"})
    raised = stage.cast["R7"].does(f"{path}/objections", {"text": "另有住房"})
    objection = f"/v1/relief/file-objections/{raised['id']}"
    stage.cast["R6"].changes(objection, "examine", {"finding": "已上门核实"})
    return objection


TEMPORARY = {"until": str(today() + timedelta(days=30)), "reason": "突发火灾"}
DUTIES = (
    Duty(f"{DOMAIN}.taking_over.confirm_take_over", "taking over", paper_file, "confirm-take-over"),
    Duty(f"{DOMAIN}.hardship_file.open_temporary", "drafting", drafted, "temporary", TEMPORARY),
    Duty(f"{DOMAIN}.deciding.approve", "an earlier approval", approved_once, "approve"),
    Duty(f"{DOMAIN}.objection.decide", "raising it", objected, "decide", {"is_upheld": False, "reason": "不属实"}),
    Duty(f"{DOMAIN}.objection.decide", "assessment", assessed_and_objected, "decide",
         {"is_upheld": False, "reason": "不属实"}),
    Duty(f"{DOMAIN}.transfer.accept", "proposing it", transfer_proposed, "accept"),
    Duty(f"{DOMAIN}.access.approve", "asking for it", asked_for_access, "approve"),
    Duty(f"{DOMAIN}.destruction.destroy", "listing them", destruction_listed, "destroy"),
    Duty(f"{DOMAIN}.review_year.check", "assessment", review, "spot-checks", assessed),
)
