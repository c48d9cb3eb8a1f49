"""Reserved money of a campaign's households that will not be paid goes back into the fund, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.service.messages import Answer, Request
from tests.services.desks import Desk
from tests.services.relief import households
from tests.services.relief.applications.crowds import Campaign, crowd, draft
from tests.services.relief.applications.matters import CHAIR, COUNTY, bank_says_of, lines_of
from tests.services.relief.payments.bank import AUDITOR, DRAFTER, Batch, trail
from tests.services.relief.payments.test_lost_files import Paid, suspend
from tests.services.relief.samples import assert_sound, fund, get_fund
from tests.services.relief.test_races import TwoDesks

Desks = Callable[[str], Desk]
FEN, COUNT = 100_000, 3


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


@pytest.fixture
def case(relief: Desk) -> Campaign:
    crowd(relief, COUNT)
    made = draft(relief)
    made.approve(fund(relief)["id"])
    return made


def ids(case: Campaign) -> list[str]:
    return [line["id"] for line in case.lines()]


def give_back(case: Campaign, line_ids: list[str]) -> dict[str, Any]:
    return case.must("release_campaign_lines", CHAIR, line_ids=line_ids, reason="拒收慰问金")


def reserved(case: Campaign) -> int:
    fen: int = get_fund(case.relief, case.now["fund_id"])["reserved_fen"]
    return fen


def test_the_money_goes_back_and_the_household_may_come_again(relief: Desk, case: Campaign) -> None:
    first, *others = ids(case)
    done = give_back(case, [first])
    assert (done["state"], done["reserved_count"], done["released_count"], done["released_fen"]) == (
        "RESERVED", COUNT, 1, FEN)
    assert [(line["state"], line["reason"]) for line in case.lines()] == [
        ("RELEASED", "拒收慰问金"), ("RESERVED", None), ("RESERVED", None)]
    assert reserved(case) == 2 * FEN
    entries = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": case.now["fund_id"]},
                          query={"kind": "RELEASED"})["items"]
    assert [(one["about_id"], one["about_part"], one["amount_fen"]) for one in entries] == [
        (case.now["id"], first, FEN)]
    noted = [one["detail"] for one in trail(relief, "release_campaign_lines") if first in one["detail"]]
    assert len(noted) == 1
    assert "拒收慰问金" in noted[0]
    again = draft(relief)
    assert (again.now["listed_count"], again.now["already_aided_count"]) == (1, 2)
    bank_says_of(relief, [(done["id"], line_id) for line_id in others], "PAID")
    assert (case.read()["state"], case.now["paid_count"]) == ("PAID", 2), "nobody waits for money any more"
    assert_sound(relief, case.now["fund_id"])


def test_the_last_release_ends_the_campaign(relief: Desk, case: Campaign) -> None:
    first, *others = ids(case)
    bank_says_of(relief, [(case.now["id"], first)], "PAID")
    case.read()
    assert give_back(case, others)["state"] == "PAID"
    bank_says_of(relief, [(case.now["id"], first)], "RETURNED")
    assert case.read()["state"] == "RESERVED"
    done = give_back(case, [first])
    assert (done["state"], done["paid_count"], done["released_count"]) == ("CANCELLED", 0, COUNT)
    assert len(relief.told("relief_campaign_cancelled")) == 1
    assert reserved(case) == 0
    assert_sound(relief, case.now["fund_id"])


def test_all_of_the_named_households_or_none(relief: Desk, case: Campaign) -> None:
    first, second, third = ids(case)
    bank_says_of(relief, [(case.now["id"], first)], "PAID")
    case.read()
    give_back(case, [second])
    free = reserved(case)
    for stuck in (first, second, new_id()):
        asked = {"line_ids": [stuck, third], "reason": "迁出"}
        told = relief.refused("release_campaign_lines", CHAIR, path=case.path, body=asked, version=case.now["version"])
        assert (told["code"], told["params"]["count"], told["params"]["line_id"]) == (
            "campaign-lines-not-free", 1, stuck)
    assert reserved(case) == free
    assert [line["state"] for line in case.lines()] == ["PAID", "RELEASED", "RESERVED"]


def test_a_draft_has_nothing_to_give_back(relief: Desk) -> None:
    crowd(relief, 1)
    case = draft(relief)
    assert case.refused("release_campaign_lines", CHAIR, line_ids=ids(case), reason="迁出") == "wrong-state"


def test_a_batch_keeps_what_it_has_until_the_line_leaves_it(desk: Desks) -> None:
    """A file is suspended while its money is in a batch, and cancelled afterwards."""
    paid = Paid(desk).by_campaign()
    batch = paid.batch()
    case = Campaign.__new__(Campaign)
    case.relief, [case.now] = paid.relief, paid.relief.must("list_campaigns", COUNTY)["items"]
    part = next(row["about_part"] for row in batch.rows() if row["payee_id"] == paid.heads[0])
    assert case.refused("release_campaign_lines", CHAIR, line_ids=[part], reason="注销") == "campaign-lines-not-free"
    suspend(paid.files[0])
    paid.faults(batch)
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="档案暂停")
    paid.files[0].must("cancel_hardship_file", households.DIRECTOR, reason="FRAUD")
    assert give_back(case, [part])["released_count"] == 1
    assert reserved(case) == FEN
    batch.approve()
    assert batch.now["lines_count"] == 1
    assert_sound(paid.relief, case.now["fund_id"])


def test_a_release_and_a_batch_that_collects_never_both_have_a_line(two: TwoDesks) -> None:
    crowd(two[0], 6)
    money = fund(two[0])
    case = draft(two[0])
    case.approve(money["id"])
    body = {"fund_id": money["id"], "purpose": "FESTIVAL", "kind": "COLLECT"}
    batch = Batch(two[0], two[0].must("draft_payment_batch", DRAFTER, body=body))
    asked = Request("release_campaign_lines", CHAIR, case.path, {}, json.dumps({
        "line_ids": ids(case)[:3], "reason": "拒收慰问金"}).encode(), new_id(), case.now["version"])
    start = Barrier(2)

    def collect() -> None:
        start.wait()
        two[0].tick()

    def release() -> Answer:
        start.wait()
        return two[1].answer(asked)

    with ThreadPoolExecutor(2) as pool:
        collecting, releasing = pool.submit(collect), pool.submit(release)
        collecting.result(60)
        answer = releasing.result(60)
    batch.settle()
    gone = {line["state"] for line in case.lines()[:3]}
    rows = lines_of(two[0], case.now["id"])
    in_batch = sum(row["state"] == "BATCHED" for row in rows)
    assert (answer.status, gone, in_batch) in ((200, {"RELEASED"}, 3), (409, {"RESERVED"}, 6))
    assert reserved(case) == in_batch * FEN
    assert batch.now["lines_count"] == in_batch
    assert_sound(two[0], money["id"])
