"""What the bank tells: booked once, refused when it is not the answer to what was sent, UNKNOWN when it is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.application.payments import outcomes
from services.relief.domain.payments.line import Outcome
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.payments.bank import (
    AUDITOR,
    DIRECTOR,
    SENDER,
    Batch,
    all_of,
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


@pytest.fixture
def batch(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> Batch:
    """Three lines at the bank."""
    made = filled(relief, money, lines(workers(desk("membership"), 3)))
    made.send()
    return made


@pytest.fixture
def sent(batch: Batch) -> bytes:
    return batch.content(batch.files()[0]["id"])


def test_money_of_a_rejected_line_is_given_back(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes) -> None:
    batch.told(answer(sent, lambda _: "失败"))
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT"}
    again = Batch(relief, relief.must("draft_payment_batch", SENDER, body=body))
    again.settle()
    ids = [row["id"] for row in again.rows()]
    again.must("remove_payment_lines", SENDER, line_ids=ids[:1], reason="暂缓")
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000
    again.must("remove_payment_lines", SENDER, line_ids=ids[1:], release=True, reason="户已注销")
    held = get_fund(relief, money["id"])
    assert (held["reserved_fen"], held["available_fen"]) == (10_000, 9_990_000)
    assert_sound(relief, money["id"])


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_that_cannot_be_is_refused(batch: Batch, sent: bytes, days: int) -> None:
    on = (today() + timedelta(days=days)).isoformat()
    assert batch.load(answer(sent, lambda _: "成功", on))[1]["code"] == "return-day-impossible"


def refs(batch: Batch) -> list[str]:
    return [row["id"].replace("-", "") for row in sorted(batch.rows(), key=lambda row: row["id"])]


def test_rejected_lines_wait_again_and_another_batch_pays_them(relief: Desk, money: dict[str, Any], batch: Batch,
                                                               sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Outcome] = []
    monkeypatch.setattr(outcomes, "HEARINGS", {"PaymentList": lambda _work, told: heard.extend(told)})
    first = refs(batch)[0]
    batch.told(answer(sent, lambda ref: "失败" if ref == first else "成功"))
    assert (batch.now["state"], batch.now["paid_count"], batch.now["failed_fen"]) == ("PARTLY_SETTLED", 2, 10_000)
    assert sorted(one.state for one in heard) == ["FAILED", "PAID", "PAID"]
    assert next(one.reason for one in heard if one.state == "FAILED") == "账户状态异常"
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT", "about_kind": "PaymentList"}
    again = Batch(relief, relief.must("draft_payment_batch", SENDER, body=body))
    again.settle()
    assert again.now["lines_count"] == 1
    again.must("check_payment_batch", caller(Role.CASHIER))
    again.must("approve_payment_batch", DIRECTOR)
    again.must("send_payment_batch", caller(Role.CASHIER), receipt_no="YH-2")
    again.told(answer(again.content(again.files()[0]["id"]), lambda _: "成功"))
    assert get_fund(relief, money["id"])["paid_fen"] == 30_000
    batch.must("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=20_000)
    assert_sound(relief, money["id"])


def test_the_same_file_again_has_no_effect(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes) -> None:
    said = answer(sent, lambda _: "成功")
    first = batch.told(said)
    assert batch.told(said)["id"] == first["id"]
    assert (batch.now["paid_count"], get_fund(relief, money["id"])["paid_fen"]) == (3, 30_000)
    assert len(relief.told("payments_settled")) == 1
    assert_sound(relief, money["id"])


def test_the_bank_may_answer_in_parts(batch: Batch, sent: bytes) -> None:
    one, two, three = refs(batch)
    batch.told(answer(sent, lambda ref: "成功" if ref == one else None))
    assert (batch.now["state"], batch.now["paid_count"]) == ("SENT", 1)
    batch.told(answer(sent, lambda ref: "成功" if ref in (two, three) else None))
    assert batch.now["state"] == "SETTLED"


def changed(text: bytes, old: str, new: str, times: int = 1) -> bytes:
    told = text.decode()
    assert old in told
    return told.replace(old, new, times).encode()


def test_files_that_do_not_fit_are_refused_whole(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes,
                                                 desk: Callable[[str], Desk]) -> None:
    other = filled(relief, money, lines(workers(desk("membership"), 1)))
    other.send()
    good, number = answer(sent, lambda _: "成功"), batch.files()[0]["message_id"]
    one, two, _ = refs(batch)
    bad = {
        "return-of-another-batch": answer(other.content(other.files()[0]["id"]), lambda _: "成功"),
        "return-amount-differs": changed(good, "100.00", "100.01"),
        "return-line-twice": changed(good, two, one),
        "return-line-unknown": changed(good, two, other.rows()[0]["id"].replace("-", "")),
    }
    for code, content in bad.items():
        assert batch.load(content)[1]["code"] == code
    for content in (b"", b"\x00\xff\xfe", b"a,b\n1,2\n", changed(good, number, "FFX"), changed(good, "成功", "也许"),
                    changed(good, "100.00", "1e9999"), changed(good, "100.00", "100.001"),
                    changed(good, one, "nonsense"), good.splitlines()[0], b'"' + good):
        assert batch.load(content)[1]["code"] in ("return-unreadable", "return-of-another-batch", "content-invalid")
    assert (batch.read()["paid_count"], batch.now["version"], batch.now["job"]) == (0, batch.now["version"], None)
    assert relief.must("list_bank_returns", AUDITOR)["items"] == []


def test_what_was_never_paid_does_not_come_back(batch: Batch, sent: bytes) -> None:
    status, told = batch.load(answer(sent, lambda _: "退汇"))
    assert (status, told["code"], told["params"]["state"]) == (409, "return-before-paid", "SENT")


def test_an_archived_batch_says_that_a_correction_is_the_way(batch: Batch, sent: bytes) -> None:
    batch.told(answer(sent, lambda _: "成功"))
    batch.must("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=30_000)
    batch.must("archive_payment_batch", AUDITOR)
    told = batch.load(answer(sent, lambda _: "退汇"))[1]
    assert (told["code"], "/payment-corrections" in told["detail"]["zh"]) == ("return-too-late", True)


def test_before_the_sending_nobody_can_answer(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes,
                                              desk: Callable[[str], Desk]) -> None:
    other = filled(relief, money, lines(workers(desk("membership"), 1)))
    assert other.load(sent)[1]["code"] == "return-too-early"


def test_an_outcome_that_is_none_says_which_there_are(batch: Batch, sent: bytes) -> None:
    told = batch.load(answer(sent, lambda _: "好"))[1]
    assert told["code"] == "return-unreadable"
    assert all(word in told["detail"]["zh"] for word in ("“好”", "成功", "失败", "退汇"))


def test_a_failure_without_a_reason_says_so(batch: Batch, sent: bytes) -> None:
    batch.told(answer(sent, lambda _: "失败").replace("账户状态异常".encode(), b""))
    rows = all_of(batch.relief, "list_payment_lines", fund_id=batch.now["fund_id"])
    assert {row["reason"] for row in rows} == {"银行未说明原因 / no reason told by the bank"}


def test_a_changed_file_is_refused(batch: Batch, sent: bytes) -> None:
    batch.told(answer(sent, lambda _: "成功"))
    status, told = batch.load(answer(sent, lambda _: "失败"))
    assert (status, told["code"]) == (409, "return-changed")
    assert batch.read()["paid_count"] == 3


def test_a_payment_comes_back_a_month_later(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes,
                                            on_day: Callable[[int], None]) -> None:
    batch.told(answer(sent, lambda _: "成功"))
    batch.must("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=30_000)
    on_day(31)
    one = refs(batch)[0]
    batch.told(answer(sent, lambda ref: "退汇" if ref == one else None))
    assert (batch.now["state"], batch.now["returned_fen"]) == ("RECONCILED", 10_000)
    held = get_fund(relief, money["id"])
    assert (held["paid_fen"], held["reserved_fen"]) == (20_000, 10_000)
    kinds = [entry["kind"] for entry in relief.must(
        "list_ledger_entries", AUDITOR, path={"fund_id": money["id"]}, query={"kind": "RETURNED"})["items"]]
    assert kinds == ["RETURNED"]
    assert batch.load(answer(sent, lambda ref: "退汇" if ref == one else None, "2026-01-01"))[1]["code"] == (
        "return-changed")
    assert_sound(relief, money["id"])


def test_silence_is_unknown_and_never_sent_again(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes,
                                                 on_day: Callable[[int], None]) -> None:
    one, two, three = refs(batch)
    batch.told(answer(sent, lambda ref: "成功" if ref == one else None))
    on_day(30)
    batch.settle()
    batch.settle()
    assert (batch.now["state"], batch.now["unknown_count"]) == ("PARTLY_SETTLED", 2)
    assert batch.refused("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=10_000) == "outcomes-missing"
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT"}
    assert Batch(relief, relief.must("draft_payment_batch", SENDER, body=body)).settle()["lines_count"] == 0
    batch.told(answer(sent, lambda ref: "成功" if ref == two else None))
    assert (batch.now["unknown_count"], batch.now["unknown_fen"]) == (1, 10_000), "a late file still counts"
    row = next(row for row in batch.rows() if row["id"].replace("-", "") == three)
    settle(relief, row["id"], "PAID")
    assert (batch.read()["state"], batch.now["unknown_count"]) == ("SETTLED", 0)
    batch.must("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=30_000)
    assert_sound(relief, money["id"])


def paper(line_id: str, **more: Any) -> dict[str, Any]:
    return {"line_id": line_id, "document_no": "YH-PZ-1", "on": today().isoformat(), "reason": "银行凭证", **more}


def settle(relief: Desk, line_id: str, outcome: str) -> None:
    made = relief.must("propose_payment_correction", SENDER, body=paper(line_id, outcome=outcome))
    path = {"correction_id": made["id"]}
    assert relief.refused("confirm_payment_correction", SENDER, path=path, version=1)["code"] == "separation-of-duty"
    relief.must("confirm_payment_correction", AUDITOR, path=path, version=1)


def test_a_wrong_payment_is_recovered_by_two(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes) -> None:
    batch.told(answer(sent, lambda _: "成功"))
    line = batch.rows()[0]
    made = relief.must("propose_payment_recovery", DIRECTOR, body=paper(line["id"]))
    other = paper(line["id"], document_no="YH-PZ-2")
    assert relief.refused("propose_payment_recovery", DIRECTOR, body=other)["code"] == "correction-open"
    relief.must("confirm_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1)
    held = get_fund(relief, money["id"])
    assert (held["paid_fen"], held["available_fen"]) == (20_000, 9_980_000)
    assert [row["id"] for row in batch.rows(state="RECOVERED")] == [line["id"]]
    assert relief.refused("propose_payment_recovery", DIRECTOR, body=other)["code"] == "wrong-state"
    assert batch.read()["recovered_fen"] == 10_000
    assert_sound(relief, money["id"])


def test_corrections_need_a_line_that_can_have_the_outcome(relief: Desk, money: dict[str, Any], batch: Batch) -> None:
    line = batch.rows()[0]["id"]
    for body, code in ((paper(line, outcome="RETURNED"), "wrong-state"),
                       (paper(line, outcome="PAID", on=(today() + timedelta(days=1)).isoformat()),
                        "correction-day-impossible"), (paper(money["id"], outcome="PAID"), "not-found")):
        assert relief.refused("propose_payment_correction", SENDER, body=body)["code"] == code
    made = relief.must("propose_payment_correction", SENDER, body=paper(line, outcome="FAILED"))
    told = relief.must("refuse_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1,
                       body={"reason": "凭证不符"})
    assert (told["state"], told["refusal"]) == ("REFUSED", "凭证不符")
    settle(relief, line, "FAILED")
    assert (batch.read()["failed_count"], len(batch.rows())) == (1, 2)
    unsent = draft(relief, money, lines([line]))
    unsent.add(lines([line]))
    body = paper(unsent.rows()[0]["id"], outcome="PAID")
    assert relief.refused("propose_payment_correction", SENDER, body=body)["code"] == "line-not-sent"


def test_a_frozen_fund_makes_the_booking_wait(relief: Desk, money: dict[str, Any], batch: Batch, sent: bytes) -> None:
    fund_path = {"fund_id": money["id"]}
    held = get_fund(relief, money["id"])
    relief.must("freeze_fund", AUDITOR, path=fund_path, version=held["version"], body={"reason": "审计"})
    batch.told(answer(sent, lambda _: "成功"))
    assert batch.now["job"]["reason"].startswith("fund-frozen")
    assert batch.now["paid_count"] == 0
    relief.must("unfreeze_fund", AUDITOR, path=fund_path, version=held["version"] + 1)
    lease_over(relief)
    batch.settle()
    assert (batch.now["state"], batch.now["job"]) == ("SETTLED", None)


def lease_over(relief: Desk) -> None:
    """As if the time of every lease had passed."""
    with relief.database.write() as connection:
        connection.exec_driver_sql("UPDATE payment_jobs SET lease_until = '2026-01-01 00:00:00.000000'")
