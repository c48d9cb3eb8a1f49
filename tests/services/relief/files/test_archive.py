"""Attachments and the archive: kept encrypted, read with a purpose, destroyed by two people after ten years."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.service.messages import Request
from tests.services.desks import Desk, caller
from tests.services.relief.households import CHAIR, COUNTY, DIRECTOR, FACTS, OFFICER, SURVEYORS, File, active, draft
from tests.services.relief.plans.care import CADRE, Pair, in_days, make, step

PDF = b"%PDF-1.7 medical proof"
TEN_YEARS = 3665


def attach(relief: Desk, file: File, paper: bytes = PDF, who: Any = OFFICER, **more: Any) -> tuple[int, Any]:
    body = {"kind": "MEDICAL_PROOF", "file_name": "诊断.pdf", "content": b64encode(paper).decode(), **more}
    return relief.do("attach_to_file", who, path={"file_id": file.now["id"]}, version=file.now["version"], body=body)


def content_of(relief: Desk, who: Any, attachment_id: str, **query: str) -> Any:
    return relief.answer(Request("get_attachment_content", who, {"attachment_id": attachment_id}, query))


def test_an_attachment_is_kept_encrypted_and_read_with_a_purpose(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    _, kept = attach(relief, file)
    assert (kept["media_type"], kept["size"], kept["sha256"]) == (
        "application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    with relief.database.read() as connection:
        stored = str(connection.execute(text("SELECT * FROM file_attachments")).all())
    assert b64encode(PDF).decode() not in stored
    assert content_of(relief, COUNTY, kept["id"]).status == 409
    access = relief.must("register_file_access", COUNTY, path={"file_id": file.now["id"]}, body={"purpose": "审核"})
    answer = content_of(relief, COUNTY, kept["id"], access_id=access["id"])
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, PDF, "application/pdf")
    assert read_trail(relief) == [{"access_id": access["id"], "purpose": "审核", "part": kept["id"]}]


def read_trail(relief: Desk) -> list[dict[str, Any]]:
    """What the audit trail keeps of sensitive reads."""
    with relief.database.read() as connection:
        rows = connection.execute(text("SELECT detail FROM audit WHERE action = 'read_sensitive'")).scalars().all()
    return [json.loads(row) for row in rows]


def test_the_worker_sees_the_papers_of_their_own_file(relief: Desk, worker_id: str, hire: Callable[[], str]) -> None:
    me, stranger = (caller(Role.WORKER, worker_id=one) for one in (worker_id, hire()))
    _, kept = attach(relief, draft(relief, worker_id), who=me)
    assert [row["id"] for row in relief.must("list_file_attachments", me)["items"]] == [kept["id"]]
    assert relief.must("list_file_attachments", stranger)["items"] == []
    assert content_of(relief, me, kept["id"]).body == PDF
    assert content_of(relief, stranger, kept["id"]).status == 404


@pytest.mark.parametrize(("content", "more", "code"), [
    (b"MZ\x90 a program", {}, "attachment-type"), (b"<html>", {"file_name": "a.pdf"}, "attachment-type"),
    (b"%PDF-" + bytes(2_000_000), {}, "attachment-too-large"),
])
def test_only_papers_and_photos_of_a_decent_size(relief: Desk, worker_id: str, content: bytes, more: dict[str, Any],
                                                 code: str) -> None:
    status, told = attach(relief, draft(relief, worker_id), content, **more)
    assert (status, told["code"]) == (422, code)


@pytest.mark.parametrize("body", [{"content": "***"}, {"content": ""}, {"kind": "SELFIE"}, {"file_name": ""}])
def test_bad_attachments(relief: Desk, worker_id: str, body: dict[str, Any]) -> None:
    assert attach(relief, draft(relief, worker_id), **body)[0] == 422
    assert relief.must("list_file_attachments", OFFICER)["items"] == []


def test_papers_can_be_asked_for_before_submission(relief: Desk, worker_id: str, tmp_path: Any,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files.yaml").write_text(
        "approvals: []\nparameters:\n  - {code: HF-PAPERS, zh: 须上传, en: papers, value: 1, unit: flag, jurisdiction: "
        "'370202', effective_from: 2010-01-01, document: 本地, certainty: D}\n")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    file = draft(relief, worker_id)
    signed = {"authorisation_no": "SQ-1", "authorised_on": str(today()), "all_adults_signed": True}
    assert file.refused("submit_hardship_file", OFFICER, **signed) == "file-form-incomplete"
    for kind in ("APPLICATION", "PLEDGE", "AUTHORISATION"):
        attach(relief, file, kind=kind)
    file.give_head_a_card()
    file.must("submit_hardship_file", OFFICER, **signed)


def test_photos_of_the_visit_can_be_asked_for(relief: Desk, worker_id: str, tmp_path: Any,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files.yaml").write_text(
        "approvals: []\nparameters:\n  - {code: HF-PHOTOS, zh: 照片, en: photos, value: 1, unit: photo, jurisdiction: "
        "'370202', effective_from: 2010-01-01, document: 本地, certainty: D}\n")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    file = draft(relief, worker_id)
    file.submit()
    assert file.refused("survey_household", SURVEYORS[0], note="已入户", **FACTS) == "survey-photos-missing"
    _, photo = attach(relief, file, b"\xff\xd8\xff\xe0 jpeg", SURVEYORS[0], kind="SURVEY_PHOTO")
    assert photo["media_type"] == "image/jpeg"
    file.must("survey_household", SURVEYORS[0], note="已入户", **FACTS)


# -- the end ----------------------------------------------------------------------------------------------------


def closed(relief: Desk, worker_id: str) -> tuple[File, Any]:
    file = draft(relief, worker_id)
    _, kept = attach(relief, file)
    file.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    return file, kept


def test_the_archive_is_read_only(relief: Desk, worker_id: str) -> None:
    file, _ = closed(relief, worker_id)
    assert attach(relief, file)[1]["code"] == "file-read-only"
    for operation, who, body in (("fill_file_form", OFFICER, {}),
                                 ("update_file_facts", OFFICER, {**FACTS, "reason": "-"}),
                                 ("survey_household", SURVEYORS[0], {**FACTS, "note": "-"}),
                                 ("cancel_hardship_file", DIRECTOR, {"reason": "DEATH"})):
        assert file.refused(operation, who, **body) == "wrong-state"


def test_destroyed_by_two_after_ten_years(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file, kept = closed(relief, worker_id)
    body = {"reason": "保存期满"}
    on_day(TEN_YEARS - 20)
    assert relief.refused("propose_file_destruction", DIRECTOR, body=body)["code"] == "nothing-to-destroy"
    on_day(TEN_YEARS + 20)
    listed = relief.must("propose_file_destruction", DIRECTOR, body=body)
    assert (listed["file_ids"], listed["count"]) == ([file.now["id"]], 1)
    assert relief.refused("propose_file_destruction", DIRECTOR, body=body)["code"] == "nothing-to-destroy"
    path = {"destruction_id": listed["id"]}
    same = caller(Role.CHAIR, account_id=DIRECTOR.account_id)
    assert relief.refused("confirm_file_destruction", same, path=path, version=1)["code"] == "separation-of-duty"
    assert relief.must("confirm_file_destruction", CHAIR, path=path, version=1)["state"] == "DESTROYED"
    assert (file.read()["state"], file.now["file_no"][:2]) == ("DESTROYED", "KN")
    form = relief.must("get_file_form", COUNTY, path={"file_id": file.now["id"]})
    assert (form["form"], form["members"][0]["details"]) == (None, None)
    with relief.database.read() as connection:
        row = connection.execute(text("SELECT content_text, sha256 FROM file_attachments")).one()
    assert tuple(row) == (None, kept["sha256"])


SECRETS = ("肾衰竭", "中学择校", "说起尿毒症", "透析三次", "ILLNESS")


def told_of(relief: Desk, file: File, worker_id: str) -> dict[str, str]:
    """A means test, an application, a plan and a pair-up of the household, each with something that nobody else may
    know: their ids."""
    test = relief.must("record_means_test", OFFICER, path={"file_id": file.now["id"]}, body={
        "persons": [{"age": 45}], "expenditure": [{"kind": "ILLNESS", "amount_fen": 1_300_000, "person": 1}]})
    need = {"bill_no": "YL-1", "bill_fen": 9_000_000, "own_paid_fen": 500_000, "illness": SECRETS[0]}
    asked = relief.must("apply_for_relief", OFFICER, body={
        "worker_id": worker_id, "relief_type": "MEDICAL", "need": need})
    plan = make(relief, file.now["id"], {**step(), "what": SECRETS[1]})
    pair = Pair(relief, file.now["id"], CADRE.account_id)
    assert pair.do("record_pair_contact", CADRE, contacted_on=in_days(0), kind="VISIT", note=SECRETS[2])[0] < 300
    relief.must("withdraw_relief", OFFICER, path={"application_id": asked["id"]}, version=asked["version"],
                body={"reason": SECRETS[3]})
    return {"test_id": test["id"], "application_id": asked["id"], "plan_id": plan.now["id"], "pair_id": pair.now["id"]}


def test_all_that_tells_of_the_household_goes_with_its_file(relief: Desk, worker_id: str,
                                                            on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    ids = told_of(relief, file, worker_id)
    assert all(secret in str(everything(relief, ids)) for secret in SECRETS)
    file.read()
    file.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    on_day(TEN_YEARS + 50)
    listed = relief.must("propose_file_destruction", DIRECTOR, body={"reason": "保存期满"})
    relief.must("confirm_file_destruction", CHAIR, path={"destruction_id": listed["id"]}, version=1)
    left = everything(relief, ids)
    assert not [secret for secret in SECRETS if secret in str(left)]
    assert (left[0]["grade"], left[1]["state"], left[2]["steps"][0]["kind"], left[3]["contacts"][0]["kind"]) == (
        "DEEP", "WITHDRAWN", "SCHOOLING", "VISIT")
    again = relief.refused("compare_means_test", COUNTY, path={"test_id": ids["test_id"]})
    assert again["code"] == "means-test-forgotten"


def everything(relief: Desk, ids: dict[str, str]) -> list[Any]:
    """What the desk tells of them."""
    asked = ("get_recorded_means_test", COUNTY, "test_id"), ("get_relief_application", COUNTY, "application_id"), (
        "get_assistance_plan", OFFICER, "plan_id"), ("get_pair_up", DIRECTOR, "pair_id")
    return [relief.must(name, who, path={key: ids[key]}) for name, who, key in asked]


def test_a_list_that_is_withdrawn_destroys_nothing(relief: Desk, worker_id: str,
                                                   on_day: Callable[[int], None]) -> None:
    file, _ = closed(relief, worker_id)
    on_day(TEN_YEARS + 20)
    listed = relief.must("propose_file_destruction", DIRECTOR, body={"reason": "保存期满"})
    relief.must("withdraw_file_destruction", CHAIR, path={"destruction_id": listed["id"]}, version=1)
    assert file.read()["state"] == "CANCELLED"
    assert relief.must("propose_file_destruction", DIRECTOR, body={"reason": "-"})["file_ids"] == [file.now["id"]]


def test_paper_must_keep_up_with_the_record(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    assert file.now["paper_due_on"] is not None
    file.must("confirm_file_paper", OFFICER)
    file.must("update_file_facts", OFFICER, reason="收入变化", **FACTS)
    on_day(30 + 70)
    relief.tick()
    relief.tick()
    assert file.read()["is_paper_overdue"] is True
    assert len(relief.told("file_paper_overdue")) == 1
    assert [one["id"] for one in relief.must("list_hardship_files", COUNTY, query={"is_paper_overdue": "true"})[
        "items"]] == [file.now["id"]]
    file.must("confirm_file_paper", OFFICER)
    assert (file.now["is_paper_overdue"], file.now["paper_due_on"]) == (False, None)
