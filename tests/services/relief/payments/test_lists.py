"""Lists of thousands of lines: all of a request or none, each key once, never more than declared or reserved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller, pointers
from tests.services.relief.payments.bank import (
    APPROVER,
    AUDITOR,
    CHECKER,
    DRAFTER,
    Batch,
    answer,
    draft,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, fund, get_fund


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def money(relief: Desk) -> dict[str, Any]:
    return fund(relief)


def somebody(count: int) -> list[str]:
    """Ids of workers whom nobody has to know yet."""
    return [new_id() for _ in range(count)]


def test_several_requests_fill_one_batch(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(5))
    batch = draft(relief, money, sent)
    assert batch.add(sent[:2])[0] == 201
    assert batch.refused("check_payment_batch", CHECKER) == "not-as-declared"
    status, told = batch.add(sent[2:])
    assert (status, told["lines_count"], told["total_fen"]) == (201, 5, 50_000)
    assert get_fund(relief, money["id"])["reserved_fen"] == 50_000
    assert_sound(relief, money["id"])


@pytest.mark.parametrize("more", [{"fen": 10_001}, {"count": 3}])
def test_more_than_declared_is_refused(relief: Desk, money: dict[str, Any], more: dict[str, int]) -> None:
    batch = draft(relief, money, lines(somebody(2)))
    status, told = batch.add(lines(somebody(more.get("count", 2)), more.get("fen", 5_000)))
    assert (status, told["code"]) == (409, "above-declared")
    assert get_fund(relief, money["id"])["reserved_fen"] == 0


def test_a_key_counts_once_within_its_paper(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(3))
    first = filled(relief, money, sent)
    again = draft(relief, money, sent, document_no=first.now["document_no"])
    status, told = again.add([*lines(somebody(1), first=9), sent[1], sent[2]])
    assert (status, told["code"], told["params"]["keys"]) == (409, "line-key-known", "L-2, L-3")
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000, "all of a request or none"
    assert again.rows() == []
    another_paper = draft(relief, money, sent)
    assert another_paper.add(sent)[0] == 201


@pytest.mark.parametrize(("paper", "written", "key"), [
    ("帮扶纪要2026-7号", "帮扶纪要\uff12\uff10\uff12\uff16\uff0d\uff17号", "L-1"), ("DOC-a1", "doc-A1 ", "L-1"),
    ("DOC 9", " doc9", "l-1"), ("DOC-9", "DOC-9", "l-1")])
def test_the_same_paper_or_key_written_otherwise_is_no_other(relief: Desk, money: dict[str, Any], paper: str,
                                                             written: str, key: str) -> None:
    """Full-width digits, small letters and spaces make no other paper, and no other key."""
    sent = lines(somebody(1))
    filled(relief, money, sent, document_no=paper)
    again = draft(relief, money, sent, document_no=written)
    status, told = again.add([{**sent[0], "key": key}])
    assert (status, told["code"], told["params"]["keys"]) == (409, "line-key-known", "L-1")
    assert get_fund(relief, money["id"])["reserved_fen"] == 10_000


def test_a_key_in_two_ways_of_writing_stands_twice_in_a_request(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(2))
    status, told = draft(relief, money, sent).add([{**sent[0], "key": "k1"}, {**sent[1], "key": "K1"}])
    assert (status, pointers(told)) == (422, ["/lines/1/key"])


def test_a_paid_key_is_never_paid_again(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> None:
    sent = lines(workers(desk("membership"), 1))
    batch = filled(relief, money, sent)
    batch.send()
    batch.told(answer(batch.content(batch.files()[0]["id"]), lambda _: "成功"))
    again = draft(relief, money, sent, document_no=batch.now["document_no"])
    assert again.add(sent)[1]["code"] == "line-key-known"


def test_a_repeated_request_adds_nothing(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(2))
    batch = draft(relief, money, sent)
    told = [relief.must("add_payment_lines", DRAFTER, path=batch.path, body={"lines": sent}, key="the same key")
            for _ in range(2)]
    assert told[0] == told[1]
    assert batch.read()["lines_count"] == 2


def test_money_that_is_not_there_is_not_promised(relief: Desk) -> None:
    little = fund(relief, fen=29_999)
    batch = draft(relief, little, lines(somebody(3)))
    assert batch.add(lines(somebody(3)))[1]["code"] == "fund-insufficient"
    assert batch.rows() == []
    assert batch.read()["lines_count"] == 0


def test_the_purpose_must_be_allowed(relief: Desk) -> None:
    body = {"fund_id": fund(relief, "CENTRAL")["id"], "purpose": "WAGE_ADVANCE", "kind": "LIST", "document_no": "X",
            "declared_count": 1, "declared_fen": 1}
    assert relief.refused("draft_payment_batch", DRAFTER, body=body)["code"] == "fund-purpose-denied"


def test_a_wage_advance_is_no_list(relief: Desk, money: dict[str, Any]) -> None:
    body = {"fund_id": money["id"], "purpose": "WAGE_ADVANCE", "kind": "LIST", "document_no": "X",
            "declared_count": 1, "declared_fen": 1}
    told = relief.refused("draft_payment_batch", DRAFTER, body=body)
    assert (told["code"], pointers(told)) == ("list-of-cases", ["/purpose"])
    assert "/wage-advances" in told["detail"]["zh"]
    assert "/wage-advances" in told["detail"]["en"]


def test_a_collective_list_is_approved_by_the_leading_group_alone(relief: Desk, desk: Callable[[str], Desk]) -> None:
    surplus = fund(relief, "MUTUAL_SURPLUS")
    sent = lines(workers(desk("membership"), 1))
    body = {"fund_id": surplus["id"], "purpose": "LIVING", "kind": "LIST", "document_no": "X", "declared_count": 1,
            "declared_fen": 10_000}
    assert relief.refused("draft_payment_batch", DRAFTER, body=body)["code"] == "fund-needs-collective-approval"
    batch = filled(relief, surplus, sent, is_collective=True)
    batch.must("check_payment_batch", CHECKER)
    for role in (Role.CENTRE_DIRECTOR, Role.CHAIR):
        assert batch.refused("approve_payment_batch", caller(role)) == "batch-needs-leading-group"
    assert (batch.read()["state"], batch.now["job"]) == ("CHECKED", None)
    drafter = caller(Role.LEADING_GROUP, account_id=DRAFTER.account_id)
    assert batch.refused("approve_payment_batch", drafter) == "separation-of-duty"
    assert batch.must("approve_payment_batch", caller(Role.LEADING_GROUP))["state"] == "APPROVED"


@pytest.mark.parametrize(("change", "pointer", "code"), [
    ({"amount_fen": 0}, "/lines/1/amount_fen", "out-of-range"),
    ({"amount_fen": -5}, "/lines/1/amount_fen", "out-of-range"),
    ({"amount_fen": True}, "/lines/1/amount_fen", "not-an-integer"),
    ({"amount_fen": 1.5}, "/lines/1/amount_fen", "not-an-integer"),
    ({"amount_fen": "100"}, "/lines/1/amount_fen", "not-an-integer"),
    ({"amount_fen": 2**60}, "/lines/1/amount_fen", "out-of-range"),
    ({"amount_fen": None}, "/lines/1/amount_fen", "null"),
    ({"worker_id": "nobody"}, "/lines/1/worker_id", "not-an-id"),
    ({"worker_id": 7}, "/lines/1/worker_id", "not-a-string"),
    ({"key": ""}, "/lines/1/key", "wrong-length"),
    ({"key": "a~b"}, "/lines/1/key", "wrong-characters"),
    ({"key": "=1+1"}, "/lines/1/key", "wrong-characters"),
    ({"key": "k" * 41}, "/lines/1/key", "wrong-length"),
    ({"name": "张三"}, "/lines/1/name", "unknown-field"),
])
def test_a_wrong_line_is_told_by_its_place(relief: Desk, money: dict[str, Any], change: dict[str, Any], pointer: str,
                                           code: str) -> None:
    sent = lines(somebody(3))
    batch = draft(relief, money, sent)
    status, told = batch.add([sent[0], {**sent[1], **change}, sent[2]])
    assert status == 422
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in told["errors"]]
    assert batch.read()["lines_count"] == 0


@pytest.mark.parametrize("line", [[], "x", 7, None, {}])
def test_what_is_no_line_is_told_too(relief: Desk, money: dict[str, Any], line: Any) -> None:
    sent = lines(somebody(1))
    status, told = draft(relief, money, sent).add([*sent, line])
    assert status == 422
    assert all(pointer.startswith("/lines/1") for pointer in pointers(told))


def test_a_key_twice_in_a_request_is_told(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(3))
    status, told = draft(relief, money, sent).add([*sent[:2], {**sent[2], "key": "L-1"}])
    assert (status, pointers(told)) == (422, ["/lines/2/key"])


@pytest.mark.parametrize("sent", [[], [{"key": "a"}] * 20_001, {}, "lines", None])
def test_lists_have_bounds(relief: Desk, money: dict[str, Any], sent: Any) -> None:
    assert draft(relief, money, lines(somebody(1))).add(sent)[0] == 422


def test_an_amount_in_the_wrong_unit_is_above_the_cap(relief: Desk) -> None:
    rich = fund(relief, fen=10**12)
    sent = lines(somebody(2), 100_000_000)
    status, told = draft(relief, rich, sent).add(sent)
    assert (status, told["code"], pointers(told)) == (422, "line-above-cap", ["/lines/0/amount_fen"])


@pytest.mark.parametrize("missing", ["document_no", "declared_count", "declared_fen"])
def test_a_list_declares_itself(relief: Desk, money: dict[str, Any], missing: str) -> None:
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "LIST", "document_no": "X", "declared_count": 1,
            "declared_fen": 1}
    del body[missing]
    assert relief.refused("draft_payment_batch", DRAFTER, body=body)["code"] == "list-batch-incomplete"


def test_lines_are_taken_out_and_sent_again_corrected(relief: Desk, money: dict[str, Any],
                                                      desk: Callable[[str], Desk]) -> None:
    sent = lines(workers(desk("membership"), 3))
    batch = filled(relief, money, sent)
    batch.must("check_payment_batch", CHECKER)
    gone = next(row["id"] for row in batch.rows() if row["about_part"] == "L-2")
    batch.must("remove_payment_lines", DRAFTER, line_ids=[gone], reason="金额有误")
    assert (batch.now["state"], batch.now["lines_count"], batch.now["declared_count"]) == ("DRAFTED", 2, 2)
    assert get_fund(relief, money["id"])["reserved_fen"] == 20_000
    assert batch.refused("approve_payment_batch", APPROVER) == "wrong-state", "it must be checked again"
    corrected = draft(relief, money, [{**sent[1], "amount_fen": 5_000}], document_no=batch.now["document_no"])
    assert corrected.add([{**sent[1], "amount_fen": 5_000}])[0] == 201, "the key is free again"
    assert_sound(relief, money["id"])


def test_taking_out_nothing_is_refused(relief: Desk, money: dict[str, Any]) -> None:
    batch = filled(relief, money, lines(somebody(1)))
    status, told = batch.do("remove_payment_lines", DRAFTER, reason="x")
    assert (status, told["code"], pointers(told)) == (422, "nothing-to-remove", ["/line_ids"])


def test_batches_are_found_by_day_and_sorted_by_number(relief: Desk, money: dict[str, Any],
                                                       on_day: Callable[[int], None]) -> None:
    first = draft(relief, money, lines(somebody(1))).now
    on_day(1)
    second = draft(relief, money, lines(somebody(1))).now
    day, later = (one["created_at"][:10] for one in (first, second))

    def numbers(**query: str) -> list[str]:
        return [one["batch_no"] for one in relief.must("list_payment_batches", AUDITOR, query=query)["items"]]

    assert numbers(date_from=later) == [second["batch_no"]]
    assert numbers(date_to=day) == [first["batch_no"]]
    assert numbers(date_from=day, date_to=later, sort="batch_no") == [first["batch_no"], second["batch_no"]]


def test_foreign_lines_are_not_taken_out(relief: Desk, money: dict[str, Any]) -> None:
    batch, other = (filled(relief, money, lines(somebody(2))) for _ in range(2))
    ids = [batch.rows()[0]["id"], other.rows()[0]["id"]]
    assert batch.refused("remove_payment_lines", DRAFTER, line_ids=ids, reason="错") == "lines-not-in-batch"
    assert batch.read()["lines_count"] == 2


def test_a_cancelled_list_gives_everything_back(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(3))
    batch = filled(relief, money, sent)
    batch.must("cancel_payment_batch", DRAFTER, reason="名册有误")
    assert (batch.now["state"], batch.now["job"]) == ("CANCELLED", None)
    assert get_fund(relief, money["id"])["available_fen"] == money["available_fen"]
    again = draft(relief, money, sent, document_no=batch.now["document_no"])
    assert again.add(sent)[0] == 201
    assert batch.add(sent)[1]["code"] == "wrong-state"
    assert_sound(relief, money["id"])


def test_an_empty_batch_goes_nowhere(relief: Desk, money: dict[str, Any]) -> None:
    assert draft(relief, money, lines(somebody(1))).refused("check_payment_batch", CHECKER) == "batch-empty"


def test_lists_are_seen_by_filters(relief: Desk, money: dict[str, Any]) -> None:
    sent = lines(somebody(2))
    batch: Batch = filled(relief, money, sent)
    assert [row["about_part"] for row in batch.rows(payee_id=sent[0]["worker_id"])] == ["L-1"]
    assert batch.rows(state="PAID") == []
    (row,) = batch.rows(payee_id=sent[1]["worker_id"])
    assert relief.must("get_payment_line", AUDITOR, path={"line_id": row["id"]}) == row
