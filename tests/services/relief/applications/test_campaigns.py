"""Campaigns: the list, one approval, money for hundreds of households at once, and what interrupts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.application.applications import reserving
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.applications.crowds import Campaign, crowd, draft
from tests.services.relief.applications.matters import (
    CHAIR,
    COUNTY,
    DIRECTOR,
    GROUP,
    OFFICER,
    apply,
    bank_says_of,
    household,
    lines_of,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserving, "CHUNK", 20)


def test_a_festival_for_a_few_households(desk: Desks, relief: Desk) -> None:
    for grade in ("DEEP", "DEEP", "RELATIVE"):
        household(desk, grade=grade)
    money = fund(relief)
    case = draft(relief)
    assert (case.now["listed_count"], case.now["total_fen"], case.now["state"]) == (3, 250_000, "DRAFT")
    done = case.must("approve_campaign", DIRECTOR, fund_id=money["id"], document_no="WW-1")
    assert (done["state"], done["done_count"], done["reserved_fen"]) == ("RESERVED", 3, 250_000)
    assert get_fund(relief, money["id"])["reserved_fen"] == 250_000
    bank_says_of(relief, [(done["id"], line["about_part"]) for line in lines_of(relief, done["id"])], "PAID")
    assert (case.read()["state"], case.now["paid_count"], case.now["paid_fen"]) == ("PAID", 3, 250_000)
    [paid] = relief.told("relief_campaign_paid")
    assert (paid["data"]["month"], paid["data"]["amount_fen"], len(paid["data"]["lines"])) == (
        f"{today():%Y-%m}", 250_000, 3)
    assert_sound(relief, money["id"])


def test_the_list_is_shown_masked(desk: Desks, relief: Desk) -> None:
    head, file = household(desk)
    case = draft(relief)
    [line] = case.lines()
    assert set(line) == {"id", "number", "file_no", "grade", "ground", "worker_id", "amount_fen", "state", "reason"}
    assert file["file_no"] not in str(line)
    assert head not in str(line)


def test_a_household_comes_once_for_an_occasion(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    money = fund(relief)
    first, second = draft(relief), draft(relief)
    first.approve(money["id"])
    assert second.approve(money["id"])["skipped_count"] == 1
    assert [line["state"] for line in second.lines()] == ["SKIPPED"]
    told = relief.refused("draft_campaign", COUNTY, body=second.body)
    assert (told["code"], told["params"]["excluded"]) == ("campaign-lists-nobody", 1)
    occasion = {"occasion": "SPRING_FESTIVAL"}
    told = relief.refused("apply_for_relief", OFFICER, body={
        "worker_id": head, "relief_type": "FESTIVAL", "need": occasion, "year": today().year + 1})
    assert (told["code"], told["params"]["about_no"]) == ("relief-same-need", first.now["campaign_no"])
    assert apply(relief, head, "FESTIVAL", need={"occasion": "MID_AUTUMN"}).now["state"] == "SUBMITTED"
    assert get_fund(relief, money["id"])["reserved_fen"] == 100_000


def test_who_applied_for_the_occasion_is_left_out(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    household(desk)
    apply(relief, head, "FESTIVAL", need={"occasion": "SPRING_FESTIVAL"}, year=today().year + 1)
    assert (draft(relief).now["listed_count"], draft(relief).now["already_aided_count"]) == (1, 1)


@pytest.mark.parametrize(("filters", "count"), [
    ({}, 4), ({"grades": ["DEEP"]}, 3), ({"levels": ["CITY"]}, 1), ({"never_aided": True}, 3),
    ({"grades": ["RELATIVE"], "levels": ["CITY"]}, 0), ({"within": "/37/3702/370202/nobody/"}, 0),
])
def test_filters(desk: Desks, relief: Desk, filters: dict[str, Any], count: int) -> None:
    heads = [household(desk, grade=grade, level=level)[0] for grade, level in (
        ("DEEP", "CITY"), ("DEEP", "COUNTY"), ("DEEP", "COUNTY"), ("RELATIVE", "COUNTY"))]
    aided = apply(relief, heads[1])
    aided.propose(10_000)
    aided.approve(fund(relief)["id"], DIRECTOR)
    if count:
        assert draft(relief, filters=filters).now["listed_count"] == count
    else:
        body = Campaign.body_of(filters=filters)
        assert relief.refused("draft_campaign", COUNTY, body=body)["code"] == "campaign-lists-nobody"


def test_a_list_by_hand(desk: Desks, relief: Desk) -> None:
    file, _ = household(desk)[1], household(desk)
    assert draft(relief, filters={"file_ids": [file["id"]]}).now["listed_count"] == 1
    told = relief.refused("draft_campaign", COUNTY, body=Campaign.body_of(filters={"file_ids": [file["id"], new_id()]}))
    assert told["code"] == "relief-file-unknown"


def test_a_household_is_taken_off_the_draft(desk: Desks, relief: Desk) -> None:
    household(desk)
    household(desk)
    case = draft(relief)
    line = case.lines()[0]
    case.must("exclude_from_campaign", COUNTY, line_id=line["id"], reason="已外出")
    assert (case.now["listed_count"], case.now["total_fen"]) == (1, 100_000)
    assert case.refused("exclude_from_campaign", COUNTY, line_id=line["id"], reason="-") == "campaign-file-not-listed"
    assert case.approve(fund(relief)["id"])["reserved_count"] == 1


def test_the_total_decides_who_approves(desk: Desks, relief: Desk) -> None:
    crowd(relief, 60)
    money, case = fund(relief), draft(relief)
    assert case.now["total_fen"] == 6_000_000
    body = {"fund_id": money["id"], "document_no": "WW-1"}
    assert case.refused("approve_campaign", DIRECTOR, **body) == "relief-approval-level"
    drafter = caller(Role.CHAIR, account_id=COUNTY.account_id)
    assert case.refused("approve_campaign", drafter, **body) == "separation-of-duty"
    assert case.must("approve_campaign", CHAIR, **body)["state"] == "RESERVING"


@pytest.mark.parametrize(("source", "fen", "code"), [
    ("UNION", 50_000, "fund-insufficient"), ("CENTRAL", 500_000, "fund-purpose-denied"),
    ("INTEREST", 500_000, "fund-needs-collective-approval"),
])
def test_a_fund_that_cannot_pay_all_pays_nobody(desk: Desks, relief: Desk, source: str, fen: int, code: str) -> None:
    household(desk)
    money, case = fund(relief, source, fen), draft(relief)
    assert case.refused("approve_campaign", DIRECTOR, fund_id=money["id"], document_no="W") == code
    assert case.read()["state"] == "DRAFT"
    if code == "fund-needs-collective-approval":
        assert case.must("approve_campaign", GROUP, fund_id=money["id"], document_no="W")["state"] == "RESERVED"


@pytest.mark.parametrize(("change", "code"), [
    ({"amounts_fen": {"DEEP": 200_001}}, "relief-above-cap"),
    ({"amounts_fen": {"DEEP": 0}}, "content-invalid"),
    ({"amounts_fen": {"RELATIVE": 10}, "filters": {"grades": ["DEEP"]}}, "campaign-grade-without-amount"),
    ({"amounts_fen": {}}, "campaign-grade-without-amount"),
    ({"occasion": "BIRTHDAY"}, "content-invalid"),
    ({"year": 2020}, "relief-year-impossible"),
    ({"org_path": "/37/3702/370203/"}, "not-found"),
    ({"filters": {"within": "/37/3702/370203/"}}, "not-found"),
])
def test_a_draft_that_cannot_be(desk: Desks, relief: Desk, change: dict[str, Any], code: str) -> None:
    household(desk)
    told = relief.refused("draft_campaign", COUNTY, body={**Campaign.body_of(), **change})
    assert told["code"] == code
    assert relief.must("list_campaigns", COUNTY)["items"] == []
