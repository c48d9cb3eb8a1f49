"""Collective incidents through the dispatcher."""

from __future__ import annotations

from collections.abc import Callable

from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller

CADRE = caller(Role.DUTY_CADRE)


def test_an_incident_from_alarm_to_end(desk: Callable[[str], Desk]) -> None:
    mediation = desk("mediation")
    incident = mediation.must("open_incident", CADRE, body={"headcount": 60, "risk_level": "MEDIUM"})
    for operation, state in (("record_action", "OPEN"), ("calm_incident", "CALMED"), ("record_action", "CALMED"),
                             ("close_incident", "CLOSED")):
        incident = mediation.must(operation, CADRE, path={"incident_id": incident["id"]}, body={"text": "已处置"},
                                  version=incident["version"])
        assert incident["state"] == state
    assert [action["by"] for action in incident["actions"]] == [CADRE.account_id] * 4
    told = [one["type"].split(".")[1] for one in mediation.told()]
    assert told == ["collective_incident_opened", "collective_incident_calmed", "collective_incident_closed"]


def test_one_incident_for_a_visit(desk: Callable[[str], Desk]) -> None:
    mediation, visit_id = desk("mediation"), new_id()
    body = {"headcount": 60, "risk_level": "HIGH", "visit_id": visit_id}
    mediation.must("open_incident", CADRE, body=body)
    assert mediation.refused("open_incident", CADRE, body=body)["code"] == "incident-exists"
    told = {"visit_no": "LF37020220260000011", "visit_id": visit_id, "headcount": 60, "employer_id": None,
            "cause_hint": None, "risk_level": "HIGH"}
    assert mediation.tell("reception.incident_reported.v1", told) == "done"
    assert len(mediation.must("list_incidents", CADRE)["items"]) == 1


def test_a_routed_visit_becomes_a_referral_here(desk: Callable[[str], Desk]) -> None:
    mediation, mediator, referral_id = desk("mediation"), caller(Role.MEDIATOR), new_id()
    mediation.tell("reception.visit_routed.v1", {
        "visit_no": "LF37020220260000011", "worker_id": None, "headcount": 1, "routed_on": "2026-03-02",
        "referrals": [{"referral_id": referral_id, "service": "mediation", "matter": "WAGE_ARREARS"},
                      {"referral_id": new_id(), "service": "legal", "matter": "LEGAL_AID"}]})
    rows = mediation.must("list_referrals", mediator)["items"]
    assert [row["id"] for row in rows] == [referral_id]
    mediation.must("accept_referral", mediator, path={"referral_id": referral_id}, body={}, version=1)
    assert mediation.told("referral_accepted")[0]["data"]["referral_id"] == referral_id
