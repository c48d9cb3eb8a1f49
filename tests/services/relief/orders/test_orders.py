"""The care supermarket (网上、电话爱心超市): catalogue, orders with their stock, delivery, and the driver's list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.orders import orders
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Request
from shared.store.encryption import Encrypted
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import (
    DIRECTOR,
    KEEPER,
    NOBODY,
    assert_adds_up,
    give,
    not_given,
    read,
    refused,
    shelved,
    step,
)
from tests.services.relief.households import active
from tests.services.relief.orders.shop import (
    ADDRESS,
    AGENT,
    PAID,
    PARTNER,
    body_of,
    catalogue,
    dispatched,
    not_ordered,
    offer,
    order,
)
from tests.services.relief.platforms.shop import Shop


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def member(desk: Callable[[str], Desk]) -> str:
    """A worker who belongs to the union."""
    membership = desk("membership")
    worker_id = people.worker(membership, None)
    applied = membership.must("apply_membership", caller(Role.GRASSROOTS_OFFICER), body={"worker_id": worker_id})
    membership.must("admit_member", caller(Role.GRASSROOTS_OFFICER), path={"membership_id": applied["id"]},
                    version=applied["version"])
    return worker_id


def test_a_worker_orders_online_and_is_delivered(relief: Desk, member: str) -> None:
    lot = shelved(relief, 10)
    things = offer(relief, catalogue(relief), lot)
    me = caller(Role.WORKER, worker_id=member)
    (shown,) = relief.must("list_shop", me)["items"]
    assert (shown["id"], shown["left"], shown["catalogue_kind"]) == (things["id"], 10, "NEW_YEAR_GOODS")
    made = order(relief, None, (things, 3), by=me)
    assert (made["channel"], made["tier"], made["state"], made["worker_id"]) == ("ONLINE", "MEMBER", "ORDERED", member)
    assert read(relief, lot)["free"] == 7
    made = dispatched(relief, made)
    now = read(relief, lot)
    assert (now["issued"], now["reserved"], now["on_hand"]) == (3, 0, 7)
    made = step(relief, "deliver_order", made, PARTNER, signature_no="QS-1")
    assert made["state"] == "DELIVERED"
    assert_adds_up(relief)
    told = [t for t in relief.told() if "order" in t["type"]]
    assert [t["type"].split(".")[1] for t in told] == ["order_placed", "order_delivered"]
    assert not any(value in str(told) for value in (*ADDRESS.values(), member))


def test_a_partners_item_by_the_price_of_the_tier(relief: Desk, member: str, desk: Callable[[str], Desk],
                                                  on_day: Callable[[int], None]) -> None:
    cabbage = offer(relief, catalogue(relief, "WINTER_VEGETABLES"))
    assert order(relief, member, (cabbage, 2))["total_fen"] == 6_000
    head = people.worker(desk("membership"), None)
    active(relief, on_day, head)
    poor = order(relief, head, (cabbage, 2))
    assert (poor["tier"], poor["channel"], poor["total_fen"]) == ("HARDSHIP", "PHONE", 2_000)
    assert not_ordered(relief, member, (cabbage, 2)) == "offer-sold-out"
    step(relief, "cancel_order", poor, AGENT, reason="改期")
    order(relief, member, (cabbage, 3))
    found = relief.must("get_offer", KEEPER, path={"offer_id": cabbage["id"]})
    assert found["ordered"] == found["available"] == 5


def test_members_and_hardship_households_only(relief: Desk, desk: Callable[[str], Desk]) -> None:
    cabbage = offer(relief, catalogue(relief))
    assert not_ordered(relief, people.worker(desk("membership"), None), (cabbage, 1)) == "not-entitled"
    assert not_ordered(relief, new_id(), (cabbage, 1)) == "worker-unknown"
    assert not_ordered(relief, None, (cabbage, 1)) == "order-worker-missing"


def test_what_is_reserved_is_nobody_elses(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    lot = shelved(relief, 4, "BOOK")
    things = offer(relief, catalogue(relief), lot)
    made = order(relief, member, (things, 3))
    other = people.worker(desk("membership"), None)
    assert not_given(relief, lot, 2, worker_id=other)["code"] == "stock-short"
    assert not_ordered(relief, member, (things, 2)) == "stock-short"
    step(relief, "cancel_order", made, caller(Role.WORKER, worker_id=member), reason="不要了")
    give(relief, lot, 4, worker_id=other)
    assert_adds_up(relief)


def test_a_returned_order_brings_goods_back_to_be_looked_at(relief: Desk, member: str) -> None:
    lot = shelved(relief, 10)
    things = offer(relief, catalogue(relief), lot)
    made = dispatched(relief, order(relief, member, (things, 3)))
    made = step(relief, "bring_order_back", made, PARTNER, reason="家中无人")
    now = read(relief, lot)
    assert (made["state"], now["issued"], now["held"], now["free"]) == ("RETURNED", 0, 3, 7)
    assert relief.must("get_offer", KEEPER, path={"offer_id": things["id"]})["ordered"] == 0
    assert_adds_up(relief)


def test_one_limit_over_the_counter_and_by_order(relief: Desk, member: str) -> None:
    lot = shelved(relief, 50)
    things = offer(relief, catalogue(relief), lot, most_per_household=10)
    give(relief, lot, 5, worker_id=member)
    assert not_ordered(relief, member, (things, 8)) == "household-limit"
    made = order(relief, member, (things, 6))
    assert not_given(relief, lot, 2, worker_id=member)["params"]["left"] == 1
    assert not_ordered(relief, member, (things, 5)) == "offer-limit"
    step(relief, "cancel_order", made, AGENT, reason="改期")
    give(relief, lot, 7, worker_id=member)


def test_orders_only_while_the_catalogue_is_open(relief: Desk, member: str, on_day: Callable[[int], None]) -> None:
    period = catalogue(relief, days=3)
    cabbage = offer(relief, period)
    on_day(3)
    order(relief, member, (cabbage, 1))
    on_day(4)
    assert not_ordered(relief, member, (cabbage, 1)) == "catalogue-not-open"
    relief.tick()
    relief.tick()
    period = relief.must("get_catalogue", DIRECTOR, path={"catalogue_id": period["id"]})
    assert (period["state"], relief.must("list_shop", AGENT)["items"]) == ("CLOSED", [])
    assert refused(relief, "open_catalogue", period, DIRECTOR) == "wrong-state"


def test_a_withdrawn_item_and_one_named_twice(relief: Desk, member: str) -> None:
    period = catalogue(relief)
    cabbage, other = offer(relief, period), offer(relief, catalogue(relief))
    assert not_ordered(relief, member, (cabbage, 1), (cabbage, 1)) == "offer-twice"
    assert not_ordered(relief, member, (cabbage, 1), (other, 1)) == "order-two-catalogues"
    assert not_ordered(relief, member, ({"id": new_id()}, 1)) == "not-found"
    step(relief, "withdraw_offer", cabbage, KEEPER)
    assert not_ordered(relief, member, (cabbage, 1)) == "offer-withdrawn"
    assert relief.must("list_orders", KEEPER)["items"] == []


@pytest.mark.parametrize("more", [
    {"available": None}, {"partner_id": None}, {"hardship_fen": 3_001}, {"hardship_fen": 0}, {"source": "DONATED"}])
def test_an_item_is_donated_or_a_partners(relief: Desk, more: dict[str, Any]) -> None:
    body = {"catalogue_id": catalogue(relief)["id"], "source": "PARTNER", "goods_class": "FOOD", "title": "白菜",
            "partner_id": Shop(relief, signed=False).partner["id"], "member_fen": 3_000, "hardship_fen": 1_000,
            "available": 5, **more}
    assert relief.refused("add_offer", KEEPER, body=body)["code"] == "offer-incomplete"


def test_bad_input_leaves_nothing(relief: Desk, member: str) -> None:
    lot = shelved(relief, 5)
    things = offer(relief, catalogue(relief), lot)
    for more in ({"phone": "12345"}, {"address": ""}, {"items": []}, {"care_card_fen": -1},
                 {"items": [{"offer_id": things["id"], "quantity": 0}]}):
        body = {"worker_id": member, **ADDRESS, "items": [{"offer_id": things["id"], "quantity": 1}], **more}
        assert relief.do("place_order", AGENT, body=body)[0] == 422
    assert read(relief, lot)["free"] == 5
    past = {"kind": "ALWAYS", "name": "常年", "opens_on": "2020-01-01", "closes_on": "2020-02-01"}
    assert relief.refused("plan_catalogue", DIRECTOR, body=past)["code"] == "catalogue-period-impossible"


def test_who_sees_an_order(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    me = caller(Role.WORKER, worker_id=member)
    stranger = caller(Role.WORKER, worker_id=people.worker(desk("membership"), None))
    made = order(relief, None, (offer(relief, catalogue(relief)), 1), by=me)
    at = {"order_id": made["id"]}
    assert relief.must("get_order", me, path=at)["address"] == ADDRESS["address"]
    assert relief.refused("get_order", stranger, path=at)["code"] == "not-found"
    assert "address" not in relief.must("list_orders", me)["items"][0]
    assert relief.must("list_orders", stranger)["items"] == []
    stored = Encrypted.stored(orders.c.address)
    with relief.database.read() as connection:
        assert "幸福路" not in connection.execute(select(stored)).scalar_one()
    body = {"worker_id": member, **ADDRESS, "items": [{"offer_id": new_id(), "quantity": 1}]}
    assert relief.refused("place_order", stranger, body=body)["code"] == "not-found"


def test_the_driver_gets_what_a_driver_needs(relief: Desk, member: str) -> None:
    lot = shelved(relief, 10)
    things = offer(relief, catalogue(relief), lot)
    made = order(relief, member, (things, 2))
    step(relief, "pack_order", step(relief, "confirm_order", made, AGENT), PARTNER)
    answer = relief.answer(Request("download_delivery_route", PARTNER, query={"township": ADDRESS["township"]}))
    rows = list(load_workbook(BytesIO(answer.body)).active.iter_rows(values_only=True))
    assert rows[1][:6] == (ADDRESS["township"], made["order_no"], ADDRESS["recipient"], ADDRESS["phone"],
                           ADDRESS["address"], "棉衣 × 2")
    assert len(rows) == 2
    other = relief.answer(Request("download_delivery_route", PARTNER, query={"township": "别处"}))
    assert len(list(load_workbook(BytesIO(other.body)).active.iter_rows())) == 1


def test_expired_goods_are_not_sent(relief: Desk, member: str, on_day: Callable[[int], None]) -> None:
    lot = shelved(relief, 5, "FOOD", expires_on=str(today() + timedelta(days=2)))
    made = step(relief, "confirm_order", order(relief, member, (offer(relief, catalogue(relief), lot), 2)), AGENT)
    on_day(3)
    relief.tick()
    assert refused(relief, "pack_order", made, PARTNER) == "goods-expired"
    step(relief, "cancel_order", made, AGENT, reason="过期")
    assert read(relief, lot)["free"] == 5
    assert_adds_up(relief)


def test_the_database_refuses_to_oversell(relief: Desk) -> None:
    offer(relief, catalogue(relief))
    with pytest.raises(DBAPIError, match="offers"), relief.database.write() as connection:
        connection.execute(text("UPDATE offers SET ordered = available + 1"))


def test_orders_count_in_the_public_summary_without_names(relief: Desk, member: str) -> None:
    lot = shelved(relief, 10)
    dispatched(relief, order(relief, member, (offer(relief, catalogue(relief), lot), 3)))
    (row,) = relief.must("get_public_goods_summary", NOBODY)["items"]
    assert (row["received"], row["issued"]) == (10, 3)


def test_a_worker_orders_from_the_centres_above_and_no_other(relief: Desk, member: str) -> None:
    city, other = (caller(Role.CENTRE_DIRECTOR, org_path=path) for path in ("/37/3702/", "/37/3703/"))
    made = {}
    for who in (city, other):
        body = {"kind": "ALWAYS", "name": "常年目录", "opens_on": str(today()), "closes_on": str(today())}
        period = step(relief, "open_catalogue", relief.must("plan_catalogue", who, body=body), who)
        made[who.org_path] = relief.must("add_offer", who, body={
            "catalogue_id": period["id"], **PAID, "partner_id": Shop(relief, at=who.org_path).partner["id"]})
    me = caller(Role.WORKER, worker_id=member)
    assert [row["id"] for row in relief.must("list_shop", me)["items"]] == [made["/37/3702/"]["id"]]
    assert not_ordered(relief, None, (made["/37/3703/"], 1), by=me) == "not-found"
    assert order(relief, None, (made["/37/3702/"], 1), by=me)["org_path"] == "/37/3702/"


def test_an_order_repeated_with_its_key_is_one_order(relief: Desk, member: str) -> None:
    lot = shelved(relief, 10)
    body = body_of(member, (offer(relief, catalogue(relief), lot), 3))
    one, two = (relief.must("place_order", AGENT, body=body, key="key-1") for _ in range(2))
    assert one["id"] == two["id"]
    assert read(relief, lot)["reserved"] == 3


def test_a_change_is_in_the_audit_trail_without_the_address(relief: Desk, member: str) -> None:
    step(relief, "confirm_order", order(relief, member, (offer(relief, catalogue(relief)), 1)), AGENT)
    with relief.database.read() as connection:
        told = connection.execute(text("SELECT action, detail FROM audit")).all()
    details = {row.action: row.detail for row in told}
    assert '"state": ["ORDERED", "CONFIRMED"]' in details["confirm_order"]
    assert not any(ADDRESS[name] in row.detail for row in told for name in ("recipient", "phone", "address"))
