"""Campaigns in kind: the list, the stock reserved with one approval, packages at the door, and what is left over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from services.relief.adapters.files import hardship_files
from services.relief.adapters.goods import donation_lots
from services.relief.adapters.goods_campaigns import goods_campaign_lines
from services.relief.application.goods import campaigns_in_kind
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.applications.crowds import crowd
from tests.services.relief.applications.crowds import draft as cash_draft
from tests.services.relief.goods.parcels import REASON, Parcels, body_of, given
from tests.services.relief.goods.stores import (
    COUNTY,
    KEEPER,
    adjust,
    assert_adds_up,
    give,
    not_given,
    read,
    received,
    shelved,
)
from tests.services.relief.samples import fund

Desks = Callable[[str], Desk]


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


def rice(relief: Desk, quantity: int = 100, days: int = 200, **more: Any) -> dict[str, Any]:
    last_day = str(today() + timedelta(days))
    return shelved(relief, quantity, "FOOD", title="大米", unit="BAG", expires_on=last_day, **more)


def test_from_the_list_to_the_last_door(relief: Desk) -> None:
    crowd(relief, 3)
    food, coats = rice(relief), shelved(relief, 10)
    case = Parcels(relief, (food, 2), (coats, 1))
    assert (case.now["state"], case.now["listed_count"], read(relief, food)["reserved"]) == ("DRAFT", 3, 0)
    case.approve()
    assert (case.now["state"], case.now["waiting_count"]) == ("HANDING_OUT", 3)
    assert (read(relief, food)["reserved"], read(relief, coats)["reserved"]) == (6, 3)
    first, *rest = case.lines()
    case.hand_over(first)
    assert (case.now["handed_count"], read(relief, food)["on_hand"], read(relief, food)["reserved"]) == (1, 98, 4)
    assert case.hand_over(*rest)["state"] == "FINISHED"
    assert (read(relief, food)["issued"], read(relief, coats)["issued"], read(relief, food)["reserved"]) == (6, 3, 0)
    assert_adds_up(relief)
    issues = relief.must("list_goods_issues", KEEPER, query={"lot_id": food["id"]})["items"]
    assert {issue["quantity"] for issue in issues} == {2}
    assert len({issue["file_id"] for issue in issues}) == 3
    [finished] = relief.told("goods_campaign_finished")
    assert (finished["data"]["households"], finished["data"]["released"]) == (3, 0)
    assert len(relief.told("goods_issued")) == 6


def test_hundreds_of_households_at_once(relief: Desk) -> None:
    crowd(relief, 700)
    case = Parcels(relief, (rice(relief, 2_000), 2))
    assert case.approve()["reserved_count"] == 700
    case.hand_over(*case.lines(limit=50))
    assert case.must("finish_goods_campaign", **REASON)["released_count"] == 650
    assert_adds_up(relief)


def test_too_little_of_two_lots_says_what_is_missing_and_reserves_nothing(relief: Desk) -> None:
    crowd(relief, 4)
    food, coats, enough = rice(relief, 7), shelved(relief, 3), shelved(relief, 10, "BOOK")
    case = Parcels(relief, (food, 2), (coats, 1), (enough, 1))
    told = case.refused("approve_goods_campaign", document_no="WZ-1")
    assert told["code"] == "package-stock-short"
    assert told["params"]["missing_en"] == (f"{food['receipt_no']} 大米: 8 needed, 7 free, 1 missing; "
                                            f"{coats['receipt_no']} 棉衣: 4 needed, 3 free, 1 missing")
    assert {read(relief, lot)["reserved"] for lot in (food, coats, enough)} == {0}
    assert set(case.states()) == {"LISTED"}
    case.must("exclude_from_goods_campaign", COUNTY, line_id=case.lines()[0]["id"], reason="已外出")
    assert case.approve()["reserved_count"] == 3


def test_what_is_held_back_is_not_there_to_reserve(relief: Desk) -> None:
    crowd(relief, 2)
    food = rice(relief, 4)
    adjust(relief, food, kind="DISPOSAL", quantity=1)
    case = Parcels(relief, (food, 2))
    assert case.refused("approve_goods_campaign", document_no="W")["code"] == "package-stock-short"


def test_a_household_comes_once_for_an_occasion_be_it_money_or_goods(relief: Desk) -> None:
    crowd(relief, 1)
    food, money = rice(relief), fund(relief)
    cash, first, second = cash_draft(relief), Parcels(relief, (food, 1)), Parcels(relief, (food, 1))
    first.approve()
    assert second.refused("approve_goods_campaign", document_no="W")["code"] == "goods-campaign-nobody-left"
    assert cash.approve(money["id"])["skipped_count"] == 1
    told = relief.refused("draft_goods_campaign", COUNTY, body=body_of((food, 1)))
    assert (told["code"], told["params"]["excluded"]) == ("campaign-lists-nobody", 1)
    assert Parcels(relief, (food, 1), occasion="WINTER_STORES").approve()["reserved_count"] == 1
    first.must("finish_goods_campaign", **REASON)
    assert second.approve()["reserved_count"] == 1


def test_cash_for_the_occasion_leaves_a_household_off(relief: Desk) -> None:
    crowd(relief, 1)
    cash_draft(relief).approve(fund(relief)["id"])
    crowd_of_one = relief.refused("draft_goods_campaign", COUNTY, body=body_of((rice(relief), 1)))
    assert crowd_of_one["code"] == "campaign-lists-nobody"


def test_the_limit_of_a_household_holds_before_and_after(relief: Desk) -> None:
    full, _ = crowd(relief, 2)
    food = rice(relief)
    give(relief, food, 9, file_id=full)
    case = Parcels(relief, (food, 2))
    case.approve()
    assert sorted(case.states()) == ["RESERVED", "SKIPPED"]
    [other] = [line for line in case.lines() if line["state"] == "RESERVED"]
    file_id = _file_of(relief, other["id"])
    assert not_given(relief, food, 9, file_id=file_id)["code"] == "household-limit"
    case.hand_over(other)
    assert not_given(relief, food, 9, file_id=file_id)["code"] == "household-limit"
    give(relief, food, 8, file_id=file_id)
    assert_adds_up(relief)


def _file_of(relief: Desk, line_id: str) -> str:
    with relief.database.read() as connection:
        return str(connection.execute(select(goods_campaign_lines.c.file_id).where(
            goods_campaign_lines.c.id == line_id)).scalar_one())


def test_a_file_closed_since_the_draft_is_skipped(relief: Desk) -> None:
    closed, _ = crowd(relief, 2)
    case = Parcels(relief, (rice(relief), 1))
    with relief.database.write() as connection:
        connection.execute(update(hardship_files).where(hardship_files.c.id == closed).values(state="CANCELLED"))
    assert case.approve()["skipped_count"] == 1
    assert "not active" in next(line["reason"] for line in case.lines(state="SKIPPED"))


def test_a_line_is_handed_over_once(relief: Desk) -> None:
    crowd(relief, 3)
    food = rice(relief)
    case = Parcels(relief, (food, 1))
    [line, other, _] = case.lines()
    assert case.not_handed(line) == "wrong-state"
    case.approve()
    case.hand_over(line)
    assert case.not_handed(line) == "goods-line-not-waiting"
    assert case.not_handed(other, line) == "goods-line-not-waiting"
    assert case.not_handed(other, other) == "goods-line-twice"
    assert case.not_handed({"id": new_id()}) == "goods-line-unknown"
    assert read(relief, food)["issued"] == 1
    assert_adds_up(relief)


def test_the_same_key_hands_over_once(relief: Desk) -> None:
    crowd(relief, 2)
    food = rice(relief)
    case = Parcels(relief, (food, 1))
    case.approve()
    body, key = {"lines": [given(case.lines()[0])]}, new_id()
    answers = [relief.must("hand_over_packages", KEEPER, path=case.path, body=body, key=key) for _ in range(2)]
    assert answers[0] == answers[1]
    assert read(relief, food)["issued"] == 1


def test_the_rest_is_free_when_it_is_finished(relief: Desk) -> None:
    crowd(relief, 3)
    food = rice(relief, 6)
    case = Parcels(relief, (food, 2))
    case.approve()
    case.hand_over(case.lines()[0])
    assert case.must("finish_goods_campaign", **REASON)["released_count"] == 2
    assert (read(relief, food)["free"], read(relief, food)["reserved"]) == (4, 0)
    assert sorted(case.states()) == ["HANDED_OVER", "RELEASED", "RELEASED"]
    assert case.not_handed(case.lines()[1]) == "wrong-state"
    assert Parcels(relief, (food, 1)).now["listed_count"] == 2
    assert_adds_up(relief)


def test_goods_that_ran_out_of_date_stay_where_they_are(relief: Desk) -> None:
    crowd(relief, 1)
    food = rice(relief)
    case, draft = Parcels(relief, (food, 1)), Parcels(relief, (food, 1), occasion="NEW_YEAR")
    case.approve()
    with relief.database.write() as connection:
        connection.execute(update(donation_lots).where(donation_lots.c.id == food["id"]).values(
            expires_on=today() - timedelta(1)))
    assert case.not_handed(case.lines()[0]) == "goods-expired"
    assert draft.refused("approve_goods_campaign", document_no="W")["code"] == "goods-expired"
    case.must("finish_goods_campaign", **REASON)
    assert read(relief, food)["reserved"] == 0


def test_the_list_is_masked_and_says_who_received_what(relief: Desk) -> None:
    crowd(relief, 1)
    case = Parcels(relief, (rice(relief), 1))
    case.approve()
    case.hand_over(case.lines()[0])
    [line] = case.lines(state="HANDED_OVER", grade="DEEP")
    assert (line["receiver"], line["relation"], line["signature_no"], line["handed_on"]) == (
        "王**", "FAMILY", "QS-1", str(today()))
    assert "****" in line["file_no"]
    assert case.lines(state="SKIPPED") == []


def test_a_sheet_to_sign(relief: Desk) -> None:
    crowd(relief, 2)
    case = Parcels(relief, (rice(relief), 2))
    case.approve()
    page = load_workbook(BytesIO(relief.must("download_goods_campaign_list", KEEPER, path=case.path))).active
    rows = list(page.iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[1][2:4] == ("深度困难", "大米 × 2")


def test_lists_are_found(relief: Desk) -> None:
    crowd(relief, 1)
    food = rice(relief)
    case = Parcels(relief, (food, 1))
    for query, count in (({"state": "DRAFT"}, 1), ({"state": "FINISHED"}, 0), ({"occasion": "NEW_YEAR"}, 0),
                         ({"year": today().year + 1}, 1)):
        found = relief.must("list_goods_campaigns", KEEPER, query=query)["items"]
        assert len(found) == count
    assert relief.must("get_goods_campaign", KEEPER, path=case.path) == case.now


def test_two_people(relief: Desk) -> None:
    crowd(relief, 1)
    case = Parcels(relief, (rice(relief), 1))
    same = caller(Role.CENTRE_DIRECTOR, account_id=COUNTY.account_id)
    assert case.refused("approve_goods_campaign", same, document_no="W")["code"] == "separation-of-duty"
    assert case.must("cancel_goods_campaign", **REASON)["state"] == "CANCELLED"


@pytest.mark.parametrize(("lot", "quantity", "code"), [
    ("ripe", 0, "content-invalid"), ("ripe", -1, "content-invalid"), ("ripe", 11, "household-limit"),
    ("ripe", 1.5, "content-invalid"), ("unshelved", 1, "wrong-state"), ("expired", 1, "goods-expired"),
    ("unknown", 1, "not-found"), ("undisinfected", 1, "not-disinfected"), ("migrants", 1, "donor-intent-forbids"),
])
def test_a_package_that_cannot_be(relief: Desk, lot: str, quantity: Any, code: str) -> None:
    crowd(relief, 1)
    lots: dict[str, Callable[[], dict[str, Any]]] = {
        "ripe": lambda: rice(relief), "unknown": lambda: {"id": new_id()},
        "unshelved": lambda: received(relief, 10, "BOOK"),
        "expired": lambda: changed(relief, rice(relief), expired=True),
        "undisinfected": lambda: changed(relief, shelved(relief), disinfected_on=None),
        "migrants": lambda: rice(relief, intended_for="MIGRANT_WORKERS")}
    told = relief.refused("draft_goods_campaign", COUNTY, body=body_of((lots[lot](), quantity)))
    assert told["code"] == code
    assert relief.must("list_goods_campaigns", COUNTY)["items"] == []


def changed(relief: Desk, lot: dict[str, Any], *, expired: bool = False, **values: Any) -> dict[str, Any]:
    if expired:
        values["expires_on"] = today() - timedelta(1)
    with relief.database.write() as connection:
        connection.execute(update(donation_lots).where(donation_lots.c.id == lot["id"]).values(**values))
    return lot


def test_other_drafts_that_cannot_be(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    files = crowd(relief, 2)
    food = rice(relief)
    for change, code in (
            ({"package": []}, "content-invalid"), ({"occasion": "BIRTHDAY"}, "content-invalid"),
            ({"package": [{"lot_id": food["id"], "quantity": 1}] * 2}, "package-lot-twice"),
            ({"filters": {"grades": ["RELATIVE"]}}, "campaign-lists-nobody"),
            ({"year": 2020}, "relief-year-impossible"),
            ({"filters": {"file_ids": [files[0], new_id()]}}, "relief-file-unknown"),
            ({"org_path": "/37/3702/370203/"}, "not-found")):
        assert relief.refused("draft_goods_campaign", COUNTY, body={**body_of((food, 1)), **change})["code"] == code
    monkeypatch.setattr(campaigns_in_kind, "MOST_HOUSEHOLDS", 1)
    told = relief.refused("draft_goods_campaign", COUNTY, body=body_of((food, 1)))
    assert told["code"] == "campaign-list-too-long"
