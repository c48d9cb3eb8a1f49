"""Care cards: for whom, by whom, how long, and their end with the household's hardship."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.kernel.clock import real_now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief import households
from tests.services.relief.platforms.shop import (
    CLERK,
    COUNTY,
    DIRECTOR,
    OFFICER,
    Record,
    Shop,
    card,
    card_of_file,
    first_of,
)

Desks = Callable[[str], Desk]
Clock = Callable[[int], None]


def requested(relief: Desk, worker_id: str, **more: str) -> Record:
    return Record(relief, "card", relief.must("request_care_card", OFFICER, body={
        "worker_id": worker_id, "kind": "SHOPPING", "basis_no": "GH-1", **more}))


def test_a_card_is_for_somebody_in_an_active_file(desk: Desks, on_day: Clock) -> None:
    relief, membership = desk("relief"), desk("membership")
    mine, file = card_of_file(relief, membership, on_day)
    assert (mine["file_id"], mine["state"]) == (file.now["id"], "ACTIVE")
    stranger = {"worker_id": people.worker(membership, None), "kind": "SHOPPING"}
    assert relief.refused("request_care_card", OFFICER, body=stranger)["code"] == "care-card-without-basis"
    assert relief.refused("request_care_card", OFFICER, body={**stranger, "worker_id": new_id()})["code"] == \
        "worker-unknown"


def test_a_worker_asks_for_their_own_and_names_no_rule(desk: Desks, on_day: Clock) -> None:
    relief, membership = desk("relief"), desk("membership")
    worker_id = people.worker(membership, None)
    me = caller(Role.WORKER, worker_id=worker_id)
    body = {"worker_id": worker_id, "kind": "SHOPPING", "basis_no": "GH-1"}
    assert relief.refused("request_care_card", me, body=body)["code"] == "care-card-without-basis"
    households.active(relief, on_day, worker_id)
    assert relief.must("request_care_card", me, body={**body, "basis_no": None})["worker_id"] == worker_id
    other = {**body, "worker_id": people.worker(membership, None)}
    assert relief.do("request_care_card", me, body=other)[0] == 404


def test_one_card_of_a_kind(desk: Desks) -> None:
    relief, membership = desk("relief"), desk("membership")
    mine = card(relief, membership)
    again = {"worker_id": mine["worker_id"], "kind": "SHOPPING", "basis_no": "GH-1"}
    assert relief.refused("request_care_card", OFFICER, body=again)["code"] == "care-card-held"
    requested(relief, mine["worker_id"], kind="MEDICINE")
    mine.must("cancel_care_card", DIRECTOR, reason="迁出")
    requested(relief, mine["worker_id"])


def test_limits_and_days_keep_to_the_rule(desk: Desks) -> None:
    relief, membership = desk("relief"), desk("membership")
    mine = requested(relief, people.worker(membership, None))
    for change, code in (({"monthly_limit_fen": 100_001}, "care-card-limit-above-rule"),
                         ({"monthly_limit_fen": None, "yearly_limit_fen": 600_001}, "care-card-limit-above-rule"),
                         ({"monthly_limit_fen": 1, "valid_to": str(today() - timedelta(days=1))},
                          "care-card-ends-wrong"),
                         ({"monthly_limit_fen": 1, "valid_to": str(today() + timedelta(days=400))},
                          "care-card-ends-wrong")):
        assert mine.refused("issue_care_card", COUNTY, **change) == code
    assert mine.do("issue_care_card", COUNTY, monthly_limit_fen=0)[0] == 422
    mine.must("issue_care_card", COUNTY, monthly_limit_fen=100_000)
    assert mine["valid_to"] == str(first_of(13) - timedelta(days=1))
    assert len(mine["card_no"]) == 16


def test_who_asks_does_not_issue(desk: Desks) -> None:
    relief, both = desk("relief"), caller(Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER)
    mine = Record(relief, "card", relief.must("request_care_card", both, body={
        "worker_id": people.worker(desk("membership"), None), "kind": "SHOPPING", "basis_no": "GH-1"}))
    assert mine.refused("issue_care_card", both, monthly_limit_fen=1) == "separation-of-duty"


def test_a_card_expires_after_its_last_day(desk: Desks, on_day: Clock) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), valid_to=today() + timedelta(days=2))
    on_day(2)
    relief.tick()
    at = f"{today()}T23:59:00+08:00"
    shop.must_sell(shop.sale(mine))
    on_day(3)
    assert shop.refused(shop.sale(mine)) == "care-card-expired"
    shop.must_sell(shop.sale(mine, at=at))  # sold offline on its last day
    relief.tick()
    assert mine.read("get_care_card")["state"] == "EXPIRED"
    shop.must_sell(shop.sale(mine, at=at))
    assert [told["data"]["card_id"] for told in relief.told("care_card_expired")] == [mine["id"]]


def test_a_card_ends_with_the_month_in_which_the_household_leaves_hardship(desk: Desks, on_day: Clock) -> None:
    relief = desk("relief")
    shop = Shop(relief)
    mine, file = card_of_file(relief, desk("membership"), on_day)
    relief.tick()
    assert mine.read("get_care_card")["ends_on"] is None
    file.read()
    file.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    relief.tick()
    last = (today().replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert mine.read("get_care_card")["ends_on"] == str(last)
    version = mine["version"]
    relief.tick()
    assert mine.read("get_care_card")["version"] == version
    shop.must_sell(shop.sale(mine))
    on_day((last - real_now().date()).days + 1)
    assert shop.refused(shop.sale(mine)) == "care-card-expired"
    relief.tick()
    assert mine.read("get_care_card")["state"] == "EXPIRED"


def test_a_new_card_keeps_the_end_of_the_old(desk: Desks) -> None:
    relief = desk("relief")
    mine = card(relief, desk("membership"), pin="246810", valid_to=today() + timedelta(days=9))
    mine.must("freeze_care_card", CLERK, reason="遗失")
    mine.must("replace_care_card", COUNTY, reason="遗失补卡")
    new = Record(relief, "card", relief.must("get_care_card", DIRECTOR, path={"card_id": mine["replaced_by_id"]}))
    assert (new["state"], new["valid_to"], new["has_pin"], new["replaces_id"]) == (
        "ISSUED", mine["valid_to"], False, mine["id"])
    assert new["card_no"] != mine["card_no"]
    assert len(relief.told("care_card_issued")) == 2


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "１２３４５６", 123456])
def test_a_pin_is_six_digits(desk: Desks, pin: object) -> None:
    relief = desk("relief")
    mine = requested(relief, people.worker(desk("membership"), None))
    mine.must("issue_care_card", COUNTY, monthly_limit_fen=1_000)
    assert mine.do("activate_care_card", CLERK, pin=pin)[0] == 422


def test_a_pin_is_kept_encrypted_and_out_of_the_trail(desk: Desks) -> None:
    relief = desk("relief")
    card(relief, desk("membership"), pin="246810")
    with relief.database.read() as connection:
        for table in ("care_cards", "audit", "outbox", "commands"):
            assert "246810" not in str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
