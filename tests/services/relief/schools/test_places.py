"""School places (爱心学校): quota, consent, nearness, the answer of the family, the list for the bureau."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.schools import placement_requests
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Request
from shared.store.encryption import Encrypted
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import COUNTY, DIRECTOR, KEEPER, refused, step
from tests.services.relief.schools.children import TERM, body_of, consented, enrolled, request_of, school


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def migrant(desk: Callable[[str], Desk]) -> str:
    membership = desk("membership")
    return people.worker(membership, people.employer(membership))


def test_from_request_to_school(relief: Desk, migrant: str) -> None:
    place = school(relief, quota=2)
    made = request_of(relief, migrant, 1, ways=[{"school_id": place["id"], "metres": 300}])
    assert (made["state"], made["basis"]) == ("REQUESTED", "MIGRANT")
    assert refused(relief, "offer_school_place", made) == "wrong-state"
    made = step(relief, "consent_to_placement", made, consent_no="TY-1", consented_on=str(today()))
    made = step(relief, "offer_school_place", made)
    assert (made["state"], made["school_id"]) == ("OFFERED", place["id"])
    made = step(relief, "accept_school_place", made)
    made = step(relief, "enrol_child", made)
    assert made["state"] == "ENROLLED"
    assert taken(relief, place) == 1
    names = [told["type"].split(".")[1] for told in relief.told()]
    assert names == ["school_place_requested", "school_place_consented", "school_place_offered",
                     "school_place_enrolled"]
    assert "小朋友" not in str(relief.told())
    assert people.resident_id(200_001) not in str(relief.told())


def test_a_child_who_leaves_gives_the_place_back(relief: Desk, migrant: str) -> None:
    place = school(relief, quota=1)
    made = enrolled(relief, migrant, 1, place)
    for day in (today() - timedelta(days=1), today() + timedelta(days=1)):
        told = refused(relief, "leave_school", made, left_on=str(day), reason="随父母返乡")
        assert told == "school-left-on-impossible"
    made = step(relief, "leave_school", made, left_on=str(today()), reason="随父母返乡")
    assert (made["state"], made["left_on"], made["reason"]) == ("WITHDRAWN", str(today()), "随父母返乡")
    assert taken(relief, place) == 0
    assert enrolled(relief, migrant, 1, place)["state"] == "ENROLLED"


def taken(relief: Desk, place: dict[str, Any]) -> int:
    return int(relief.must("get_term_school", DIRECTOR, path={"school_id": place["id"]})["taken"])


def test_the_childs_data_lies_encrypted_and_out_of_lists(relief: Desk, migrant: str) -> None:
    request_of(relief, migrant, 1)
    stored = Encrypted.stored(placement_requests.c.child_name)
    with relief.database.read() as connection:
        assert "小朋友" not in connection.execute(select(stored)).scalar_one()
    assert "child_name" not in relief.must("list_placement_requests", KEEPER)["items"][0]


def test_a_place_needs_consent_that_was_given(relief: Desk, migrant: str) -> None:
    school(relief)
    made = request_of(relief, migrant, 1)
    assert refused(relief, "consent_to_placement", made, consent_no="TY-1", consented_on="2999-01-01") == \
        "guardian-consent-missing"


def test_the_nearest_school_with_a_place(relief: Desk, migrant: str) -> None:
    near, far = school(relief, "近", quota=1), school(relief, "远", quota=5)
    ways = [{"school_id": near["id"], "metres": 200}, {"school_id": far["id"], "metres": 900}]
    first, second = (step(relief, "offer_school_place", consented(relief, migrant, n, ways=ways)) for n in (1, 2))
    assert (first["school_id"], second["school_id"]) == (near["id"], far["id"])


def test_without_a_measured_way_the_same_district_is_nearest(relief: Desk, migrant: str) -> None:
    school(relief, "邻区", division="370203")
    same = school(relief, "本街道", division="370202001")
    made = consented(relief, migrant, 1, division="370202001")
    assert step(relief, "offer_school_place", made)["school_id"] == same["id"]


def test_no_place_no_offer(relief: Desk, migrant: str) -> None:
    place = school(relief, quota=1)
    step(relief, "offer_school_place", consented(relief, migrant, 1))
    waiting = consented(relief, migrant, 2)
    assert refused(relief, "offer_school_place", waiting) == "no-place-left"
    assert refused(relief, "offer_school_place", waiting, school_id=new_id()) == "school-not-possible"
    assert refused(relief, "offer_school_place", waiting, school_id=place["id"]) == "no-place-left"
    assert taken(relief, place) == 1


def test_a_place_that_is_declined_or_withdrawn_is_free_again(relief: Desk, migrant: str) -> None:
    place = school(relief, quota=1)
    one = step(relief, "offer_school_place", consented(relief, migrant, 1))
    two = consented(relief, migrant, 2)
    one = step(relief, "decline_school_place", one, reason="太远")
    assert (one["state"], taken(relief, place)) == ("DECLINED", 0)
    two = step(relief, "accept_school_place", step(relief, "offer_school_place", two))
    assert refused(relief, "offer_school_place", one) == "no-place-left"
    step(relief, "withdraw_placement_request", two, reason="回原籍就读")
    assert step(relief, "offer_school_place", one)["state"] == "OFFERED"
    assert request_of(relief, migrant, 2)["state"] == "REQUESTED"


def test_an_offer_is_kept_for_some_days(relief: Desk, migrant: str, on_day: Callable[[int], None]) -> None:
    place = school(relief, quota=1)
    made = step(relief, "offer_school_place", consented(relief, migrant, 1))
    on_day(7)
    relief.tick()
    assert taken(relief, place) == 1
    on_day(8)
    assert refused(relief, "accept_school_place", made) == "place-offer-passed"
    relief.tick()
    relief.tick()
    assert taken(relief, place) == 0
    assert relief.must("get_placement_request", KEEPER, path={"request_id": made["id"]})["state"] == "DECLINED"


def test_everybody_who_waits_is_placed_by_the_rule(relief: Desk, migrant: str) -> None:
    one, two = school(relief, "一小", quota=2), school(relief, "二小", quota=1)
    metres = {1: (500, 900), 2: (100, 800), 3: (200, 700), 4: (300, 100)}
    made = {n: consented(relief, migrant, n, ways=[{"school_id": one["id"], "metres": a},
                                                   {"school_id": two["id"], "metres": b}])
            for n, (a, b) in metres.items()}
    found = relief.must("assign_school_places", DIRECTOR, body={"term": TERM, "stage": "PRIMARY"})
    assert (found["offered"], found["waiting"], found["more"]) == (3, 1, False)
    at = {n: relief.must("get_placement_request", KEEPER, path={"request_id": r["id"]})["school_id"]
          for n, r in made.items()}
    assert at == {1: None, 2: one["id"], 3: one["id"], 4: two["id"]}


def test_one_request_for_a_child_and_term(relief: Desk, migrant: str) -> None:
    request_of(relief, migrant, 1)
    assert not_requested(relief, migrant, 1) == "child-has-request"


def not_requested(relief: Desk, worker_id: str, child: int, **more: Any) -> str:
    return str(relief.refused("request_school_place", KEEPER, body=body_of(worker_id, child, **more))["code"])


def test_for_children_of_migrants_and_hardship_households_only(relief: Desk, desk: Callable[[str], Desk]) -> None:
    resident = people.worker(desk("membership"), None, registration="LOCAL_URBAN")
    assert not_requested(relief, resident, 1) == "school-basis-not-met"
    assert not_requested(relief, new_id(), 1) == "worker-unknown"


def test_bad_input(relief: Desk, migrant: str) -> None:
    for more in ({"term": "2026-WINTER"}, {"child_id_number": "370202199001011234"}, {"division": "37"},
                 {"stage": "UNIVERSITY"}, {"ways": [{"school_id": new_id(), "metres": -1}]}):
            assert relief.do("request_school_place", KEEPER, body=body_of(migrant, 1, **more))[0] == 422
    assert not_requested(relief, migrant, 1, term="2009-SPRING") == "term-past"
    assert not_requested(relief, migrant, 1, ways=[{"school_id": new_id(), "metres": 5}]) == "school-not-possible"
    assert relief.must("list_placement_requests", KEEPER)["items"] == []


def test_the_quota_can_change_but_not_below_what_is_taken(relief: Desk, migrant: str) -> None:
    place = school(relief, quota=2)
    step(relief, "offer_school_place", consented(relief, migrant, 1))
    place = relief.must("get_term_school", DIRECTOR, path={"school_id": place["id"]})
    assert refused(relief, "change_school_quota", place, DIRECTOR, quota=0) == "quota-below-taken"
    place = step(relief, "change_school_quota", place, DIRECTOR, quota=1)
    place = step(relief, "close_term_school", place, DIRECTOR)
    assert (place["state"], place["free"]) == ("CLOSED", 0)
    again = {"term": TERM, "name": place["name"], "stage": "PRIMARY", "division": "370202", "quota": 1}
    assert relief.refused("add_term_school", DIRECTOR, body=again)["code"] == "school-term-known"
    with pytest.raises(DBAPIError, match="term_schools"), relief.database.write() as connection:
        connection.execute(text("UPDATE term_schools SET taken = quota + 1"))


def test_a_guardian_acts_for_the_own_child_only(relief: Desk, migrant: str, desk: Callable[[str], Desk]) -> None:
    school(relief)
    me = caller(Role.WORKER, worker_id=migrant)
    stranger = caller(Role.WORKER, worker_id=people.worker(desk("membership"), None))
    made = request_of(relief, migrant, 1, by=me)
    assert refused(relief, "consent_to_placement", made, stranger, consent_no="T", consented_on=str(today())) == \
        "not-found"
    made = step(relief, "consent_to_placement", made, me, consent_no="T", consented_on=str(today()))
    made = step(relief, "offer_school_place", made)
    assert step(relief, "accept_school_place", made, me)["state"] == "ACCEPTED"
    assert len(relief.must("list_placement_requests", me)["items"]) == 1
    assert relief.must("list_placement_requests", stranger)["items"] == []
    assert relief.refused("request_school_place", stranger, body=body_of(migrant, 2))["code"] == "not-found"


def test_the_bureaus_list_is_a_workbook(relief: Desk, migrant: str) -> None:
    school(relief, "=1+1 小学", quota=2)
    step(relief, "offer_school_place", consented(relief, migrant, 1))
    consented(relief, migrant, 2)
    answer = relief.answer(Request("download_school_list", COUNTY, query={"term": TERM}))
    assert answer.status == 200
    rows = list(load_workbook(BytesIO(answer.body)).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][1:2] + rows[1][4:6] == ("'=1+1 小学", "小朋友1", people.resident_id(200_001))
    assert load_workbook(BytesIO(answer.body)).active["B2"].data_type == "s"
    far = relief.answer(Request("download_school_list", caller(Role.COUNTY_REVIEWER, org_path="/44/")))
    assert len(list(load_workbook(BytesIO(far.body)).active.iter_rows())) == 1
