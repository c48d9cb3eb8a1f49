"""Redemptions at a till: shares, repetition, cards, limits, quotas, returned goods, visits and term invoices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from services.relief.application.platforms.till import content_of
from shared.kernel.caller import Caller
from shared.kernel.clock import SHANGHAI, now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.platforms.shop import (
    CASHIER,
    CLERK,
    COUNTY,
    DIRECTOR,
    OFFICER,
    Record,
    Shop,
    card,
    card_of_file,
    days_to,
)

Desks = Callable[[str], Desk]


WRONG = "content-invalid"


def goods(*items: tuple[str, int, int | None]) -> dict[str, object]:
    """Items of (class, fen, grams) and their sum."""
    return {"items": [{"item_class": item_class, "amount_fen": fen, "weight_g": grams}
                      for item_class, fen, grams in items], "total_fen": sum(fen for _, fen, _ in items)}


@pytest.mark.parametrize(("kind", "card_kind", "union_fen", "partner_fen"), [
    ("SUPERMARKET", "SHOPPING", 8_800, 1_200), ("PHARMACY", "MEDICINE", 8_500, 1_500),
    ("RELAY_STATION", "RELAY", 9_000, 1_000)])
def test_a_sale_is_shared_by_the_agreement(desk: Desks, kind: str, card_kind: str, union_fen: int,
                                           partner_fen: int) -> None:
    relief = desk("relief")
    shop = Shop(relief, kind)
    sold = shop.must_sell(shop.sale(card(relief, desk("membership"), card_kind)))
    assert (sold["total_fen"], sold["union_fen"], sold["partner_fen"]) == (10_000, union_fen, partner_fen)
    assert sold["redeemed_on"] == str(today())
    [told] = relief.told("care_redeemed")
    assert told["data"]["union_fen"] == union_fen
    assert "worker_id" not in told["data"]


def test_a_till_number_counts_once(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    body = shop.sale(mine, till_no="POS-1")
    first, again = shop.must_sell(body), shop.must_sell(body)
    assert again == first
    for other in ({**body, "total_fen": 9_999, "items": [{"item_class": "FOOD", "amount_fen": 9_999}]},
                  {**body, "items": [{"item_class": "FOOD", "amount_fen": 10_000}]},
                  {**body, "card_no": card(relief, desk("membership"))["card_no"]}):
        status, problem = shop.sell(other)
        assert (status, problem["code"]) == (409, "till-number-used")
    shop.add_outlets("S2")
    second = shop.outlets()[1]
    status, _ = relief.do("redeem", shop.clerk, path={"outlet_id": second["id"]}, body=body)
    assert status == 201  # another outlet's tills count by themselves
    use = relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})
    assert (use["month_used_fen"], use["month_left_fen"], use["year_left_fen"]) == (20_000, 30_000, None)


def test_an_outlets_clerk_sees_and_sells_at_that_outlet_only(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    shop.add_outlets("S2")
    first, second = shop.outlets()
    clerk = caller(Role.PARTNER_CLERK, org_path=first["org_path"])
    body = shop.sale(mine)
    assert relief.do("redeem", clerk, path={"outlet_id": first["id"]}, body=body)[0] == 201
    assert relief.do("redeem", clerk, path={"outlet_id": second["id"]}, body=body)[0] == 404
    stranger = Shop(relief, "PHARMACY").clerk
    assert relief.do("redeem", stranger, path={"outlet_id": first["id"]}, body=body)[0] == 404
    assert relief.must("list_redemptions", stranger)["items"] == []
    assert [row["id"] for row in relief.must("list_outlets", clerk)["items"]] == [first["id"]]


def test_a_tills_own_client_redeems_at_its_outlet(desk: Desks) -> None:
    """An API client has no role: the door lets it in by its scope, its place is what it sees."""
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    [outlet] = shop.outlets()
    till = Caller(new_id(), "收银机 3", (), (outlet["org_path"],), outlet["org_path"])
    body = shop.sale(mine)
    sold = relief.must("redeem", till, path={"outlet_id": outlet["id"]}, body=body)
    assert sold["entered_by"] == till.account_id
    other = Shop(relief, "RELAY_STATION")
    assert relief.do("redeem", till, path={"outlet_id": other.outlet_id}, body=body)[0] == 404
    Record(relief, "redemption", sold).must("reverse_redemption", till, reason="退货")


def test_a_wrong_or_foreign_card_is_refused(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    mistyped = mine["card_no"][:-1] + str((int(mine["card_no"][-1]) + 1) % 10)
    for number in (mistyped, "9000000000000000", "abc", mine["card_no"][:-1]):
        assert shop.refused({**shop.sale(mine), "card_no": number}) == "care-card-unknown"
    medicine = card(relief, desk("membership"), "MEDICINE")
    assert shop.refused(shop.sale(medicine)) == "care-card-other-platform"
    elsewhere = "/37/3702/370203/"
    foreign = Record(relief, "card", relief.must(
        "request_care_card", caller(Role.GRASSROOTS_OFFICER, org_path=elsewhere),
        body={"worker_id": people.worker(desk("membership"), None, org_path=elsewhere), "kind": "SHOPPING",
              "basis_no": "GH-2"}))
    foreign.must("issue_care_card", caller(Role.COUNTY_REVIEWER, org_path=elsewhere), monthly_limit_fen=None)
    foreign.must("activate_care_card", caller(Role.WINDOW_CLERK, org_path=elsewhere))
    assert shop.refused(shop.sale(foreign)) == "care-card-unknown"


def test_a_frozen_card_stops_at_once_and_a_new_one_takes_its_limits(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), monthly_fen=15_000)
    shop.must_sell(shop.sale(mine))
    mine.must("freeze_care_card", CLERK, reason="遗失")
    assert shop.refused(shop.sale(mine)) == "care-card-not-usable"
    mine.must("unfreeze_care_card", CLERK)
    shop.must_sell(shop.sale(mine, 1_000))
    mine.must("replace_care_card", DIRECTOR, reason="损坏")
    assert shop.refused(shop.sale(mine)) == "care-card-not-usable"
    new = Record(relief, "card", relief.must("get_care_card", DIRECTOR, path={"card_id": mine["replaced_by_id"]}))
    assert shop.refused(shop.sale(new)) == "care-card-not-usable"  # not active yet
    new.must("activate_care_card", CLERK)
    assert shop.refused(shop.sale(new, 4_001)) == "care-card-limit-reached"
    shop.must_sell(shop.sale(new, 4_000))


def test_what_was_sold_before_the_card_was_frozen_may_be_reported_afterwards(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    at = now().isoformat()
    mine.must("freeze_care_card", CLERK, reason="遗失")
    sold = shop.must_sell(shop.sale(mine, at=at))
    assert sold["is_offline"] is True
    later = (now() + timedelta(seconds=1)).isoformat()
    assert shop.refused(shop.sale(mine, at=later)) == "care-card-not-usable"


def test_the_pin_is_asked_for(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), pin="246810")
    assert mine["has_pin"] is True
    assert "pin" not in mine.now
    assert shop.refused(shop.sale(mine)) == "care-card-pin-wrong"
    assert shop.refused(shop.sale(mine, pin="246811")) == "care-card-pin-wrong"
    assert shop.refused(shop.sale(mine, pin="12345")) == "content-invalid"
    shop.must_sell(shop.sale(mine, pin="246810"))


def test_guesses_at_a_pin_lock_the_card_for_the_day(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), pin="246810")
    shop.must_sell(shop.sale(mine, pin="246810"))
    for n in range(5):
        assert shop.refused(shop.sale(mine, pin=f"10000{n}")) == "care-card-pin-wrong"
    assert shop.refused(shop.sale(mine, pin="246810")) == "care-card-pin-locked"
    on_day(1)
    shop.must_sell(shop.sale(mine, pin="246810"))


def test_a_moment_is_the_same_in_any_offset(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine, at = Shop(relief), card(relief, desk("membership")), now()
    body = shop.sale(mine, at=at.isoformat())
    assert shop.must_sell({**body, "at": at.astimezone(UTC).isoformat()}) == shop.must_sell(body)


def test_limits_of_month_and_year(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief, membership = desk("relief"), desk("membership")
    shop, monthly, yearly = Shop(relief), card(relief, membership, monthly_fen=10_000), card(
        relief, membership, monthly_fen=None, yearly_fen=10_000)
    for mine, period in ((monthly, "month"), (yearly, "year")):
        shop.must_sell(shop.sale(mine, 9_999))
        status, problem = shop.sell(shop.sale(mine, 2))
        assert (status, problem["code"], problem["params"]["period_en"]) == (409, "care-card-limit-reached", period)
        shop.must_sell(shop.sale(mine, 1))
    on_day(days_to(1))
    shop.must_sell(shop.sale(monthly, 10_000))
    assert shop.refused(shop.sale(monthly, 1)) == "care-card-limit-reached"


def test_daily_quotas_are_of_the_member_and_the_day(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief, membership = desk("relief"), desk("membership")
    shop, station = Shop(relief), Shop(relief, "RELAY_STATION")
    worker_id = people.worker(membership, None)
    mine, relay = (card(relief, membership, kind, worker_id=worker_id) for kind in ("SHOPPING", "RELAY"))
    shop.must_sell({**shop.sale(mine), **goods(("GRAIN", 300, 400), ("VEGETABLES", 500, 2_500))})
    status, problem = shop.sell({**shop.sale(mine), **goods(("GRAIN", 100, 101))})
    assert (status, problem["code"]) == (409, "daily-quota-exceeded")
    assert (problem["params"]["used_g"], problem["params"]["asked_g"]) == (400, 101)
    station.must_sell({**station.sale(relay), **goods(("GRAIN", 100, 100))})  # another card, the same member
    assert station.refused({**station.sale(relay), **goods(("GRAIN", 1, 1))}) == "daily-quota-exceeded"
    use = relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})
    assert {row["item_class"]: row["used_g"] for row in use["quotas"]} == {"GRAIN": 500, "VEGETABLES": 2_500}
    assert use["month_used_fen"] == 800  # what was refused left nothing
    on_day(1)
    shop.must_sell({**shop.sale(mine), **goods(("GRAIN", 300, 500))})


def test_the_day_turns_at_midnight_in_china(desk: Desks, on_day: Callable[[int], None]) -> None:
    """23:59 and 00:01 of the next day are two days, whatever offset a till writes."""
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    on_day(3)
    midnight = datetime.combine(today() - timedelta(days=1), time(0), SHANGHAI)
    full = goods(("GRAIN", 100, 500))
    before = (midnight - timedelta(minutes=1)).isoformat()
    after = (midnight + timedelta(minutes=1)).astimezone(UTC).isoformat()
    days = [shop.must_sell({**shop.sale(mine, at=at), **full})["redeemed_on"] for at in (before, after)]
    assert days == [str(today() - timedelta(days=2)), str(today() - timedelta(days=1))]
    for at in (before, after):
        assert shop.refused({**shop.sale(mine, at=at), **full}) == "daily-quota-exceeded"


def test_an_offline_till_reports_within_the_days_of_the_rule(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    at = now()
    body = shop.sale(mine, at=at.isoformat())
    on_day(3)
    assert shop.must_sell(body)["redeemed_on"] == str(at.date())
    on_day(4)
    assert shop.refused(shop.sale(mine, at=at.isoformat())) == "redeemed-too-late"
    assert shop.must_sell(body)["total_fen"] == 10_000  # known already
    assert shop.refused(shop.sale(mine, at=(now() + timedelta(minutes=6)).isoformat())) == "redeemed-in-future"


def test_goods_are_returned_on_the_day_by_the_till(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), monthly_fen=10_000)
    sale = {**shop.sale(mine), **goods(("GRAIN", 10_000, 500))}
    sold = Record(relief, "redemption", shop.must_sell(sale))
    sold.must("reverse_redemption", shop.clerk, reason="变质")
    assert sold["state"] == "REVERSED"
    use = relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})
    assert (use["month_used_fen"], use["quotas"][0]["used_g"]) == (0, 0)
    assert shop.must_sell(sale)["state"] == "REVERSED"  # the number stays used
    assert sold.refused("reverse_redemption", shop.clerk, reason="再退") == "wrong-state"
    second = Record(relief, "redemption", shop.must_sell({**sale, "till_no": "T-second"}))
    on_day(1)
    assert second.refused("reverse_redemption", shop.clerk, reason="变质") == "reversal-needs-two"


def test_later_two_people_return_goods(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    sold = Record(relief, "redemption", shop.must_sell(shop.sale(mine)))
    on_day(2)
    sold.must("propose_sale_reversal", CASHIER, reason="质量问题")
    assert sold.refused("confirm_sale_reversal", CASHIER) == "separation-of-duty"
    sold.must("reject_reversal", DIRECTOR)
    assert (sold["state"], sold["reversal_reason"]) == ("RECORDED", None)
    sold.must("propose_sale_reversal", shop.clerk, reason="质量问题")
    sold.must("confirm_sale_reversal", CASHIER)
    assert (sold["state"], sold["reversed_on"]) == ("REVERSED", str(today()))
    assert relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})["year_used_fen"] == 0


@pytest.mark.parametrize(("change", "code"), [
    ({"total_fen": 0}, WRONG), ({"total_fen": -1}, WRONG), ({"total_fen": 1.5}, WRONG),
    ({"total_fen": 100_000_001}, WRONG),
    ({"total_fen": "100"}, WRONG), ({"items": []}, WRONG), ({"till_no": ""}, WRONG),
    ({"at": "2026-05-06"}, WRONG), ({"colour": "red"}, WRONG), ({"total_fen": 9_999}, "redemption-sum-wrong"),
    ({"items": [{"item_class": "GRAIN", "amount_fen": 10_000}]}, "item-weight-missing"),
    ({"items": [{"item_class": "MEDICINE", "amount_fen": 10_000}]}, "item-class-not-here"),
    ({"items": [{"item_class": "GRAIN", "amount_fen": 10_000, "weight_g": 0}]}, WRONG),
    ({"items": [{"item_class": "GRAIN", "amount_fen": 10_000, "weight_g": 0.5}]}, WRONG),
])
def test_bad_input_leaves_nothing(desk: Desks, change: dict[str, object], code: str) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    status, problem = shop.sell({**shop.sale(mine), **change})
    assert status == 422, problem
    assert problem["code"] == code
    assert relief.must("list_redemptions", DIRECTOR)["items"] == []
    assert relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})["year_used_fen"] == 0


def test_nothing_is_sold_where_nothing_is_agreed(desk: Desks) -> None:
    relief = desk("relief")
    mine = card(relief, desk("membership"))
    unsigned = Shop(relief, signed=False)
    assert unsigned.refused(unsigned.sale(mine)) == "no-agreement-in-force"
    shop = Shop(relief)
    outlet = Record(relief, "outlet", shop.outlets()[0])
    outlet.must("close_outlet", DIRECTOR)
    assert shop.refused(shop.sale(mine)) == "outlet-closed"
    outlet.must("reopen_outlet", DIRECTOR)
    partner = Record(relief, "partner", shop.partner)
    partner.must("suspend_partner", DIRECTOR, reason="整改")
    assert shop.refused(shop.sale(mine)) == "partner-not-active"
    partner.must("resume_partner", DIRECTOR)
    shop.must_sell(shop.sale(mine))
    for kind in ("HOSPITAL", "SCHOOL"):
        other = Shop(relief, kind)
        assert other.refused(other.sale(mine)) == "platform-kind-wrong"


def test_a_hospital_records_visits_and_tells_nobody(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief, membership = desk("relief"), desk("membership")
    hospital, mine = Shop(relief, "HOSPITAL"), card(relief, membership, "MEDICAL", monthly_fen=None)
    body = {"till_no": "GH-1", "card_no": mine["card_no"], "kind": "VISIT", "visited_on": str(today()),
            "department": "肿瘤科", "discount_fen": 2_000, "health_file_no": "JKDA-7788",
            "consent_no": "JK-1"}
    told = len(relief.told())
    at = {"outlet_id": hospital.outlet_id}
    first = relief.must("record_care_visit", hospital.clerk, path=at, body=body)
    assert relief.must("record_care_visit", hospital.clerk, path=at, body=body) == first
    assert relief.refused("record_care_visit", hospital.clerk, path=at,
                          body={**body, "discount_fen": 1})["code"] == "till-number-used"
    assert len(relief.told()) == told
    with relief.database.read() as connection:
        [stored] = connection.exec_driver_sql("SELECT department, health_file_no FROM care_visits").all()
    assert "肿瘤" not in stored[0]
    assert "7788" not in stored[1]
    assert first["health_file_no"] == "JKDA-7788"
    for more in ({}, {"kind": "CHECKUP", "health_file_no": None}):
        without = {**body, "till_no": "GH-9", "consent_no": None, **more}
        assert relief.refused("record_care_visit", hospital.clerk, path=at, body=without)["code"] == \
            "health-consent-missing"
    assert len(relief.must("list_care_visits", DIRECTOR)["items"]) == 1
    plain = {name: value for name, value in body.items() if name not in ("health_file_no", "consent_no")}
    assert relief.must("record_care_visit", hospital.clerk, path=at, body={**plain, "till_no": "GH-0"})[
        "health_file_no"] is None
    assert content_of(plain) == content_of({**plain, "health_file_no": None}) != content_of(body)
    worker = caller(Role.WORKER, worker_id=mine["worker_id"])
    assert first in relief.must("list_care_visits", worker)["items"]
    assert relief.must("list_care_visits", caller(Role.WORKER, worker_id=new_id()))["items"] == []
    late = {**body, "till_no": "GH-2", "visited_on": str(today() + timedelta(days=1))}
    assert relief.refused("record_care_visit", hospital.clerk, path=at, body=late)["code"] == "date-in-future"
    shop = Shop(relief)
    assert relief.refused("record_care_visit", shop.clerk, path={"outlet_id": shop.outlet_id},
                          body={**body, "till_no": "GH-3"})["code"] == "platform-kind-wrong"


def test_a_suspended_file_stops_its_cards(desk: Desks, on_day: Callable[[int], None]) -> None:
    relief = desk("relief")
    shop = Shop(relief)
    mine, file = card_of_file(relief, desk("membership"), on_day)
    shop.must_sell(shop.sale(mine))
    file.must("suspend_hardship_file", COUNTY, reason="疑似骗保")
    assert shop.refused(shop.sale(mine)) == "care-card-file-suspended"


def test_a_worker_reads_their_own_card_and_sales(desk: Desks) -> None:
    relief, membership = desk("relief"), desk("membership")
    shop, mine, other = Shop(relief), card(relief, membership), card(relief, membership)
    sold = [shop.must_sell(shop.sale(one)) for one in (mine, other)]
    worker = caller(Role.WORKER, worker_id=mine["worker_id"])
    assert [row["id"] for row in relief.must("list_care_cards", worker)["items"]] == [mine["id"]]
    assert [row["id"] for row in relief.must("list_redemptions", worker)["items"]] == [sold[0]["id"]]
    assert relief.do("get_care_card", worker, path={"card_id": other["id"]})[0] == 404
    assert relief.do("get_redemption", worker, path={"redemption_id": sold[1]["id"]})[0] == 404
    mine.must("freeze_care_card", worker, reason="遗失")
    assert relief.do("request_care_card", OFFICER, body={
        "worker_id": mine["worker_id"], "kind": "SHOPPING", "basis_no": "GH-9"})[1]["code"] == "care-card-held"
