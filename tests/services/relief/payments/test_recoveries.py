"""Wrong payments that come back in parts: each by its receipt, never more than was paid, every fen in the books."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from services.relief.adapters.funds import ledger_entries
from services.relief.adapters.payments import payment_lines
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import KINDS, data_folder, fresh_url
from tests.services.desks import Desk, caller
from tests.services.relief.payments.bank import (
    AUDITOR,
    DIRECTOR,
    SENDER,
    Batch,
    answer,
    filled,
    lines,
    workers,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

PAID = 10_000
GROUP = caller(Role.LEADING_GROUP)
TwoDesks = tuple[Desk, Desk]


class Wrong:
    """One payment that should not have been made."""

    def __init__(self, relief: Desk, membership: Desk) -> None:
        self.relief, self.money = relief, fund(relief)
        self.batch: Batch = filled(relief, self.money, lines(workers(membership, 1), PAID))
        self.batch.send()
        self.file = self.batch.content(self.batch.files()[0]["id"])
        self.batch.told(answer(self.file, lambda _: "成功"))
        self.line_id = self.batch.rows()[0]["id"]

    @property
    def row(self) -> dict[str, Any]:
        return dict(self.relief.must("get_payment_line", AUDITOR, path={"line_id": self.line_id}))

    def paper(self, receipt_no: str, fen: int | None = None, **more: Any) -> dict[str, Any]:
        return {"line_id": self.line_id, "document_no": receipt_no, "on": today().isoformat(), "reason": "分期退回",
                "amount_fen": fen, **more}

    def propose(self, receipt_no: str, fen: int | None = None) -> dict[str, Any]:
        return dict(self.relief.must("propose_payment_recovery", DIRECTOR, body=self.paper(receipt_no, fen)))

    def refused(self, receipt_no: str, fen: int | None = None, **more: Any) -> str:
        body = self.paper(receipt_no, fen, **more)
        return str(self.relief.refused("propose_payment_recovery", DIRECTOR, body=body)["code"])

    def confirm(self, made: dict[str, Any]) -> dict[str, Any]:
        return dict(self.relief.must("confirm_payment_correction", SENDER, path={"correction_id": made["id"]},
                                     version=made["version"]))

    def give_back(self, receipt_no: str, fen: int | None = None) -> dict[str, Any]:
        return self.confirm(self.propose(receipt_no, fen))

    def parts(self, **query: Any) -> list[dict[str, Any]]:
        query = {"line_id": self.line_id, "sort": "created_at", **query}
        return list(self.relief.must("list_payment_recoveries", AUDITOR, query=query)["items"])

    def entries(self) -> list[tuple[str, int]]:
        e = ledger_entries.c
        query = select(e.document_no, e.amount_fen).where(e.kind == "RECOVERED", e.fund_id == self.money["id"])
        with self.relief.database.read() as connection:
            return [(row.document_no, row.amount_fen) for row in connection.execute(query.order_by(e.number))]

    def assert_books(self, recovered_fen: int) -> None:
        """recovered + owed = paid, on the line, in the batch, in the fund and in the ledger."""
        row, held = self.row, get_fund(self.relief, self.money["id"])
        assert row["recovered_fen"] == recovered_fen == self.batch.read()["recovered_fen"]
        assert held["paid_fen"] == PAID - recovered_fen
        assert sum(fen for _, fen in self.entries()) == recovered_fen
        assert row["state"] == ("RECOVERED" if recovered_fen == PAID else "PAID")
        assert self.batch.now["recovered_count"] == (recovered_fen == PAID)
        assert_sound(self.relief, self.money["id"])


@pytest.fixture
def wrong(desk: Callable[[str], Desk]) -> Wrong:
    return Wrong(desk("relief"), desk("membership"))


def test_a_wrong_payment_comes_back_in_parts(wrong: Wrong) -> None:
    for receipt_no, fen, back in (("SJ-1", 3_000, 3_000), ("SJ-2", 1, 3_001), ("SJ-3", None, PAID)):
        wrong.give_back(receipt_no, fen)
        wrong.assert_books(back)
    assert wrong.entries() == [("SJ-1", 3_000), ("SJ-2", 1), ("SJ-3", 6_999)]
    assert [(part["document_no"], part["amount_fen"], part["state"]) for part in wrong.parts()] == [
        ("SJ-1", 3_000, "CONFIRMED"), ("SJ-2", 1, "CONFIRMED"), ("SJ-3", 6_999, "CONFIRMED")]
    told = [(one["data"]["receipt_no"], one["data"]["amount_fen"], one["data"]["owed_fen"])
            for one in wrong.relief.told("payment_partly_recovered")]
    assert told == [("SJ-1", 3_000, 7_000), ("SJ-2", 1, 6_999)]
    [last] = wrong.relief.told("payments_settled")[-1]["data"]["lines"]
    assert (last["outcome"], last["amount_fen"]) == ("RECOVERED", PAID)


def test_parts_are_listed_by_matter_and_state(wrong: Wrong) -> None:
    wrong.give_back("SJ-1", 3_000)
    wrong.propose("SJ-2", 1_000)
    about = {"line_id": wrong.line_id, "about_id": wrong.row["about_id"]}
    assert [part["document_no"] for part in wrong.parts(**about)] == ["SJ-1", "SJ-2"]
    assert [part["document_no"] for part in wrong.parts(state="PROPOSED")] == ["SJ-2"]
    assert wrong.parts(about_id=new_id()) == []


def test_a_receipt_is_one_part(wrong: Wrong) -> None:
    made = wrong.propose("SJ-1", 3_000)
    assert wrong.propose("SJ-1", 3_000)["id"] == made["id"]
    done = wrong.confirm(made)
    assert wrong.propose("SJ-1", 3_000) == done
    assert wrong.refused("SJ-1", 3_001) == "recovery-receipt-differs"
    assert wrong.refused("SJ-1", 3_000, on="2026-01-01") == "recovery-receipt-differs"
    wrong.assert_books(3_000)


def test_never_more_than_is_owed(wrong: Wrong) -> None:
    assert wrong.refused("SJ-1", PAID + 1) == "recovery-above-owed"
    assert wrong.refused("SJ-1", 0) == "content-invalid"
    wrong.give_back("SJ-1", 9_999)
    assert wrong.refused("SJ-2", 2) == "recovery-above-owed"
    wrong.give_back("SJ-2", 1)
    assert wrong.refused("SJ-3", 1) == "wrong-state"
    wrong.assert_books(PAID)


def test_a_part_that_was_refused_leaves_its_receipt_free(wrong: Wrong) -> None:
    made = wrong.propose("SJ-1", 3_000)
    wrong.relief.must("refuse_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1,
                      body={"reason": "收据不符"})
    wrong.assert_books(0)
    wrong.give_back("SJ-1", 2_000)
    wrong.assert_books(2_000)


def test_what_is_partly_back_does_not_come_back_from_the_bank(wrong: Wrong) -> None:
    wrong.give_back("SJ-1", 3_000)
    returned = {**wrong.paper("YH-1"), "outcome": "RETURNED"}
    del returned["amount_fen"]
    problem = wrong.relief.refused("propose_payment_correction", SENDER, body=returned)
    assert problem["code"] == "line-partly-recovered"
    status, told = wrong.batch.load(answer(wrong.file, lambda _: "退汇"))
    assert (status, told["code"]) == (409, "line-partly-recovered")
    wrong.assert_books(3_000)


def test_a_bank_return_that_was_proposed_before_the_part_is_not_booked(wrong: Wrong) -> None:
    """One open correction a line: the two cannot pass each other."""
    wrong.propose("SJ-1", 3_000)
    returned = {**wrong.paper("YH-1"), "outcome": "RETURNED"}
    del returned["amount_fen"]
    assert wrong.relief.refused("propose_payment_correction", SENDER, body=returned)["code"] == "correction-open"


def test_the_database_itself_refuses_more_than_was_paid(wrong: Wrong) -> None:
    with pytest.raises(IntegrityError), wrong.relief.database.write() as connection:
        connection.execute(payment_lines.update().where(payment_lines.c.id == wrong.line_id).values(
            recovered_fen=PAID + 1))


def test_the_database_itself_refuses_a_receipt_twice(wrong: Wrong) -> None:
    wrong.give_back("SJ-1", 3_000)
    with wrong.relief.database.read() as connection:
        query = select(ledger_entries).where(ledger_entries.c.kind == "RECOVERED")
        row = dict(connection.execute(query).mappings().one())
    for kind, document_no in (("RECOVERED", "SJ-1"), ("LATE_REPAID", "PC-1")):
        again = {**row, "kind": kind, "document_no": document_no}
        if kind == "LATE_REPAID":
            _enter(wrong.relief, {**again, "id": new_id(), "number": 900, "kind": "REPAID", "about_part": "1"})
        with pytest.raises(IntegrityError):
            _enter(wrong.relief, {**again, "id": new_id(), "number": 901})


def _enter(relief: Desk, row: dict[str, Any]) -> None:
    with relief.database.write() as connection:
        connection.execute(insert(ledger_entries).values(**row))


# -- what never comes back ---------------------------------------------------------------------------------------


def propose_write_off(wrong: Wrong) -> dict[str, Any]:
    body = {"line_id": wrong.line_id, "document_no": "SW-1", "reason": "领款人死亡,无遗产"}
    return dict(wrong.relief.must("propose_payment_write_off", GROUP, body=body))


def test_the_rest_that_never_comes_back_is_written_off_by_two(wrong: Wrong) -> None:
    wrong.give_back("SJ-1", 3_000)
    made = propose_write_off(wrong)
    assert (made["outcome"], made["amount_fen"], wrong.row["written_off_fen"]) == ("WRITTEN_OFF", 7_000, 0)
    path, done = {"path": {"correction_id": made["id"]}, "version": 1}, "confirm_payment_correction"
    assert wrong.relief.refused(done, SENDER, **path)["code"] == "payment-write-off-auditor"
    same = caller(Role.AUDITOR, account_id=GROUP.account_id)
    assert wrong.relief.refused(done, same, **path)["code"] == "separation-of-duty"
    assert wrong.relief.must(done, AUDITOR, **path)["state"] == "CONFIRMED"
    row, held = wrong.row, get_fund(wrong.relief, wrong.money["id"])
    assert (row["state"], row["recovered_fen"], row["written_off_fen"]) == ("PAID", 3_000, 7_000)
    assert (held["paid_fen"], held["written_off_fen"], wrong.batch.read()["recovered_fen"]) == (0, 7_000, 3_000)
    [entry] = wrong.relief.must("list_ledger_entries", AUDITOR, path={"fund_id": wrong.money["id"]},
                                query={"kind": "UNRECOVERED"})["items"]
    assert (entry["debit"], entry["credit"], entry["amount_fen"], entry["document_no"], entry["purpose"]) == (
        "WRITTEN_OFF", "PAID_OUT", 7_000, "SW-1", "LIVING")
    year = wrong.relief.must("get_fund_statement", AUDITOR, path={"fund_id": wrong.money["id"]})["figures"]
    assert (year["written_off_fen"], year["receivable_fen"], year["closing_fen"]) == (
        7_000, 0, held["available_fen"])
    [told] = wrong.relief.told("payment_written_off")
    assert (told["data"]["amount_fen"], told["data"]["recovered_fen"]) == (7_000, 3_000)
    assert_sound(wrong.relief, wrong.money["id"])


def test_nothing_is_owed_after_a_write_off(wrong: Wrong) -> None:
    made = propose_write_off(wrong)
    assert wrong.refused("SJ-1", 1) == "correction-open"
    wrong.relief.must("confirm_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1)
    assert wrong.refused("SJ-1", 1) == "recovery-above-owed"
    again = {"line_id": wrong.line_id, "document_no": "SW-2", "reason": "重复"}
    assert wrong.relief.refused("propose_payment_write_off", GROUP, body=again)["code"] == "recovery-above-owed"
    returned = {**wrong.paper("TH-1"), "outcome": "RETURNED"}
    del returned["amount_fen"]
    assert wrong.relief.refused("propose_payment_correction", SENDER, body=returned)["code"] == "line-partly-recovered"
    status, told = wrong.batch.load(answer(wrong.file, lambda _: "退汇"))
    assert (status, told["code"]) == (409, "line-partly-recovered")
    with pytest.raises(IntegrityError), wrong.relief.database.write() as connection:
        connection.execute(update(payment_lines).values(recovered_fen=1))


# -- many at once ----------------------------------------------------------------------------------------------


@pytest.fixture(params=KINDS)
def two(request: pytest.FixtureRequest, desk: Callable[[str], Desk], tmp_path: Path) -> Iterator[TwoDesks]:
    """Two processes on one new database."""
    given_url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with fresh_url(request.param, given_url) as url:
        migrate("relief", url, data_folder(tmp_path))
        databases = [Database(service_url("relief", url, data_folder(tmp_path))) for _ in range(2)]
        yield Desk("relief", databases[0], desk), Desk("relief", databases[1], desk)  # type: ignore[misc]
        for database in databases:
            database.close()


def at_once(asked: list[tuple[Desk, Request]]) -> list[Answer]:
    """The answers to requests that set out together."""
    start = Barrier(len(asked))

    def answer_of(pair: tuple[Desk, Request]) -> Answer:
        start.wait()
        return pair[0].answer(pair[1])

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(answer_of, asked))


def codes(answers: list[Answer]) -> list[str]:
    return sorted(json.loads(one.body).get("code") or "" for one in answers)


def test_two_people_bring_receipts_at_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    """Together more than is owed: whatever the order, never more than that is booked."""
    wrong = Wrong(two[0], desk("membership"))
    for fen in (6_000, 3_000):
        asked = [(at, Request("propose_payment_recovery", DIRECTOR, {}, {}, json.dumps(
            wrong.paper(f"SJ-{fen}-{n}", fen)).encode(), new_id(), None)) for n, at in enumerate(two * 2)]
        assert codes(at_once(asked)) == ["", *["correction-open"] * 3]
        [made] = wrong.parts(state="PROPOSED")
        asked = [(at, Request("confirm_payment_correction", caller(Role.CASHIER), {"correction_id": made["id"]}, {},
                              b"{}", new_id(), made["version"])) for at in two * 2]
        assert sorted(one.status for one in at_once(asked)) == [200, 412, 412, 412]
    wrong.assert_books(9_000)
    assert len(wrong.entries()) == 2
    assert wrong.refused("SJ-9", 1_001) == "recovery-above-owed"


def test_the_same_receipt_at_once_is_one_part(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    wrong = Wrong(two[0], desk("membership"))
    body = json.dumps(wrong.paper("SJ-1", 4_000)).encode()
    answers = at_once([(at, Request("propose_payment_recovery", DIRECTOR, {}, {}, body, new_id(), None))
                       for at in two * 3])
    assert {one.status for one in answers} == {201}
    assert len({json.loads(one.body)["id"] for one in answers}) == 1
    wrong.confirm(wrong.parts()[0])
    wrong.assert_books(4_000)


PART = st.tuples(st.sampled_from(["SJ-1", "SJ-2", "SJ-3", "SJ-4"]), st.one_of(st.none(), st.integers(1, 6_000)),
                 st.sampled_from(["confirm", "refuse", "leave"]))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(PART, max_size=8))
def test_whatever_comes_back_what_is_owed_and_what_is_back_is_what_was_paid(
        desk: Callable[[str], Desk], steps: list[tuple[str, int | None, str]]) -> None:
    wrong, back = Wrong(desk("relief"), desk("membership")), dict[str, int]()
    for number, fen, then in steps:
        receipt_no = f"{number} {wrong.line_id[-12:]}"  # the examples share one relief, in which a receipt counts once
        status, made = wrong.relief.do("propose_payment_recovery", DIRECTOR, body=wrong.paper(receipt_no, fen))
        if status >= 400:
            assert made["code"] in ("recovery-above-owed", "recovery-receipt-differs", "correction-open", "wrong-state")
        elif made["state"] == "CONFIRMED":
            assert back[receipt_no] == made["amount_fen"]
        elif then == "confirm":
            back[receipt_no] = wrong.confirm(made)["amount_fen"]
        elif then == "refuse":
            wrong.relief.must("refuse_payment_correction", AUDITOR, path={"correction_id": made["id"]},
                              version=made["version"], body={"reason": "-"})
        wrong.assert_books(sum(back.values()))
    assert dict(wrong.entries()) == back
