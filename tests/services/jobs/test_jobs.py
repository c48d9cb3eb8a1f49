"""Jobs: from a vacancy and a fair to a confirmed placement, and to the review of the household's file (F2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from services.jobs.domain.intention import Intention
from services.jobs.domain.job_fair import JobFair
from services.jobs.domain.job_seeker import JobSeeker
from services.jobs.domain.placement import Placement
from services.jobs.domain.vacancy import Vacancy
from shared.contracts.jobs import schemas
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief import households

COUNSELLOR = caller(Role.JOB_COUNSELLOR)
COUNTS = {"booths": 30, "posts": 400, "visitors": 900, "intentions": 120}


@pytest.fixture
def jobs(desk: Callable[[str], Desk]) -> Desk:
    return desk("jobs")


@pytest.fixture
def employer_id(desk: Callable[[str], Desk]) -> str:
    return people.employer(desk("membership"))


class Thing:
    """A record on the desk, driven by commands."""

    def __init__(self, jobs: Desk, field: str, record: dict[str, Any]) -> None:
        self.jobs, self.field, self.now = jobs, field, record

    @property
    def id(self) -> str:
        return str(self.now["id"])

    def do(self, operation: str, who: Any = COUNSELLOR, **body: Any) -> tuple[int, Any]:
        status, data = self.jobs.do(operation, who, path={self.field: self.id}, body=body, version=self.now["version"])
        if status < 300:
            self.now = data
        return status, data

    def must(self, operation: str, who: Any = COUNSELLOR, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return self.now

    def refused(self, operation: str, who: Any = COUNSELLOR, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def read(self, operation: str) -> dict[str, Any]:
        self.now = self.jobs.must(operation, COUNSELLOR, path={self.field: self.id})
        return self.now


def drafted(jobs: Desk, employer_id: str, posts: int = 2) -> Thing:
    body = {"employer_id": employer_id, "occupation": "电焊工", "posts": posts, "monthly_wage_fen": 650_000,
            "place": "市北区", "expires_on": (today() + timedelta(days=60)).isoformat()}
    return Thing(jobs, "vacancy_id", jobs.must("draft_vacancy", COUNSELLOR, body=body))


def published(jobs: Desk, employer_id: str, posts: int = 2) -> Thing:
    vacancy = drafted(jobs, employer_id, posts)
    vacancy.must("verify_vacancy")
    vacancy.must("publish_vacancy")
    return vacancy


def opened_fair(jobs: Desk) -> Thing:
    body = {"name": "春风行动", "kind": "SPRING_BREEZE", "place": "文化广场", "planned_on": today().isoformat()}
    fair = Thing(jobs, "fair_id", jobs.must("plan_job_fair", COUNSELLOR, body=body))
    fair.must("file_job_fair", plan_no="FA-1", emergency_plan_no="YJ-1", security_plan_no="AB-1", partners=["HRSS"])
    fair.must("open_job_fair")
    return fair


def intend(jobs: Desk, vacancy: Thing, worker_id: str, fair: Thing | None = None) -> Thing:
    body = {"worker_id": worker_id, "vacancy_id": vacancy.id, "fair_id": fair.id if fair else None}
    return Thing(jobs, "intention_id", jobs.must("record_intention", COUNSELLOR, body=body))


def offered(jobs: Desk, vacancy: Thing, worker_id: str) -> Thing:
    intention = intend(jobs, vacancy, worker_id)
    intention.must("invite_to_interview")
    intention.must("offer_post")
    return intention


def placed(jobs: Desk, intention: Thing) -> Thing:
    body = {"worker_id": intention.now["worker_id"], "intention_id": intention.id, "contract_type": "FIXED_TERM"}
    return Thing(jobs, "placement_id", jobs.must("report_placement", COUNSELLOR, body=body))


def test_from_the_fair_to_the_review_of_the_file(desk: Callable[[str], Desk], jobs: Desk, employer_id: str,
                                                 on_day: Callable[[int], None]) -> None:
    worker_id, relief = people.worker(desk("membership"), None), desk("relief")
    file = households.active(relief, on_day, worker_id)
    vacancy, fair = published(jobs, employer_id), opened_fair(jobs)
    intention = intend(jobs, vacancy, worker_id, fair)
    fair.must("hold_job_fair", **COUNTS, held_on=today().isoformat())
    for operation in ("invite_to_interview", "offer_post", "accept_offer"):
        intention.must(operation)
    placement = placed(jobs, intention)
    assert (placement.now["employer_id"], placement.now["monthly_wage_fen"]) == (employer_id, 650_000)
    placement.must("onboard_worker", started_on=today().isoformat())
    assert placement.refused("confirm_placement", proof="DAYS_WORKED") == "placement-proof-missing"
    on_day(60)
    placement.must("confirm_placement", proof="DAYS_WORKED")
    [told] = jobs.told("placement_confirmed")
    assert (told["data"]["worker_id"], told["data"]["monthly_wage_fen"]) == (worker_id, 650_000)
    relief.hear(jobs.told() * 2)
    assert file.read()["state"] == "REVIEWING"
    [review] = relief.told("file_review_started")
    assert (review["data"]["placement_id"], review["causationid"]) == (placement.id, told["id"])
    on_day(120)
    jobs.tick()
    assert placement.read("get_placement")["state"] == "STABLE"


def test_a_vacancy_is_published_after_the_employer_is_known(jobs: Desk, employer_id: str) -> None:
    unknown = drafted(jobs, new_id())
    assert unknown.refused("verify_vacancy") == "vacancy-employer-unknown"
    assert unknown.refused("publish_vacancy") == "wrong-state"
    published(jobs, employer_id)
    assert [t["data"] for t in jobs.told("vacancy_published")] == [{"employer_id": employer_id, "posts": 2}]


def test_only_published_vacancies_take_intentions(desk: Callable[[str], Desk], jobs: Desk, employer_id: str) -> None:
    worker_id, vacancy = people.worker(desk("membership"), None), drafted(jobs, employer_id)
    body = {"worker_id": worker_id, "vacancy_id": vacancy.id}
    assert jobs.refused("record_intention", COUNSELLOR, body=body)["code"] == "vacancy-not-published"


def test_posts_are_never_filled_above_their_number(desk: Callable[[str], Desk], jobs: Desk, employer_id: str) -> None:
    vacancy = published(jobs, employer_id, posts=2)
    intentions = [offered(jobs, vacancy, people.worker(desk("membership"), None)) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda intention: intention.do("accept_offer"), intentions))
    assert sorted(answer.get("code") or "" for _, answer in answers) == ["", "", *["vacancy-full"] * 3]
    assert (vacancy.read("get_vacancy")["filled"], vacancy.now["is_full"]) == (2, True)
    full = {"worker_id": people.worker(desk("membership"), None), "vacancy_id": vacancy.id}
    assert jobs.refused("record_intention", COUNSELLOR, body=full)["code"] == "vacancy-full"


def test_a_post_given_up_is_open_again(desk: Callable[[str], Desk], jobs: Desk, employer_id: str) -> None:
    vacancy = published(jobs, employer_id, posts=1)
    intention = offered(jobs, vacancy, people.worker(desk("membership"), None))
    intention.must("accept_offer")
    intention.must("decline_intention", reason="另有安排")
    assert vacancy.read("get_vacancy")["filled"] == 0
    offered(jobs, vacancy, people.worker(desk("membership"), None)).must("accept_offer")


def test_a_placement_that_ends_before_confirmation_frees_the_post(desk: Callable[[str], Desk], jobs: Desk,
                                                                  employer_id: str) -> None:
    vacancy = published(jobs, employer_id, posts=1)
    intention = offered(jobs, vacancy, people.worker(desk("membership"), None))
    intention.must("accept_offer")
    placement = placed(jobs, intention)
    assert intention.read("get_intention")["placement_id"] == placement.id
    assert intention.refused("decline_intention", reason="不去了") == "intention-placed"
    placement.must("end_placement", reason="未报到")
    assert vacancy.read("get_vacancy")["filled"] == 0
    assert intention.read("get_intention")["state"] == "DECLINED"


def test_a_confirmed_placement_that_ends_keeps_the_post_filled(desk: Callable[[str], Desk], jobs: Desk,
                                                               employer_id: str) -> None:
    vacancy = published(jobs, employer_id, posts=1)
    intention = offered(jobs, vacancy, people.worker(desk("membership"), None))
    intention.must("accept_offer")
    placement = placed(jobs, intention)
    placement.must("onboard_worker", started_on=today().isoformat(), monthly_wage_fen=700_000)
    assert placement.refused("confirm_placement", proof="CONTRACT") == "placement-proof-missing"
    placement.must("confirm_placement", proof="CONTRACT", proof_no="HT-1")
    placement.must("end_placement", reason="合同期满")
    assert vacancy.read("get_vacancy")["filled"] == 1
    assert jobs.told("placement_confirmed")[0]["data"]["monthly_wage_fen"] == 700_000
    assert len(jobs.told("placement_ended")) == 1


def test_one_open_intention_for_a_vacancy_and_many_for_a_worker(desk: Callable[[str], Desk], jobs: Desk,
                                                                employer_id: str) -> None:
    worker_id = people.worker(desk("membership"), employer_id)
    vacancies = [published(jobs, employer_id) for _ in range(2)]
    intentions = [intend(jobs, vacancy, worker_id) for vacancy in vacancies]
    assert [intention.now["is_migrant"] for intention in intentions] == [True, True]
    body = {"worker_id": worker_id, "vacancy_id": vacancies[0].id}
    assert jobs.refused("record_intention", COUNSELLOR, body=body)["code"] == "intention-known"
    intentions[0].must("decline_intention", reason="离家太远")
    intend(jobs, vacancies[0], worker_id)


def test_a_fair_counts_at_least_what_was_recorded(desk: Callable[[str], Desk], jobs: Desk, employer_id: str) -> None:
    vacancy, fair = published(jobs, employer_id), opened_fair(jobs)
    for _ in range(2):
        intend(jobs, vacancy, people.worker(desk("membership"), None), fair)
    held = {**COUNTS, "held_on": today().isoformat()}
    assert fair.refused("hold_job_fair", **{**held, "intentions": 1}) == "counts-below-records"
    later = (today() + timedelta(days=1)).isoformat()
    assert fair.refused("hold_job_fair", **{**held, "held_on": later}) == "day-in-future"
    fair.must("hold_job_fair", **held)
    assert fair.now["report_due_on"] >= (today() + timedelta(days=7)).isoformat()
    [told] = jobs.told("job_fair_held")
    assert told["data"] == {"fair_code": fair.now["fair_code"], **held}
    body = {"worker_id": people.worker(desk("membership"), None), "vacancy_id": vacancy.id, "fair_id": fair.id}
    assert jobs.refused("record_intention", COUNSELLOR, body=body)["code"] == "job-fair-not-open"
    fair.must("report_job_fair", report_no="BG-1")
    assert jobs.told("job_fair_reported")[0]["data"]["is_late"] is False


def test_a_fair_is_filed_with_its_plans(jobs: Desk) -> None:
    body = {"name": "招聘会", "kind": "DAILY", "place": "广场", "planned_on": today().isoformat()}
    fair = Thing(jobs, "fair_id", jobs.must("plan_job_fair", COUNSELLOR, body=body))
    assert fair.refused("open_job_fair") == "wrong-state"
    assert fair.refused("file_job_fair", plan_no="FA-1") == "content-invalid"
    fair.must("cancel_job_fair", reason="场地冲突")


def test_a_worker_registers_once_and_only_themselves(desk: Callable[[str], Desk], jobs: Desk) -> None:
    mine, other = (people.worker(desk("membership"), None) for _ in range(2))
    me = caller(Role.WORKER, worker_id=mine)
    first = jobs.must("register_job_seeker", me, body={"worker_id": mine, "wish": "焊工"})
    assert jobs.refused("register_job_seeker", COUNSELLOR, body={"worker_id": mine, "wish": "-"})["params"] == {
        "seeker_no": first["seeker_no"]}
    assert jobs.refused("register_job_seeker", me, body={"worker_id": other, "wish": "-"})["status"] == 404
    assert jobs.refused("register_job_seeker", COUNSELLOR, body={"worker_id": new_id(), "wish": "-"})["status"] == 422
    assert [s["id"] for s in jobs.must("list_job_seekers", me)["items"]] == [first["id"]]


def test_what_nobody_follows_up_lapses(desk: Callable[[str], Desk], jobs: Desk, employer_id: str,
                                       on_day: Callable[[int], None]) -> None:
    worker_id, vacancy = people.worker(desk("membership"), None), published(jobs, employer_id)
    seeker = jobs.must("register_job_seeker", COUNSELLOR, body={"worker_id": worker_id, "wish": "焊工"})
    intention = intend(jobs, vacancy, worker_id)
    for days, states in ((30, ("RECORDED", "PUBLISHED", "ACTIVE")), (31, ("LAPSED", "PUBLISHED", "ACTIVE")),
                         (61, ("LAPSED", "EXPIRED", "ACTIVE")), (181, ("LAPSED", "EXPIRED", "EXPIRED"))):
        on_day(days)
        jobs.tick()
        found = jobs.must("get_job_seeker", COUNSELLOR, path={"seeker_id": seeker["id"]})
        assert (intention.read("get_intention")["state"], vacancy.read("get_vacancy")["state"],
                found["state"]) == states


def test_a_job_the_worker_found_needs_employer_and_wage(desk: Callable[[str], Desk], jobs: Desk,
                                                        employer_id: str) -> None:
    worker_id = people.worker(desk("membership"), None)
    body = {"worker_id": worker_id, "contract_type": "OPEN_ENDED", "employer_id": employer_id}
    assert jobs.refused("report_placement", COUNSELLOR, body=body)["code"] == "wage-missing"
    body["monthly_wage_fen"] = 500_000  # type: ignore[assignment]
    me = caller(Role.WORKER, worker_id=worker_id)
    jobs.must("report_placement", me, body=body)
    assert jobs.refused("report_placement", COUNSELLOR, body=body)["code"] == "placement-known"
    assert jobs.refused("report_placement", COUNSELLOR, body={**body, "employer_id": new_id()})["status"] == 409


def test_a_placement_rests_on_an_accepted_intention_of_the_same_worker(desk: Callable[[str], Desk], jobs: Desk,
                                                                       employer_id: str) -> None:
    worker_id, other = (people.worker(desk("membership"), None) for _ in range(2))
    intention = offered(jobs, published(jobs, employer_id), worker_id)
    body = {"worker_id": worker_id, "intention_id": intention.id, "contract_type": "FIXED_TERM"}
    assert jobs.refused("report_placement", COUNSELLOR, body=body)["code"] == "intention-not-accepted"
    intention.must("accept_offer", caller(Role.WORKER, worker_id=worker_id))
    stranger = {**body, "worker_id": other}
    assert jobs.refused("report_placement", COUNSELLOR, body=stranger)["code"] == "intention-not-accepted"
    placed(jobs, intention)


TABLES = {
    JobSeeker: {"ACTIVE": {"close", "expire"}, "CLOSED": set(), "EXPIRED": set()},
    Vacancy: {"DRAFT": {"verify", "withdraw"}, "VERIFIED": {"publish", "withdraw"},
              "PUBLISHED": {"close", "expire", "withdraw"}, "CLOSED": set(), "EXPIRED": set(), "WITHDRAWN": set()},
    JobFair: {"PLANNED": {"file", "cancel"}, "FILED": {"open", "cancel"}, "OPEN": {"hold", "cancel"},
              "HELD": {"report"}, "REPORTED": set(), "CANCELLED": set()},
    Intention: {"RECORDED": {"interview", "decline", "lapse"}, "INTERVIEW": {"offer", "decline", "lapse"},
                "OFFERED": {"accept", "decline", "lapse"}, "ACCEPTED": {"decline"}, "DECLINED": set(),
                "LAPSED": set()},
    Placement: {"REPORTED": {"onboard", "end"}, "ONBOARDED": {"confirm", "end"}, "CONFIRMED": {"settle", "end"},
                "STABLE": {"end"}, "ENDED": set()},
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_tables_are_those_of_the_manual(kind: type[Any]) -> None:
    assert {state: set(kind.machine.allowed(state)) for state in kind.machine.states} == TABLES[kind]


def test_the_contract_and_the_domain_have_the_same_states() -> None:
    told = {JobSeeker: schemas.SEEKER_STATES, Vacancy: schemas.VACANCY_STATES, JobFair: schemas.FAIR_STATES,
            Intention: schemas.INTENTION_STATES, Placement: schemas.PLACEMENT_STATES}
    assert {kind: set(states) for kind, states in told.items()} == {kind: kind.machine.states for kind in TABLES}


def test_a_visit_routed_here_becomes_a_referral(jobs: Desk) -> None:
    routed = {"visit_no": "LF37020220260000013", "worker_id": None, "headcount": 1, "routed_on": today().isoformat(),
              "referrals": [{"referral_id": new_id(), "service": name, "matter": "JOBS"} for name in ("jobs", "legal")]}
    assert jobs.tell("reception.visit_routed.v1", routed) == "done"
    [mine] = jobs.must("list_referrals", COUNSELLOR)["items"]
    assert mine["id"] == routed["referrals"][0]["referral_id"]  # type: ignore[index]


@pytest.mark.parametrize("state", ["CLOSED", "EXPIRED"])
def test_a_registration_is_told_with_what_others_need_and_its_end(desk: Callable[[str], Desk], jobs: Desk, state: str,
                                                                  on_day: Callable[[int], None]) -> None:
    worker_id, since = people.worker(desk("membership"), None), today() - timedelta(days=200)
    seeker = Thing(jobs, "seeker_id", jobs.must("register_job_seeker", COUNSELLOR, body={
        "worker_id": worker_id, "wish": "保洁员", "unemployed_since": str(since),
        "is_zero_employment_household": True}))
    (told,) = jobs.told("job_seeker_registered")
    assert (told["type"], told["subject"]) == ("jobs.job_seeker_registered.v2", seeker.id)
    assert told["data"] == {
        "worker_id": worker_id, "registered_on": str(today()), "expires_on": seeker.now["expires_on"],
        "unemployed_since": str(since), "is_zero_employment_household": True}
    assert jobs.told("job_seeker_ended") == []
    if state == "CLOSED":
        seeker.must("close_job_seeker", reason="已就业")
    else:
        on_day(181)
    for _ in range(2):
        jobs.tick()
    (ended,) = jobs.told("job_seeker_ended")
    assert (ended["subject"], ended["data"]) == (seeker.id, {"worker_id": worker_id, "state": state})
