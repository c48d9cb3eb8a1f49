"""The part of an order that the worker's care card pays: limits and quotas as at a till, once, and given back once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.files.test_deaths import dies
from tests.services.relief.goods.stores import DIRECTOR, KEEPER, refused, shelved, step
from tests.services.relief.orders.shop import AGENT, PAID, PARTNER, catalogue, dispatched, not_ordered, offer, order
from tests.services.relief.orders.shop import body_of as order_body
from tests.services.relief.platforms.shop import CASHIER, CLERK, Record, Shop, card, card_of_file
from tests.services.relief.platforms.test_till_races import asked, codes
from tests.services.relief.test_races import at_once
from tests.services.relief.watch.searching import found

TwoDesks = tuple[Desk, Desk]
KILO: dict[str, Any] = {"item_class": "VEGETABLES", "weight_g": 1_000, "available": 100, "title": "白菜"}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def member(desk: Callable[[str], Desk]) -> str:
    return admitted(desk("membership"))


def admitted(membership: Desk) -> str:
    """A worker who belongs to the union."""
    return admit(membership, people.worker(membership, None))


def admit(membership: Desk, worker_id: str) -> str:
    officer = caller(Role.GRASSROOTS_OFFICER)
    applied = membership.must("apply_membership", officer, body={"worker_id": worker_id})
    membership.must("admit_member", officer, path={"membership_id": applied["id"]}, version=applied["version"])
    return worker_id


def use(relief: Desk, mine: Record) -> tuple[int, int, int]:
    """What is used of the month and the year (fen), and of the day's vegetables (grams)."""
    used = relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})
    (grams,) = [one["used_g"] for one in used["quotas"] if one["item_class"] == "VEGETABLES"]
    return used["month_used_fen"], used["year_used_fen"], grams


def on_card(mine: Record, fen: int, **more: Any) -> dict[str, Any]:
    return {"care_card_fen": fen, "card_no": mine["card_no"], **more}


def confirmed(relief: Desk, made: dict[str, Any]) -> dict[str, Any]:
    return step(relief, "confirm_order", made, AGENT)


def read(relief: Desk, made: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = relief.must("get_order", KEEPER, path={"order_id": made["id"]})
    return kept


def test_an_order_takes_its_part_and_gives_it_back_when_cancelled(relief: Desk, member: str,
                                                                   desk: Callable[[str], Desk]) -> None:
    cabbage, mine = offer(relief, catalogue(relief), **KILO), card(relief, desk("membership"), worker_id=member)
    made = order(relief, member, (cabbage, 2), **on_card(mine, 4_000))
    assert (made["care_card_fen"], made["card_id"], made["is_card_held"]) == (4_000, mine["id"], True)
    assert use(relief, mine) == (4_000, 4_000, 2_000)
    made = step(relief, "cancel_order", made, AGENT, reason="改期")
    assert (made["is_card_held"], use(relief, mine)) == (False, (0, 0, 0))


def test_a_returned_order_gives_it_back_and_a_delivered_one_keeps_it(relief: Desk, member: str,
                                                                      desk: Callable[[str], Desk]) -> None:
    cabbage, mine = offer(relief, catalogue(relief), **KILO), card(relief, desk("membership"), worker_id=member)
    back = dispatched(relief, order(relief, member, (cabbage, 1), **on_card(mine, 3_000)))
    kept = dispatched(relief, order(relief, member, (cabbage, 1), **on_card(mine, 1_000)))
    step(relief, "bring_order_back", back, PARTNER, reason="家中无人")
    kept = step(relief, "deliver_order", kept, PARTNER, signature_no="QS-1")
    assert (kept["is_card_held"], use(relief, mine)) == (True, (1_000, 1_000, 1_000))


def test_what_a_till_sold_counts_against_the_order_and_the_other_way_round(relief: Desk, member: str,
                                                                           desk: Callable[[str], Desk]) -> None:
    shop, cabbage = Shop(relief), offer(relief, catalogue(relief), **KILO)
    mine = card(relief, desk("membership"), worker_id=member, monthly_fen=10_000)
    shop.must_sell(shop.sale(mine, 6_000))
    assert not_ordered(relief, member, (cabbage, 2), **on_card(mine, 4_001)) == "care-card-limit-reached"
    order(relief, member, (cabbage, 2), **on_card(mine, 4_000))
    assert shop.refused(shop.sale(mine, 1)) == "care-card-limit-reached"
    assert not_ordered(relief, member, (cabbage, 1), **on_card(mine, 1)) == "care-card-limit-reached"
    assert use(relief, mine) == (10_000, 10_000, 2_000)


def test_a_daily_quota_binds_orders_that_a_card_pays(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    cabbage, mine = offer(relief, catalogue(relief), **KILO), card(relief, desk("membership"), worker_id=member)
    told = relief.refused("place_order", AGENT, body=order_body(member, (cabbage, 3), **on_card(mine, 100)))
    assert (told["code"], told["params"]["asked_g"]) == ("daily-quota-exceeded", 3_000)
    order(relief, member, (cabbage, 3))  # the worker's own money
    assert use(relief, mine) == (0, 0, 0)


def test_a_card_pays_only_what_a_till_would_sell_on_it(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    period, mine = catalogue(relief), card(relief, desk("membership"), worker_id=member)
    plain, cabbage = offer(relief, period), offer(relief, period, **KILO)
    coat = offer(relief, period, shelved(relief, 5))
    assert not_ordered(relief, member, (plain, 1), **on_card(mine, 1)) == "care-card-too-much"
    assert not_ordered(relief, member, (coat, 1), **on_card(mine, 1)) == "care-card-too-much"
    assert not_ordered(relief, member, (plain, 1), (cabbage, 1), **on_card(mine, 3_001)) == "care-card-too-much"
    order(relief, member, (plain, 1), (cabbage, 1), **on_card(mine, 3_000))
    for wrong, code in (({"item_class": "MEDICINE"}, "item-class-not-here"),
                        ({"item_class": "GRAIN"}, "item-weight-missing")):
        body = {"catalogue_id": period["id"], **PAID, "partner_id": plain["partner_id"], **wrong}
        assert relief.refused("add_offer", KEEPER, body=body)["code"] == code


def test_only_the_workers_own_card_that_sells_and_with_its_pin(relief: Desk, member: str, on_day: Callable[[int], None],
                                                               desk: Callable[[str], Desk]) -> None:
    cabbage, membership = offer(relief, catalogue(relief), **KILO), desk("membership")
    others, mine = card(relief, membership), card(relief, membership, worker_id=member, pin="123456")
    assert not_ordered(relief, member, (cabbage, 1), care_card_fen=100) == "order-card-not-own"
    assert not_ordered(relief, member, (cabbage, 1), **on_card(others, 100)) == "order-card-not-own"
    assert not_ordered(relief, member, (cabbage, 1), **on_card(mine, 100)) == "care-card-pin-wrong"
    medicine = card(relief, membership, "MEDICINE", worker_id=member)
    assert not_ordered(relief, member, (cabbage, 1), **on_card(medicine, 100)) == "care-card-other-platform"
    made = order(relief, member, (cabbage, 1), **on_card(mine, 100, pin="123456"))
    assert "123456" not in str(made)
    mine.must("freeze_care_card", CLERK, reason="遗失")
    assert not_ordered(relief, member, (cabbage, 1), **on_card(mine, 100, pin="123456")) == "care-card-not-usable"
    for _ in range(4):
        not_ordered(relief, member, (cabbage, 1), **on_card(mine, 100, pin="000000"))
    assert not_ordered(relief, member, (cabbage, 1), **on_card(mine, 100, pin="123456")) == "care-card-pin-locked"


def test_a_suspended_households_card_pays_no_order(relief: Desk, on_day: Callable[[int], None],
                                                   desk: Callable[[str], Desk]) -> None:
    mine, file = card_of_file(relief, desk("membership"), on_day)
    cabbage = offer(relief, catalogue(relief), **KILO)
    order(relief, mine["worker_id"], (cabbage, 1), **on_card(mine, 500))
    file.must("suspend_hardship_file", DIRECTOR, reason="核查中")
    admit(desk("membership"), mine["worker_id"])  # a member may order, but not on this card
    order(relief, mine["worker_id"], (cabbage, 1))
    assert not_ordered(relief, mine["worker_id"], (cabbage, 1), **on_card(mine, 500)) == "care-card-file-suspended"


def test_the_till_takes_the_cards_part_of_an_order_once(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    shop, cabbage = Shop(relief), offer(relief, catalogue(relief), **KILO)
    mine = card(relief, desk("membership"), worker_id=member, monthly_fen=4_000)
    made = order(relief, member, (cabbage, 2), **on_card(mine, 4_000))
    assert shop.refused(shop.sale(mine, 3_999, order_no=made["order_no"])) == "order-not-on-card"
    assert shop.refused(shop.sale(mine, 4_000, order_no="DD")) == "order-not-on-card"
    others = card(relief, desk("membership"))
    assert shop.refused(shop.sale(others, 4_000, order_no=made["order_no"])) == "order-not-on-card"
    body = shop.sale(mine, 4_000, order_no=made["order_no"])
    assert shop.refused(body) == "order-not-confirmed"
    made = step(relief, "confirm_order", made, AGENT)
    sold = shop.must_sell(body)
    assert shop.must_sell(body)["id"] == sold["id"]
    assert (sold["order_id"], read(relief, made)["redemption_id"]) == (made["id"], sold["id"])
    assert (sold["union_fen"], use(relief, mine)) == (3_520, (4_000, 4_000, 2_000))
    assert shop.refused(shop.sale(mine, 4_000, order_no=made["order_no"])) == "order-not-on-card"


def test_limits_come_back_once_whether_the_order_or_the_sale_goes_first(relief: Desk, member: str,
                                                                        on_day: Callable[[int], None],
                                                                        desk: Callable[[str], Desk]) -> None:
    shop, cabbage = Shop(relief), offer(relief, catalogue(relief), **KILO)
    mine = card(relief, desk("membership"), worker_id=member)
    made = [confirmed(relief, order(relief, member, (cabbage, 1), **on_card(mine, 2_000))) for _ in range(2)]
    on_day(1)  # what was taken on the order's day is given back there
    sales = [Record(relief, "redemption", shop.must_sell(shop.sale(mine, 2_000, order_no=one["order_no"])))
             for one in made]
    made = [read(relief, one) for one in made]
    step(relief, "cancel_order", made[0], AGENT, reason="改期")
    assert relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})["year_used_fen"] == 4_000
    sales[0].read("get_redemption")
    sales[0].must("reverse_redemption", shop.clerk, reason="未送货")
    sales[1].must("reverse_redemption", shop.clerk, reason="退货")
    step(relief, "cancel_order", read(relief, made[1]), AGENT, reason="改期")
    on_day(0)
    assert use(relief, mine) == (0, 0, 0)
    assert shop.refused(shop.sale(mine, 2_000, order_no=made[1]["order_no"])) == "order-not-on-card"


def test_a_sale_reversed_by_two_gives_the_order_back(relief: Desk, member: str, desk: Callable[[str], Desk]) -> None:
    shop, cabbage = Shop(relief), offer(relief, catalogue(relief), **KILO)
    mine = card(relief, desk("membership"), worker_id=member)
    made = confirmed(relief, order(relief, member, (cabbage, 1), **on_card(mine, 2_000)))
    sale = Record(relief, "redemption", shop.must_sell(shop.sale(mine, 2_000, order_no=made["order_no"])))
    sale.must("propose_sale_reversal", shop.clerk, reason="退货")
    sale.must("confirm_sale_reversal", CASHIER)
    assert use(relief, mine) == (0, 0, 0)


def test_what_a_till_took_of_a_returned_order_is_proposed_for_reversal(relief: Desk, member: str,
                                                                       desk: Callable[[str], Desk]) -> None:
    shop, cabbage = Shop(relief), offer(relief, catalogue(relief), **KILO)
    mine = card(relief, desk("membership"), worker_id=member)
    made = dispatched(relief, order(relief, member, (cabbage, 1), **on_card(mine, 2_000)))
    sale = Record(relief, "redemption", shop.must_sell(shop.sale(mine, 2_000, order_no=made["order_no"])))
    made = step(relief, "bring_order_back", read(relief, made), PARTNER, reason="家中无人")
    assert (sale.read("get_redemption")["state"], made["order_no"] in sale.now["reversal_reason"]) == (
        "REVERSAL_PROPOSED", True)
    assert use(relief, mine) == (2_000, 2_000, 1_000)
    sale.must("confirm_sale_reversal", CASHIER)
    assert use(relief, mine) == (0, 0, 0)


def test_orders_of_the_dead_go_no_further_and_are_counted(relief: Desk, member: str,
                                                          desk: Callable[[str], Desk]) -> None:
    made = order(relief, member, (offer(relief, catalogue(relief), **KILO), 1))
    dies(desk, member)
    assert refused(relief, "confirm_order", made, AGENT) == "worker-deceased"
    (finding,) = found(relief, "DEC-1")
    assert "未送达订单 1 件" in finding["explanation_zh"]
    step(relief, "cancel_order", made, AGENT, reason="职工去世")


def test_an_order_and_tills_on_the_last_of_a_limit(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, member = Shop(two[0]), admitted(desk("membership"))
    mine = card(two[0], desk("membership"), worker_id=member, monthly_fen=25_000)
    cabbage = offer(two[0], catalogue(two[0]), **{**KILO, "weight_g": 100, "member_fen": 10_000})
    ordering = [asked("place_order", AGENT, {}, order_body(member, (cabbage, 1), **on_card(mine, 10_000)))
                for _ in range(3)]
    selling = [asked("redeem", shop.clerk, {"outlet_id": shop.outlet_id}, shop.sale(mine)) for _ in range(3)]
    pairs = [one for pair in zip(ordering, selling, strict=True) for one in pair]
    answers = at_once([(two[n // 2 % 2], request) for n, request in enumerate(pairs)])
    assert codes(answers) == ["", ""] + ["care-card-limit-reached"] * 4
    assert use(two[1], mine)[0] == 20_000


def test_an_order_is_cancelled_or_redeemed_and_nothing_is_lost(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, member = Shop(two[0]), admitted(desk("membership"))
    mine = card(two[0], desk("membership"), worker_id=member)
    cabbage = offer(two[0], catalogue(two[0]), **{**KILO, "weight_g": 10})  # whoever wins, the day's quota is no matter
    for _ in range(3):
        made = confirmed(two[0], order(two[0], member, (cabbage, 1), **on_card(mine, 1_000)))
        before = use(two[0], mine)[0]
        cancel = asked("cancel_order", AGENT, {"order_id": made["id"]}, {"reason": "改期"}, made["version"])
        sell = asked("redeem", shop.clerk, {"outlet_id": shop.outlet_id},
                     shop.sale(mine, 1_000, order_no=made["order_no"]))
        cancelled, sold = at_once([(two[0], cancel), (two[1], sell)])
        # who came second saw what the first did: one of the two, never both
        assert sorted((cancelled.status < 300, sold.status < 300)) == [False, True]
        assert use(two[0], mine)[0] == before - (1_000 if cancelled.status < 300 else 0)


def test_who_cancels_redeems_and_orders_at_once_never_wait_in_a_circle(two: TwoDesks,
                                                                       desk: Callable[[str], Desk]) -> None:
    shop, member = Shop(two[0]), admitted(desk("membership"))
    mine = card(two[0], desk("membership"), worker_id=member)
    cabbage = offer(two[0], catalogue(two[0]), **{**KILO, "weight_g": 10})
    for _ in range(4):
        made = confirmed(two[0], order(two[0], member, (cabbage, 1), **on_card(mine, 1_000)))
        before = use(two[0], mine)[0]
        cancel = asked("cancel_order", AGENT, {"order_id": made["id"]}, {"reason": "改期"}, made["version"])
        sell = asked("redeem", shop.clerk, {"outlet_id": shop.outlet_id},
                     shop.sale(mine, 1_000, order_no=made["order_no"]))
        again = asked("place_order", AGENT, {}, order_body(member, (cabbage, 1), **on_card(mine, 1_000)))
        cancelled, _, ordered = at_once([(two[0], cancel), (two[1], sell), (two[1], again)])
        assert ordered.status == 201
        assert use(two[0], mine)[0] == before + 1_000 - (1_000 if cancelled.status < 300 else 0)
