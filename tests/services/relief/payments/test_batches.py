"""A batch from the list to the archive: who may do which step, and what stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from services.membership.adapters.tables import workers as vault
from services.relief.application.payments.reserving import reserve
from services.relief.domain.payments import states
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.line import Due
from shared.kernel.caller import Caller
from shared.kernel.clock import now, today
from shared.kernel.errors import Refusal, WrongState
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.kernel.texts import same_name
from shared.store.work import Work
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.payments.bank import (
    APPROVER,
    AUDITOR,
    CHECKER,
    DIRECTOR,
    DRAFTER,
    SENDER,
    Batch,
    answer,
    draft,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, card_number, fund, get_fund, give_card


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def money(relief: Desk) -> dict[str, Any]:
    return fund(relief)


def test_a_list_is_paid_to_the_last_fen(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> None:
    batch = filled(relief, money, lines(workers(desk("membership"), 3)))
    assert get_fund(relief, money["id"])["reserved_fen"] == 30_000
    batch.send()
    assert {row["state"] for row in batch.rows()} == {"SENT"}
    (file,) = batch.files()
    batch.told(answer(batch.content(file["id"]), lambda _: "成功"))
    assert (batch.now["state"], batch.now["paid_fen"], batch.now["paid_count"]) == ("SETTLED", 30_000, 3)
    assert {(row["state"], row["paid_on"]) for row in batch.rows()} == {("PAID", today().isoformat())}
    assert get_fund(relief, money["id"])["paid_fen"] == 30_000
    batch.must("reconcile_payment_batch", SENDER, statement_no="DZ-1", debited_fen=30_000)
    batch.must("archive_payment_batch", AUDITOR)
    assert batch.now["state"] == "ARCHIVED"
    assert_sound(relief, money["id"])
    kinds = [event["type"].split(".")[1] for event in relief.told() if "payment" in event["type"]]
    assert kinds == ["payment_batch_drafted", "payment_batch_checked", "payment_batch_approved", "payment_batch_sent",
                     "payments_settled", "payment_batch_settled", "payment_batch_reconciled"]
    (settled,) = relief.told("payments_settled")
    assert [line["amount_fen"] for line in settled["data"]["lines"]] == [10_000] * 3


def waiting(relief: Desk, fund_id: str, worker_ids: list[str], kind: str = "LivingRelief", fen: int = 7_000) -> str:
    """Lines that a decision of another part has reserved; the id of its matter."""
    about = new_id()
    with Work(relief.database, relief.definition.contract, caller(Role.CHAIR), "decide", traceparent="",
              outside=relief.outside) as work:
        reserve(work, fund_id, "LIVING", [Due(kind, about, str(n), "WORKER", worker_id, fen, "PF-1")
                                          for n, worker_id in enumerate(worker_ids)], is_collective=False)
    return about


def collected(relief: Desk, money: dict[str, Any], **more: Any) -> Batch:
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT", **more}
    batch = Batch(relief, relief.must("draft_payment_batch", DRAFTER, body=body))
    batch.settle()
    return batch


def test_waiting_lines_are_collected(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> None:
    ids = workers(desk("membership"), 3)
    waiting(relief, money["id"], ids)
    waiting(relief, money["id"], ids, kind="Another")
    batch = collected(relief, money, about_kind="LivingRelief")
    assert (batch.now["lines_count"], batch.now["total_fen"], batch.now["job"]) == (3, 21_000, None)
    assert collected(relief, money, limit=2).now["lines_count"] == 2
    assert collected(relief, money).now["lines_count"] == 1, "no line is in two batches"
    assert batch.add(lines(ids))[1]["code"] == "batch-kind-wrong"
    kept = {"line_ids": [batch.rows()[0]["id"]], "release": True, "reason": "x"}
    assert batch.refused("remove_payment_lines", DRAFTER, **kept) == "line-of-a-matter"
    batch.send()
    batch.told(answer(batch.content(batch.files()[0]["id"]), lambda _: "成功"))
    assert batch.now["state"] == "SETTLED"
    assert_sound(relief, money["id"])


def test_a_cancelled_collection_leaves_the_lines_waiting(relief: Desk, money: dict[str, Any],
                                                         desk: Callable[[str], Desk]) -> None:
    waiting(relief, money["id"], workers(desk("membership"), 2))
    batch = collected(relief, money)
    batch.approve()
    batch.must("cancel_payment_batch", DIRECTOR, reason="改期发放")
    assert get_fund(relief, money["id"])["reserved_fen"] == 14_000
    assert collected(relief, money).now["lines_count"] == 2
    file = batch.files()[0]
    told = relief.refused("download_bank_file", SENDER, path={"file_id": file["id"]})
    assert told["code"] == "bank-file-withdrawn"


# -- name, ID and card -----------------------------------------------------------------------------------------


def test_lines_that_do_not_match_are_shown_corrected_or_removed(relief: Desk, money: dict[str, Any],
                                                                desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    good, bare, stranger = workers(membership, 1)[0], people.worker(membership, None), new_id()
    batch = filled(relief, money, lines([good, bare, stranger]))
    batch.must("check_payment_batch", CHECKER)
    assert (batch.now["state"], batch.now["faults_count"]) == ("DRAFTED", 2)
    assert {row["payee_id"]: row["fault"] for row in batch.rows()} == {
        good: None, bare: "CARD_MISSING", stranger: "PAYEE_UNKNOWN"}
    assert batch.refused("approve_payment_batch", APPROVER) == "wrong-state"
    give_card(membership, bare)
    batch.must("check_payment_batch", CHECKER)
    assert {row["payee_id"] for row in batch.rows(fault="PAYEE_UNKNOWN")} == {stranger}
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="查无此人")
    batch.must("check_payment_batch", CHECKER)
    assert (batch.now["state"], batch.now["lines_count"], batch.now["faults_count"]) == ("CHECKED", 2, 0)
    assert get_fund(relief, money["id"])["reserved_fen"] == 20_000
    assert_sound(relief, money["id"])


def test_a_card_of_another_person_is_refused(desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    worker_id = people.worker(membership, None)
    name = membership.must("get_worker", people.CLERK, path={"worker_id": worker_id})["name"]
    card = {"number": card_number(7), "bank_name": "工商银行"}
    told = membership.refused("set_bank_card", people.CLERK, path={"worker_id": worker_id}, version=1,
                              body={**card, "holder_name": "李四"})
    assert told["code"] == "bank-card-of-another"
    membership.must("set_bank_card", people.CLERK, path={"worker_id": worker_id}, version=1,
                    body={**card, "holder_name": f" {name[0]} {name[1:]} "})
    other = people.worker(membership, None)
    told = membership.refused("set_bank_card", people.CLERK, path={"worker_id": other}, version=1, body=card)
    assert told["code"] == "bank-card-taken"
    assert name not in str(told)
    membership.must("set_bank_card", people.CLERK, path={"worker_id": worker_id}, version=2, body=card)


def test_the_vault_compares_and_tells_only_the_finding(desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    good, other, bare = *workers(membership, 2), people.worker(membership, None)
    with membership.database.write() as connection:
        connection.execute(update(vault).where(vault.c.id == other).values(bank_holder="别人"))
    asked = {"worker_ids": [good, other, bare, new_id()]}
    told = desk.ask("membership", "check_payees", asked)["payees"]
    assert {one["worker_id"]: one["fault"] for one in told} == {
        good: None, other: "HOLDER_DIFFERS", bare: "CARD_MISSING"}
    assert "bank_card" not in told[0]
    assert all("*" in one["id_number_masked"] for one in told)
    query = {"worker_ids": [good, other, bare], "purpose": "x", "subject_id": new_id()}
    revealed = desk.ask("membership", "reveal_payees", query)["accounts"]
    assert [one["worker_id"] for one in revealed] == [good]


@pytest.mark.parametrize(("one", "other", "is_same"), [
    ("张三", "张 三", True), ("买买提·阿不都", "买买提•阿不都", True), ("ＬＩ Ming", "li ming", True),
    ("张三", "张山", False), ("买买提·阿不都", "买买提阿不都", False)])
def test_names_as_banks_write_them(one: str, other: str, is_same: bool) -> None:
    assert (same_name(one) == same_name(other)) == is_same


def test_a_partner_nobody_knows_is_not_paid(relief: Desk, money: dict[str, Any]) -> None:
    with Work(relief.database, relief.definition.contract, caller(Role.CHAIR), "decide", traceparent="",
              outside=relief.outside) as work:
        reserve(work, money["id"], "LIVING", [Due("Settlement", new_id(), "1", "PARTNER", new_id(), 5, "X")],
                is_collective=False)
    batch = collected(relief, money)
    batch.must("check_payment_batch", CHECKER)
    assert [row["fault"] for row in batch.rows()] == ["PAYEE_UNKNOWN"]


def test_whoever_lost_the_card_after_the_check_is_left_out(relief: Desk, money: dict[str, Any],
                                                           desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    kept, lost = workers(membership, 2)
    batch = filled(relief, money, lines([kept, lost]))
    batch.must("check_payment_batch", CHECKER)
    with membership.database.write() as connection:
        connection.exec_driver_sql("UPDATE workers SET bank_card = NULL WHERE id = ?", (lost,))
    batch.must("approve_payment_batch", APPROVER)
    assert (batch.now["lines_count"], batch.now["total_fen"]) == (1, 10_000)
    assert get_fund(relief, money["id"])["reserved_fen"] == 10_000
    assert lost not in batch.content(batch.files()[0]["id"]).decode()
    assert_sound(relief, money["id"])


def test_a_card_that_came_after_the_check_is_not_paid(relief: Desk, money: dict[str, Any],
                                                      desk: Callable[[str], Desk]) -> None:
    membership = desk("membership")
    same, other = workers(membership, 2)
    batch = filled(relief, money, lines([same, other]))
    batch.must("check_payment_batch", CHECKER)
    lost = next(row["id"] for row in batch.rows() if row["payee_id"] == other)
    give_card(membership, other)
    batch.must("approve_payment_batch", APPROVER)
    assert [row["payee_id"] for row in batch.rows()] == [same]
    line = relief.must("get_payment_line", AUDITOR, path={"line_id": lost})
    assert (line["state"], line["reason"]) == ("RELEASED", "CARD_CHANGED")
    assert lost.replace("-", "") not in batch.content(batch.files()[0]["id"]).decode()
    assert get_fund(relief, money["id"])["reserved_fen"] == 10_000
    assert_sound(relief, money["id"])


# -- two persons -----------------------------------------------------------------------------------------------


def test_drafter_and_checker_do_not_approve(relief: Desk, money: dict[str, Any], desk: Callable[[str], Desk]) -> None:
    both = caller(Role.CASHIER, Role.CHAIR)
    sent = lines(workers(desk("membership"), 1))
    batch = filled(relief, money, sent)
    batch.must("check_payment_batch", both)
    assert batch.refused("approve_payment_batch", both) == "separation-of-duty"
    assert batch.refused("approve_payment_batch", DRAFTER) == "separation-of-duty"
    batch.must("approve_payment_batch", APPROVER)
    assert batch.refused("send_payment_batch", both, receipt_no="1") == "separation-of-duty"
    assert batch.refused("send_payment_batch", APPROVER, receipt_no="1") == "separation-of-duty"
    batch.must("send_payment_batch", SENDER, receipt_no="1")


def test_who_wrote_a_list_neither_checks_nor_approves_it(relief: Desk, money: dict[str, Any],
                                                         desk: Callable[[str], Desk]) -> None:
    """Drafted by a cashier, written by a director, shortened by another who is a cashier too."""
    writer, other = (caller(Role.CASHIER, Role.CENTRE_DIRECTOR) for _ in range(2))
    sent = lines(workers(desk("membership"), 2))
    batch = draft(relief, money, sent)
    assert batch.add(sent, writer)[0] == 201
    assert batch.refused("check_payment_batch", writer) == "separation-of-duty"
    batch.must("check_payment_batch", other)
    batch.must("remove_payment_lines", other, line_ids=[batch.rows()[0]["id"]], reason="金额有误")
    assert batch.refused("check_payment_batch", other) == "separation-of-duty"
    batch.must("check_payment_batch", CHECKER)
    for author in (writer, other):
        assert batch.refused("approve_payment_batch", author) == "separation-of-duty"
    batch.must("approve_payment_batch", DIRECTOR)


@pytest.mark.parametrize("statement", ["UPDATE payment_authors SET account_id = 'x'", "DELETE FROM payment_authors"])
def test_who_wrote_a_list_stays_known(relief: Desk, money: dict[str, Any], statement: str) -> None:
    filled(relief, money, lines([new_id()]))
    with pytest.raises(DBAPIError, match="append-only"), relief.database.write() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_sending_lies_between_draft_and_today(relief: Desk, money: dict[str, Any],
                                                         desk: Callable[[str], Desk], days: int) -> None:
    batch = filled(relief, money, lines(workers(desk("membership"), 1)))
    batch.approve()
    on = (today() + timedelta(days=days)).isoformat()
    assert batch.refused("send_payment_batch", SENDER, receipt_no="1", sent_on=on) == "sent-on-impossible"


def test_a_statement_that_differs_stops_the_reconciliation(relief: Desk, money: dict[str, Any],
                                                           desk: Callable[[str], Desk]) -> None:
    batch = filled(relief, money, lines(workers(desk("membership"), 2)))
    batch.send()
    batch.told(answer(batch.content(batch.files()[0]["id"]), lambda _: "成功"))
    assert batch.refused("reconcile_payment_batch", SENDER, statement_no="1", debited_fen=19_999) == "statement-differs"
    assert batch.refused("archive_payment_batch", AUDITOR) == "wrong-state"


# -- the table -------------------------------------------------------------------------------------------------


def in_state(state: str) -> PaymentBatch:
    batch = PaymentBatch(new_id(), "/37/", "FF1", "LIST", new_id(), "LIVING", "CSV", "FF1", "a", now(), state=state,
                         declared_count=1, declared_fen=1, lines_count=1, total_fen=1)
    if state in ("SETTLED", "PARTLY_SETTLED", "RECONCILED", "ARCHIVED"):
        batch.paid_count, batch.paid_fen = 1, 1
    return batch


COMMANDS: dict[str, Callable[[PaymentBatch], Any]] = {
    "accept": lambda b: b.accept(0, 0), "remove": lambda b: b.open_for_removal(),
    "check": lambda b: b.check("c", now()), "approve": lambda b: b.approve("b", now()),
    "send": lambda b: b.send("d", now(), today(), today(), "1", 1), "cancel": lambda b: b.cancel("x", "a", now()),
    "reconcile": lambda b: b.reconcile("1", 1), "archive": lambda b: b.archive()}
ALLOWED = {"accept": {"DRAFTED", "CHECKED"}, "remove": {"DRAFTED", "CHECKED"}, "check": {"DRAFTED"},
           "approve": {"CHECKED"}, "send": {"APPROVED"}, "cancel": {"DRAFTED", "CHECKED", "APPROVED"},
           "reconcile": {"SETTLED", "PARTLY_SETTLED"}, "archive": {"RECONCILED"}}


@pytest.mark.parametrize("state", sorted(states.BATCH.states))
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_possible_where_the_table_says_so(state: str, command: str) -> None:
    batch = in_state(state)
    if state in ALLOWED[command]:
        COMMANDS[command](batch)
        return
    with pytest.raises(WrongState):
        COMMANDS[command](batch)
    assert batch.state == state
    assert not batch.happened


@pytest.mark.parametrize("machine", [states.LINE, states.CORRECTION], ids=["line", "correction"])
def test_moves_that_the_table_does_not_name_are_refused(machine: Any) -> None:
    for state in machine.states:
        for command in machine.commands - set(machine.allowed(state)):
            with pytest.raises(WrongState):
                machine.next(state, command)


def test_a_busy_batch_takes_no_command() -> None:
    batch = in_state("DRAFTED")
    batch.check("c", now())
    for command in ("accept", "remove", "check", "approve", "send", "reconcile"):
        with pytest.raises(Refusal) as refused:
            COMMANDS[command](batch)
        assert refused.value.code == "batch-busy"
    batch.cancel("x", "a", now())
    assert [job.kind for job in batch.jobs if job.is_open] == ["RELEASE"]


def test_another_unit_sees_nothing(relief: Desk, money: dict[str, Any]) -> None:
    batch = draft(relief, money, lines([new_id()]))
    stranger: Caller = caller(Role.CASHIER, org_path="/37/3702/370203/")
    for operation, path in (("get_payment_batch", batch.path), ("cancel_payment_batch", batch.path)):
        told = relief.refused(operation, stranger, path=path, body={"reason": "x"}, version=1)
        assert told["code"] == "not-found"
    assert relief.must("list_payment_batches", stranger)["items"] == []
    assert relief.do("add_payment_lines", stranger, path=batch.path, body={"lines": lines([new_id()])})[0] == 404
