"""The last item, the last place, the household's last share: asked for by many at once, on either database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Request
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.crowds import crowd
from tests.services.relief.goods.parcels import Parcels, given
from tests.services.relief.goods.stores import (
    COUNTY,
    DIRECTOR,
    KEEPER,
    NOBODY,
    adjust,
    assert_adds_up,
    path_of,
    read,
    shelved,
    step,
)
from tests.services.relief.orders.shop import AGENT, body_of, catalogue, offer
from tests.services.relief.schools.children import TERM, consented, school

TwoDesks = tuple[Desk, Desk]
PATIENCE = 5


def at_once(two: TwoDesks, asked: list[Request]) -> Counter[str]:
    """The codes of the answers to requests that set out together; "done" for those that worked."""
    start = Barrier(len(asked))

    def code(n: int, request: Request) -> str:
        start.wait()
        answer = two[n % 2].answer(request)
        for _ in range(PATIENCE):
            if answer.status != 503:
                break
            answer = two[n % 2].answer(request)  # a busy machine: the door says "try again", and so it is
        return str(json.loads(answer.body).get("code", "done"))

    with ThreadPoolExecutor(len(asked)) as pool:
        return Counter(pool.map(code, range(len(asked)), asked))


def create(operation: str, who: Caller, body: Mapping[str, Any]) -> Request:
    return Request(operation, who, {}, {}, json.dumps(body).encode(), new_id(), None)


def change(operation: str, who: Caller, record: dict[str, Any], **body: Any) -> Request:
    return Request(operation, who, path_of(record), {}, json.dumps(body).encode(), new_id(), record["version"])


@pytest.fixture
def migrants(desk: Callable[[str], Desk]) -> list[str]:
    membership = desk("membership")
    employer = people.employer(membership)
    return [people.worker(membership, employer) for _ in range(6)]


def test_the_last_items_are_given_once(two: TwoDesks, migrants: list[str]) -> None:
    lot = shelved(two[0], 3)
    bodies = [{"lot_id": lot["id"], "quantity": 1, "worker_id": worker_id} for worker_id in migrants]
    codes = at_once(two, [create("issue_goods", caller(Role.WINDOW_CLERK), body) for body in bodies])
    assert codes == {"done": 3, "stock-short": 3}
    assert read(two[1], lot)["on_hand"] == 0
    assert_adds_up(two[1])


def test_a_households_limit_holds_for_several_lots_at_once(two: TwoDesks, migrants: list[str]) -> None:
    lots = [shelved(two[0], 20) for _ in range(4)]
    bodies = [{"lot_id": lot["id"], "quantity": 5, "worker_id": migrants[0]} for lot in lots]
    assert at_once(two, [create("issue_goods", KEEPER, body) for body in bodies]) == {"done": 2, "household-limit": 2}
    assert_adds_up(two[0])


def test_orders_issues_and_disposals_share_one_stock(two: TwoDesks, desk: Callable[[str], Desk],
                                                     migrants: list[str]) -> None:
    lot = shelved(two[0], 4)
    things = offer(two[0], catalogue(two[0]), lot)
    members = [member(desk("membership")) for _ in range(3)]
    asked = [create("place_order", AGENT, body_of(worker_id, (things, 1))) for worker_id in members]
    asked += [create("issue_goods", KEEPER, {"lot_id": lot["id"], "quantity": 1, "worker_id": worker_id})
              for worker_id in migrants[:3]]
    codes = at_once(two, asked)
    assert codes == {"done": 4, "stock-short": 2}
    assert read(two[0], lot)["free"] == 0
    assert_adds_up(two[1])


def member(membership: Desk) -> str:
    officer = caller(Role.GRASSROOTS_OFFICER)
    worker_id = people.worker(membership, None)
    applied = membership.must("apply_membership", officer, body={"worker_id": worker_id})
    membership.must("admit_member", officer, path={"membership_id": applied["id"]}, version=applied["version"])
    return worker_id


def test_a_partners_last_item_is_ordered_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    cabbage = offer(two[0], catalogue(two[0]), available=2)
    asked = [create("place_order", AGENT, body_of(member(desk("membership")), (cabbage, 1))) for _ in range(5)]
    assert at_once(two, asked) == {"done": 2, "offer-sold-out": 3}


def test_the_last_place_is_given_once(two: TwoDesks, migrants: list[str]) -> None:
    place = school(two[0], quota=2)
    waiting = [consented(two[0], worker_id, n) for n, worker_id in enumerate(migrants, 1)]
    codes = at_once(two, [change("offer_school_place", KEEPER, request) for request in waiting])
    assert codes == {"done": 2, "no-place-left": 4}
    assert two[1].must("get_term_school", DIRECTOR, path={"school_id": place["id"]})["taken"] == 2


def test_two_confirm_one_disposal_once(two: TwoDesks) -> None:
    lot = shelved(two[0], 5)
    found = adjust(two[0], lot, kind="DISPOSAL", quantity=2)
    codes = at_once(two, [change("confirm_stock_adjustment", caller(Role.COUNTY_REVIEWER), found) for _ in range(2)])
    assert codes == {"done": 1, "stale-version": 1}
    assert read(two[0], lot)["disposed"] == 2
    assert_adds_up(two[0])


def test_one_order_is_dispatched_or_cancelled(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    lot = shelved(two[0], 5)
    things = offer(two[0], catalogue(two[0]), lot)
    made = two[0].must("place_order", AGENT, body=body_of(member(desk("membership")), (things, 2)))
    made = step(two[0], "pack_order", step(two[0], "confirm_order", made, AGENT))
    codes = at_once(two, [change("dispatch_order", KEEPER, made, vehicle="鲁B-1"),
                          change("cancel_order", AGENT, made, reason="改期")])
    assert codes == {"done": 1, "stale-version": 1}
    assert read(two[0], lot)["reserved"] == 0
    assert_adds_up(two[0])


def test_assigning_everybody_while_clerks_offer_keeps_the_quota(two: TwoDesks, migrants: list[str]) -> None:
    place = school(two[0], quota=3)
    waiting = [consented(two[0], worker_id, n) for n, worker_id in enumerate(migrants, 1)]
    asked = [create("assign_school_places", DIRECTOR, {"term": TERM, "stage": "PRIMARY"}) for _ in range(2)]
    asked += [change("offer_school_place", KEEPER, request) for request in waiting]
    codes = at_once(two, asked)
    assert set(codes) <= {"done", "no-place-left", "stale-version", "wrong-state"}
    offered = two[0].must("list_placement_requests", KEEPER, query={"state": "OFFERED"})["items"]
    assert len(offered) == 3
    assert two[1].must("get_term_school", DIRECTOR, path={"school_id": place["id"]})["taken"] == 3


def test_either_database_reads_the_same(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    """The statements that are written by hand."""
    relief, worker_id = two[0], member(desk("membership"))
    lot = shelved(relief, 10, unusable=1)
    things = offer(relief, catalogue(relief), lot)
    relief.must("place_order", AGENT, body=body_of(worker_id, (things, 2)))
    relief.must("issue_goods", KEEPER, body={"lot_id": lot["id"], "quantity": 3, "worker_id": worker_id})
    (row,) = relief.must("get_public_goods_summary", NOBODY)["items"]
    assert row == {"month": str(today())[:7], "goods_class": "CLOTHES", "received": 10, "issued": 3, "disposed": 0}
    (row,) = relief.must("get_goods_stock", DIRECTOR)["items"]
    assert (row["on_hand"], row["reserved"], row["held"], row["agrees"]) == (7, 2, 1, True)
    for who in (AGENT, caller(Role.WORKER, worker_id=worker_id)):
        assert relief.must("list_shop", who)["items"][0]["left"] == 4
    assert relief.must("list_public_receipts", NOBODY)["items"][0]["issued"] == 3
    assert [row["kind"] for row in relief.must("list_stock_movements", KEEPER, query={"sort": "number"})["items"]] == [
        "RECEIVED", "HELD", "RESERVED", "ISSUED"]
    relief.tick()


@pytest.mark.parametrize("change", ["UPDATE stock_movements SET quantity = 1", "DELETE FROM stock_movements"])
def test_either_database_keeps_movements_as_they_are(two: TwoDesks, change: str) -> None:
    shelved(two[0], 3)
    with pytest.raises(DBAPIError, match="append-only"), two[0].database.write() as connection:
        connection.execute(text(change))


def of_campaign(operation: str, who: Caller, case: Parcels, version: int | None, **body: Any) -> Request:
    return Request(operation, who, case.path, {}, json.dumps(body).encode(), new_id(), version)


def approval(case: Parcels) -> Request:
    return of_campaign("approve_goods_campaign", DIRECTOR, case, case.now["version"], document_no="W")


def test_two_campaigns_over_one_lot_never_reserve_more_than_is_there(two: TwoDesks) -> None:
    files, lot = crowd(two[0], 4), shelved(two[0], 5, "BOOK")
    cases = [Parcels(two[0], (lot, 2), filters={"file_ids": some}) for some in (files[:2], files[2:])]
    assert at_once(two, [approval(case) for case in cases]) == {"done": 1, "package-stock-short": 1}
    assert (read(two[1], lot)["reserved"], read(two[1], lot)["free"]) == (4, 1)
    assert_adds_up(two[1])


def test_lists_that_overlap_and_share_two_lots_give_each_household_one_package(two: TwoDesks) -> None:
    files, lots = crowd(two[0], 20), [shelved(two[0], 200, "BOOK"), shelved(two[0], 200)]
    packages = [((lots[n % 2], 1), (lots[1 - n % 2], 1)) for n in range(4)]
    cases = [Parcels(two[0], *package, filters={"file_ids": files[3 * n:3 * n + 11]})
             for n, package in enumerate(packages)]
    codes = at_once(two, [approval(case) for case in cases])
    assert set(codes) <= {"done", "goods-campaign-nobody-left"}, codes  # the others may have come for a whole list
    assert {read(two[1], lot)["reserved"] for lot in lots} == {20}
    assert_adds_up(two[1])


def test_the_shelf_is_shared_with_the_counter(two: TwoDesks, migrants: list[str]) -> None:
    crowd(two[0], 3)
    lot = shelved(two[0], 5, "BOOK")
    case = Parcels(two[0], (lot, 1))
    asked = [approval(case)] + [create("issue_goods", KEEPER, {"lot_id": lot["id"], "quantity": 1, "worker_id": one})
                                for one in migrants[:4]]
    codes = at_once(two, asked)
    assert codes["done"] + codes["stock-short"] + codes["package-stock-short"] == 5
    assert read(two[0], lot)["free"] == 5 - (3 if not codes["package-stock-short"] else 0) - read(two[0], lot)["issued"]
    assert_adds_up(two[0])


def test_a_package_is_handed_over_once_and_not_when_it_is_free_again(two: TwoDesks) -> None:
    crowd(two[0], 3)
    lot = shelved(two[0], 9, "BOOK")
    case = Parcels(two[0], (lot, 2))
    case.approve()
    first, second, third = case.lines()
    at_doors = [of_campaign("hand_over_packages", KEEPER, case, None, lines=[given(line)])
                for line in (first, first, second, second, third)]
    codes = at_once(two, at_doors)
    assert codes["done"] == 3
    assert codes["goods-line-not-waiting"] + codes["wrong-state"] == 2
    assert (read(two[1], lot)["issued"], read(two[1], lot)["reserved"]) == (6, 0)
    assert_adds_up(two[1])


def test_the_end_and_the_door_at_once(two: TwoDesks) -> None:
    crowd(two[0], 4)
    lot = shelved(two[0], 8, "BOOK")
    case = Parcels(two[0], (lot, 2))
    now = case.approve()
    asked = [of_campaign("hand_over_packages", KEEPER, case, None, lines=[given(line)]) for line in case.lines()[:3]]
    codes = at_once(two, [*asked, of_campaign("finish_goods_campaign", DIRECTOR, case, now["version"], reason="结束")])
    case.now = two[0].must("get_goods_campaign", COUNTY, path=case.path)
    assert set(codes) <= {"done", "wrong-state", "stale-version"}
    assert read(two[1], lot)["reserved"] == 2 * case.now["waiting_count"]
    assert read(two[1], lot)["issued"] == 2 * case.now["handed_count"]
    assert_adds_up(two[1])
