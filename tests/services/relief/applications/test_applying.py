"""An application from the request to the household's receipt, and who may apply for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.matters import (
    BILL,
    CASHIER,
    COUNTY,
    DIBAO_FEN,
    DIRECTOR,
    OFFICER,
    STUDENT,
    TOWNSHIP,
    apply,
    bank_says,
    household,
    lines_of,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]


def test_no_more_than_was_asked_is_proposed(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    case = apply(relief, head, "MEDICAL", need=BILL, asked_fen=100_000)
    case.compute()
    status, told = case.do("propose_relief", COUNTY, amount_fen=100_001)
    assert (status, told["code"], told["errors"][0]["pointer"]) == (422, "relief-above-asked", "/amount_fen")
    assert case.must("propose_relief", COUNTY, amount_fen=100_000)["state"] == "PROPOSED"


def test_medical_relief_from_request_to_receipt(desk: Desks, relief: Desk) -> None:
    head, file = household(desk)
    money = fund(relief)
    case = apply(relief, head, "MEDICAL", need=BILL, asked_fen=2_000_000)
    assert (case.now["state"], case.now["file_id"], case.now["whom"]) == ("SUBMITTED", file["id"], "DEEP")
    assert case.compute() == 2_000_000
    case.must("propose_relief", COUNTY, amount_fen=800_000)
    done = case.approve(money["id"], DIRECTOR)
    assert (done["state"], done["fund_source"], done["worker_id"]) == ("RESERVED", "UNION", head)
    assert get_fund(relief, money["id"])["reserved_fen"] == 800_000
    [line] = lines_of(relief, done["id"])
    assert (line["payee_id"], line["amount_fen"], line["purpose"], line["state"]) == (head, 800_000, "MEDICAL",
                                                                                      "RESERVED")
    bank_says(relief, done["id"], "PAID")
    assert case.read()["state"] == "PAID"
    [paid] = relief.told("relief_paid")
    assert paid["data"] == {
        "application_id": done["id"], "application_no": done["application_no"], "relief_type": "MEDICAL",
        "worker_id": head, "file_id": file["id"], "tier": "SAFEGUARD", "amount_fen": 800_000, "fund_source": "UNION",
        "month": f"{today():%Y-%m}", "paid_on": str(today())}
    assert case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")["state"] == "CLOSED"
    assert_sound(relief, money["id"])


def test_health_facts_are_sealed_and_never_told(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    case = apply(relief, head, "MEDICAL", need=BILL)
    assert case.read()["need"]["illness"] == "尿毒症"
    with relief.database.read() as connection:
        seen = connection.exec_driver_sql("select actor from audit where action = 'read_health_facts'").scalars()
        assert list(seen) == [COUNTY.account_id]
    with relief.database.read() as connection:
        stored = connection.exec_driver_sql("select * from relief_applications").mappings().one()
        noted = connection.exec_driver_sql("select detail from audit where subject_id = ?", (case.now["id"],)).scalars()
        everything = [*map(str, stored.values()), *map(str, noted)]
    assert not [text for text in everything if "尿毒症" in text or "YL-0001" in text]
    assert "尿毒症" not in str(relief.told())
    [row] = relief.must("list_relief_applications", COUNTY)["items"]
    assert "need" not in row


def test_told_once_what_is_missing(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    case = apply(relief, head, "MEDICAL", need={"bill_no": "YL-2"})
    assert case.refused("accept_relief_application", TOWNSHIP) == "relief-facts-missing"
    returned = case.must("return_relief_application", TOWNSHIP, missing=["bill_fen", "own_paid_fen"], note="补票据")
    assert (returned["state"], returned["missing"]) == ("RETURNED", ["bill_fen", "own_paid_fen"])
    case.must("supplement_relief_application", OFFICER, need={"bill_fen": 300_000, "own_paid_fen": 100_000})
    assert case.now["need"] == {"bill_no": "YL-2", "bill_fen": 300_000, "own_paid_fen": 100_000}
    assert case.refused("return_relief_application", TOWNSHIP, missing=["illness"],
                        note="再补") == "relief-returned-before"
    assert case.compute() == 100_000


def test_file_first_then_aid(desk: Desks, relief: Desk) -> None:
    worker = people.worker(desk("membership"), None)
    body = {"worker_id": worker, "relief_type": "LIVING"}
    told = relief.refused("apply_for_relief", OFFICER, body=body)
    assert told["code"] == "relief-needs-active-file"
    assert "TEMPORARY" in told["params"]["possible"]
    case = apply(relief, worker, "TEMPORARY")
    assert (case.now["whom"], case.now["file_id"], case.compute()) == ("UNFILED", None, 300_000)


def test_a_worker_applies_for_the_own_household_and_reads_nothing_else(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk, others=1)
    me, stranger = caller(Role.WORKER, worker_id=head), people.worker(desk("membership"), None)
    case = apply(relief, head, who=me)
    assert relief.must("get_relief_application", me, path=case.path)["id"] == case.now["id"]
    assert [row["id"] for row in relief.must("list_relief_applications", me)["items"]] == [case.now["id"]]
    other = caller(Role.WORKER, worker_id=stranger)
    assert relief.refused("get_relief_application", other, path=case.path)["status"] == 404
    assert relief.refused("apply_for_relief", me, body={"worker_id": stranger,
                                                        "relief_type": "TEMPORARY"})["status"] == 404
    assert case.must("withdraw_relief", me, reason="已解决")["state"] == "WITHDRAWN"


def test_the_head_is_paid_or_the_parent_who_is_named(desk: Desks, relief: Desk) -> None:
    head, file = household(desk, others=1)
    spouse = file["members"][1]["worker_id"]
    assert apply(relief, spouse, "LIVING").now["worker_id"] == head
    student = apply(relief, head, "STUDENT", need=STUDENT, payee_id=spouse)
    assert student.now["worker_id"] == spouse
    body = {"worker_id": head, "relief_type": "MEDICAL", "payee_id": new_id()}
    assert relief.refused("apply_for_relief", OFFICER, body=body)["code"] == "relief-payee-not-in-household"


@pytest.mark.parametrize(("body", "status", "code"), [
    ({"worker_id": "nobody"}, 422, "worker-unknown"),
    ({"asked_fen": 0}, 422, "content-invalid"),
    ({"asked_fen": -1}, 422, "content-invalid"),
    ({"relief_type": "HOLIDAY"}, 422, "content-invalid"),
    ({"need": {"own_paid_fen": 1.5}}, 422, "content-invalid"),
    ({"need": {"semester": "2026-WINTER"}}, 422, "content-invalid"),
    ({"other_aid": [{"payer": "OTHER", "amount_fen": 0, "is_same_need": True}]}, 422, "content-invalid"),
    ({"amount_fen": 1}, 422, "content-invalid"),
    ({"relief_type": "MEDICAL", "need": {**BILL, "bill_fen": 1_999_999}}, 422, "relief-own-paid-above-bill"),
    ({"relief_type": "ACCIDENT", "need": {"happened_on": "2999-01-01"}}, 422, "date-in-future"),
])
def test_bad_input_is_refused_and_leaves_nothing(desk: Desks, relief: Desk, body: dict[str, Any], status: int,
                                                 code: str) -> None:
    head, _ = household(desk)
    asked = {"worker_id": head, "relief_type": "LIVING", **body}
    if asked["worker_id"] == "nobody":
        asked["worker_id"] = new_id()
    told = relief.refused("apply_for_relief", OFFICER, body=asked)
    assert told["status"] == status
    assert told["code"] == code
    assert relief.must("list_relief_applications", COUNTY)["items"] == []


def test_an_officer_of_another_place_cannot_apply(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    foreign = caller(Role.GRASSROOTS_OFFICER, org_path="/37/3702/370203/")
    assert relief.refused("apply_for_relief", foreign, body={"worker_id": head,
                                                             "relief_type": "LIVING"})["status"] == 404


def test_the_programmes_of_a_place_can_be_read(relief: Desk) -> None:
    told = relief.must("get_relief_programmes", CASHIER, query={"division": "429006", "relief_type": "STUDENT"})
    assert told["rule_sets"] == ["TIANMEN", "HUBEI", "NATIONAL"]
    rows = {(row["rule_set"], row["whom"], row["school_level"]): row for row in told["programmes"]}
    assert rows["TIANMEN", "DEEP", "HIGHER"]["most_fen"] == 500_000
    assert rows["CENTRAL", "DEEP", ""]["months"] == 10
    assert told["limits"]["approval.director"] == 10 * DIBAO_FEN


def test_whoever_is_in_need_sees_where_the_money_is(desk: Desks, relief: Desk) -> None:
    head, file = household(desk, others=1)
    spouse = file["members"][1]["worker_id"]
    case = apply(relief, spouse, "MEDICAL", need=BILL)
    assert (case.now["person_id"], case.now["worker_id"]) == (spouse, head)
    me = caller(Role.WORKER, worker_id=spouse)
    assert [row["id"] for row in relief.must("list_relief_applications", me)["items"]] == [case.now["id"]]
    assert relief.must("get_relief_payment", me, path=case.path) == {"application_id": case.now["id"]}
    case.propose(100_000)
    case.approve(fund(relief)["id"])
    told = relief.must("get_relief_payment", me, path=case.path)
    assert (told["state"], told["amount_fen"], told["batch_id"]) == ("RESERVED", 100_000, None)


def test_a_person_cannot_pass_the_cap_by_naming_another_payee(desk: Desks, relief: Desk) -> None:
    head, file = household(desk, others=1)
    spouse, money = file["members"][1]["worker_id"], fund(relief)["id"]
    for payee in (head, spouse):
        case = apply(relief, head, "TEMPORARY", payee_id=payee)
        if payee == head:
            case.propose(200_000)
            case.approve(money)
            bank_says(relief, case.now["id"], "PAID")
            case.read()
            case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")
        else:
            assert case.compute() == 100_000


@pytest.mark.parametrize(("year", "status"), [(-1, 422), (0, 201), (1, 201), (2, 422)])
def test_festivals_of_this_year_and_the_next(desk: Desks, relief: Desk, year: int, status: int) -> None:
    head, _ = household(desk)
    body = {"worker_id": head, "relief_type": "FESTIVAL", "need": {"occasion": "MID_AUTUMN"},
            "year": today().year + year}
    assert relief.do("apply_for_relief", OFFICER, body=body)[0] == status


# -- visits of one person (生日、病、丧慰问) -------------------------------------------------------------------------


def test_each_person_is_visited_at_a_birthday_once_a_year(desk: Desks, relief: Desk) -> None:
    head, file = household(desk, others=1)
    other = next(m["worker_id"] for m in file["members"] if m["worker_id"] != head)
    birthday, money = {"occasion": "BIRTHDAY"}, fund(relief)
    case = apply(relief, head, "FESTIVAL", need=birthday)
    case.propose()
    case.approve(money["id"])
    assert apply(relief, other, "FESTIVAL", need=birthday, payee_id=other).now["state"] == "SUBMITTED"
    again = {"worker_id": head, "relief_type": "FESTIVAL", "need": birthday}
    assert relief.refused("apply_for_relief", OFFICER, body=again)["code"] == "relief-same-need"
    assert apply(relief, head, "FESTIVAL", need=birthday, year=today().year + 1).now["state"] == "SUBMITTED"
    assert apply(relief, head, "FESTIVAL", need={"occasion": "MID_AUTUMN"}).now["state"] == "SUBMITTED"


@pytest.mark.parametrize("occasion", ["ILLNESS", "BEREAVEMENT"])
def test_an_illness_or_a_death_has_its_day(desk: Desks, relief: Desk, occasion: str) -> None:
    head, _ = household(desk)
    case = apply(relief, head, "FESTIVAL", need={"occasion": occasion})
    assert case.refused("accept_relief_application", TOWNSHIP) == "relief-facts-missing"
    case.must("return_relief_application", TOWNSHIP, missing=["happened_on"], note="补日期")
    need = {"occasion": occasion, "happened_on": str(today())}
    case.must("supplement_relief_application", OFFICER, need=need)
    case.propose()
    again = {"worker_id": head, "relief_type": "FESTIVAL", "need": need}
    assert relief.refused("apply_for_relief", OFFICER, body=again)["code"] == "relief-same-need"
    earlier = str(today() - timedelta(days=90))
    assert apply(relief, head, "FESTIVAL", need={**need, "happened_on": earlier}).now["state"] == "SUBMITTED"
    assert relief.refused("apply_for_relief", OFFICER, body={**again, "need": {
        **need, "happened_on": str(today() + timedelta(days=1))}})["code"] == "date-in-future"
