"""What a partner has promised to do decides how its items are ordered; a campaign's own quotas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.domain.orders.quota import PERIODS, UNITS
from services.relief.domain.platforms.kinds import CAPABILITIES
from shared.contracts.relief.orders import codes
from shared.contracts.relief.platforms import codes as platform_codes
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import DIRECTOR, KEEPER, step
from tests.services.relief.orders.shop import AGENT, PAID, body_of, catalogue, not_ordered, offer, order
from tests.services.relief.orders.test_orders_on_cards import KILO, admitted, on_card, use
from tests.services.relief.platforms.shop import SHARES, Record, Shop, card

WINTER: dict[str, Any] = {"item_class": "VEGETABLES", "unit": "GRAM", "per_member": 50_000, "period": "CAMPAIGN",
                          "document_no": "石工发〔2025〕9号"}
SACK: dict[str, Any] = {"item_class": "VEGETABLES", "weight_g": 20_000, "available": 100, "title": "冬储白菜"}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def member(desk: Callable[[str], Desk]) -> str:
    return admitted(desk("membership"))


def shop_that(relief: Desk, *can: str, kind: str = "SUPERMARKET") -> Shop:
    shop = Shop(relief, kind, signed=False)
    shop.agreement = shop.sign(shop.draft(*SHARES[kind], capabilities=list(can)))
    return shop


def test_the_contract_knows_the_same_words() -> None:
    assert codes.QUOTA_UNITS == UNITS
    assert codes.QUOTA_PERIODS == PERIODS
    assert platform_codes.CAPABILITIES == CAPABILITIES


@pytest.mark.parametrize(("can", "online", "phone"), [
    (("WEB", "LOGISTICS"), True, False), (("CALL", "LOGISTICS"), False, True), (("WEB", "CALL"), False, False),
    (("WEB", "CALL", "LOGISTICS"), True, True), ((), False, False)])
def test_an_order_goes_the_ways_that_the_partner_promised(relief: Desk, member: str, can: tuple[str, ...],
                                                          online: bool, phone: bool) -> None:
    cabbage = offer(relief, catalogue(relief), partner_id=shop_that(relief, *can).partner["id"])
    for by, goes in ((caller(Role.WORKER, worker_id=member), online), (AGENT, phone)):
        status, data = relief.do("place_order", by, body=body_of(member, (cabbage, 1)))
        assert status == 201 if goes else data["code"] == "partner-cannot", data
        assert len(relief.must("list_shop", by)["items"]) == goes
    assert relief.must("get_offer", DIRECTOR, path={"offer_id": cabbage["id"]})["ordered"] == online + phone


def test_the_edition_in_force_decides_and_a_suspended_partner_sells_nothing(relief: Desk, member: str,
                                                                            on_day: Callable[[int], None]) -> None:
    shop = shop_that(relief)
    cabbage = offer(relief, catalogue(relief), partner_id=shop.partner["id"])
    refused = relief.refused("place_order", AGENT, body=body_of(member, (cabbage, 1)))
    assert (refused["code"], refused["params"]["agreement_no"]) == ("partner-cannot", shop.agreement["agreement_no"])
    shop.sign(shop.draft(*SHARES["SUPERMARKET"], valid_from=str(today() + timedelta(days=1))))
    assert not_ordered(relief, member, (cabbage, 1)) == "partner-cannot"
    on_day(1)
    order(relief, member, (cabbage, 1))
    partner = Record(relief, "partner", shop.partner)
    partner.must("suspend_partner", DIRECTOR, reason="整改")
    assert not_ordered(relief, member, (cabbage, 1)) == "partner-not-active"
    assert relief.must("list_shop", AGENT)["items"] == []
    unsigned = Shop(relief, signed=False)
    other = offer(relief, catalogue(relief), partner_id=unsigned.partner["id"])
    assert not_ordered(relief, member, (other, 1)) == "no-agreement-in-force"


def test_items_come_from_a_supermarket_that_serves_the_centre(relief: Desk) -> None:
    period, pharmacy = catalogue(relief), Shop(relief, "PHARMACY")
    body = {"catalogue_id": period["id"], **PAID}
    assert relief.refused("add_offer", KEEPER, body={**body, "partner_id": pharmacy.partner["id"]})["code"] == \
        "offer-partner-not-supermarket"
    below = relief.must("register_partner", DIRECTOR, body={
        "kind": "SUPERMARKET", "name": "街道店", "org_path": "/37/3702/370202/370202001/"})
    assert relief.refused("add_offer", KEEPER, body={**body, "partner_id": below["id"]})["code"] == "not-found"
    assert offer(relief, period, partner_id=Shop(relief).partner["id"])["partner_name"] == "SUPERMARKET 一店"


def test_only_a_supermarkets_agreement_names_capabilities(relief: Desk) -> None:
    pharmacy = Shop(relief, "PHARMACY", signed=False)
    status, data = relief.do("draft_agreement", DIRECTOR, path=pharmacy.path, body={
        "document_no": "XY", "union_bp": 8500, "partner_bp": 1500, "valid_from": "2020-01-01",
        "capabilities": ["WEB"]})
    assert (status, data["code"]) == (422, "agreement-capabilities-elsewhere")


def test_a_winter_store_has_a_quota_of_its_own_in_place_of_the_days(relief: Desk, member: str,
                                                                    desk: Callable[[str], Desk],
                                                                    on_day: Callable[[int], None]) -> None:
    period = catalogue(relief, "WINTER_VEGETABLES", quotas=[WINTER])
    assert period["quotas"] == [WINTER]
    sack, mine = offer(relief, period, **SACK), card(relief, desk("membership"), worker_id=member)
    made = order(relief, member, (sack, 2), **on_card(mine, 2_000))  # 40 kg, sixteen times a day's quota
    assert use(relief, mine) == (2_000, 2_000, 0)
    refused = relief.refused("place_order", AGENT, body=body_of(member, (sack, 1)))  # paid otherwise: no difference
    assert (refused["code"], refused["params"]["used"], refused["params"]["most"]) == (
        "season-quota-exceeded", 40_000, 50_000)
    on_day(1)
    assert not_ordered(relief, member, (sack, 1)) == "season-quota-exceeded"  # of the campaign, not of a day
    step(relief, "cancel_order", made, AGENT, reason="改期")
    assert use(relief, mine)[2] == 0
    order(relief, member, (sack, 2))
    order(relief, admitted(desk("membership")), (sack, 2))  # another member has their own


def test_a_quota_by_the_piece_and_day(relief: Desk, member: str, on_day: Callable[[int], None]) -> None:
    quota = {**WINTER, "item_class": "FOOD", "unit": "PIECE", "per_member": 2, "period": "DAY"}
    period = catalogue(relief, quotas=[quota])
    box, cabbage = offer(relief, period, item_class="FOOD"), offer(relief, period, **KILO)
    order(relief, member, (box, 1), (cabbage, 4))
    assert not_ordered(relief, member, (box, 2)) == "season-quota-exceeded"
    order(relief, member, (box, 1))
    on_day(1)
    order(relief, member, (box, 2))


def test_classes_without_a_quota_of_the_campaign_keep_the_days(relief: Desk, member: str,
                                                               desk: Callable[[str], Desk]) -> None:
    grain = {"item_class": "GRAIN", "weight_g": 500, "available": 50, "title": "面粉"}
    period, mine = catalogue(relief, quotas=[WINTER]), card(relief, desk("membership"), worker_id=member)
    sack, flour = offer(relief, period, **SACK), offer(relief, period, **grain)
    assert not_ordered(relief, member, (sack, 1), (flour, 2), **on_card(mine, 100)) == "daily-quota-exceeded"
    order(relief, member, (sack, 1), (flour, 1), **on_card(mine, 100))
    assert not_ordered(relief, member, (flour, 1), **on_card(mine, 100)) == "daily-quota-exceeded"


@pytest.mark.parametrize(("quotas", "code"), [
    ([WINTER, WINTER], "season-quota-twice"), ([{**WINTER, "item_class": "MEDICINE"}], "item-class-not-here")])
def test_quotas_that_cannot_be(relief: Desk, quotas: list[dict[str, Any]], code: str) -> None:
    body = {"kind": "ALWAYS", "name": "常年", "opens_on": str(today()), "closes_on": str(today()), "quotas": quotas}
    assert relief.refused("plan_catalogue", DIRECTOR, body=body)["code"] == code


def test_what_a_quota_weighs_names_its_weight(relief: Desk, member: str) -> None:
    quota = {**WINTER, "item_class": "FOOD"}
    period = catalogue(relief, quotas=[quota])
    body = {"catalogue_id": period["id"], **PAID, "partner_id": Shop(relief).partner["id"], "item_class": "FOOD"}
    assert relief.refused("add_offer", KEEPER, body=body)["code"] == "item-weight-missing"
