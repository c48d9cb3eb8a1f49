"""The national form: what is missing is named, what is sensitive is encrypted and opened with a purpose only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from services.relief.domain.files import form
from services.relief.domain.files.attachment import MAGIC
from shared.contracts.relief.files import codes
from shared.contracts.relief.files import form as contract
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.runtime.demo.household import FILLED, FORM, HOME, member
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import (
    COUNTY,
    DIRECTOR,
    FACTS,
    OFFICER,
    SURVEYORS,
    File,
    active,
    body_of,
    draft,
)

SIGNED = {"authorisation_no": "SQ-1", "authorised_on": str(today()), "all_adults_signed": True}


def test_the_form_asks_for_every_field_of_the_contract_and_no_other() -> None:
    assert set(form.FORM) == set(contract.Form().fields)
    assert set(form.HOME) == set(contract.Home().fields)
    assert {*form.MEMBER, *form.STUDENT, *form.WAGED} == set(contract.Details().fields)
    assert {*form.HEALTH, *form.DISABILITY} == set(contract.Health().fields)
    assert {*form.PAPERS} <= set(codes.ATTACHMENT_KINDS)
    assert {media_type for _, media_type in MAGIC} == set(codes.MEDIA_TYPES)


def bare(relief: Desk, head: str, **more: Any) -> File:
    """A file of which only the head is known."""
    body = {"head_worker_id": head, "level": "COUNTY", "main_cause": "SERIOUS_ILLNESS", **FACTS, **more,
            "members": more.get("members", [{"worker_id": head, "relation": "HEAD", "is_adult": True}])}
    return File(relief, relief.must("open_hardship_file", OFFICER, body=body))


def lacks(relief: Desk, file: File) -> dict[str, str]:
    found = relief.must("get_file_completeness", OFFICER, path={"file_id": file.now["id"]})
    assert found["is_complete"] == (not found["fields"])
    return {one["pointer"]: one["zh"] for one in found["fields"]}


def test_what_is_missing_is_named_and_keeps_the_file_from_being_submitted(relief: Desk, worker_id: str) -> None:
    file = bare(relief, worker_id)
    missing = lacks(relief, file)
    assert missing["/form/political_status"] == "政治面貌"
    assert missing["/home/address"] == "家庭住址"
    assert missing["/members/0/health/health"] == "健康状况"
    status, told = file.do("submit_hardship_file", OFFICER, **SIGNED)
    assert (status, told["code"], told["params"]["count"]) == (409, "file-form-incomplete", len(missing))
    assert "民族" in told["zh"] if "zh" in told else "民族" in str(told)


def test_a_head_without_phone_and_card_is_told_of_both_at_once(relief: Desk, desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    file = draft(relief, people.worker(membership, None, has_phone=False))
    assert lacks(relief, file) == {"/head/phone": "户主联系电话(请登记到职工档案)",
                                   "/head/bank_card": "户主本人银行卡(请登记到职工档案)"}
    status, told = file.do("submit_hardship_file", OFFICER, **SIGNED)
    assert (status, told["code"], told["params"]["count"]) == (409, "file-form-incomplete", 2)
    assert "户主联系电话" in str(told)
    assert "the head's own bank card" in str(told)
    reachable = draft(relief, people.worker(membership, None))
    assert list(lacks(relief, reachable)) == ["/head/bank_card"]
    assert reachable.refused("submit_hardship_file", OFFICER, **SIGNED) == "file-form-incomplete"
    reachable.give_head_a_card()
    assert reachable.must("submit_hardship_file", OFFICER, **SIGNED)["state"] == "SUBMITTED"


def test_filled_step_by_step_by_the_worker(relief: Desk, worker_id: str) -> None:
    me, file = caller(Role.WORKER, worker_id=worker_id), bare(relief, worker_id)
    file.must("fill_file_form", me, form=FORM)
    assert not [pointer for pointer in lacks(relief, file) if pointer.startswith("/form")]
    filled = member(worker_id, "HEAD")
    entry = {"member_id": file.now["members"][0]["id"], "details": filled["details"], "health": filled["health"]}
    file.must("fill_file_form", me, home=HOME, members=[entry])
    file.give_head_a_card()
    assert lacks(relief, file) == {}
    assert file.must("submit_hardship_file", me, **SIGNED)["state"] == "SUBMITTED"
    shown = relief.must("get_file_form", OFFICER, path={"file_id": file.now["id"]})
    assert (shown["form"], shown["members"][0]["details"]["ethnicity"]) == (FORM, "HA")


@pytest.mark.parametrize(("change", "pointer"), [
    ({"details": {"status": "STUDENT"}}, "/members/0/details/school"),
    ({"details": {"status": "EMPLOYED"}}, "/members/0/details/employer"),
    ({"health": {"health": "DISABLED"}}, "/members/0/health/disability_grade"),
])
def test_one_answer_asks_for_another(relief: Desk, worker_id: str, change: dict[str, Any], pointer: str) -> None:
    filled = member(worker_id, "HEAD")
    for part, values in change.items():
        filled[part] = {**filled[part], **values}
    assert pointer in lacks(relief, bare(relief, worker_id, members=[filled], **FILLED))


@pytest.mark.parametrize("bad", [
    {"form": {"political_status": "KING"}}, {"form": {"housing_area_m2": -1}}, {"form": {"no": 1}},
    {"form": {"is_single_parent": "yes"}}, {"members": [{"member_id": "x"}]}, {"home": {"postcode": "2660000"}},
])
def test_bad_entries_change_nothing(relief: Desk, worker_id: str, bad: dict[str, Any]) -> None:
    file = draft(relief, worker_id)
    assert file.do("fill_file_form", OFFICER, **bad)[0] == 422
    assert file.read()["version"] == 1


def test_a_member_of_another_file_is_unknown(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    assert file.refused("fill_file_form", OFFICER, members=[{"member_id": new_id()}]) == "member-unknown"


def test_the_sensitive_part_lies_encrypted_and_is_in_no_trail(relief: Desk, worker_id: str) -> None:
    filled = {**member(worker_id, "HEAD"), "health": {"health": "KIDNEY_FAILURE"}}
    body = {**body_of(worker_id), "members": [filled]}
    relief.must("open_hardship_file", OFFICER, body=body)
    with relief.database.read() as connection:
        stored = str(connection.execute(text("SELECT * FROM hardship_members")).all())
        stored += str(connection.execute(text("SELECT * FROM hardship_files")).all())
        for table in ("audit", "audit_entries", "outbox", "commands"):
            if connection.dialect.has_table(connection, table):
                stored += str(connection.execute(text(f"SELECT * FROM {table}")).all())
    assert "KIDNEY_FAILURE" not in stored
    assert "示范路" not in stored
    assert "DRAFT" in stored


def test_health_is_read_with_a_registered_purpose_by_who_registered_it(relief: Desk, worker_id: str,
                                                                      on_day: Callable[[int], None]) -> None:
    path = {"file_id": draft(relief, worker_id).now["id"]}
    assert relief.refused("get_file_sensitive", COUNTY, path=path)["code"] == "file-access-needed"
    access = relief.must("register_file_access", COUNTY, path=path, body={"purpose": "核对医疗支出"})
    asked = {"access_id": access["id"]}
    shown = relief.must("get_file_sensitive", COUNTY, path=path, query=asked)
    assert (shown["members"][0]["health"]["health"], shown["home"]) == ("GOOD", HOME)
    assert relief.refused("get_file_sensitive", SURVEYORS[0], path=path, query=asked)["code"] == "file-access-needed"
    listed = relief.must("list_file_accesses", DIRECTOR, query={"file_id": path["file_id"]})["items"]
    assert [(one["reader"], one["purpose"]) for one in listed] == [(COUNTY.account_id, "核对医疗支出")]
    on_day(1)
    assert relief.refused("get_file_sensitive", COUNTY, path=path, query=asked)["code"] == "file-access-needed"


def test_the_worker_reads_their_own_without_asking(relief: Desk, worker_id: str, hire: Callable[[], str]) -> None:
    path = {"file_id": draft(relief, worker_id).now["id"]}
    shown = relief.must("get_file_sensitive", caller(Role.WORKER, worker_id=worker_id), path=path)
    assert shown["home"] == HOME
    assert relief.refused("get_file_sensitive", caller(Role.WORKER, worker_id=hire()), path=path)["status"] == 404


def test_outside_bodies_need_the_directors_word(relief: Desk, worker_id: str) -> None:
    path = {"file_id": draft(relief, worker_id).now["id"]}
    access = relief.must("register_file_access", COUNTY, path=path,
                         body={"purpose": "审计", "outside_body": "区审计局"})
    asked = {"access_id": access["id"]}
    assert relief.refused("get_file_sensitive", COUNTY, path=path, query=asked)["code"] == "file-access-needed"
    same = caller(Role.CENTRE_DIRECTOR, account_id=COUNTY.account_id)
    assert relief.refused("approve_file_access", same, path=asked, version=1)["code"] == "separation-of-duty"
    relief.must("approve_file_access", DIRECTOR, path=asked, version=1)
    assert relief.must("get_file_sensitive", COUNTY, path=path, query=asked)["home"] == HOME


def test_the_file_shows_who_did_what_and_income_per_head(relief: Desk, hire: Callable[[], str],
                                                         on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, hire(), hire(), hire()).read()
    assert file["income12_per_head_fen"] == file["income12_fen"] // 3
    people = [file["drafted_by"], *file["surveyors"], file["assessed_by"], *(one["by"] for one in file["approvals"])]
    assert len(set(people)) == len(people) >= 5
