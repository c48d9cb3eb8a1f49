"""Campaigns visit front-line, model, sick and migrant workers by name, with a hardship file or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications import crowds
from tests.services.relief.applications.crowds import Campaign, one_chunk
from tests.services.relief.applications.matters import (
    CHAIR,
    COUNTY,
    active_file,
    apply,
    bank_says_of,
    household,
    lines_of,
)
from tests.services.relief.payments.bank import AUDITOR, CHECKER, DRAFTER, Batch, answer
from tests.services.relief.payments.test_real_names import listed
from tests.services.relief.samples import assert_sound, fund, get_fund, give_card
from tests.services.relief.statements import counted

Desks = Callable[[str], Desk]
AMOUNTS = {"FRONT_LINE": 30_000, "MODEL_WORKER": 200_000, "SICK": 100_000, "MIGRANT": 20_000}
AIDED, ON_THE_LIST = "本时节已慰问", "本户已列入本次名单"


def somebody(desk: Desks, has_card: bool = True, **more: Any) -> str:
    membership = desk("membership")
    worker_id = people.worker(membership, people.employer(membership), **more)
    if has_card:
        give_card(membership, worker_id)
    return worker_id


def naming(*worker_ids: str, ground: str = "FRONT_LINE", **more: Any) -> dict[str, Any]:
    return Campaign.body_of(**{
        "amounts_fen": AMOUNTS, "workers": [{"worker_id": one, "ground": ground} for one in worker_ids], **more})


def told(case: Campaign) -> list[tuple[str, str | None, str | None]]:
    """State, who is named, and the start of the reason, in the order of the list."""
    return [(one["state"], one["worker_id"], one["reason"] and one["reason"].split(" ")[0]) for one in case.lines()]


def test_files_and_named_workers_are_one_list(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    named = [somebody(desk) for _ in AMOUNTS]
    workers = [{"worker_id": one, "ground": ground} for one, ground in zip(named, AMOUNTS, strict=True)]
    case = crowds.draft(relief, amounts_fen={"DEEP": 50_000, **AMOUNTS}, workers=workers)
    assert (case.now["listed_count"], case.now["total_fen"]) == (5, 400_000)
    first, *others = case.lines()
    assert (first["ground"], first["grade"], first["worker_id"], first["amount_fen"]) == (
        "HARDSHIP", "DEEP", None, 50_000)
    assert [(one["ground"], one["worker_id"], one["amount_fen"], one["grade"], one["file_no"]) for one in others] == [
        (ground, worker_id, fen, "UNFILED", None)
        for worker_id, (ground, fen) in zip(named, AMOUNTS.items(), strict=True)]
    assert [line["ground"] for line in case.lines(ground="SICK")] == ["SICK"]
    money = fund(relief)
    assert case.approve(money["id"])["state"] == "RESERVED"
    lines = lines_of(relief, case.now["id"])
    assert {line["payee_id"] for line in lines} == {head, *named}
    bank_says_of(relief, [(case.now["id"], line["about_part"]) for line in lines], "PAID")
    assert (case.read()["state"], case.now["paid_fen"]) == ("PAID", 400_000)
    assert_sound(relief, money["id"])


@pytest.mark.parametrize(("change", "code"), [
    ({"relief_type": "LIVING"}, "campaign-named-for-festivals-only"),
    ({"amounts_fen": {"SICK": 1}}, "campaign-grade-without-amount"),
    ({"amounts_fen": {"FRONT_LINE": 200_001}}, "relief-above-cap"),
    ({"amounts_fen": {"FRONT_LINE": 0}}, "content-invalid"),
    ({"workers": [{"worker_id": new_id(), "ground": "FRONT_LINE"}]}, "worker-unknown"),
    ({"workers": [{"worker_id": new_id(), "ground": "HARDSHIP"}]}, "content-invalid"),
    ({"workers": []}, "campaign-grade-without-amount"),
    ({"filters": {"grades": ["DEEP"]}}, "campaign-grade-without-amount"),
])
def test_names_that_cannot_be(desk: Desks, relief: Desk, change: dict[str, Any], code: str) -> None:
    body = {**naming(somebody(desk)), **change}
    assert relief.refused("draft_campaign", COUNTY, body=body)["code"] == code
    assert relief.must("list_campaigns", COUNTY)["items"] == []


def test_who_may_be_named(desk: Desks, relief: Desk) -> None:
    one, local = somebody(desk), somebody(desk, registration="LOCAL_URBAN")
    elsewhere = people.worker(desk("membership"), None, org_path="/37/3702/370203/")
    for body, code, pointer in (
            (naming(one, one), "campaign-worker-named-twice", "/workers/1/worker_id"),
            (naming(one, elsewhere), "worker-unknown", "/workers/1/worker_id"),
            (naming(one, local, ground="MIGRANT"), "campaign-worker-no-migrant", "/workers/1/ground")):
        found = relief.refused("draft_campaign", COUNTY, body=body)
        assert (found["code"], found["errors"][0]["pointer"]) == (code, pointer)


def test_a_household_is_visited_once(desk: Desks, relief: Desk) -> None:
    """By its file, or by the first of it who is named; whoever had something for the festival is left out."""
    listed_head, _ = household(desk, grade="DEEP")
    couple = [somebody(desk), somebody(desk)]
    file = active_file(relief, couple, grade="RELATIVE")
    aided = somebody(desk)
    apply(relief, aided, "FESTIVAL", need={"occasion": "SPRING_FESTIVAL"}, year=today().year + 1)
    case = Campaign(relief, naming(listed_head, *couple, aided, amounts_fen={"DEEP": 50_000, **AMOUNTS},
                                   filters={"grades": ["DEEP"]}))
    assert told(case) == [
        ("LISTED", None, None), ("EXCLUDED", listed_head, ON_THE_LIST), ("LISTED", couple[0], None),
        ("EXCLUDED", couple[1], ON_THE_LIST), ("EXCLUDED", aided, AIDED)]
    assert (case.now["listed_count"], case.now["total_fen"], case.now["already_aided_count"]) == (2, 80_000, 1)
    assert case.lines()[2]["file_no"].startswith(file["file_no"][:12])
    assert case.approve(fund(relief)["id"])["reserved_count"] == 2
    found = relief.refused("draft_campaign", COUNTY, body=naming(couple[1]))
    assert (found["code"], found["params"]["excluded"]) == ("campaign-lists-nobody", 1)


def test_two_campaigns_name_the_same_worker(desk: Desks, relief: Desk) -> None:
    one, money = somebody(desk), fund(relief)
    first, second = Campaign(relief, naming(one)), Campaign(relief, naming(one))
    first.approve(money["id"])
    assert second.approve(money["id"])["skipped_count"] == 1
    assert told(second) == [("SKIPPED", one, AIDED)]
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000


def test_the_heat_of_summer_is_an_occasion_of_its_own(desk: Desks, relief: Desk) -> None:
    """送清凉 once a year, beside the festivals; those who listen are told of it in the second version."""
    one, money = somebody(desk), fund(relief)
    festival, summer = (Campaign(relief, naming(one, occasion=name)) for name in ("SPRING_FESTIVAL", "SUMMER_HEAT"))
    for case in (festival, summer):
        assert case.approve(money["id"])["reserved_count"] == 1
    assert relief.refused("draft_campaign", COUNTY, body=summer.body)["code"] == "campaign-lists-nobody"
    drafted = relief.told("relief_campaign_drafted")
    assert [(event["type"][-3:], event["data"]["occasion"]) for event in drafted] == [
        (".v2", "SPRING_FESTIVAL"), (".v2", "SUMMER_HEAT")]


@pytest.mark.parametrize("is_named_first", [True, False])
def test_a_file_that_was_opened_since_is_the_same_household(desk: Desks, relief: Desk, is_named_first: bool) -> None:
    couple, money = [somebody(desk), somebody(desk)], fund(relief)
    by_name = Campaign(relief, naming(*couple))
    active_file(relief, couple)
    by_file = crowds.draft(relief)
    first, second = (by_name, by_file) if is_named_first else (by_file, by_name)
    assert first.approve(money["id"])["reserved_count"] == 1
    assert second.approve(money["id"])["reserved_count"] == 0
    reserved = lines_of(relief, first.now["id"])
    first.must("release_campaign_lines", CHAIR, line_ids=[reserved[0]["about_part"]], reason="拒收")
    assert crowds.draft(relief).now["listed_count"] == 1, "the household is free for the occasion again"


def test_what_somebody_had_before_there_was_a_file_counts(desk: Desks, relief: Desk) -> None:
    one = somebody(desk)
    Campaign(relief, naming(one)).approve(fund(relief)["id"])
    active_file(relief, [one])
    found = relief.refused("draft_campaign", COUNTY, body=Campaign.body_of())
    assert (found["code"], found["params"]["excluded"]) == ("campaign-lists-nobody", 1)


def test_a_file_that_was_suspended_stops_the_line_that_rests_on_it(desk: Desks, relief: Desk) -> None:
    one, other = somebody(desk), somebody(desk)
    file = active_file(relief, [one])
    case = Campaign(relief, naming(one, other))
    status, _ = relief.do("suspend_hardship_file", COUNTY, path={"file_id": file["id"]}, version=file["version"],
                          body={"reason": "涉嫌骗取"})
    assert status < 300
    case.approve(fund(relief)["id"])
    assert told(case) == [("SKIPPED", one, "档案已不在档"), ("RESERVED", other, None)]


def test_central_money_asks_for_the_file(desk: Desks, relief: Desk, local: Any) -> None:
    local("fund_purposes.yaml", "purposes", sources=["CENTRAL"], purposes=["FESTIVAL"], verdict="ALLOW", zh="-",
          en="-")
    filed, unfiled = somebody(desk, registration="LOCAL_URBAN"), somebody(desk, registration="LOCAL_URBAN")
    active_file(relief, [filed], level="NATIONAL")
    case, money = Campaign(relief, naming(filed, unfiled)), fund(relief, "CENTRAL")
    case.approve(money["id"])
    first, second = case.lines()
    assert (first["state"], second["state"]) == ("RESERVED", "SKIPPED")
    assert "NATIONAL 档案" in second["reason"]
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000


def test_name_and_card_are_checked_and_the_list_of_names_tells_the_ground(desk: Desks, relief: Desk) -> None:
    one, without_card = somebody(desk), somebody(desk, has_card=False)
    money = fund(relief)
    case = Campaign(relief, naming(one, without_card, ground="MODEL_WORKER"))
    case.approve(money["id"])
    batch = Batch(relief, relief.must("draft_payment_batch", DRAFTER, body={
        "fund_id": money["id"], "purpose": "FESTIVAL", "kind": "COLLECT"}))
    batch.settle()
    batch.must("check_payment_batch", CHECKER)
    assert {row["payee_id"]: row["fault"] for row in batch.rows()} == {one: None, without_card: "CARD_MISSING"}
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="未登记银行卡")
    batch.send()
    (file,) = batch.files()
    batch.told(answer(batch.content(file["id"]), lambda _: "成功"))
    row, total = listed(relief, "download_batch_names", batch.path, who=AUDITOR)
    assert (row[5], row[10], total[1]) == ("送温暖", "劳动模范", "合计")
    assert_sound(relief, money["id"])


def test_a_long_list_of_names_is_reserved_by_and_by(desk: Desks, relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.relief.application.applications.reserving.CHUNK", 3)
    workers, money = [somebody(desk, has_card=False) for _ in range(7)], fund(relief)
    case = Campaign(relief, naming(*workers))
    case.approve(money["id"])
    takes = []
    while case.read()["state"] == "RESERVING":
        with counted() as seen:
            one_chunk(relief)
        takes.append(len(seen))
    assert (case.now["reserved_count"], len(takes)) == (7, 3)
    assert takes[2] <= takes[1], "one name takes as many statements as three"
    assert_sound(relief, money["id"])
