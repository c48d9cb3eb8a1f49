"""Reception by its operations and events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.contracts.legal import schemas as legal
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller, pointers

CLERK, CADRE = caller(Role.WINDOW_CLERK), caller(Role.DUTY_CADRE)
DIRECTOR, AGENT = caller(Role.CENTRE_DIRECTOR), caller(Role.HOTLINE_AGENT)
VISIT = {"channel": "WINDOW", "categories": ["WAGE_ARREARS"], "summary": "被拖欠工资"}
Visit = dict[str, Any]


@pytest.fixture
def reception(desk: Callable[[str], Desk]) -> Desk:
    return desk("reception")


@pytest.fixture
def worker_id(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def register(reception: Desk, who: Any = CLERK, **told: Any) -> Visit:
    return dict(reception.must("register_visit", who, body={**VISIT, **told}))


def act(reception: Desk, visit: Visit, operation: str, who: Any = CLERK, **body: Any) -> Visit:
    return dict(reception.must(operation, who, path={"visit_id": visit["id"]}, body=body, version=visit["version"]))


def again(reception: Desk, visit: Visit) -> Visit:
    return dict(reception.must("get_visit", CLERK, path={"visit_id": visit["id"]}))


def route(reception: Desk, visit: Visit, *services: str) -> Visit:
    return act(reception, visit, "route_visit",
               referrals=[{"service": service, "matter": "WAGE_ARREARS"} for service in services])


def hear(reception: Desk, visit: Visit, number: int, told: str, **data: Any) -> None:
    referral = visit["referrals"][number]
    about = {"referral_id": referral["referral_id"], "visit_id": visit["id"], **data}
    assert reception.tell(f"{referral['service']}.referral_{told}.v1", about) == "done"


def closed(reception: Desk, **told: Any) -> Visit:
    answered = act(reception, register(reception, **told), "answer_on_spot", text="已当场答复")
    return act(reception, answered, "close_visit")


def test_a_visit_is_registered_with_its_number_and_deadline(reception: Desk, worker_id: str) -> None:
    visit = register(reception, worker_id=worker_id)
    assert visit["visit_no"].startswith("LF370202")
    assert (visit["state"], visit["first_handler"], visit["is_group"]) == ("REGISTERED", CLERK.account_id, False)
    told = reception.told("visit_registered")[0]
    assert told["subject"] == visit["id"]
    assert told["data"]["worker_id"] == worker_id
    assert "被拖欠工资" not in str(told)


def test_people_membership_does_not_know_are_refused(reception: Desk, worker_id: str) -> None:
    body = {**VISIT, "worker_id": worker_id, "headcount": 3, "representatives": [worker_id, new_id()]}
    assert pointers(reception.refused("register_visit", CLERK, body=body)) == ["/representatives/1"]


def test_a_worker_registers_for_nobody_else(reception: Desk, worker_id: str) -> None:
    me = caller(Role.WORKER, worker_id=worker_id)
    visit = register(reception, me, channel="WEB")
    assert (visit["worker_id"], visit["first_handler"]) == (worker_id, None)
    refused = reception.refused("register_visit", me, body={**VISIT, "worker_id": new_id()})
    assert pointers(refused) == ["/worker_id"]
    assert [one["id"] for one in reception.must("list_visits", me)["items"]] == [visit["id"]]


def test_a_window_must_be_open(reception: Desk) -> None:
    refused = reception.refused("register_visit", CLERK, body={**VISIT, "window_code": "petition"})
    assert pointers(refused) == ["/window_code"]
    window = reception.must("register_window", DIRECTOR, body={"kind": "PETITION"})
    assert (window["code"], window["name"]) == ("petition", "信访接待")
    assert register(reception, window_code="petition")["window_code"] == "petition"
    assert reception.refused("register_window", DIRECTOR, body={"kind": "PETITION"})["code"] == "window-known"
    reception.must("close_window", DIRECTOR, path={"window_id": window["id"]}, version=window["version"])
    assert reception.do("register_visit", CLERK, body={**VISIT, "window_code": "petition"})[0] == 422


def test_the_way_of_a_routed_visit(reception: Desk) -> None:
    visit = route(reception, register(reception), "legal", "relief")
    assert visit["state"] == "ROUTED"
    told = reception.told("visit_routed")[0]["data"]
    assert [one["service"] for one in told["referrals"]] == ["legal", "relief"]
    hear(reception, visit, 0, "accepted", record_id=None)
    assert again(reception, visit)["state"] == "IN_SERVICE"
    hear(reception, visit, 0, "finished", outcome="已提供咨询")
    assert again(reception, visit)["state"] == "IN_SERVICE"
    hear(reception, visit, 1, "finished", outcome="已建档")  # its acceptance comes after its end
    hear(reception, visit, 1, "accepted", record_id=new_id())
    answered = again(reception, visit)
    assert answered["state"] == "ANSWERED"
    assert [one["note"] for one in answered["referrals"]] == ["已提供咨询", "已建档"]
    assert len(reception.told("visit_answered")) == 1


def test_a_refused_referral_is_routed_again(reception: Desk) -> None:
    visit = route(reception, register(reception), "legal")
    hear(reception, visit, 0, "refused", reason="不属于法律援助范围")
    visit = again(reception, visit)
    assert visit["state"] == "REGISTERED"
    visit = route(reception, visit, "mediation")
    assert [one["state"] for one in visit["referrals"]] == ["SUPERSEDED", "SENT"]


def test_an_event_of_an_unknown_visit_waits(reception: Desk) -> None:
    about = {"referral_id": new_id(), "visit_id": new_id(), "record_id": None}
    assert reception.tell("legal.referral_accepted.v1", about) == "waiting"


def closing(visit: Visit, dispute_id: str) -> dict[str, Any]:
    return {"dispute_id": dispute_id, "case_no": "ZY37020220260000018", "visit_id": visit["id"],
            "outcome": "PERFORMED", "headcount": 43, "closed_on": "2026-05-08"}


def accepting(visit: Visit, dispute_id: str) -> dict[str, Any]:
    return {"dispute_id": dispute_id, "case_no": "ZY37020220260000018", "kind": "WAGE", "headcount": 43,
            "is_collective": True, "visit_id": visit["id"], "employer_id": new_id(), "accepted_on": "2026-05-08"}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (0, 1, 0, 2, 1, 2)])
def test_an_incident_keeps_the_visit_in_service_until_its_dispute_is_closed(reception: Desk, order: tuple[int]) -> None:
    visit, dispute_id = register(reception, headcount=43), new_id()
    visit = act(reception, visit, "report_incident", CADRE, is_violent=True, cause_hint="BANK_TRANSFER_DELAY")
    assert (visit["urgency"], visit["risk_level"]) == ("INCIDENT", "HIGH")
    events = [("collective_incident_opened", {"incident_id": new_id(), "visit_id": visit["id"], "headcount": 43}),
              ("dispute_accepted", accepting(visit, dispute_id)), ("dispute_closed", closing(visit, dispute_id))]
    for number in order:
        before = again(reception, visit)["state"]
        name, data = events[number]
        assert reception.tell(f"mediation.{name}.v1", data) == "done"
        if number != 2:
            assert again(reception, visit)["state"] == ("ANSWERED" if before == "ANSWERED" else "IN_SERVICE")
    done = again(reception, visit)
    assert done["state"] == "ANSWERED"
    assert [(one["service"], one["state"], one["record_id"]) for one in done["referrals"]] == [
        ("mediation", "FINISHED", dispute_id)]


def test_an_incident_without_a_dispute_ends_with_the_incident(reception: Desk) -> None:
    visit, about = register(reception, headcount=12), {"incident_id": new_id()}
    about["visit_id"] = visit["id"]
    reception.tell("mediation.collective_incident_opened.v1", {**about, "headcount": 12})
    assert again(reception, visit)["state"] == "IN_SERVICE"
    reception.tell("mediation.collective_incident_closed.v1", about)
    assert again(reception, visit)["state"] == "ANSWERED"


@pytest.mark.parametrize(("end", "more", "note"), [
    ("refused", {"reason": "不属于援助范围"}, "不属于援助范围"), ("withdrawn", {}, "WITHDRAWN"),
    ("terminated", {"case_no": "FY37020220260000018", "ground": None}, None),
    ("case_closed", {"case_no": "FY37020220260000018", "result": None}, None)])
def test_legal_aid_keeps_a_visit_in_service_until_it_ends(reception: Desk, end: str, more: dict[str, Any],
                                                          note: str | None) -> None:
    for name, code in (("ground", "TERMINATION_GROUNDS"), ("result", "RESULTS")):
        if name in more:
            more = {**more, name: (note := getattr(legal, code)[0])}
    visit = act(reception, register(reception), "answer_on_spot", text="已转法律援助")
    about = {"application_id": new_id(), "dispute_id": None, "visit_id": visit["id"]}
    reception.tell("legal.legal_aid_applied.v1", {**about, "matter": legal.MATTERS[0], "worker_id": new_id(),
                                                  "headcount": 1})
    assert again(reception, visit)["state"] == "IN_SERVICE"
    assert reception.tell(f"legal.legal_aid_{end}.v1", {**about, **more}) == "done"
    done = again(reception, visit)
    assert (done["state"], done["referrals"][0]["note"]) == ("ANSWERED", note)


def test_an_employer_nobody_knows_is_refused_and_a_known_one_told(reception: Desk, desk: Callable[[str], Desk]) -> None:
    visit, employer_id = register(reception, headcount=10), people.employer(desk("membership"))
    about = {"path": {"visit_id": visit["id"]}, "version": visit["version"]}
    refused = reception.refused("report_incident", CLERK, body={"employer_id": new_id()}, **about)
    assert pointers(refused) == ["/employer_id"]
    reception.must("report_incident", CLERK, body={"employer_id": employer_id}, **about)
    assert reception.told("incident_reported")[0]["data"]["employer_id"] == employer_id


def test_documents_that_do_not_come_withdraw_the_visit(reception: Desk, on_day: Callable[[int], None]) -> None:
    late, early = (route(reception, register(reception), "legal") for _ in range(2))
    for visit in (late, early):
        hear(reception, visit, 0, "accepted", record_id=None)
        officer = caller(Role.LEGAL_AID_OFFICER)
        act(reception, again(reception, visit), "ask_for_documents", officer, missing=["劳动合同"])
    act(reception, again(reception, early), "submit_documents")
    on_day(15)
    reception.tick()
    assert again(reception, late)["state"] == "AWAITING_WORKER"
    on_day(16)
    reception.tick()
    reception.tick()
    assert (again(reception, late)["state"], again(reception, early)["state"]) == ("WITHDRAWN", "IN_SERVICE")
    assert len(reception.told("visit_withdrawn")) == 1


def test_only_those_who_came_rate_and_only_once(reception: Desk, worker_id: str, desk: Callable[[str], Desk]) -> None:
    visit = closed(reception, headcount=43, representatives=[worker_id])
    rating = {"result_score": 5, "attitude_score": 4}
    about = {"path": {"visit_id": visit["id"]}, "version": visit["version"], "body": rating}
    other = caller(Role.WORKER, worker_id=people.worker(desk("membership"), None))
    assert reception.do("rate_visit", other, **about)[0] == 404
    me = caller(Role.WORKER, worker_id=worker_id)
    assert reception.must("list_visits", other)["items"] == []
    assert [one["id"] for one in reception.must("list_visits", me)["items"]] == [visit["id"]]
    rated = reception.must("rate_visit", me, **about)
    assert rated["state"] == "RATED"
    assert reception.told("satisfaction_rated")[0]["data"]["attitude_score"] == 4
    assert reception.do("rate_visit", me, **{**about, "version": rated["version"]})[0] == 409


def test_a_rating_by_call_back_comes_within_thirty_days(reception: Desk, on_day: Callable[[int], None]) -> None:
    visit = closed(reception)
    on_day(45)
    refused = reception.refused("rate_visit", AGENT, path={"visit_id": visit["id"]}, version=visit["version"],
                                body={"result_score": 3, "attitude_score": 3})
    assert refused["code"] == "rating-over"
    on_day(29)
    assert act(reception, visit, "rate_visit", AGENT, result_score=3, attitude_score=3)["state"] == "RATED"


def test_a_dissatisfied_visitor_is_served_again(reception: Desk) -> None:
    rated = act(reception, closed(reception), "rate_visit", AGENT, result_score=2, attitude_score=5)
    opened = act(reception, rated, "reopen_visit", DIRECTOR, ground="LOW_RATING", reason="结果不满意")
    assert (opened["state"], opened["closed_on"]) == ("IN_SERVICE", None)
    visit = route(reception, opened, "relief")
    hear(reception, visit, 0, "finished", outcome="已救助")
    assert again(reception, visit)["state"] == "ANSWERED"


def test_visits_are_found_by_what_they_are(reception: Desk) -> None:
    call = register(reception, AGENT, channel="HOTLINE", categories=["COUNSELLING", "LEGAL_AID"])
    register(reception)

    def found(**query: str) -> list[str]:
        return [one["id"] for one in reception.must("list_visits", CLERK, query=query)["items"]]

    assert found(category="LEGAL_AID") == found(channel="HOTLINE") == [call["id"]]
    assert len(found(**{"from": call["registered_on"], "to": call["registered_on"]})) == 2
    assert found(**{"from": "2199-01-01"}) == []
    elsewhere = caller(Role.WINDOW_CLERK, org_path="/37/3702/370203/")
    assert reception.must("list_visits", elsewhere)["items"] == []
    assert reception.do("get_visit", elsewhere, path={"visit_id": call["id"]})[0] == 404


def test_a_referral_goes_to_its_service_and_back(reception: Desk, desk: Callable[[str], Desk]) -> None:
    """The shared piece, by membership: kept once, accepted, finished; reception hears of each."""
    membership = desk("membership")
    visit = route(reception, register(reception), "membership", "legal")
    for _ in range(2):
        membership.hear(reception.told("visit_routed"))
    items = membership.must("list_referrals", CLERK, query={"state": "RECEIVED"})["items"]
    assert [one["id"] for one in items] == [visit["referrals"][0]["referral_id"]]
    assert items[0]["accept_due_on"] == visit["referrals"][0]["accept_due_on"]
    about = {"path": {"referral_id": items[0]["id"]}}
    accepted = membership.must("accept_referral", CLERK, version=1, body={}, **about)
    assert membership.do("refuse_referral", CLERK, version=2, body={"reason": "不归我们"}, **about)[0] == 409
    membership.must("finish_referral", CLERK, version=accepted["version"], body={"outcome": "已入会"}, **about)
    reception.hear(reversed(membership.told()))
    told = again(reception, visit)["referrals"][0]
    assert (told["state"], told["note"]) == ("FINISHED", "已入会")


def test_a_referral_is_refused_within_five_working_days(reception: Desk, desk: Callable[[str], Desk],
                                                        on_day: Callable[[int], None]) -> None:
    membership = desk("membership")
    route(reception, register(reception), "membership")
    membership.hear(reception.told())
    referral = membership.must("list_referrals", CLERK)["items"][0]
    asked: Any = {"path": {"referral_id": referral["id"]}, "version": 1, "body": {"reason": "属于法律援助"}}
    on_day(30)
    assert membership.refused("refuse_referral", CLERK, **asked)["code"] == "referral-refused-too-late"
    assert len(membership.must("list_referrals", CLERK, query={"overdue": "true"})["items"]) == 1
    on_day(0)
    assert membership.must("refuse_referral", CLERK, **asked)["state"] == "REFUSED"
    assert membership.told("referral_refused")[0]["orgpath"] == PLACE
