"""Who sees and does what: other units, and workers in their own matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.mediation.town import MEDIATOR, Town

ELSEWHERE = "/37/3702/370203/"


@pytest.fixture
def town(desk: Callable[[str], Desk]) -> Town:
    return Town(desk)


def me(worker_id: str) -> object:
    return caller(Role.WORKER, worker_id=worker_id)


def test_another_unit_finds_nothing(town: Town) -> None:
    dispute, stranger = town.open([100]), caller(Role.MEDIATOR, org_path=ELSEWHERE)
    path = {"dispute_id": dispute["id"]}
    assert town.mediation.do("get_dispute", stranger, path=path)[0] == 404
    assert town.mediation.must("list_disputes", stranger)["items"] == []
    assert town.mediation.do("reject_dispute", stranger, path=path, body={"reason": "x"})[0] == 404
    assert town.mediation.do("open_dispute", stranger, body=town.new_dispute(org_path="/37/3702/370202/"))[0] == 404


def test_a_worker_sees_the_case_but_only_their_own_claim(town: Town) -> None:
    dispute = town.requested([1000, 2000], 500)
    mine = dispute["claims"][1]["worker_id"]
    seen = town.read(dispute, me(mine))
    assert [claim["worker_id"] for claim in seen["claims"]] == [mine]
    assert seen["advances"] == []
    assert (seen["headcount"], seen["state"]) == (2, "IN_MEDIATION")


def test_a_worker_lists_only_own_cases(town: Town) -> None:
    first, second = town.open([100]), town.open([200, 300])
    listed = town.mediation.must("list_disputes", me(second["claims"][0]["worker_id"]))["items"]
    assert [row["id"] for row in listed] == [second["id"]]
    assert town.mediation.do("get_dispute", me(second["claims"][0]["worker_id"]),
                             path={"dispute_id": first["id"]})[0] == 404


def test_a_worker_applies_for_themself(town: Town) -> None:
    mine, other = town.workers(2)
    body = town.new_dispute(claimants=town.claims([100], [mine]))
    opened = town.mediation.must("open_dispute", me(mine), body=body)
    assert opened["headcount"] == 1
    body = town.new_dispute(claimants=town.claims([100], [other]))
    assert town.mediation.refused("open_dispute", me(mine), body=body)["code"] == "only-own-dispute"


def test_one_of_many_cannot_withdraw_the_case_of_all(town: Town) -> None:
    many, alone = town.open([100, 200]), town.open([100])
    problem = town.refused("withdraw_dispute", many, {"reason": "x"}, me(many["claims"][0]["worker_id"]))
    assert problem["code"] == "only-own-dispute"
    withdrawn = town.step("withdraw_dispute", alone, {"reason": "已自行解决"}, me(alone["claims"][0]["worker_id"]))
    assert withdrawn["state"] == "WITHDRAWN"


def test_lists_are_filtered_sorted_and_paged(town: Town) -> None:
    first, second = town.accepted([100]), town.open([200])
    worker_id = second["claims"][0]["worker_id"]
    for query, expected in (({"state": "ACCEPTED"}, first), ({"case_no": first["case_no"]}, first),
                            ({"worker_id": worker_id}, second), ({"sort": "-created_at", "limit": "1"}, second)):
        rows = town.mediation.must("list_disputes", MEDIATOR, query=query)["items"]
        assert [row["id"] for row in rows] == [expected["id"]], query
    page = town.mediation.must("list_disputes", MEDIATOR, query={"sort": "applied_on", "limit": "1"})
    rest = town.mediation.must("list_disputes", MEDIATOR, query={"sort": "applied_on", "limit": "1",
                                                                 "cursor": page["next_cursor"]})
    assert {page["items"][0]["id"], rest["items"][0]["id"]} == {first["id"], second["id"]}
    both = town.mediation.must("list_disputes", MEDIATOR, query={"employer_id": town.employer_id})
    assert (len(both["items"]), both["next_cursor"]) == (2, None)


def test_other_services_learn_only_facts(town: Town) -> None:
    dispute = town.in_mediation([100])
    told = town.mediation.outside.ask("mediation", "describe_disputes", {"dispute_ids": [dispute["id"]]})["disputes"]
    assert [set(one) for one in told] == [{"dispute_id", "org_path", "employer_id", "state", "limitation_on",
                                           "mediator_account_ids"}]
    assert len(told[0]["mediator_account_ids"]) == 1
