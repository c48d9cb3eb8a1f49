"""What surrounds hardship files: a notice with an objection, papers, a temporary file, a transfer, a file from
before the product, a yearly review, and a list of files whose keeping is over (困难职工档案管理)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.cast import DISTRICT, Cast, hire
from shared.runtime.demo.household import FILLED, member
from shared.runtime.demo.job_fair import FILE, MEANS, NOTICE_DAYS

NOTICES = "/v1/relief/notices"
STREET = f"{DISTRICT}street/"
#: ten years and the days by which a holiday may move their end
KEPT_DAYS = 3653 + 30
#: the first day of the rule on how long a file is kept
RULE_BEGAN = date(2016, 1, 1)
PAPER = b64encode(b"%PDF-1.4\n% \xe7\x94\xb3\xe8\xaf\xb7\xe8\xa1\xa8\n%%EOF\n").decode()


def open_file(cast: Cast, worker: Any, key: str, **more: Any) -> str:
    """The path of a new file with a whole form."""
    opened = cast["R4"].does(FILE, {
        **MEANS, **FILLED, "head_worker_id": worker["id"], "level": "COUNTY", "main_cause": "SERIOUS_ILLNESS",
        "members": [member(worker["id"], "HEAD")], **more}, key=key)
    return f"{FILE}/{opened['id']}"


def to_notice(cast: Cast, path: str, number: int) -> Any:
    """From the draft to the public notice; the file on the public list."""
    signed_on = today() - timedelta(days=NOTICE_DAYS + 1)
    cast["R4"].changes(path, "submit", {"authorisation_no": f"SQ-G{number}", "authorised_on": str(signed_on),
                                        "all_adults_signed": True, "may_publish": True})
    for surveyor in (cast["R5"], cast.named("r5-second-surveyor")):
        surveyor.changes(path, "survey", {**MEANS, "note": "入户核实,情况属实"})
    cast["R6"].changes(path, "request-verification")
    cast["R20"].changes(path, "report", {"report_no": f"HD-G{number}"})
    cast["R7"].changes(path, "assess", {"grade": cast["R7"].reads(f"{path}/means-test")["grade"]})
    return cast["R6"].changes(path, "notice", {"place": "社区公示栏"})


def object_and_look(cast: Cast, path: str) -> None:
    """A neighbour who does not sign in objects; papers are attached, and read with a purpose."""
    shown = cast.api.send("GET", f"{NOTICES}?org_path={DISTRICT}").data["items"]
    cast.api.send("POST", f"{NOTICES}/{shown[0]['id']}/objections",
                  {"text": "该户另有住房", "contact": "13900000000"},
                  {"Idempotency-Key": f"demo-objection-{shown[0]['id']}"})
    cast["R4"].changes(path, "attachments", {"kind": "APPLICATION", "file_name": "申请表.pdf", "content": PAPER})
    cast["R8"].does(f"{path}/accesses", {"purpose": "协助审计", "outside_body": "区审计局"}, key=f"demo access {path}")
    access = cast["R7"].does(f"{path}/accesses", {"purpose": "核对医疗支出"}, key=f"demo own access {path}")
    cast["R7"].reads(f"{path}/sensitive", access_id=access["id"])


def long_closed(cast: Cast, worker: Any, number: int, shift_clock: Callable[[int], None]) -> None:
    """A file that ended ten years ago is on the list of those to be destroyed."""
    if today() - timedelta(days=KEPT_DAYS) < RULE_BEGAN:
        return
    shift_clock(-KEPT_DAYS)
    path = open_file(cast, worker, f"demo old file {number}")
    cast["R8"].changes(path, "cancel", {"reason": "LEFT_AREA"})
    shift_clock(0)
    cast["R8"].does("/v1/relief/file-destructions", {"reason": "保存期满"}, key=f"demo destruction {number}")


def from_paper(cast: Cast, worker: Any, number: int) -> None:
    """A file that was on paper before 2020, in the grades of that time: taken over by two, and due for review."""
    taken = cast["R7"].does("/v1/relief/paper-files", {
        "paper_no": f"旧档-2018-{number:03}", "grade": "LEGACY_BORDERLINE", "established_year": 2018,
        "source_document": "困难职工档案登记簿2018年第3册", "head_worker_id": worker["id"], "level": "COUNTY",
        "main_cause": "SERIOUS_ILLNESS",
        "members": [{"worker_id": worker["id"], "relation": "HEAD", "is_adult": True}]},
        key=f"demo paper file {number}")
    if taken["state"] == "TAKEN_OVER":
        cast["R8"].changes(f"{FILE}/{taken['id']}", "confirm-take-over")


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the file on notice."""
    first = 437_000 + 10 * number
    noticed, temporary, moving, old, paper = hire(cast, None, range(first, first + 5))
    path = open_file(cast, noticed, f"demo noticed file {number}")
    if cast["R4"].reads(path)["state"] == "DRAFT":
        to_notice(cast, path, number)
        object_and_look(cast, path)
        long_closed(cast, old, number, shift_clock)
        for_a_time = open_file(cast, temporary, f"demo temporary file {number}")
        cast["R7"].changes(for_a_time, "temporary", {"until": str(today() + timedelta(days=30)), "reason": "突发火灾"})
        away = open_file(cast, moving, f"demo moving file {number}", org_path=STREET)
        cast["R4"].changes(away, "transfer", {"to_org_path": DISTRICT, "reason": "原单位注销,由区总工会保管"})
    from_paper(cast, paper, number)
    cast["R8"].does("/v1/relief/file-reviews", {"year": today().year}, key=f"demo review {number}")
    cast["R1"].does("/v1/relief/hardship-file-searches", {"name": noticed["name"], "purpose": "来访咨询"})
    return cast["R7"].reads(path)
