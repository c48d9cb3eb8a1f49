"""The three forms of student aid (助学三种形式): cash, fees waived, goods; of one student, and in figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.domain.applications.student_aid import FORMS_IN_KIND
from shared.contracts.relief.applications import codes
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.matters import (
    COUNTY,
    DIRECTOR,
    OFFICER,
    STUDENT,
    TOWNSHIP,
    Application,
    bank_says,
    proposed,
)
from tests.services.relief.platforms.shop import Record
from tests.services.relief.samples import fund

Desks = Callable[[str], Desk]
STATISTICIAN = caller(Role.STATISTICIAN)


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


@pytest.fixture
def parent(desk: Desks) -> str:
    return people.worker(desk("membership"), None)


def body_of(worker: str, form: str = "TUITION_WAIVER", **more: Any) -> dict[str, Any]:
    payer = "EDUCATION" if form == "TUITION_WAIVER" else "SOCIETY"
    return {"worker_id": worker, "student_no": STUDENT["student_no"], "semester": STUDENT["semester"], "form": form,
            "value_fen": 480_000, "payer": payer, "document_no": f"{form}-1", "given_on": str(today()), **more}


def record(relief: Desk, worker_id: str, form: str = "TUITION_WAIVER", **more: Any) -> Record:
    made = relief.must("record_student_aid", OFFICER, body=body_of(worker_id, form, **more))
    return Record(relief, "aid", made)


def forms(told: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {one["form"]: (one["times"], one["students"], one["amount_fen"]) for one in told["forms"]}


def figures(relief: Desk, who: Any = STATISTICIAN) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("get_student_aid_forms", who, query={"school_year": 2026})
    return found


def paid(desk: Desks, on_day: Callable[[int], None], amount_fen: int = 300_000) -> Application:
    case = proposed(desk, amount_fen, "STUDENT", need=STUDENT)
    case.must("post_relief_notice", TOWNSHIP, place="校园公示栏")
    on_day(20)
    case.approve(fund(desk("relief"))["id"], DIRECTOR)
    bank_says(desk("relief"), case.now["id"], "PAID")
    assert case.read()["state"] in ("PAID", "CLOSED")
    return case


def test_the_contract_knows_the_same_words() -> None:
    assert ("MONEY", *FORMS_IN_KIND) == codes.AID_FORMS
    assert codes.AID_FORMS_IN_KIND == FORMS_IN_KIND


def test_the_three_forms_of_one_student_stand_in_one_place_and_are_counted(
        desk: Desks, relief: Desk, parent: str, on_day: Callable[[int], None]) -> None:
    case = paid(desk, on_day)
    record(relief, case.now["worker_id"])
    books = record(relief, case.now["worker_id"], "GOODS", value_fen=20_000)
    of_student = relief.must("get_aid_of_student", COUNTY, path={"application_id": case.now["id"]})
    assert of_student["school_year"] == 2026
    wanted = {"MONEY": (1, 1, 300_000), "TUITION_WAIVER": (1, 1, 480_000), "GOODS": (1, 1, 20_000)}
    assert forms(of_student) == wanted
    assert (figures(relief)["students"], forms(figures(relief))) == (1, wanted)
    record(relief, parent, "GOODS", student_no="G2", value_fen=5_000)  # another student, with nothing else
    assert (figures(relief)["students"], forms(figures(relief))["GOODS"]) == (2, (2, 2, 25_000))
    books.must("cancel_student_aid", OFFICER, reason="登记错误")
    assert forms(figures(relief))["GOODS"] == (1, 1, 5_000)
    elsewhere = figures(relief, caller(Role.STATISTICIAN, org_path="/37/3702/370203/"))
    assert (elsewhere["students"], forms(elsewhere)["MONEY"]) == (0, (0, 0, 0))


def test_a_paper_is_entered_once_and_again_after_it_was_cancelled(relief: Desk, parent: str) -> None:
    made = record(relief, parent)
    refused = relief.refused("record_student_aid", OFFICER, body=body_of(parent, value_fen=1))
    assert (refused["code"], refused["params"]["aid_no"]) == ("student-aid-known", made["aid_no"])
    record(relief, parent, "GOODS", document_no="TUITION_WAIVER-1")
    record(relief, parent, semester="2025-AUTUMN")
    for written in ("tuition_waiver-1", "TUITION_WAIVER - 1"):
        again = relief.refused("record_student_aid", OFFICER, body=body_of(parent, document_no=written))
        assert again["code"] == "student-aid-known"
    made.must("cancel_student_aid", COUNTY, reason="学校有误")
    assert made.refused("cancel_student_aid", COUNTY, reason="再次") == "wrong-state"
    record(relief, parent)


def test_what_was_waived_and_not_declared_is_shown_to_who_computes(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, 100_000, "STUDENT", need=STUDENT)
    assert case.now["findings"] == []
    record(relief, case.now["worker_id"])
    case.must("object_to_relief", OFFICER, reason="另有减免")
    case.must("compute_relief", COUNTY)
    (found,) = case.now["findings"]
    assert found["code"] == "DUP-3"
    assert "学杂费减免" in found["zh"]
    case.must("add_other_aid", TOWNSHIP, payer="EDUCATION", form="TUITION_WAIVER", amount_fen=480_000,
              is_same_need=False, document_no="TUITION_WAIVER-1")
    case.must("compute_relief", COUNTY)
    assert len(case.now["findings"]) == 1  # declared now, and told once


@pytest.mark.parametrize(("more", "code"), [
    ({"given_on": str(today() + timedelta(days=1))}, "date-in-future"), ({"worker_id": new_id()}, "worker-unknown"),
    ({"value_fen": 0}, "content-invalid"), ({"form": "MONEY"}, "content-invalid"),
    ({"semester": "2026"}, "content-invalid")])
def test_bad_input_leaves_nothing(relief: Desk, parent: str, more: dict[str, Any], code: str) -> None:
    assert relief.refused("record_student_aid", OFFICER, body=body_of(parent, **more))["code"] == code
    assert relief.must("list_student_aids", COUNTY)["items"] == []


def test_an_application_without_a_student_has_no_such_view(desk: Desks, relief: Desk, parent: str) -> None:
    living = proposed(desk)
    refused = relief.refused("get_aid_of_student", COUNTY, path={"application_id": living.now["id"]})
    assert refused["code"] == "application-without-student"


def test_the_roll_number_lies_as_a_hash_only(relief: Desk, parent: str) -> None:
    made = record(relief, parent)
    assert STUDENT["student_no"] not in str(made.now)
    with relief.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT * FROM student_aids").all()
    assert STUDENT["student_no"] not in str(stored)


@pytest.mark.parametrize(("wrong", "code"), [
    ({"semester": "2099-AUTUMN"}, "student-aid-semester-too-far"),
    ({"given_on": "1990-01-01"}, "student-aid-outside-year"),
])
def test_aid_is_of_its_school_year(relief: Desk, parent: str, wrong: dict[str, Any], code: str) -> None:
    assert relief.refused("record_student_aid", OFFICER, body=body_of(parent, **wrong))["code"] == code
