"""The largest amounts that each field takes, many at once: a sum that one amount cannot say is refused by its item, and
whatever is answered is within the bounds of money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.kernel.clock import today
from shared.kernel.money import MAX_FEN
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.applications.crowds import crowd
from tests.services.relief.applications.matters import household
from tests.services.relief.households import COUNTY, OFFICER, body_of, draft
from tests.services.relief.orders.shop import AGENT, catalogue, offer
from tests.services.relief.orders.shop import body_of as order_of
from tests.services.relief.samples import CASHIER, DIRECTOR, fund

DeskOf = Callable[[str], Desk]
CLERK = caller(Role.WINDOW_CLERK)
RIGID = ("illness", "disability", "education", "housing", "care", "work_cost", "other")


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


def amounts(answer: Any) -> Iterator[int]:
    """Every amount of an answer."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name.endswith("_fen") and isinstance(value, int):
                yield value
            else:
                yield from amounts(value)
    elif isinstance(answer, list):
        for one in answer:
            yield from amounts(one)


def assert_told(status: int, answer: Any, sum_fen: int, within: str) -> None:
    """Done, and every amount in bounds; or refused for the sum, with the item."""
    if status < 300:
        assert all(abs(fen) <= MAX_FEN for fen in amounts(answer))
        assert sum_fen <= MAX_FEN
        return
    assert (status, answer["code"]) == (422, "sum-too-large"), answer
    assert answer["errors"][0]["pointer"].startswith(within)
    assert sum_fen > MAX_FEN


LARGE = st.sampled_from([0, 1, MAX_FEN // 12, MAX_FEN // 2, MAX_FEN - 1, MAX_FEN])
ITEM = st.fixed_dictionaries({"amount_fen": LARGE, "months": st.sampled_from([1, 2, 12])})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from([("income", "WAGES"), ("expenditure", "ILLNESS")]), items=st.lists(ITEM, max_size=4),
       times=st.sampled_from([1, 50]))
def test_items_of_a_means_test(relief: Desk, part: tuple[str, str], items: list[dict[str, int]], times: int) -> None:
    name, kind = part
    body = {"persons": [{"age": 40}], name: [{**item, "kind": kind} for item in items] * times}
    status, answer = relief.do("try_means_test", CLERK, body=body)
    assert_told(status, answer, sum(item["amount_fen"] * item["months"] for item in items) * times, f"/{name}/")


def test_what_is_imputed_counts_into_the_sum(relief: Desk) -> None:
    body = {"persons": [{"age": 40, "employment": "NONE"}], "division": "440703",
            "income": [{"kind": "WAGES", "amount_fen": MAX_FEN}]}
    refused = relief.refused("try_means_test", CLERK, body=body)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("sum-too-large", "/income")


def test_items_of_a_recorded_test_and_nothing_is_kept(relief: Desk, desk: DeskOf) -> None:
    file = draft(relief, people.worker(desk("membership"), None))
    body = {"persons": [{"age": 40}], "income": [{"kind": "WAGES", "amount_fen": MAX_FEN, "months": 12}] * 200}
    refused = relief.refused("record_means_test", OFFICER, path={"file_id": file.now["id"]}, body=body)
    assert (refused["status"], refused["errors"][0]["pointer"]) == (422, "/income/0/amount_fen")
    assert relief.must("list_means_tests", COUNTY)["items"] == []


@pytest.mark.parametrize("kinds", range(len(RIGID) + 1))
def test_rigid_sums_of_a_file(relief: Desk, desk: DeskOf, kinds: int) -> None:
    head = people.worker(desk("membership"), None)
    body = {**body_of(head), "income12_fen": MAX_FEN, "rigid": dict.fromkeys(RIGID[:kinds], MAX_FEN)}
    assert_told(*relief.do("open_hardship_file", OFFICER, body=body), kinds * MAX_FEN, "/rigid/")


@pytest.mark.parametrize("count", [1, 2, 10])
def test_aid_of_others(desk: DeskOf, count: int) -> None:
    worker_id, _ = household(desk)
    body = {"worker_id": worker_id, "relief_type": "MEDICAL",
            "need": {"bill_no": "ZY-1", "bill_fen": MAX_FEN, "own_paid_fen": MAX_FEN},
            "other_aid": [{"payer": "CIVIL_AFFAIRS", "amount_fen": MAX_FEN, "is_same_need": True}] * count}
    assert_told(*desk("relief").do("apply_for_relief", OFFICER, body=body), count * MAX_FEN, "/other_aid/")


@pytest.mark.parametrize("quantity", [1, 2])
def test_an_order(relief: Desk, desk: DeskOf, quantity: int) -> None:
    dear = offer(relief, catalogue(relief), member_fen=MAX_FEN, hardship_fen=MAX_FEN, available=50)
    worker_id, _ = household(desk)
    body = order_of(worker_id, (dear, quantity))
    assert_told(*relief.do("place_order", AGENT, body=body), quantity * MAX_FEN, "/items/")


def test_a_budget(relief: Desk) -> None:
    lines = [{"purpose": purpose, "amount_fen": MAX_FEN} for purpose in ("LIVING", "MEDICAL", "STUDENT")]
    body = {"fund_id": fund(relief)["id"], "year": today().year, "lines": lines}
    refused = relief.refused("draft_budget", CASHIER, body=body)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("sum-too-large", "/lines/1/amount_fen")


def test_a_receipt_and_the_books_over_all_funds(relief: Desk) -> None:
    money = fund(relief, fen=10**13)
    for operation, paper in (("receive_funds", "receipt_no"), ("receive_interest", "document_no")):
        refused = relief.refused(operation, CASHIER, path={"fund_id": money["id"]},
                                 body={"amount_fen": 10**13 + 1, paper: "SJ-1"})
        assert (refused["status"], refused["errors"][0]["pointer"]) == (422, "/amount_fen")
    told = relief.must("get_overall_trial_balance", caller(Role.AUDITOR))
    assert all(abs(fen) <= MAX_FEN for fen in amounts(told))


def test_a_list_for_a_campaign(relief: Desk) -> None:
    crowd(relief, 3)
    body = {"relief_type": "FESTIVAL", "occasion": "SPRING_FESTIVAL", "tier": "SAFEGUARD",
            "amounts_fen": {"DEEP": MAX_FEN}}
    status, answer = relief.do("draft_campaign", DIRECTOR, body=body)
    assert status == 422, answer
