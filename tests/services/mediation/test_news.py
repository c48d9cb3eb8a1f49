"""What mediation does with the news of other services, in any order and more than once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.mediation.town import ADVANCE_NO, MEDIATOR, Town, agreement


@pytest.fixture
def town(desk: Callable[[str], Desk]) -> Town:
    return Town(desk)


INCIDENT = {"visit_no": "LF37020220260000011", "headcount": 43, "employer_id": None, "cause_hint": "WAGES_DISPUTED",
            "risk_level": "HIGH"}


def test_an_incident_is_opened_once(town: Town) -> None:
    visit_id = new_id()
    for _ in range(2):
        assert town.mediation.tell("reception.incident_reported.v1", {**INCIDENT, "visit_id": visit_id}) == "done"
    found = town.mediation.must("list_incidents", MEDIATOR)["items"]
    assert [(one["headcount"], one["cause"], one["state"]) for one in found] == [(43, "PAY_DISPUTED", "OPEN")]
    assert len(town.mediation.told("collective_incident_opened")) == 1


def test_the_stages_of_an_advance(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.advance_told("wage_advance_proposed", dispute, advance_id, advance_no=ADVANCE_NO, total_fen=600)
    advance = town.read(dispute)["advances"][0]
    assert (advance["state"], advance["advance_id"], advance["advance_no"]) == ("PROPOSED", advance_id, ADVANCE_NO)
    town.advance_told("wage_advance_approved", dispute, advance_id, is_emergency=True)
    assert town.read(dispute)["claims"][0]["advance_state"] == "APPROVED"
    town.disbursed(dispute, advance_id, 600)
    assert town.read(dispute)["claims"][0]["advanced_fen"] == 600


def test_news_in_the_wrong_order(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.disbursed(dispute, advance_id, 600)
    town.advance_told("wage_advance_approved", dispute, advance_id, is_emergency=True)
    town.advance_told("wage_advance_proposed", dispute, advance_id, advance_no=ADVANCE_NO, total_fen=600)
    found = town.read(dispute)
    assert [one["state"] for one in found["advances"]] == ["DISBURSED"]
    assert found["claims"][0]["advance_state"] == "DISBURSED"


def test_a_refusal_is_kept_and_frees_the_claims(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.advance_told("wage_advance_refused", dispute, advance_id, reason="基金余额不足")
    dispute = town.read(dispute)
    assert dispute["advances"][0]["refusal"] == "基金余额不足"
    assert len(town.step("request_wage_advance", dispute, {"total_fen": 500})["advances"]) == 2


def test_an_advance_that_relief_proposed_itself(town: Town) -> None:
    dispute, advance_id = town.with_facts([1000]), new_id()
    town.advance_told("wage_advance_proposed", dispute, advance_id, advance_no=ADVANCE_NO, total_fen=300)
    advance = town.read(dispute)["advances"][0]
    assert (advance["total_fen"], advance["requested_by"], advance["state"]) == (300, "test", "PROPOSED")


def test_repaid_before_the_agreement(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.disbursed(dispute, advance_id, 600)
    town.repaid(dispute, advance_id, 600, 600)
    dispute = town.step("agree", town.read(dispute), agreement(("REPAY_UNION", 600)))
    assert dispute["state"] == "PERFORMED"


def test_repayments_out_of_order_count_once(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.disbursed(dispute, advance_id, 600)
    dispute = town.step("agree", town.read(dispute), agreement(("REPAY_UNION", 600)))
    for repaid_fen in (500, 200, 500, 600, 200):
        assert town.repaid(dispute, advance_id, repaid_fen, 600) == "done"
    found = town.read(dispute)
    assert (found["state"], found["obligations"][0]["done_fen"]) == ("PERFORMED", 600)
    assert len(town.mediation.told("mediation_performed")) == 1


def test_an_overdue_advance(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.disbursed(dispute, advance_id, 600)
    dispute = town.step("agree", town.read(dispute), agreement(("REPAY_UNION", 600)))
    town.advance_told("wage_advance_overdue", dispute, advance_id, advance_no=ADVANCE_NO,
                      employer_id=town.employer_id, balance_fen=600, repay_due_on="2026-01-31")
    found = town.read(dispute)
    assert (found["state"], found["is_at_risk"]) == ("DEFAULTED", True)
    assert len(town.mediation.told("mediation_defaulted")) == 1
    town.repaid(dispute, advance_id, 600, 600)
    assert town.read(dispute)["state"] == "PERFORMED"


def test_an_advance_that_is_written_off(town: Town) -> None:
    dispute, advance_id = town.requested([1000], 600), new_id()
    town.disbursed(dispute, advance_id, 600)
    dispute = town.step("agree", town.read(dispute), agreement(("REPAY_UNION", 600)))
    overdue = {"advance_no": ADVANCE_NO, "employer_id": town.employer_id, "balance_fen": 600,
               "repay_due_on": "2026-01-31"}
    town.advance_told("wage_advance_written_off", dispute, advance_id, advance_no=ADVANCE_NO, balance_fen=600)
    town.advance_told("wage_advance_overdue", dispute, advance_id, **overdue)  # late news change nothing
    found = town.read(dispute)
    assert (found["claims"][0]["advance_state"], found["advances"][0]["state"]) == ("WRITTEN_OFF", "WRITTEN_OFF")
    assert (found["state"], found["obligations"][0]["done_fen"]) == ("AGREED", 0)


def test_a_claim_that_the_employer_paid_was_not_advanced(town: Town) -> None:
    dispute, advance_id = town.requested([1000, 500], 1500), new_id()
    town.advance_told("wage_advance_proposed", dispute, advance_id, advance_no=ADVANCE_NO, total_fen=1000)
    first = dispute["claims"][0]
    town.advance_told("wage_advance_disbursed", dispute, advance_id, advance_no=ADVANCE_NO, total_fen=1000,
                      disbursed_on="2026-01-05", lines=[{"claim_id": first["id"], "worker_id": first["worker_id"],
                                                         "advanced_fen": 1000}])
    states = [claim["advance_state"] for claim in town.read(dispute)["claims"]]
    assert states == ["DISBURSED", "REFUSED"]


def test_news_of_a_dispute_we_do_not_know_waits(town: Town) -> None:
    assert town.advance_told("wage_advance_approved", {"id": new_id()}, new_id(), is_emergency=False) == "waiting"


def test_news_of_an_advance_we_do_not_know_waits(town: Town) -> None:
    assert town.advance_told("wage_advance_approved", town.open([1]), new_id(), is_emergency=False) == "waiting"


def test_legal_aid_is_noted(town: Town) -> None:
    dispute, application_id = town.open([100]), new_id()
    granted = {"application_id": application_id, "dispute_id": dispute["id"], "visit_id": None,
               "basis": "EXEMPT_MIGRANT_WAGE"}
    assert town.mediation.tell("legal.legal_aid_granted.v1", granted) == "done"
    assert town.read(dispute)["aid_application_id"] == application_id
    assert town.mediation.tell("legal.legal_aid_granted.v1", {**granted, "dispute_id": None}) == "done"


def test_a_paid_advance_is_written_into_the_incident(town: Town) -> None:
    visit_id = new_id()
    town.mediation.tell("reception.incident_reported.v1", {**INCIDENT, "visit_id": visit_id})
    incident = town.mediation.must("list_incidents", MEDIATOR)["items"][0]
    dispute = town.requested([1000], 600, incident_id=incident["id"])
    town.disbursed(dispute, new_id(), 600)
    found = town.mediation.must("get_incident", MEDIATOR, path={"incident_id": incident["id"]})
    assert ADVANCE_NO in found["actions"][0]["text"]
    assert found["state"] == "OPEN"
