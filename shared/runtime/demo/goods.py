"""F11: donated goods from receipt to a household, a school place, an order at the door (爱心互助园地、学校、超市)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo import people
from shared.runtime.demo.care import card, draft, partner, sign
from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.job_fair import active_file
from shared.runtime.demo.school import at_school, books

RELIEF = "/v1/relief"
#: the garden's first half-year was of this scale: 20,000 pieces of clothing came in, 14,821 went out
CLOTHES = 20_000


def shelved_lot(cast: Cast, number: int) -> Any:
    """Clothes of a donor who may be named, received, disinfected, sorted and shelved; what is unusable is disposed of
    by two people."""
    keeper = cast["R1"]
    lot = keeper.does(f"{RELIEF}/donation-lots", {
        "goods_class": "CLOTHES", "title": "冬衣", "unit": "PIECE", "quantity": CLOTHES, "condition": "GOOD",
        "is_anonymous": False, "donor_name": "示范纺织有限公司", "name_may_be_published": True,
        "intended_for": "HARDSHIP_HOUSEHOLDS", "intent": "给困难职工家庭过冬"}, key=f"demo lot {number}")
    path = f"{RELIEF}/donation-lots/{lot['id']}"
    keeper.changes(path, "disinfect", {"method": "臭氧熏蒸", "on": str(today())})
    keeper.changes(path, "sort", {"unusable": 200, "grades": [
        {"grade": "A", "category": "成人棉衣", "quantity": 15_000},
        {"grade": "B", "category": "儿童棉衣", "quantity": 4_800}]})
    shelved = keeper.changes(path, "shelve", {"shelf": "一号库 A-1"})
    waste = cast["R8"].reads(f"{RELIEF}/stock-adjustments", lot_id=lot["id"])["items"][0]
    cast["R8"].changes(f"{RELIEF}/stock-adjustments/{waste['id']}", "confirm")
    return shelved


def issued(cast: Cast, lot: Any, file: Any, number: int) -> Any:
    """Six pieces for the household, of which one comes back."""
    issue = cast["R4"].does(f"{RELIEF}/goods-issues", {
        "lot_id": lot["id"], "quantity": 6, "file_id": file["id"], "signature_no": f"LQ-{number}"},
        key=f"demo issue {number}")
    return cast["R4"].changes(f"{RELIEF}/goods-issues/{issue['id']}", "return", {"quantity": 1, "reason": "尺码不合"})


def from_door_to_door(cast: Cast, file: Any, number: int) -> Any:
    """Cabbages for the winter: a list, one approval that reserves them, and a package signed for at the door."""
    keeper, best_before = cast["R1"], today() + timedelta(days=60)
    lot = keeper.does(f"{RELIEF}/donation-lots", {
        "goods_class": "FOOD", "title": "冬储白菜", "unit": "BAG", "quantity": 100, "condition": "GOOD",
        "expires_on": str(best_before)}, key=f"demo cabbages {number}")
    path = f"{RELIEF}/donation-lots/{lot['id']}"
    keeper.changes(path, "sort", {"unusable": 0, "grades": [{"grade": "A", "category": "白菜", "quantity": 100}]})
    keeper.changes(path, "shelve", {"shelf": "菜窖"})
    made = cast["R7"].does(f"{RELIEF}/goods-campaigns", {
        "title": "冬储菜", "occasion": "WINTER_STORES", "package": [{"lot_id": lot["id"], "quantity": 2}],
        "filters": {"file_ids": [file["id"]]}}, key=f"demo campaign in kind {number}")
    campaign = f"{RELIEF}/goods-campaigns/{made['id']}"
    cast["R8"].changes(campaign, "approve", {"document_no": f"WZSP-{number}"})
    (line,) = cast["R4"].reads(f"{campaign}/lines", sort="number")["items"]
    return cast["R4"].does(f"{campaign}/hand-overs", {"lines": [
        {"line_id": line["id"], "relation": "HEAD", "receiver": "户主", "signature_no": f"QS-{number}"}]},
        key=f"demo package {number}")


def supermarket(cast: Cast, number: int) -> Any:
    """A care supermarket that takes orders on the phone and brings them to the door."""
    market = partner(cast, "SUPERMARKET", 420_000 + number)
    sign(cast, draft(cast["R8"], market, number, today()), today())
    return market


def delivered(cast: Cast, lot: Any, worker: Any, number: int) -> Any:
    """New Year goods, ordered on the phone: donated clothes and a partner's cabbages, of which the campaign allows a
    member more than a day's."""
    market = supermarket(cast, number)
    period = cast["R8"].does(f"{RELIEF}/catalogues", {
        "kind": "NEW_YEAR_GOODS", "name": "送年货", "opens_on": str(today()),
        "closes_on": str(today() + timedelta(days=30)), "quotas": [
            {"item_class": "VEGETABLES", "unit": "GRAM", "per_member": 50_000, "period": "CAMPAIGN",
             "document_no": "示范工发-送年货"}]}, key=f"demo catalogue {number}")
    cast["R8"].changes(f"{RELIEF}/catalogues/{period['id']}", "open")
    item = {"catalogue_id": period["id"], "most_per_household": 4}
    clothes = cast["R1"].does(f"{RELIEF}/offers", {
        **item, "source": "DONATED", "goods_class": "CLOTHES", "title": "冬衣", "lot_id": lot["id"]},
        key=f"demo offer {number}")
    cabbage = cast["R1"].does(f"{RELIEF}/offers", {
        **item, "source": "PARTNER", "goods_class": "FOOD", "title": "白菜(2.5 公斤)", "partner_id": market["id"],
        "item_class": "VEGETABLES", "weight_g": 2_500, "member_fen": 1_500, "hardship_fen": 900,
        "available": 500}, key=f"demo cabbage {number}")
    mine = card(cast, worker, "SHOPPING", 420_000 + number)
    order = cast["R3"].does(f"{RELIEF}/orders", {
        "worker_id": worker["id"], "recipient": worker["name"], "phone": people.mobile(420_000 + number),
        "address": "示范路1号2单元301", "township": "示范街道", "care_card_fen": 800, "card_no": mine["card_no"],
        "items": [{"offer_id": clothes["id"], "quantity": 2}, {"offer_id": cabbage["id"], "quantity": 1}]},
        key=f"demo order {number}")
    path = f"{RELIEF}/orders/{order['id']}"
    cast["R3"].changes(path, "confirm")
    cast["R22"].changes(path, "pack")
    cast["R22"].changes(path, "dispatch", {"vehicle": "示A-12345"})
    return cast["R22"].changes(path, "deliver", {"signature_no": f"QS-{number}"})


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the delivered order."""
    person = 420_000 + number
    (worker,) = hire(cast, None, range(person, person + 1))
    file = active_file(cast, worker, person, shift_clock)
    lot = shelved_lot(cast, number)
    issued(cast, lot, file, number)
    from_door_to_door(cast, file, number)
    at_school(cast, worker, number, today(), f"{today().year + 1}-AUTUMN")
    books(cast, worker, person, today())
    return delivered(cast, lot, worker, number)
