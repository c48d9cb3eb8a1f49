"""Two processes on one database, SQLite and PostgreSQL: each desk has its own dispatcher, pool and writer's lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from tests.services.desks import Desk, caller
from tests.services.relief.samples import Case, Roster, assert_sound, fund, get_fund, request

TwoDesks = tuple[Desk, Desk]


def at_once(asked: list[tuple[Desk, Request]]) -> list[Answer]:
    """The answers to requests that set out together."""
    start = Barrier(len(asked))

    def answer(pair: tuple[Desk, Request]) -> Answer:
        start.wait()
        return pair[0].answer(pair[1])

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(answer, asked))


def command(operation: str, who: Caller, body: Mapping[str, Any], case: Case | None = None) -> Request:
    path, version = ({"advance_id": case.now["id"]}, case.now["version"]) if case else ({}, None)
    return Request(operation, who, path, {}, json.dumps(body).encode(), new_id(), version)


def secured(relief: Desk, membership: Desk, fen: int) -> Case:
    case = request(relief, Roster(membership, [fen]))
    case.secure()
    return case


def test_two_cashiers_pay_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    money, case = fund(two[0]), secured(two[0], desk("membership"), 300_000)
    body = {"fund_id": money["id"], "document_no": "DF-1"}
    answers = at_once([(at, command("disburse_wage_advance", caller(Role.CASHIER), body, case)) for at in two])
    assert sorted(answer.status for answer in answers) == [200, 412]
    assert get_fund(two[1], money["id"])["available_fen"] == 9_700_000
    assert len(two[0].told("wage_advance_disbursed")) == 1
    assert_sound(two[1], money["id"])


def test_exactly_as_many_advances_as_the_money_allows(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    money = fund(two[0], fen=250_000)
    cases = [secured(two[0], desk("membership"), 100_000) for _ in range(6)]
    body = {"fund_id": money["id"], "document_no": "DF-1"}
    answers = at_once([(two[n % 2], command("disburse_wage_advance", caller(Role.CASHIER), body, case))
                       for n, case in enumerate(cases)])
    codes = [json.loads(answer.body).get("code") for answer in answers]
    assert sorted(codes, key=str) == [None, None] + ["fund-insufficient"] * 4
    assert get_fund(two[1], money["id"])["available_fen"] == 50_000
    assert_sound(two[0], money["id"])


def test_one_receipt_entered_by_two_counts_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    money, cases = fund(two[0]), [secured(two[0], desk("membership"), 1_000) for _ in range(2)]
    for case in cases:
        case.pay(money["id"])
    body = {"amount_fen": 1_000, "receipt_no": "SJ-1"}
    answers = at_once([(at, command("record_repayment", caller(Role.CASHIER), body, case))
                       for at, case in zip(two, cases, strict=True)])
    assert sorted(json.loads(answer.body).get("code") or "" for answer in answers) == ["", "receipt-known"]
    assert get_fund(two[0], money["id"])["receivable_fen"] == 1_000
    assert_sound(two[0], money["id"])


def test_two_directors_propose_a_claim_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    roster = Roster(desk("membership"), [1_000, 2_000])
    answers = at_once([(at, command("propose_wage_advance", caller(Role.CENTRE_DIRECTOR), roster.body)) for at in two])
    assert sorted(json.loads(answer.body).get("code") or "" for answer in answers) == ["", "claim-already-advanced"]


@pytest.mark.parametrize("change", ["UPDATE ledger_entries SET amount_fen = 1", "DELETE FROM ledger_entries"])
def test_either_database_keeps_entries_as_they_are(two: TwoDesks, change: str) -> None:
    fund(two[0])
    with pytest.raises(DBAPIError, match="append-only"), two[0].database.write() as connection:
        connection.execute(text(change))
