"""Partners, outlets and agreements: lists of outlets, editions one after the other, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.platforms.shop import CHAIR, DIRECTOR, Record, Shop, card

Desks = Callable[[str], Desk]
Clock = Callable[[int], None]


def day(shift: int) -> str:
    return str(today() + timedelta(days=shift))


def test_a_list_of_outlets_may_be_sent_again(desk: Desks) -> None:
    relief = desk("relief")
    school = Shop(relief, "SCHOOL")
    schools = [{"code": f"X{n:02d}", "name": f"第{n}小学"} for n in range(1, 60)]
    add = {"path": school.path}
    assert relief.must("add_outlets", DIRECTOR, **add, body={"outlets": schools})["added"] == 59
    schools[0]["name"], schools[1]["code"] = "实验小学", "x02"
    told = relief.must("add_outlets", DIRECTOR, **add, body={"outlets": [*schools, {"code": "X60", "name": "六十小"}]})
    assert (told["added"], told["renamed"], told["unchanged"]) == (1, 1, 58)
    listed = relief.must("list_outlets", DIRECTOR, query={"partner_id": school.partner["id"], "limit": 200})["items"]
    assert len(listed) == 61  # with the one it had
    assert all(row["org_path"].startswith(school.partner["org_path"]) for row in listed)
    twice = [{"code": "Y1", "name": "甲"}, {"code": "y1", "name": "乙"}]
    assert relief.refused("add_outlets", DIRECTOR, **add, body={"outlets": twice})["code"] == "outlet-twice"


@pytest.mark.parametrize("outlet", [{"code": "有空 格", "name": "甲"}, {"code": "../1", "name": "甲"}, {"code": "A1"},
                                    {"code": "A" * 25, "name": "甲"}, {"code": "", "name": "甲"}])
def test_an_outlets_code_fits_the_tree(desk: Desks, outlet: dict[str, str]) -> None:
    relief = desk("relief")
    shop = Shop(relief)
    assert relief.do("add_outlets", DIRECTOR, path=shop.path, body={"outlets": [outlet]})[0] == 422


def test_a_partner_lives_below_its_union(desk: Desks) -> None:
    relief = desk("relief")
    shop = Shop(relief)
    assert (shop.partner["union_path"], shop.partner["org_path"]) == (
        PLACE, f"{PLACE}{shop.partner['partner_no'].lower()}/")
    assert relief.do("register_partner", DIRECTOR, body={
        "kind": "SUPERMARKET", "name": "甲", "org_path": "/37/3702/370203/"})[0] == 404
    elsewhere = caller(Role.CENTRE_DIRECTOR, org_path="/37/3702/370203/")
    assert relief.do("get_partner", elsewhere, path=shop.path)[0] == 404


def test_an_edition_rules_until_the_next(desk: Desks, on_day: Clock) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"), monthly_fen=None)
    newer = shop.sign(shop.draft(8_000, 2_000, day(2)))
    assert newer["edition"] == 2
    old = relief.must("get_partner_agreement", DIRECTOR, path={"agreement_id": shop.agreement["id"]})
    assert (old["state"], old["valid_to"]) == ("SIGNED", day(1))
    assert shop.must_sell(shop.sale(mine))["union_fen"] == 8_800
    yesterday = f"{day(1)}T20:00:00+08:00"
    on_day(2)
    assert shop.must_sell(shop.sale(mine))["union_fen"] == 8_000
    late = shop.must_sell(shop.sale(mine, at=yesterday))  # the edition of its own day
    assert (late["union_fen"], late["agreement_id"]) == (8_800, shop.agreement["id"])
    on = {"partner_id": shop.partner["id"], "on": str(today())}
    assert [row["id"] for row in relief.must("list_partner_agreements", DIRECTOR, query=on)["items"]] == [newer["id"]]


def test_an_edition_takes_no_day_that_was_sold_on(desk: Desks) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    shop.must_sell(shop.sale(mine))
    draft = shop.draft(8_000, 2_000, day(0))
    status, problem = shop.try_to_sign(draft)
    assert (status, problem["code"]) == (409, "agreement-days-redeemed")
    old = relief.must("get_partner_agreement", DIRECTOR, path={"agreement_id": shop.agreement["id"]})
    assert old["valid_to"] is None
    shop.sign(shop.draft(8_000, 2_000, day(1)))


@pytest.mark.parametrize(("valid_from", "more", "code"), [
    ("2019-12-31", {}, "agreement-overlaps"), ("2020-01-01", {}, "agreement-overlaps"),
    ("2019-01-01", {"valid_to": "2020-01-01"}, "agreement-overlaps"),
    ("2019-01-01", {"valid_to": "2019-12-31"}, None), ("2020-01-02", {}, None),
])
def test_editions_do_not_overlap(desk: Desks, valid_from: str, more: dict[str, str], code: str | None) -> None:
    shop = Shop(desk("relief"))
    status, data = shop.try_to_sign(shop.draft(8_000, 2_000, valid_from, **more))
    assert data.get("code") == code, data
    assert (status == 200) == (code is None)


def test_an_agreement_is_terminated_or_withdrawn(desk: Desks, on_day: Clock) -> None:
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    draft = Record(relief, "agreement", shop.draft(8_000, 2_000, day(5)))
    assert draft.refused("terminate_agreement", DIRECTOR, last_day=day(0), reason="-") == "wrong-state"
    draft.must("withdraw_agreement", DIRECTOR, reason="重拟")
    assert draft.refused("sign_agreement", CHAIR, signed_by_partner="王", signed_on=day(0)) == "wrong-state"
    ruling = Record(relief, "agreement", shop.agreement)
    assert ruling.refused("terminate_agreement", DIRECTOR, last_day=day(-1), reason="-") == "agreement-ends-in-past"
    ruling.must("terminate_agreement", DIRECTOR, last_day=day(0), reason="协商终止")
    shop.must_sell(shop.sale(mine))
    on_day(1)
    assert shop.refused(shop.sale(mine)) == "no-agreement-in-force"


def test_who_drafts_does_not_sign_and_nobody_signs_tomorrow(desk: Desks) -> None:
    relief = desk("relief")
    shop = Shop(relief, signed=False)
    both = caller(Role.CENTRE_DIRECTOR, Role.CHAIR)
    mine: dict[str, Any] = relief.must("draft_agreement", both, path=shop.path, body={
        "document_no": "XY", "union_bp": 8_800, "partner_bp": 1_200, "valid_from": day(0)})
    record = Record(relief, "agreement", mine)
    assert record.refused("sign_agreement", both, signed_by_partner="王", signed_on=day(0)) == "separation-of-duty"
    assert record.refused("sign_agreement", CHAIR, signed_by_partner="王", signed_on=day(1)) == "date-in-future"
    Record(relief, "partner", shop.partner).must("end_partner", DIRECTOR, reason="退出")
    assert record.refused("sign_agreement", CHAIR, signed_by_partner="王", signed_on=day(0)) == "partner-not-active"
    assert relief.do("draft_agreement", DIRECTOR, path={"partner_id": new_id()}, body={
        "document_no": "XY", "valid_from": day(0)})[0] == 404
