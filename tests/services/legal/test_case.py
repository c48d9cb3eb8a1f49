"""Legal aid through the dispatcher."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import check_case_number, new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller, pointers
from tests.services.legal.office import CLERK, DIRECTOR, OFFICER, Office


@pytest.fixture
def office(desk: Callable[[str], Desk]) -> Office:
    return Office(desk)


def test_from_the_application_to_the_follow_up(office: Office) -> None:
    account_id = new_id()
    lawyer = caller(Role.LAWYER, account_id=account_id)
    case = office.granted()
    assert check_case_number(case["case_no"]).startswith("FY370202")
    case = office.step("assign_lawyer", case, {"lawyer_id": office.lawyer(account_id)})
    case = office.step("start_aid", case, {}, lawyer)
    case = office.step("report_stage", case, {"stage": "ARBITRATION_FILED", "reached_on": today().isoformat(),
                                              "note": "已立案"}, lawyer)
    case = office.step("close_aid", case, {"result": "WON", "costs_fen": 120_000}, lawyer)
    case = office.step("follow_up_aid", case, {"note": "电话回访,满意"})
    assert (case["state"], case["result"], case["costs_fen"]) == ("FOLLOWED_UP", "WON", 120_000)
    assert [told["type"].split(".")[1] for told in office.legal.told()] == [
        "legal_aid_applied", "legal_aid_granted", "lawyer_assigned", "case_stage_reached", "legal_aid_case_closed"]


def test_an_exemption_claimed_for_someone_who_is_no_migrant(office: Office) -> None:
    case = office.apply(office.worker(), office.worker(is_migrant=False))
    assert case["basis"] is None
    problem = office.refused("grant_aid", case, {"basis": "EXEMPT_MIGRANT_WAGE"})
    assert (problem["code"], pointers(problem)) == ("not-exempt", ["/basis"])
    case = office.step("grant_aid", case, {"basis": "VERIFIED", "means_evidence": "街道核查,符合标准"})
    assert case["state"] == "GRANTED"


def test_who_applied_does_not_decide(office: Office) -> None:
    case = office.legal.must("apply_legal_aid", OFFICER, body=office.application())
    problem = office.refused("grant_aid", case, {"basis": "EXEMPT_MIGRANT_WAGE"})
    assert (problem["status"], problem["code"]) == (403, "separation-of-duty")
    office.step("grant_aid", case, {"basis": "EXEMPT_MIGRANT_WAGE"}, caller(Role.LEGAL_AID_OFFICER))


def test_the_refusal_is_reviewed_by_another(office: Office) -> None:
    both = caller(Role.LEGAL_AID_OFFICER, Role.CENTRE_DIRECTOR)
    case = office.step("refuse_aid", office.apply(), {"reason": "不属于援助范围"}, both)
    case = office.step("object_refusal", case, {"reason": "属于追索劳动报酬"}, CLERK)
    decision = {"is_upheld": True, "basis": "EXEMPT_MIGRANT_WAGE"}
    assert office.refused("decide_objection", case, decision, both)["code"] == "separation-of-duty"
    assert office.refused("decide_objection", case, {"is_upheld": False}, DIRECTOR)["code"] == "decision-incomplete"
    assert office.step("decide_objection", case, decision, DIRECTOR)["state"] == "GRANTED"


def test_the_mediator_does_not_represent(office: Office) -> None:
    account_id, worker = new_id(), office.worker()
    office.failed([worker], mediator_account=account_id)
    case = office.step("grant_aid", office.list()[0] | {}, {"basis": "EXEMPT_MIGRANT_WAGE"})
    problem = office.refused("assign_lawyer", case, {"lawyer_id": office.lawyer(account_id)})
    assert (problem["status"], problem["code"]) == (403, "separation-of-duty")
    assert office.step("assign_lawyer", case, {"lawyer_id": office.lawyer()})["state"] == "ASSIGNED"


def test_the_employers_lawyer_does_not_represent_the_worker(office: Office) -> None:
    lawyer_id = office.lawyer(client_employer_ids=[office.employer_id])
    case = office.granted()
    assert office.refused("assign_lawyer", case, {"lawyer_id": lawyer_id})["code"] == "lawyer-acts-for-employer"
    office.legal.must("update_lawyer", OFFICER, path={"lawyer_id": lawyer_id}, version=1,
                      body={"duty_weekdays": [1], "client_employer_ids": []})
    assert office.step("assign_lawyer", case, {"lawyer_id": lawyer_id})["lawyer_id"] == lawyer_id


def test_a_lawyer_works_on_and_sees_own_cases_only(office: Office) -> None:
    account_id = new_id()
    mine = office.step("assign_lawyer", office.granted(), {"lawyer_id": office.lawyer(account_id)})
    others = office.step("assign_lawyer", office.granted(), {"lawyer_id": office.lawyer()})
    lawyer = caller(Role.LAWYER, account_id=account_id)
    assert office.refused("start_aid", others, {}, lawyer)["code"] == "not-your-case"
    assert [row["id"] for row in office.list(lawyer)] == [mine["id"]]
    assert office.legal.do("get_aid_case", lawyer, path={"application_id": others["id"]})[0] == 404
    assert office.legal.do("get_aid_case", lawyer, path={"application_id": mine["id"]})[0] == 200


def test_a_worker_in_their_own_matter(office: Office) -> None:
    mine, other = office.worker(), office.worker()
    me = caller(Role.WORKER, worker_id=mine)
    case = office.legal.must("apply_legal_aid", me, body=office.application(mine))
    assert office.legal.refused("apply_legal_aid", me, body=office.application(other))["code"] == "only-own-matter"
    together = office.apply(mine, other)
    seen = office.legal.must("get_aid_case", me, path={"application_id": together["id"]})
    assert [one["worker_id"] for one in seen["applicants"]] == [mine]
    assert {row["id"] for row in office.list(me)} == {case["id"], together["id"]}
    assert office.list(caller(Role.WORKER, worker_id=new_id())) == []
    assert office.refused("withdraw_aid", together, {"reason": "x"}, me)["code"] == "only-own-matter"
    assert office.step("withdraw_aid", case, {"reason": "已解决"}, me)["state"] == "WITHDRAWN"


def test_another_unit_finds_nothing(office: Office) -> None:
    case, stranger = office.apply(), caller(Role.LEGAL_AID_OFFICER, org_path="/37/3702/370203/")
    path = {"application_id": case["id"]}
    assert office.legal.do("get_aid_case", stranger, path=path)[0] == 404
    assert office.legal.do("grant_aid", stranger, path=path, body={"basis": "PLEDGE", "means_evidence": "x"})[0] == 404
    assert office.legal.do("assign_lawyer", stranger, path=path, body={"lawyer_id": new_id()})[0] == 404
    assert office.list(stranger) == []


@pytest.mark.parametrize(("change", "code", "pointer"), [
    ({"applicant_ids": ["0198c0de-0000-7000-8000-000000000000"]}, "applicant-unknown", "/applicant_ids/0"),
    ({"employer_id": "0198c0de-0000-7000-8000-000000000000"}, "not-found", "/employer_id"),
    ({"dispute_id": "0198c0de-0000-7000-8000-000000000000"}, "not-found", "/dispute_id"),
    ({"received_on": "2199-01-01"}, "date-in-future", "/received_on"),
    ({"matter": "DIVORCE"}, "content-invalid", "/matter"),
    ({"applicant_ids": []}, "content-invalid", "/applicant_ids"),
])
def test_bad_applications_are_named(office: Office, change: dict[str, object], code: str, pointer: str) -> None:
    problem = office.legal.refused("apply_legal_aid", CLERK, body={**office.application(), **change})
    assert (problem["code"], pointers(problem)) == (code, [pointer])


def test_the_same_applicant_twice(office: Office) -> None:
    worker = office.worker()
    problem = office.legal.refused("apply_legal_aid", CLERK, body=office.application(worker, worker))
    assert (problem["code"], pointers(problem)) == ("applicant-twice", ["/applicant_ids/1"])


def test_one_running_application_for_a_dispute(office: Office) -> None:
    worker = office.worker()
    dispute = office.dispute([worker])
    case = office.apply(worker, dispute_id=dispute["id"], employer_id=None)
    assert case["employer_id"] == office.employer_id
    again = office.application(worker, dispute_id=dispute["id"])
    assert office.legal.refused("apply_legal_aid", CLERK, body=again)["code"] == "already-applied"
    office.step("withdraw_aid", case, {"reason": "撤回"}, CLERK)
    office.legal.must("apply_legal_aid", CLERK, body=again)


def test_urgent_aid_and_the_check_afterwards(office: Office) -> None:
    case = office.apply(limitation_on=today().isoformat())
    case = office.step("grant_aid_urgently", case, {"ground": "LIMITATION"})
    assert (case["state"], case["is_provisional"]) == ("GRANTED", True)
    case = office.step("verify_means", case, {"basis": "EXEMPT_MIGRANT_WAGE"})
    assert case["is_provisional"] is False
    assert [told["type"].split(".")[1] for told in office.legal.told()][1:] == [
        "legal_aid_granted_provisionally", "legal_aid_granted"]


def test_terminated_with_its_ground(office: Office) -> None:
    case = office.step("terminate_aid", office.granted(), {"ground": "OWN_LAWYER", "reason": "自行委托律师"})
    assert (case["state"], case["ground"]) == ("TERMINATED", "OWN_LAWYER")
    assert office.legal.told("legal_aid_terminated")[0]["data"]["ground"] == "OWN_LAWYER"


def test_consultations_are_kept(office: Office) -> None:
    worker = office.worker()
    body = {"channel": "HOTLINE", "topic": "WAGE", "outcome": "ADVICE", "minutes": "告知仲裁时效", "worker_id": worker}
    kept = office.legal.must("register_consultation", CLERK, body=body)
    assert (kept["answered_by"], kept["held_on"]) == (CLERK.account_id, today().isoformat())
    office.legal.must("register_consultation", CLERK, body={**body, "topic": "WORK_INJURY", "worker_id": None})
    listed = office.legal.must("list_consultations", CLERK, query={"worker_id": worker})["items"]
    assert [row["id"] for row in listed] == [kept["id"]]
    assert office.legal.do("register_consultation", CLERK, body={**body, "worker_id": new_id()})[0] == 404
    assert office.legal.do("register_consultation", CLERK, body={**body, "held_on": "2199-01-01"})[0] == 422


def test_the_roster_says_who_sits_on_a_day(office: Office) -> None:
    tuesday = office.lawyer(duty_weekdays=[2, 4])
    office.lawyer(duty_weekdays=[1])
    listed = office.legal.must("list_lawyers", OFFICER, query={"on_duty_on": "2026-03-03"})["items"]
    assert [(row["id"], row["duty_weekdays"]) for row in listed] == [(tuesday, [2, 4])]
    retired = office.legal.must("retire_lawyer", OFFICER, path={"lawyer_id": tuesday}, version=1)
    assert retired["state"] == "RETIRED"
    assert office.refused("assign_lawyer", office.granted(), {"lawyer_id": tuesday})["code"] == "lawyer-unfit"
