"""Two processes on one database, SQLite and PostgreSQL: two tills, two cashiers, a till and a signing chair."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.platforms.shop import CASHIER, CHAIR, CLERK, DIRECTOR, Record, Shop, card, days_to, month
from tests.services.relief.samples import assert_sound, fund, get_fund
from tests.services.relief.test_races import at_once

TwoDesks = tuple[Desk, Desk]


def asked(operation: str, who: Caller, path: Mapping[str, str], body: Mapping[str, Any],
          version: int | None = None) -> Request:
    return Request(operation, who, path, {}, json.dumps(body).encode(), new_id(), version)


def codes(answers: list[Answer]) -> list[str]:
    return sorted(json.loads(answer.body).get("code") or "" for answer in answers)


def sales(two: TwoDesks, shop: Shop, bodies: list[Mapping[str, Any]]) -> list[Answer]:
    path = {"outlet_id": shop.outlet_id}
    return at_once([(two[n % 2], asked("redeem", shop.clerk, path, body)) for n, body in enumerate(bodies)])


def used(relief: Desk, mine: Record) -> Any:
    return relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]})


def test_two_tills_on_the_last_of_a_limit(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"), monthly_fen=25_000)
    answers = sales(two, shop, [shop.sale(mine) for _ in range(6)])
    assert codes(answers) == ["", ""] + ["care-card-limit-reached"] * 4
    assert used(two[1], mine)["month_used_fen"] == 20_000


def test_two_cards_of_a_member_on_the_last_of_a_quota(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, station = Shop(two[0]), Shop(two[0], "RELAY_STATION")
    worker_id = people.worker(desk("membership"), None)
    mine, relay = (card(two[0], desk("membership"), kind, worker_id=worker_id) for kind in ("SHOPPING", "RELAY"))
    grain = {"items": [{"item_class": "GRAIN", "amount_fen": 100, "weight_g": 300}], "total_fen": 100}
    requests = [(two[n % 2], asked("redeem", at.clerk, {"outlet_id": at.outlet_id}, {**at.sale(one), **grain}))
                for n, (at, one) in enumerate([(shop, mine), (station, relay)] * 2)]
    assert codes(at_once(requests)) == [""] + ["daily-quota-exceeded"] * 3
    assert used(two[0], mine)["quotas"][0]["used_g"] == 300


def test_a_till_that_sends_twice_at_once_is_counted_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    body = shop.sale(mine)
    answers = sales(two, shop, [body] * 4)
    assert codes(answers) == [""] * 4
    assert len({json.loads(answer.body)["id"] for answer in answers}) == 1
    assert used(two[0], mine)["month_used_fen"] == 10_000
    assert codes(sales(two, shop, [{**shop.sale(mine, 100 + n), "till_no": "T"} for n in range(2)])) == [
        "", "till-number-used"]


def test_a_card_is_frozen_or_sells_but_not_afterwards(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    freeze = asked("freeze_care_card", CLERK, {"card_id": mine["id"]}, {"reason": "遗失"}, mine["version"])
    sell = asked("redeem", shop.clerk, {"outlet_id": shop.outlet_id}, shop.sale(mine))
    frozen, sold = at_once([(two[0], freeze), (two[1], sell)])
    assert frozen.status == 200
    count = len(two[0].must("list_redemptions", DIRECTOR)["items"])
    assert (sold.status, count) in ((201, 1), (409, 0))
    assert shop.refused(shop.sale(mine)) == "care-card-not-usable"


def test_two_cashiers_draft_one_settlement(two: TwoDesks, desk: Callable[[str], Desk],
                                           on_day: Callable[[int], None]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    shop.must_sell(shop.sale(mine))
    on_day(days_to(2))
    bodies = [{"agreement_id": shop.agreement["id"], "month": month(n // 2)} for n in range(4)]
    assert two[1].must("get_unsettled", CASHIER)["months"][0]["union_fen"] == 8_800
    answers = at_once([(two[n % 2], asked("draft_settlement", CASHIER, {}, body)) for n, body in enumerate(bodies)])
    drafted = [json.loads(answer.body) for answer in answers if answer.status == 201]
    assert [one["total_fen"] for one in drafted] == [10_000]


def test_two_approve_a_settlement_once_and_two_reserve_its_money_once(
        two: TwoDesks, desk: Callable[[str], Desk], on_day: Callable[[int], None]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    shop.must_sell(shop.sale(mine))
    on_day(days_to(1))
    settlement, money = shop.draft_settlement(month()), fund(two[0])["id"]
    settlement.must("confirm_settlement", shop.clerk)
    path = {"settlement_id": settlement["id"]}
    approve = [asked("approve_settlement", caller(role), path, {}, settlement["version"])
               for role in (Role.CENTRE_DIRECTOR, Role.CHAIR)]
    assert sorted(answer.status for answer in at_once(list(zip(two, approve, strict=True)))) == [200, 412]
    assert len(two[0].told("care_settlement_approved")) == 1
    version = settlement.read("get_settlement")["version"]
    reserve = [asked("reserve_settlement", caller(Role.CASHIER), path, {"fund_id": money, "document_no": "JS-1"},
                     version) for _ in two]
    assert sorted(answer.status for answer in at_once(list(zip(two, reserve, strict=True)))) == [200, 412]
    assert get_fund(two[1], money)["reserved_fen"] == settlement["union_fen"] == 8_800
    assert_sound(two[1], money)


def test_a_sale_is_settled_by_the_edition_of_its_day_even_while_the_next_is_signed(
        two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"), monthly_fen=None)
    draft = shop.draft(8_000, 2_000, str(today()))
    sign = asked("sign_agreement", CHAIR, {"agreement_id": draft["id"]},
                 {"signed_by_partner": "王", "signed_on": str(today())}, draft["version"])
    sell = [asked("redeem", shop.clerk, {"outlet_id": shop.outlet_id}, shop.sale(mine)) for _ in range(3)]
    answers = at_once([(two[0], sign), *[(two[n % 2], one) for n, one in enumerate(sell)]])
    sold = [json.loads(answer.body)["union_fen"] for answer in answers[1:]]
    if answers[0].status == 200:  # signed first: every sale is by the new edition
        assert sold == [8_000] * 3
    else:
        assert (codes(answers[:1]), set(sold)) == (["agreement-days-redeemed"], {8_800})


def test_goods_are_returned_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    sold = shop.must_sell(shop.sale(mine))
    reverse = asked("reverse_redemption", shop.clerk, {"redemption_id": sold["id"]}, {"reason": "退货"}, 1)
    again = Request(reverse.operation, reverse.caller, reverse.path, {}, reverse.body, new_id(), 1)
    assert sorted(answer.status for answer in at_once([(two[0], reverse), (two[1], again)])) == [200, 412]
    assert used(two[0], mine)["month_used_fen"] == 0


def test_goods_returned_while_the_month_is_settled(two: TwoDesks, desk: Callable[[str], Desk],
                                                   on_day: Callable[[int], None]) -> None:
    """What is being returned waits, whoever is faster."""
    shop, mine = Shop(two[0]), card(two[0], desk("membership"))
    kept, returned = (Record(two[0], "redemption", shop.must_sell(shop.sale(mine, fen))) for fen in (1_000, 300))
    on_day(days_to(1))
    returned.must("propose_sale_reversal", shop.clerk, reason="质量问题")
    confirm = asked("confirm_sale_reversal", DIRECTOR, {"redemption_id": returned["id"]}, {}, returned["version"])
    draft = asked("draft_settlement", CASHIER, {}, {"agreement_id": shop.agreement["id"], "month": month()})
    drafted, confirmed = at_once([(two[0], draft), (two[1], confirm)])
    assert (drafted.status, confirmed.status) == (201, 200)
    assert json.loads(drafted.body)["total_fen"] == 1_000
    assert kept.read("get_redemption")["settlement_id"] == json.loads(drafted.body)["id"]
