"""A case through the dispatcher, from the application to the closed file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import check_case_number, new_id
from tests.services import people
from tests.services.desks import Desk, pointers
from tests.services.mediation.town import CLERK, DIRECTOR, MEDIATOR, Town, agreement, finding

CLAIMS_43 = [120_000 + 2_137 * number + number % 7 for number in range(43)]


@pytest.fixture
def town(desk: Callable[[str], Desk]) -> Town:
    return Town(desk)


def test_43_workers_from_the_incident_to_the_closed_case(town: Town) -> None:
    visit_id = new_id()
    town.mediation.tell("reception.incident_reported.v1", {
        "visit_no": "LF37020220260000011", "visit_id": visit_id, "headcount": 43, "employer_id": town.employer_id,
        "cause_hint": "BANK_TRANSFER_DELAY", "risk_level": "HIGH"})
    incident = town.mediation.must("list_incidents", MEDIATOR, query={"visit_id": visit_id})["items"][0]
    dispute = town.open(incident_id=incident["id"])
    assert dispute["visit_id"] == visit_id
    dispute = town.step("add_claimants", dispute, {"claimants": town.claims(CLAIMS_43)})
    chosen = [claim["worker_id"] for claim in dispute["claims"][:5]]
    dispute = town.step("choose_representatives", dispute, {"worker_ids": chosen})
    dispute = town.step("accept_dispute", dispute, {"employer_willing": True, "claimants_willing": True})
    assert check_case_number(dispute["case_no"]).startswith("TJ370202")
    dispute = town.step("assign_mediators", dispute, {
        "chief_mediator_id": town.mediator(), "mediator_ids": [town.mediator(is_chief=False)],
        "duty_lawyer_id": town.lawyer()}, DIRECTOR)
    dispute = town.step("hold_session", dispute, finding(sum(CLAIMS_43)))
    dispute = town.step("request_wage_advance", dispute, {"total_fen": 7_000_000})
    assert dispute["advances"][0]["requested_by"] == MEDIATOR.account_id
    lines = town.mediation.told("wage_advance_requested")[0]["data"]["lines"]
    assert sum(line["advanced_fen"] for line in lines) == 7_000_000
    advance_id = new_id()
    assert town.disbursed(dispute, advance_id, 7_000_000) == "done"
    dispute = town.read(dispute)
    assert sum(claim["advanced_fen"] for claim in dispute["claims"]) == 7_000_000
    dispute = town.step("agree", dispute, agreement(("REPAY_UNION", 7_000_000)))
    assert dispute["agreement_no"].startswith("XY370202")
    town.repaid(dispute, advance_id, 3_000_000, 7_000_000)
    assert town.read(dispute)["state"] == "AGREED"
    town.repaid(dispute, advance_id, 7_000_000, 7_000_000)
    dispute = town.step("close_dispute", town.read(dispute), {})
    assert (dispute["state"], dispute["outcome"], dispute["closed_on"]) == (
        "PERFORMED", "PERFORMED", today().isoformat())
    names = [told["type"].split(".")[1] for told in town.mediation.told()]
    assert names == ["collective_incident_opened", "dispute_applied", "dispute_accepted", "mediators_assigned",
                     "mediation_session_held", "wage_advance_requested", "mediation_agreed", "mediation_performed",
                     "dispute_closed"]
    assert town.mediation.told("dispute_closed")[0]["data"]["headcount"] == 43


def test_an_employer_must_be_known(town: Town) -> None:
    problem = town.mediation.refused("open_dispute", CLERK, body=town.new_dispute(employer_id=new_id()))
    assert (problem["status"], pointers(problem)) == (404, ["/employer_id"])


def test_a_worker_of_another_employer_in_the_roster(town: Town) -> None:
    other = people.employer(town.membership)
    workers = [*town.workers(2), people.worker(town.membership, other)]
    dispute = town.open()
    problem = town.refused("add_claimants", dispute, {"claimants": town.claims([1, 2, 3], workers)})
    assert (problem["code"], problem["status"]) == ("claimant-of-another-employer", 422)
    assert pointers(problem) == ["/claimants/2/worker_id"]
    assert town.read(dispute)["claims"] == []


def test_an_unknown_worker_in_the_application(town: Town) -> None:
    body = town.new_dispute(claimants=town.claims([100], [new_id()]))
    problem = town.mediation.refused("open_dispute", CLERK, body=body)
    assert (problem["code"], pointers(problem)) == ("claimant-unknown", ["/claimants/0/worker_id"])


@pytest.mark.parametrize(("field", "value", "pointer"), [
    ("claimed_fen", 0, "/claimants/0/claimed_fen"),
    ("claimed_fen", -5, "/claimants/0/claimed_fen"),
    ("claimed_fen", 2**53, "/claimants/0/claimed_fen"),
    ("claimed_fen", "100", "/claimants/0/claimed_fen"),
    ("period_from", "2026-02-30", "/claimants/0/period_from"),
    ("worker_id", "7", "/claimants/0/worker_id"),
    ("salary", 1, "/claimants/0/salary"),
])
def test_bad_claims_are_named(town: Town, field: str, value: object, pointer: str) -> None:
    dispute = town.open()
    claim = {**town.claims([100])[0], field: value}
    problem = town.refused("add_claimants", dispute, {"claimants": [claim]})
    assert (problem["status"], pointers(problem)) == (422, [pointer])


def test_a_stale_version_is_told_with_the_current_one(town: Town) -> None:
    dispute = town.open([100])
    town.step("add_claimants", dispute, {"claimants": town.claims([200])})
    problem = town.refused("accept_dispute", dispute, {"employer_willing": True, "claimants_willing": True})
    assert problem["status"] == 412
    assert problem["current"]["headcount"] == 2


def test_a_second_advance_is_refused(town: Town) -> None:
    dispute = town.requested([1000, 500], 600)
    problem = town.refused("request_wage_advance", dispute, {"total_fen": 100})
    assert (problem["status"], problem["code"]) == (409, "second-advance")
    assert len(town.mediation.told("wage_advance_requested")) == 1


def test_no_advance_without_facts_and_nothing_is_told(town: Town) -> None:
    problem = town.refused("request_wage_advance", town.in_mediation([1000]), {"total_fen": 100})
    assert problem["code"] == "advance-not-possible"
    assert town.mediation.told("wage_advance_requested") == []


def test_the_lawyer_of_a_party_does_not_mediate(town: Town) -> None:
    account_id = new_id()
    dispute = town.accepted([1000])
    problem = town.refused("assign_mediators", dispute, {
        "chief_mediator_id": town.mediator(account_id), "duty_lawyer_id": town.lawyer(account_id)})
    assert (problem["status"], problem["code"]) == (403, "separation-of-duty")


def test_a_lawyer_of_the_employer_is_no_duty_lawyer(town: Town) -> None:
    dispute = town.accepted([1000])
    for lawyer_id in (town.lawyer(clients=[town.employer_id]), new_id()):
        problem = town.refused("assign_mediators", dispute, {
            "chief_mediator_id": town.mediator(), "duty_lawyer_id": lawyer_id})
        assert problem["code"] == "duty-lawyer-unfit"


def test_a_mediator_must_be_in_the_roster(town: Town) -> None:
    problem = town.refused("assign_mediators", town.accepted([1000]), {"chief_mediator_id": new_id()})
    assert problem["code"] == "mediator-unfit"


def test_an_account_is_one_mediator(town: Town) -> None:
    account_id = new_id()
    mediator_id = town.mediator(account_id)
    body = {"name": "同一人", "account_id": account_id}
    assert town.mediation.refused("register_mediator", DIRECTOR, body=body)["code"] == "mediator-known"
    retired = town.mediation.must("retire_mediator", DIRECTOR, path={"mediator_id": mediator_id}, version=1)
    assert retired["state"] == "RETIRED"
    assert town.refused("assign_mediators", town.accepted([1]), {"chief_mediator_id": mediator_id})["code"] == (
        "mediator-unfit")
    active = town.mediation.must("list_mediators", MEDIATOR, query={"state": "ACTIVE", "is_chief": "true"})
    assert active["items"] == []


def test_a_performance_is_recorded_with_its_evidence(town: Town) -> None:
    dispute = town.step("agree", town.in_mediation([1000]), agreement(("PAY_WORKERS", 1000)))
    body = {"obligation_id": dispute["obligations"][0]["id"], "amount_fen": 1000, "done_on": today().isoformat(),
            "evidence": "银行代发清单"}
    assert town.step("record_performance", dispute, body)["state"] == "PERFORMED"
    assert len(town.mediation.told("mediation_performed")) == 1


@pytest.mark.parametrize("operation", ["hold_session", "agree"])
def test_nothing_happens_tomorrow(town: Town, operation: str) -> None:
    dispute, tomorrow = town.in_mediation([1000]), "2199-01-01"
    body = {"hold_session": finding(1000, held_on=tomorrow), "agree": agreement(("PAY_WORKERS", 1000))}[operation]
    if operation == "agree":
        body["signatures"][2]["signed_on"] = tomorrow
    problem = town.refused(operation, dispute, body)
    assert problem["code"] == "date-in-future"


def test_rejected_and_referred(town: Town) -> None:
    dispute = town.step("reject_dispute", town.open([1000]), {"reason": "对方不同意调解"})
    dispute = town.step("refer_dispute", dispute, {"reason": "可申请劳动仲裁"})
    dispute = town.step("close_dispute", dispute, {})
    told = town.mediation.told("dispute_closed")[0]["data"]
    assert (told["outcome"], told["case_no"]) == ("REFERRED", None)


def test_case_numbers_have_no_gap_after_a_refusal(town: Town) -> None:
    first = town.accepted([1])
    town.refused("accept_dispute", town.open([1]), {"employer_willing": False, "claimants_willing": True})
    second = town.accepted([1])
    assert int(second["case_no"][12:18]) == int(first["case_no"][12:18]) + 1
