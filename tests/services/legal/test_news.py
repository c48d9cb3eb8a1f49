"""What legal does with the news of other services, in any order and more than once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.kernel.clock import today
from shared.kernel.deadlines import due
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.legal.office import CLERK, DIRECTOR, OFFICER, Office


@pytest.fixture
def office(desk: Callable[[str], Desk]) -> Office:
    return Office(desk)


def test_a_failed_mediation_becomes_one_application(office: Office) -> None:
    workers = [office.worker() for _ in range(3)]
    dispute = office.failed(workers)
    office.legal.hear(office.mediation.told())
    for told in office.mediation.told("mediation_failed"):
        assert office.legal.tell("mediation.mediation_failed.v1", told["data"]) == "done"
    rows = office.list(dispute_id=dispute["id"])
    assert len(rows) == 1
    case = office.legal.must("get_aid_case", OFFICER, path={"application_id": rows[0]["id"]})
    assert [one["worker_id"] for one in case["applicants"]] == workers
    assert (case["matter"], case["source"], case["basis"]) == ("WAGE", "MEDIATION", "EXEMPT_MIGRANT_WAGE")
    assert case["limitation_on"] == dispute["limitation_on"]
    assert case["decision_due_on"] == due("D-34", today()).due_on.isoformat()
    case = office.step("grant_aid", case, {"basis": "EXEMPT_MIGRANT_WAGE"})
    assert case["assign_due_on"] == due("D-35", today()).due_on.isoformat()
    assert office.step("assign_lawyer", case, {"lawyer_id": office.lawyer()})["state"] == "ASSIGNED"


def test_without_consent_legal_aid_hears_nothing(office: Office) -> None:
    office.failed([office.worker()])
    told = {**office.mediation.told("mediation_failed")[0]["data"], "dispute_id": new_id(), "has_consent": False}
    assert office.legal.tell("mediation.mediation_failed.v1", told) == "done"
    assert office.list(dispute_id=told["dispute_id"]) == []


def test_one_who_is_no_migrant_ends_the_exemption_of_all(office: Office) -> None:
    office.failed([office.worker(), office.worker(is_migrant=False)])
    case = office.list()[0]
    assert case["basis"] is None
    assert office.refused("grant_aid", case, {"basis": "EXEMPT_MIGRANT_WAGE"})["code"] == "not-exempt"


def test_who_applied_before_is_not_applied_for_again(office: Office) -> None:
    first, second = office.worker(), office.worker()
    dispute = office.dispute([first, second])
    office.apply(first, dispute_id=dispute["id"])
    office.mediate("fail_mediation", dispute, {"reason": "未达成一致"})
    office.legal.hear(office.mediation.told())
    told = office.legal.told("legal_aid_applied")[-1]["data"]
    assert (told["worker_id"], told["headcount"]) == (second, 1)


def test_mediation_hears_of_the_grant(office: Office) -> None:
    dispute = office.failed([office.worker()])
    case = office.step("grant_aid", office.list()[0], {"basis": "EXEMPT_MIGRANT_WAGE"})
    office.mediation.hear(office.legal.told())
    found = office.mediation.must("get_dispute", CLERK, path={"dispute_id": dispute["id"]})
    assert found["aid_application_id"] == case["id"]


def test_an_incident_calls_a_duty_lawyer_once(office: Office) -> None:
    told = {"visit_no": "LF37020220260000011", "visit_id": new_id(), "headcount": 43,
            "employer_id": office.employer_id, "cause_hint": None, "risk_level": "HIGH"}
    for _ in range(2):
        assert office.legal.tell("reception.incident_reported.v1", told) == "done"
    call = office.legal.must("list_duty_calls", OFFICER, query={"state": "OPEN"})["items"][0]
    account_id, path = new_id(), {"duty_id": call["id"]}
    lawyer_id = office.lawyer(account_id)
    call = office.legal.must("assign_duty_lawyer", DIRECTOR, path=path, body={"lawyer_id": lawyer_id}, version=1)
    other = caller(Role.LAWYER)
    attend = {"path": path, "body": {"note": "到场解答"}, "version": 2}
    assert office.legal.refused("attend_duty_call", other, **attend)["code"] == "not-your-case"
    call = office.legal.must("attend_duty_call", caller(Role.LAWYER, account_id=account_id), **attend)
    assert call["state"] == "ATTENDED"
    assert [one["data"]["lawyer_id"] for one in office.legal.told("duty_lawyer_called")] == [None, lawyer_id]


def overdue(office: Office, advance_id: str) -> dict[str, object]:
    return {"advance_id": advance_id, "advance_no": "DF3702022026000001X", "dispute_id": new_id(),
            "employer_id": office.employer_id, "balance_fen": 700,
            "repay_due_on": (today() - timedelta(days=1)).isoformat()}


def test_an_overdue_advance_is_recovered(office: Office) -> None:
    advance_id = new_id()
    told = overdue(office, advance_id)
    for _ in range(2):
        assert office.legal.tell("relief.wage_advance_overdue.v1", told) == "done"
    case = office.legal.must("list_recovery_cases", OFFICER, query={"advance_id": advance_id})["items"][0]
    path, on = {"recovery_id": case["id"]}, today().isoformat()
    case = office.legal.must("seek_payment_order", OFFICER, path=path, version=1, body={
        "claim_basis": "CLAIM_ASSIGNMENT", "court": "某某区人民法院", "sought_on": on})
    case = office.legal.must("record_payment_order", OFFICER, path=path, version=2, body={
        "order_no": "(2026)鲁0202民督1号", "served_on": on})
    assert (case["state"], case["object_due_on"]) == ("ORDER_ISSUED", due("D-12-object", today()).due_on.isoformat())
    for balance_fen in (200, 0, 200):
        office.legal.tell("relief.wage_advance_repaid.v1", {
            "advance_id": advance_id, "dispute_id": told["dispute_id"], "advance_no": told["advance_no"],
            "amount_fen": 500, "repaid_fen": 700 - balance_fen, "balance_fen": balance_fen,
            "is_full": balance_fen == 0, "repaid_on": on})
    case = office.legal.must("get_recovery_case", OFFICER, path=path)
    assert (case["state"], case["balance_fen"]) == ("RECOVERED", 0)
    assert [one["type"].split(".")[1] for one in office.legal.told()] == [
        "recovery_case_opened", "recovery_order_sought", "recovery_order_issued", "recovery_case_recovered"]


def test_a_recovery_can_end_without_the_money(office: Office) -> None:
    office.legal.tell("relief.wage_advance_overdue.v1", overdue(office, new_id()))
    case = office.legal.must("list_recovery_cases", OFFICER)["items"][0]
    ended = office.legal.must("close_recovery", DIRECTOR, path={"recovery_id": case["id"]}, version=1,
                              body={"note": "债务人破产,已申报债权"})
    assert (ended["state"], ended["ended_on"]) == ("CLOSED", today().isoformat())


def test_a_repayment_of_an_advance_that_was_never_overdue(office: Office) -> None:
    told = {"advance_id": new_id(), "dispute_id": new_id(), "advance_no": "DF3702022026000001X", "amount_fen": 1,
            "repaid_fen": 1, "balance_fen": 0, "is_full": True, "repaid_on": today().isoformat()}
    assert office.legal.tell("relief.wage_advance_repaid.v1", told) == "done"
    assert office.legal.must("list_recovery_cases", OFFICER)["items"] == []


def test_what_is_not_supplemented_in_time_is_withdrawn(office: Office, on_day: Callable[[int], None]) -> None:
    due_on = today() + timedelta(days=5)
    case = office.step("ask_supplement", office.apply(), {"items": ["劳动合同"], "due_on": due_on.isoformat()})
    waiting = office.step("ask_supplement", office.apply(), {
        "items": ["身份证明"], "due_on": (due_on + timedelta(days=9)).isoformat()})
    on_day(5)
    office.legal.tick()
    assert office.list(state="WITHDRAWN") == []
    on_day(6)
    for _ in range(2):
        office.legal.tick()
    assert [row["id"] for row in office.list(state="WITHDRAWN")] == [case["id"]]
    assert [row["id"] for row in office.list(state="INCOMPLETE")] == [waiting["id"]]
    assert len(office.legal.told("legal_aid_withdrawn")) == 1
    on_day(7)
    assert office.step("supplement_aid", waiting, {}, CLERK)["decision_due_on"] == due(
        "D-34", today() - timedelta(days=7), excluded_days=7).due_on.isoformat()
