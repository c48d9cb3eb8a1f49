"""Hardship files: from the draft to approval and exit, who may not do what, and the review a placement starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from services.relief.domain.files.states import HARDSHIP_FILE, OPEN
from shared.kernel.calendar import months_later
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import (
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    FACTS,
    OFFICER,
    RICH,
    SURVEYORS,
    TOWNSHIP,
    active,
    body_of,
    draft,
)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def worker_id(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def test_from_draft_to_active(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    assert (file.now["state"], file.now["grade"]) == ("ACTIVE", "DEEP")
    assert "本平台默认值" in file.now["grade_document"]
    assert any("¥24,000.00" in step for step in file.now["explanation_zh"])
    assert relief.told("hardship_file_approved")[0]["data"]["worker_ids"] == [worker_id]


def test_one_household_one_file(relief: Desk, desk: Callable[[str], Desk], worker_id: str) -> None:
    spouse = people.worker(desk("membership"), None)
    first = draft(relief, worker_id, spouse)
    told = relief.refused("open_hardship_file", OFFICER, body=body_of(spouse))
    assert (told["code"], told["params"]["file_no"]) == ("household-has-file", first.now["file_no"])
    first.must("cancel_hardship_file", DIRECTOR, reason="MERGED")
    assert draft(relief, spouse).now["state"] == "DRAFT"


def test_members_without_a_record_are_counted_and_never_clash(relief: Desk, desk: Callable[[str], Desk]) -> None:
    heads = [people.worker(desk("membership"), None) for _ in range(2)]
    files = [draft(relief, head, None, None) for head in heads]
    assert [len(file.now["members"]) for file in files] == [3, 3]


@pytest.mark.parametrize(("members", "code"), [
    (lambda head: [head, head], "member-twice"),
    (lambda _: [None], "head-not-member"),
    (lambda _: [new_id()], "worker-unknown"),
    (lambda head: [head, None], "head-twice"),
])
def test_a_household_must_make_sense(relief: Desk, worker_id: str, members: Callable[[str], list[str | None]],
                                     code: str) -> None:
    household = [{"worker_id": member, "relation": "HEAD", "is_adult": True} for member in members(worker_id)]
    told = relief.refused("open_hardship_file", OFFICER, body={**body_of(worker_id), "members": household})
    assert told["code"] == code


def test_a_worker_applies_for_their_own_household_only(relief: Desk, desk: Callable[[str], Desk],
                                                       worker_id: str) -> None:
    me, other = caller(Role.WORKER, worker_id=worker_id), people.worker(desk("membership"), None)
    assert relief.refused("open_hardship_file", me, body=body_of(other))["status"] == 404
    mine = relief.must("open_hardship_file", me, body=body_of(worker_id))
    assert relief.must("get_hardship_file", me, path={"file_id": mine["id"]})["id"] == mine["id"]
    assert [f["id"] for f in relief.must("list_hardship_files", me)["items"]] == [mine["id"]]
    stranger = caller(Role.WORKER, worker_id=other)
    assert relief.refused("get_hardship_file", stranger, path={"file_id": mine["id"]})["status"] == 404


def test_authorisation_comes_first(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    asked = {"authorisation_no": "SQ-1", "authorised_on": str(today())}
    assert file.refused("submit_hardship_file", OFFICER, **asked, all_adults_signed=False) == "authorisation-missing"
    asked["authorised_on"] = str(today() + timedelta(days=1))
    assert file.refused("submit_hardship_file", OFFICER, **asked, all_adults_signed=True) == "date-in-future"


def test_an_authorisation_is_valid_for_a_year(relief: Desk, worker_id: str) -> None:
    file, asked = draft(relief, worker_id), {"authorisation_no": "SQ-1", "all_adults_signed": True}
    last_year, expired = today() - timedelta(days=365), today() - timedelta(days=367)
    status, told = file.do("submit_hardship_file", OFFICER, **asked, authorised_on=str(expired))
    assert (status, told["code"]) == (409, "authorisation-expired")
    assert str(months_later(expired, 12)) in str(told)
    file.give_head_a_card()
    file.must("submit_hardship_file", OFFICER, **asked, authorised_on=str(last_year))


def test_an_authorisation_that_ran_out_is_renewed_before_verification(relief: Desk, worker_id: str,
                                                                     on_day: Callable[[int], None]) -> None:
    file = draft(relief, worker_id)
    file.submit()
    for surveyor in SURVEYORS:
        file.must("survey_household", surveyor, note="已入户", **FACTS)
    on_day(367)
    assert file.refused("request_verification", TOWNSHIP) == "authorisation-expired"
    again = {"authorisation_no": "SQ-2", "authorised_on": str(today()), "all_adults_signed": True}
    for wrong, code in (({"all_adults_signed": False}, "authorisation-missing"),
                        ({"authorised_on": "2020-01-05"}, "authorisation-expired")):
        assert file.refused("request_verification", TOWNSHIP, authorisation={**again, **wrong}) == code
    assert (file.read()["state"], file.now["authorisation_no"]) == ("SURVEYED", "SQ-1")
    assert file.must("request_verification", TOWNSHIP, authorisation=again)["authorisation_no"] == "SQ-2"
    assert relief.told("verification_requested")[-1]["data"]["authorisation_no"] == "SQ-2"


def test_two_surveyors_sign_the_same_figures(relief: Desk, worker_id: str) -> None:
    file, (one, two) = draft(relief, worker_id), SURVEYORS
    file.submit()
    applicant = caller(Role.SURVEYOR, account_id=OFFICER.account_id)
    assert file.refused("survey_household", applicant, note="-", **FACTS) == "separation-of-duty"
    file.must("survey_household", one, note="一", **FACTS)
    assert file.must("survey_household", one, note="一改", **FACTS)["state"] == "SUBMITTED"
    assert file.refused("survey_household", two, note="二", **RICH) == "surveys-differ"
    assert file.must("survey_household", two, note="二", **FACTS)["state"] == "SURVEYED"


def test_hits_must_be_explained(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.submit()
    for surveyor in SURVEYORS:
        file.must("survey_household", surveyor, note="-", **FACTS)
    file.must("request_verification", TOWNSHIP)
    assert file.refused("receive_report", EXCHANGE, report_no="HD-1", hits=["车辆登记"]) == "hits-unexplained"
    file.must("receive_report", EXCHANGE, report_no="HD-1", hits=["车辆登记"], explanation="残疾代步车")


def test_the_engine_proposes_and_a_person_confirms(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    proposed = relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})
    assert (proposed["grade"], proposed["persons"], proposed["certainty"]) == ("DEEP", 1, "D")
    for surveyor in SURVEYORS:
        reviewer = caller(Role.COUNTY_REVIEWER, account_id=surveyor.account_id)
        assert file.refused("assess_hardship_file", reviewer, grade="DEEP") == "separation-of-duty"
    assert file.refused("assess_hardship_file", COUNTY, grade="RELATIVE") == "grade-needs-reason"
    file.must("assess_hardship_file", COUNTY, grade="RELATIVE", reason="另有不计入的收入")
    assert (file.now["grade"], file.now["proposed_grade"]) == ("RELATIVE", "DEEP")


def test_who_is_not_in_hardship_can_only_be_refused(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    file.grade("NONE", reason="隐瞒收入")
    assert file.refused("post_file_notice", TOWNSHIP, place="公示栏") == "not-in-hardship"
    file.must("refuse_hardship_file", COUNTY, reason="不符合标准")
    assert draft(relief, worker_id).now["state"] == "DRAFT"


def test_approval_waits_for_the_notice_and_for_another_person(relief: Desk, worker_id: str,
                                                              on_day: Callable[[int], None]) -> None:
    file = draft(relief, worker_id)
    file.verify()
    file.grade()
    assert file.refused("approve_hardship_file", DIRECTOR) == "notice-running"
    on_day(30)
    for earlier in (SURVEYORS[0], SURVEYORS[1], COUNTY, OFFICER):
        approver = caller(Role.CENTRE_DIRECTOR, account_id=earlier.account_id)
        assert file.refused("approve_hardship_file", approver) == "separation-of-duty"
    file.approve()
    assert [step["role"] for step in file.now["approvals"]] == ["R7", "R8"]


def test_an_objection_sends_the_file_back(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = draft(relief, worker_id)
    file.verify()
    file.grade()
    file.must("object_to_file", caller(Role.WINDOW_CLERK), reason="另有住房")
    assert file.now["state"] == "SURVEYED"
    on_day(30)
    assert file.refused("approve_hardship_file", DIRECTOR) == "wrong-state"
    file.recheck()
    file.grade()


def test_a_confirmed_placement_starts_one_review(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    placed = {"placement_id": new_id(), "worker_id": worker_id, "employer_id": new_id(), "monthly_wage_fen": 600_000,
              "started_on": "2026-04-01", "confirmed_on": "2026-05-06"}
    for _ in range(2):
        assert relief.tell("jobs.placement_confirmed.v1", placed) == "done"
    assert file.read()["state"] == "REVIEWING"
    assert [t["data"]["placement_id"] for t in relief.told("file_review_started")] == [placed["placement_id"]]
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    relief.tell("jobs.placement_confirmed.v1", placed)
    assert file.read()["state"] == "ACTIVE"
    relief.tell("jobs.placement_confirmed.v1", {**placed, "worker_id": new_id()})
    assert file.read()["state"] == "ACTIVE"


def test_exit_needs_means_time_and_two_people(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="就业")
    assert file.refused("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="就业", **FACTS) == "still-in-hardship"
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    assert file.refused("confirm_file_exit", DIRECTOR) == "objection-period-running"
    on_day(60)
    same = caller(Role.CENTRE_DIRECTOR, account_id=COUNTY.account_id)
    assert file.refused("confirm_file_exit", same) == "separation-of-duty"
    file.must("confirm_file_exit", DIRECTOR)
    assert (file.now["state"], file.now["grade"], file.now["exit_kind"]) == ("OUT_OF_HARDSHIP", "NONE", "EMPLOYMENT")
    assert draft(relief, worker_id).now["state"] == "DRAFT"


def test_an_exit_can_be_contested(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="就业")
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    file.must("contest_file_exit", caller(Role.WORKER, worker_id=worker_id), reason="已被辞退")
    assert (file.now["state"], file.now["exit_kind"]) == ("REVIEWING", None)


def test_an_exit_is_contested_to_the_last_day_of_its_period(relief: Desk, worker_id: str,
                                                            on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="就业")
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="稳定就业", **RICH)
    days = 30 + (date.fromisoformat(file.now["exit_until"]) - today()).days
    on_day(days + 1)
    assert file.refused("contest_file_exit", OFFICER, reason="已被辞退") == "objection-period-over"
    on_day(days)
    assert file.must("contest_file_exit", OFFICER, reason="已被辞退")["state"] == "REVIEWING"


def test_the_way_out_is_one_of_the_programme(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="就业")
    for kind in ({}, {"kind": "MOVED"}):
        assert file.refused("propose_file_exit", COUNTY, reason="稳定就业", **kind, **RICH) == "content-invalid"


def test_a_year_later_the_file_is_reviewed_by_itself(relief: Desk, worker_id: str,
                                                     on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    relief.tick()
    assert file.read()["state"] == "ACTIVE"
    on_day(30 + 370)
    relief.tick()
    relief.tick()
    assert file.read()["state"] == "REVIEWING"
    assert len(relief.told("file_review_started")) == 1


def test_suspicion_ends_in_a_review(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("suspend_hardship_file", COUNTY, reason="疑似隐瞒收入")
    assert file.must("resume_hardship_file", COUNTY, reason="核查完毕")["state"] == "REVIEWING"


ALLOWED = {
    "DRAFT": {"fill_form", "submit", "take_in", "change_unit", "open_temporary", "take_over",
              "change_household", "cancel"},
    "TAKEN_OVER": {"confirm_take_over", "decline_take_over", "lose_member", "cancel"},
    "TEMPORARY": {"fill_form", "change_household", "change_unit", "make_permanent", "lapse", "cancel"},
    "SUBMITTED": {"fill_form", "survey_first", "survey_second", "lose_member", "cancel"},
    "SURVEYED": {"request_verification", "lose_member", "cancel"},
    "VERIFYING": {"receive_report", "lose_member", "cancel"},
    "VERIFIED": {"assess", "lose_member", "cancel"},
    "GRADED": {"post_notice", "refuse", "lose_member", "cancel"},
    "NOTICED": {"raise_objection", "object", "approve_step", "approve", "refuse", "lose_member",
                "cancel"},
    "ACTIVE": {"fill_form", "confirm_paper", "update_facts", "change_household", "start_review", "suspend", "split",
               "take_in", "change_unit", "cancel"},
    "REVIEWING": {"fill_form", "confirm_paper", "keep", "propose_exit", "suspend", "split", "take_in", "change_unit",
                  "change_household", "cancel"},
    "EXITING": {"confirm_paper", "confirm_exit", "contest_exit", "cancel"},
    "SUSPENDED": {"confirm_paper", "resume", "cancel"},
    "OUT_OF_HARDSHIP": {"flag_relapse", "destroy"},
    "REFUSED": {"destroy"},
    "CANCELLED": {"destroy"},
    "DESTROYED": set(),
}


def test_the_table_is_the_one_of_the_manual() -> None:
    assert {state: set(HARDSHIP_FILE.allowed(state)) for state in HARDSHIP_FILE.states} == ALLOWED
    assert set(OPEN) == {state for state, commands in ALLOWED.items() if "cancel" in commands}


def test_an_authorisation_that_is_signed_tomorrow_is_told_so(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.give_head_a_card()
    body = {"authorisation_no": "SQ-1", "authorised_on": str(today() + timedelta(days=1)), "all_adults_signed": True,
            "may_publish": True}
    status, told = file.do("submit_hardship_file", OFFICER, **body)
    assert (status, told["code"], told["errors"][0]["pointer"]) == (422, "date-in-future", "/authorised_on")
    status, told = file.do("submit_hardship_file", OFFICER, **{**body, "all_adults_signed": False})
    assert (told["code"], told["errors"][0]["pointer"]) == ("authorisation-missing", "/all_adults_signed")
