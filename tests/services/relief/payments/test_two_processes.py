"""Two processes on one database, SQLite and PostgreSQL: lists that race, and steps that both want to go on with."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.relief.application.payments import jobs, returning, steps
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Request
from tests.services.desks import Desk, caller
from tests.services.relief.payments.bank import (
    APPROVER,
    CHECKER,
    DRAFTER,
    SENDER,
    Batch,
    answer,
    draft,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, fund, get_fund
from tests.services.relief.test_races import TwoDesks, at_once


def adding(batch: Batch, sent: list[dict[str, Any]]) -> Request:
    return Request("add_payment_lines", DRAFTER, batch.path, {}, json.dumps({"lines": sent}).encode(), new_id())


def test_one_list_sent_by_two_counts_once(two: TwoDesks) -> None:
    money, sent = fund(two[0]), lines([new_id() for _ in range(50)])
    first = draft(two[0], money, sent)
    second = draft(two[1], money, sent, document_no=first.now["document_no"])
    answers = at_once([(two[0], adding(first, sent)), (two[1], adding(second, sent))])
    assert sorted(json.loads(one.body).get("code", "") for one in answers) == ["", "line-key-known"]
    assert get_fund(two[0], money["id"])["reserved_fen"] == 500_000
    assert_sound(two[1], money["id"])


def test_lists_against_a_fund_that_is_nearly_empty(two: TwoDesks) -> None:
    money, sent = fund(two[0], fen=250_000), lines([new_id() for _ in range(10)])
    batches = [draft(two[n % 2], money, sent) for n in range(6)]
    answers = at_once([(two[n % 2], adding(one, sent)) for n, one in enumerate(batches)])
    codes = [json.loads(one.body).get("code", "") for one in answers]
    assert sorted(codes) == ["", ""] + ["fund-insufficient"] * 4
    assert get_fund(two[1], money["id"])["available_fen"] == 50_000
    assert_sound(two[0], money["id"])


def test_two_approvers_approve_a_batch_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    money = fund(two[0])
    batch = filled(two[0], money, lines(workers(desk("membership"), 3)))
    batch.must("check_payment_batch", CHECKER)
    version = batch.now["version"]
    answers = at_once([(at, Request("approve_payment_batch", caller(Role.CHAIR), batch.path, {}, b"{}", new_id(),
                                    version)) for at in two])
    assert sorted(answer.status for answer in answers) == [200, 412]
    assert len(two[0].told("payment_batch_approved")) == 1
    batch.settle()
    assert (batch.now["state"], batch.now["job"], len(batch.files())) == ("APPROVED", None, 1)
    assert_sound(two[1], money["id"])


def both_go_on(two: TwoDesks, batch: Batch) -> None:
    """Both processes look for work until there is none."""
    while batch.read()["job"]:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda desk: desk.tick(), two))


def test_both_go_on_with_a_batch_and_do_nothing_twice(two: TwoDesks, desk: Callable[[str], Desk],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((steps, "CHUNK"), (steps, "WIDE"), (returning, "CHUNK")):
        monkeypatch.setattr(module, name, 5)
    monkeypatch.setattr(jobs, "BUDGET_SECONDS", 0.05)
    money = fund(two[0])
    batch = filled(two[0], money, lines(workers(desk("membership"), 32)))
    for operation, who, body in (("check_payment_batch", CHECKER, {}), ("approve_payment_batch", APPROVER, {}),
                                 ("send_payment_batch", SENDER, {"receipt_no": "1"})):
        status, told = batch.do(operation, who, **body)
        assert status == 200, told
        both_go_on(two, batch)
    status, told = batch.load(answer(batch.content(batch.files()[0]["id"]), lambda _: "成功"))
    assert status == 201, told
    both_go_on(two, batch)
    assert (batch.now["state"], batch.now["paid_count"]) == ("SETTLED", 32)
    assert get_fund(two[0], money["id"])["paid_fen"] == 320_000
    paid = [line["line_id"] for event in two[0].told("payments_settled") for line in event["data"]["lines"]]
    assert len(paid) == len(set(paid)) == 32
    assert_sound(two[1], money["id"])
