"""The care garden (爱心互助园地): from receipt to shelf, to a household and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.goods import donation_lots
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.store.encryption import Encrypted
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import (
    BOTH,
    COUNTY,
    DIRECTOR,
    KEEPER,
    NOBODY,
    adjust,
    assert_adds_up,
    give,
    not_given,
    read,
    received,
    refused,
    shelved,
    step,
)
from tests.services.relief.households import active

TODAY = str(today())


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def worker_id(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def test_from_receipt_to_a_worker(relief: Desk, worker_id: str) -> None:
    lot = shelved(relief, 10, unusable=2)
    assert (lot["state"], lot["on_hand"], lot["held"], lot["free"]) == ("SHELVED", 10, 2, 8)
    issue = give(relief, lot, 3, worker_id=worker_id)
    assert issue["state"] == "ISSUED"
    assert (issue["worker_id"], issue["file_id"]) == (worker_id, None)
    assert read(relief, lot)["free"] == 5
    (waste,) = relief.must("list_stock_adjustments", DIRECTOR)["items"]
    step(relief, "confirm_stock_adjustment", waste, DIRECTOR)
    now = read(relief, lot)
    assert (now["received"], now["issued"], now["disposed"], now["on_hand"]) == (10, 3, 2, 5)
    assert_adds_up(relief)
    kinds = [row["kind"] for row in relief.must("list_stock_movements", KEEPER, query={"sort": "number"})["items"]]
    assert kinds == ["RECEIVED", "HELD", "ISSUED", "DISPOSED"]
    assert [told["type"].split(".")[1] for told in relief.told()] == [
        "donation_received", "goods_shelved", "goods_issued", "stock_adjusted"]
    assert worker_id not in str(relief.told())


@pytest.mark.parametrize("goods_class", ["CLOTHES", "NECESSITY", "APPLIANCE", "OTHER"])
def test_what_must_be_disinfected_is_not_sorted_before(relief: Desk, goods_class: str) -> None:
    lot = received(relief, 4, goods_class)
    grades = [{"grade": "A", "category": "成人", "quantity": 4}]
    assert refused(relief, "sort_lot", lot, grades=grades) == "not-disinfected"
    assert read(relief, lot)["state"] == "RECEIVED"


def test_only_what_is_on_the_shelf_is_given_out(relief: Desk, worker_id: str) -> None:
    lot = received(relief, 4)
    assert not_given(relief, lot, 1, worker_id=worker_id)["code"] == "wrong-state"
    lot = step(relief, "disinfect_lot", lot, method="紫外线", on=TODAY)
    assert not_given(relief, lot, 1, worker_id=worker_id)["code"] == "wrong-state"
    assert_adds_up(relief)


def test_no_more_is_given_than_there_is(relief: Desk, worker_id: str) -> None:
    lot = shelved(relief, 5, "BOOK")
    assert not_given(relief, lot, 6, worker_id=worker_id)["code"] == "stock-short"
    assert give(relief, lot, 5, worker_id=worker_id)
    assert not_given(relief, lot, 1, worker_id=worker_id)["code"] == "stock-short"


def test_a_household_has_one_limit_whoever_comes(relief: Desk, desk: Callable[[str], Desk],
                                                 on_day: Callable[[int], None]) -> None:
    head, spouse = (people.worker(desk("membership"), None) for _ in range(2))
    file = active(relief, on_day, head, spouse)
    lot, other = shelved(relief, 50), shelved(relief, 50)
    give(relief, lot, 5, file_id=file.now["id"])
    assert give(relief, other, 4, worker_id=spouse)["file_id"] == file.now["id"]
    problem = not_given(relief, lot, 4, worker_id=head)
    assert (problem["code"], problem["params"]["left"]) == ("household-limit", 3)
    give(relief, lot, 3, worker_id=head)
    on_day(30 + 89)
    assert not_given(relief, lot, 1, worker_id=head)["code"] == "household-limit"
    on_day(30 + 90)
    give(relief, lot, 12, worker_id=head)


def test_what_came_back_does_not_count(relief: Desk, worker_id: str) -> None:
    lot = shelved(relief, 30)
    issue = give(relief, lot, 12, worker_id=worker_id)
    issue = step(relief, "return_goods", issue, quantity=5, reason="尺码不合")
    assert issue["state"] == "PARTLY_RETURNED"
    assert refused(relief, "return_goods", issue, quantity=8, reason="尺码不合") == "returned-too-much"
    give(relief, lot, 5, worker_id=worker_id)
    assert step(relief, "return_goods", issue, quantity=7, reason="尺码不合")["state"] == "RETURNED"
    assert_adds_up(relief)


def test_what_came_back_is_disinfected_again(relief: Desk, worker_id: str) -> None:
    lot = shelved(relief, 10)
    step(relief, "return_goods", give(relief, lot, 4, worker_id=worker_id), quantity=4, reason="不需要")
    lot = read(relief, lot)
    assert (lot["on_hand"], lot["held"], lot["free"]) == (10, 4, 6)
    assert refused(relief, "release_held_goods", lot, quantity=4) == "not-disinfected"
    again = {"method": "臭氧熏蒸", "on": TODAY}
    assert refused(relief, "release_held_goods", lot, quantity=5, disinfection=again) == "nothing-held"
    assert step(relief, "release_held_goods", lot, quantity=4, disinfection=again)["free"] == 10


def test_the_donors_wish_binds(relief: Desk, desk: Callable[[str], Desk], on_day: Callable[[int], None]) -> None:
    migrant = people.worker(desk("membership"), people.employer(desk("membership")))
    resident = people.worker(desk("membership"), None, registration="LOCAL_URBAN")
    for_files = shelved(relief, 10, intended_for="HARDSHIP_HOUSEHOLDS", intent="给困难职工家庭")
    for_migrants = shelved(relief, 10, intended_for="MIGRANT_WORKERS")
    assert not_given(relief, for_files, 1, worker_id=migrant)["code"] == "donor-intent-forbids"
    assert not_given(relief, for_migrants, 1, worker_id=resident)["code"] == "donor-intent-forbids"
    give(relief, for_migrants, 1, worker_id=migrant)
    file = active(relief, on_day, resident)
    give(relief, for_files, 1, file_id=file.now["id"])


def test_food_has_a_last_day_and_is_blocked_after_it(relief: Desk, worker_id: str,
                                                     on_day: Callable[[int], None]) -> None:
    body = {"goods_class": "FOOD", "title": "大米", "unit": "BAG", "quantity": 3, "condition": "NEW"}
    assert relief.refused("receive_donation", KEEPER, body=body)["code"] == "expiry-missing"
    past = {**body, "expires_on": str(today() - timedelta(days=1))}
    assert relief.refused("receive_donation", KEEPER, body=past)["code"] == "goods-expired"
    lot = shelved(relief, 3, "FOOD", expires_on=str(today() + timedelta(days=5)))
    on_day(5)
    give(relief, lot, 1, worker_id=worker_id)
    on_day(6)
    assert not_given(relief, lot, 1, worker_id=worker_id)["code"] == "goods-expired"
    relief.tick()
    relief.tick()
    lot = read(relief, lot)
    assert lot["state"] == "EXPIRED"
    assert [told["data"]["quantity"] for told in relief.told("goods_expired")] == [2]
    step(relief, "confirm_stock_adjustment", adjust(relief, lot, kind="DISPOSAL", quantity=2), DIRECTOR)
    assert read(relief, lot)["on_hand"] == 0


def test_two_people_dispose(relief: Desk) -> None:
    lot = shelved(relief, 10)
    proposed = relief.must("propose_stock_adjustment", BOTH,
                           body={"lot_id": lot["id"], "kind": "DISPOSAL", "quantity": 4, "reason": "霉变"})
    assert read(relief, lot)["free"] == 6
    assert refused(relief, "confirm_stock_adjustment", proposed, BOTH) == "separation-of-duty"
    done = step(relief, "confirm_stock_adjustment", proposed, COUNTY)
    assert (done["state"], done["difference"], read(relief, lot)["disposed"]) == ("CONFIRMED", -4, 4)
    assert refused(relief, "confirm_stock_adjustment", done, COUNTY) == "wrong-state"
    assert refused(relief, "reject_stock_adjustment", done, COUNTY, note="迟了") == "wrong-state"


def test_a_rejected_disposal_goes_back_onto_the_shelf(relief: Desk) -> None:
    lot = shelved(relief, 10, "BOOK")
    step(relief, "reject_stock_adjustment", adjust(relief, lot, kind="DISPOSAL", quantity=4), DIRECTOR, note="可用")
    assert step(relief, "release_held_goods", read(relief, lot), quantity=4)["free"] == 10


@pytest.mark.parametrize(("counted", "kind"), [(12, "FOUND"), (7, "LOST")])
def test_a_stock_take_corrects_the_books_by_a_movement(relief: Desk, worker_id: str, counted: int, kind: str) -> None:
    lot = shelved(relief, 10)
    taken = adjust(relief, lot, kind="STOCK_TAKE", counted=counted)
    give(relief, lot, 2, worker_id=worker_id)
    step(relief, "confirm_stock_adjustment", taken, DIRECTOR)
    assert read(relief, lot)["on_hand"] == counted - 2
    assert len(relief.must("list_stock_movements", KEEPER, query={"kind": kind})["items"]) == 1
    assert_adds_up(relief)


def test_an_adjustment_says_what_it_adjusts(relief: Desk) -> None:
    lot = shelved(relief, 10)
    for body, code in (({"kind": "DISPOSAL"}, "count-missing"),
                       ({"kind": "STOCK_TAKE", "quantity": 1}, "count-missing"),
                       ({"kind": "STOCK_TAKE", "counted": 10}, "no-difference"),
                       ({"kind": "DISPOSAL", "quantity": 11}, "stock-short"),
                       ({"kind": "DISPOSAL", "quantity": 1, "from_held": True}, "nothing-held")):
        sent = {"lot_id": lot["id"], "reason": "盘点", **body}
        assert relief.refused("propose_stock_adjustment", KEEPER, body=sent)["code"] == code


@pytest.mark.parametrize(("more", "status", "code"), [
    ({"quantity": 0}, 422, "content-invalid"),
    ({"quantity": -1}, 422, "content-invalid"),
    ({"quantity": "3"}, 422, "content-invalid"),
    ({"goods_class": "GOLD"}, 422, "content-invalid"),
    ({"donor_phone": "123"}, 422, "content-invalid"),
    ({"is_anonymous": False}, 422, "donor-name-missing"),
    ({"donor_name": "李某"}, 422, "donor-anonymous"),
    ({"received_on": "2999-01-01"}, 422, "date-in-future"),
])
def test_a_wrong_receipt_leaves_nothing(relief: Desk, more: dict[str, Any], status: int, code: str) -> None:
    body = {"goods_class": "BOOK", "title": "图书", "unit": "PIECE", "quantity": 3, "condition": "GOOD", **more}
    got, problem = relief.do("receive_donation", KEEPER, body=body)
    assert got == status
    assert problem["code"] == code or code == "content-invalid"
    assert relief.must("list_donation_lots", KEEPER)["items"] == []
    assert relief.must("list_stock_movements", KEEPER)["items"] == []


def test_sorting_must_account_for_every_piece(relief: Desk) -> None:
    lot = step(relief, "disinfect_lot", received(relief, 5), method="紫外线", on=TODAY)
    grades = [{"grade": "A", "category": "成人", "quantity": 3}]
    assert refused(relief, "sort_lot", lot, grades=grades, unusable=1) == "sorted-sum-wrong"
    assert refused(relief, "sort_lot", lot, grades=grades, unusable=3) == "sorted-sum-wrong"
    tomorrow = str(today() + timedelta(days=1))
    assert refused(relief, "disinfect_lot", received(relief, 5), method="紫外线", on=tomorrow) == \
        "disinfection-day-impossible"


def test_for_whom(relief: Desk, worker_id: str, desk: Callable[[str], Desk]) -> None:
    lot = shelved(relief, 5)
    assert not_given(relief, lot, 1)["code"] == "recipient-unclear"
    assert not_given(relief, lot, 1, worker_id=worker_id, file_id=new_id())["code"] == "recipient-unclear"
    assert not_given(relief, lot, 1, worker_id=new_id())["code"] == "worker-unknown"
    assert not_given(relief, lot, 1, file_id=new_id())["code"] == "not-found"
    assert not_given(relief, {"id": new_id()}, 1, worker_id=worker_id)["code"] == "not-found"


def test_the_donor_is_encrypted_and_shown_as_agreed(relief: Desk) -> None:
    named = received(relief, 4, is_anonymous=False, donor_name="王建国", donor_phone="13800138000",
                     name_may_be_published=True)
    masked = received(relief, 4, is_anonymous=False, donor_name="赵小明")
    anonymous = received(relief, 4)
    shown = {row["receipt_no"]: row for row in relief.must("list_public_receipts", NOBODY)["items"]}
    assert [shown[lot["receipt_no"]]["donor"] for lot in (named, masked, anonymous)] == ["王建国", "赵**", "匿名捐赠人"]
    assert "donor_name" not in relief.must("list_donation_lots", KEEPER)["items"][0]
    assert read(relief, named)["donor_name"] == "王建国"
    found = relief.must("list_public_receipts", NOBODY, query={"receipt_no": masked["receipt_no"]})["items"]
    assert len(found) == 1
    stored = Encrypted.stored(donation_lots.c.donor_name)
    with relief.database.read() as connection:
        raw = connection.execute(select(stored).where(stored.is_not(None))).scalars().all()
    assert len(raw) == 2
    assert not any("王" in value or "赵" in value for value in raw)
    assert "建国" not in str(relief.told())


def test_the_public_sees_what_came_in_and_went_out(relief: Desk, worker_id: str) -> None:
    lot = shelved(relief, 20, unusable=2)
    issue = give(relief, lot, 8, worker_id=worker_id)
    step(relief, "return_goods", issue, quantity=3, reason="不需要")
    summary = relief.must("get_public_goods_summary", NOBODY)
    assert summary["items"] == [{"month": TODAY[:7], "goods_class": "CLOTHES", "received": 20, "issued": 5,
                                 "disposed": 0}]
    elsewhere = relief.must("get_public_goods_summary", NOBODY, query={"org_path": "/44/"})
    assert elsewhere["items"] == []
    assert relief.must("get_public_goods_summary", NOBODY, query={"year": "2020"})["items"] == []


def test_pages_filters_and_places(relief: Desk) -> None:
    for n in range(5):
        received(relief, n + 1, "BOOK" if n % 2 else "CLOTHES")
    page = relief.must("list_donation_lots", KEEPER, query={"limit": "2", "sort": "-on_hand"})
    assert [row["on_hand"] for row in page["items"]] == [5, 4]
    rest = relief.must("list_donation_lots", KEEPER, query={"sort": "-on_hand", "cursor": page["next_cursor"]})
    assert [row["on_hand"] for row in rest["items"]] == [3, 2, 1]
    assert len(relief.must("list_donation_lots", KEEPER, query={"goods_class": "BOOK"})["items"]) == 2
    far = caller(Role.WINDOW_CLERK, org_path="/44/4401/")
    assert relief.must("list_donation_lots", far)["items"] == []
    assert relief.must("get_goods_stock", far)["items"] == []
    lot = page["items"][0]
    assert relief.refused("get_donation_lot", far, path={"lot_id": lot["id"]})["code"] == "not-found"


@pytest.mark.parametrize("change", ["UPDATE stock_movements SET quantity = 1", "DELETE FROM stock_movements"])
def test_movements_stay_as_they_are(relief: Desk, change: str) -> None:
    received(relief, 5)
    with pytest.raises(DBAPIError, match="append-only"), relief.database.write() as connection:
        connection.execute(text(change))


@pytest.mark.parametrize("change", ["on_hand = on_hand + 1", "issued = received + 1, on_hand = -1", "reserved = 99",
                                    "held = -1"])
def test_the_database_refuses_a_stock_that_cannot_be(relief: Desk, change: str) -> None:
    received(relief, 5)
    with pytest.raises(DBAPIError, match="donation_lots"), relief.database.write() as connection:
        connection.execute(text(f"UPDATE donation_lots SET {change}"))
