"""Long lists: reserved a chunk at a time, through deaths of processes and empty funds; and what the bank says after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.application.applications import reserving
from tests.services.desks import Desk
from tests.services.relief.applications.crowds import Campaign, crowd, draft, one_chunk
from tests.services.relief.applications.matters import (
    AUDITOR,
    CASHIER,
    CHAIR,
    COUNTY,
    DIBAO_FEN,
    DIRECTOR,
    apply,
    bank_says_of,
    household,
    lines_of,
)
from tests.services.relief.samples import assert_sound, fund, get_fund, receive

Desks = Callable[[str], Desk]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserving, "CHUNK", 20)


def test_a_long_list_is_reserved_by_and_by(relief: Desk) -> None:
    count = 2 * reserving.CHUNK + 5
    crowd(relief, count)
    money, case = fund(relief, fen=100_000_000), draft(relief)
    assert case.approve(money["id"])["state"] == "RESERVING"
    seen = []
    while case.read()["state"] == "RESERVING":
        one_chunk(relief)
        seen.append(case.read()["done_count"])
    assert seen == [reserving.CHUNK, 2 * reserving.CHUNK, count]
    lines = lines_of(relief, case.now["id"])
    assert len(lines) == len({line["payee_id"] for line in lines}) == count
    assert get_fund(relief, money["id"])["reserved_fen"] == 100_000 * count
    relief.tick()
    assert len(lines_of(relief, case.now["id"])) == count
    assert_sound(relief, money["id"])


def test_a_process_that_dies_in_a_chunk_leaves_it_undone_and_the_next_one_does_it_once(
        relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    count = reserving.CHUNK + 15
    crowd(relief, count)
    money, case = fund(relief, fen=100_000_000), draft(relief)
    case.approve(money["id"])
    whole = reserving._set

    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reserving, "_set", dies)
    with pytest.raises(KeyboardInterrupt):
        one_chunk(relief)
    assert (case.read()["done_count"], lines_of(relief, case.now["id"])) == (0, [])
    monkeypatch.setattr(reserving, "_set", whole)
    one_chunk(relief)
    one_chunk(relief)
    assert (case.read()["state"], len(lines_of(relief, case.now["id"]))) == ("RESERVED", count)
    assert_sound(relief, money["id"])


def test_a_campaign_waits_for_money_and_goes_on_by_itself(relief: Desk) -> None:
    count = reserving.CHUNK + 15
    crowd(relief, count)
    money, case = fund(relief, fen=100_000 * count), draft(relief)
    case.approve(money["id"])
    one_chunk(relief)
    relief.must("freeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=get_fund(relief, money["id"])["version"],
                body={"reason": "核查"})
    for _ in range(3):
        one_chunk(relief)
    assert "冻结" in case.read()["stalled_reason"]
    assert len(relief.told("relief_campaign_stalled")) == 1
    relief.must("unfreeze_fund", AUDITOR, path={"fund_id": money["id"]},
                version=get_fund(relief, money["id"])["version"])
    receive(relief, money["id"], 1)
    one_chunk(relief)
    assert (case.read()["state"], case.now["stalled_reason"]) == ("RESERVED", None)


def test_the_rest_of_a_campaign_is_given_up(relief: Desk) -> None:
    count = reserving.CHUNK + 15
    crowd(relief, count)
    money, case = fund(relief, fen=100_000_000), draft(relief)
    case.approve(money["id"])
    one_chunk(relief)
    case.read()
    done = case.must("stop_campaign", CHAIR, reason="资金调整")
    assert (done["state"], done["reserved_count"], done["skipped_count"]) == ("RESERVED", reserving.CHUNK, 15)
    one_chunk(relief)
    assert len(lines_of(relief, done["id"])) == reserving.CHUNK


def test_a_draft_is_cancelled(desk: Desks, relief: Desk) -> None:
    household(desk)
    case = draft(relief)
    assert case.must("cancel_campaign", DIRECTOR, reason="改期")["state"] == "CANCELLED"
    assert case.refused("approve_campaign", DIRECTOR, fund_id=fund(relief)["id"], document_no="-") == "wrong-state"


def test_payments_that_fail_come_back_and_are_recovered(desk: Desks, relief: Desk) -> None:
    household(desk)
    household(desk)
    case = draft(relief)
    case.approve(fund(relief)["id"])
    one, two = [(case.now["id"], line["about_part"]) for line in lines_of(relief, case.now["id"])]
    bank_says_of(relief, [one], "FAILED", reason="账号有误")
    bank_says_of(relief, [one, two], "PAID")
    assert case.read()["state"] == "PAID"
    bank_says_of(relief, [one], "RETURNED", reason="账户已销")
    assert (case.read()["state"], case.now["paid_count"], case.now["paid_fen"]) == ("RESERVED", 1, 100_000)
    assert sorted(line["state"] for line in case.lines()) == ["PAID", "RESERVED"]
    bank_says_of(relief, [one], "PAID")
    bank_says_of(relief, [two], "RECOVERED")
    assert (case.read()["state"], case.now["recovered_count"], case.now["paid_count"]) == ("PAID", 1, 1)


def test_the_cashier_reads_the_progress(desk: Desks, relief: Desk) -> None:
    household(desk)
    case = draft(relief)
    page = relief.must("list_campaigns", CASHIER, query={"occasion": "SPRING_FESTIVAL", "state": "DRAFT"})
    assert [row["id"] for row in page["items"]] == [case.now["id"]]


def test_one_campaign_without_money_does_not_bar_the_way_of_others(relief: Desk) -> None:
    count = reserving.CHUNK + 1
    crowd(relief, count)
    poor, rich = fund(relief, fen=100_000 * count), fund(relief, fen=100_000 * count)
    first, second = draft(relief), draft(relief, occasion="MID_AUTUMN")
    for case, money in ((first, poor), (second, rich)):
        case.approve(money["id"])
        relief.must("freeze_fund", AUDITOR, path={"fund_id": money["id"]}, body={"reason": "核查"},
                    version=get_fund(relief, money["id"])["version"])
    for _ in range(2):
        one_chunk(relief)
    assert all(case.read()["stalled_reason"].startswith("fund-frozen: ") for case in (first, second))
    relief.must("unfreeze_fund", AUDITOR, path={"fund_id": rich["id"]},
                version=get_fund(relief, rich["id"])["version"])
    for _ in range(60):
        one_chunk(relief)
    assert (first.read()["state"], second.read()["state"]) == ("RESERVING", "RESERVED")


def test_every_few_seconds_several_chunks_are_done(relief: Desk) -> None:
    crowd(relief, 7 * reserving.CHUNK)
    case = draft(relief)
    case.approve(fund(relief, fen=100_000_000)["id"])
    relief.tick()
    assert case.read()["state"] == "RESERVED"


def test_living_relief_for_a_list_stays_within_the_year_of_each_household(desk: Desks, relief: Desk) -> None:
    (one, _), _two = household(desk), household(desk)
    money = fund(relief)["id"]
    earlier = apply(relief, one)
    earlier.propose(11 * DIBAO_FEN)
    earlier.approve(money)
    body = {"relief_type": "LIVING", "amounts_fen": {"DEEP": 2 * DIBAO_FEN}}
    done = draft(relief, **body).approve(money)
    assert (done["tier"], done["reserved_count"], done["skipped_count"]) == ("SAFEGUARD", 1, 1)
    assert {line["purpose"] for line in lines_of(relief, done["id"])} == {"LIVING"}
    told = relief.refused("draft_campaign", COUNTY, body=Campaign.body_of(
        relief_type="LIVING", amounts_fen={"DEEP": 12 * DIBAO_FEN + 1}))
    assert told["code"] == "relief-above-cap"


def test_money_of_a_list_counts_against_the_next_application(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    draft(relief, relief_type="LIVING", amounts_fen={"DEEP": 2 * DIBAO_FEN}).approve(fund(relief)["id"])
    assert apply(relief, head).compute() == 10 * DIBAO_FEN
