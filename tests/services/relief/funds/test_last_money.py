"""Many at once after the last money, of a fund and of a budget line, on real databases; and books of before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.adapters.payments import payment_lines
from services.relief.domain.funds.ledger import START, LedgerEntry
from shared.kernel.clock import SHANGHAI
from shared.kernel.errors import Refusal, Unavailable
from shared.kernel.ids import new_id
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import data_folder
from tests.services.desks import PLACE, Desk
from tests.services.relief.funds.conftest import Desks
from tests.services.relief.funds.money import (
    THIS,
    book,
    budget,
    closing,
    due,
    executed,
    on_budget,
    told,
    transfer,
)
from tests.services.relief.older import as_of
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR, assert_sound, fund, get_fund

#: columns of an entry that came later
NEW = ("year", "purpose", "edition")


def attempt(relief: Desk, step: Callable[[Desk], object]) -> str:
    """What became of it; whoever finds the database busy comes again, as a caller of the door does."""
    while True:
        try:
            step(relief)
        except Unavailable:
            continue
        except Refusal as refusal:
            return refusal.code
        return ""


def at_once(two: Desks, steps: Sequence[Callable[[Desk], object]], threads: int) -> list[str]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda pair: attempt(two[pair[0] % 2], pair[1]), enumerate(steps)))


def reserving(fund_id: str, fen: int) -> Callable[[Desk], object]:
    return lambda relief: book(relief, fund_id, [due(fen)])


def test_two_want_the_last_money_of_a_budget_line(two: Desks) -> None:
    money = fund(two[0], fen=100_000)
    budget(two[0], money["id"], living=1_000)
    found = at_once(two, [reserving(money["id"], 600)] * 2, 2)
    assert sorted(found) == ["", "budget-exceeded"]
    assert executed(two[1], money["id"])["LIVING"] == (1_000, 600, 0)
    assert get_fund(two[0], money["id"])["reserved_fen"] == 600
    assert_sound(two[1], money["id"])


def test_five_hundred_at_one_nearly_empty_fund(two: Desks) -> None:
    """Exactly as many succeed as the money allows."""
    money = fund(two[0], fen=12_345)
    found = at_once(two, [reserving(money["id"], 100)] * 500, 32)
    assert found.count("") == 123
    assert found.count("fund-insufficient") == 377
    after = get_fund(two[1], money["id"])
    assert (after["available_fen"], after["reserved_fen"], after["entries_count"]) == (45, 12_300, 124)
    assert_sound(two[1], money["id"])


def test_a_budget_approved_while_money_is_being_reserved_holds(two: Desks) -> None:
    money = fund(two[0], fen=100_000)
    made = two[0].must("draft_budget", CASHIER, body={"fund_id": money["id"], "year": THIS,
                                                      "lines": told({"living": 1_000})})
    made = on_budget(two[0], made, "submit_budget", CASHIER)
    steps: list[Callable[[Desk], object]] = [reserving(money["id"], 300)] * 8
    steps.insert(3, lambda relief: on_budget(relief, made, "approve_budget", CHAIR))
    with ThreadPoolExecutor(9) as pool:
        running = [pool.submit(lambda n=n, step=step: _outcome(two[n % 2], step)) for n, step in enumerate(steps)]
        outcomes = [one.result() for one in running]
    approved = two[0].must("get_budget", CHAIR, path={"budget_id": made["id"]})["state"] == "APPROVED"
    committed = executed(two[1], money["id"])["LIVING"][1]
    assert committed == get_fund(two[0], money["id"])["reserved_fen"] == 300 * (outcomes.count("") - approved)
    assert not approved or committed <= 1_000
    assert_sound(two[1], money["id"])


def _outcome(relief: Desk, step: Callable[[Desk], object]) -> str:
    try:
        return attempt(relief, step)
    except AssertionError:  # the dispatcher's refusal of the approval
        return "refused"


def test_transfers_that_cross_do_not_wait_for_each_other(two: Desks) -> None:
    one, other = fund(two[0], fen=10_000), fund(two[0], fen=10_000)
    made = [transfer(two[0], *pair, 100) for pair in [(one, other), (other, one)] * 5]
    steps = [lambda relief, t=t: relief.must("approve_transfer", CHAIR, path={"transfer_id": t["id"]}, version=1)
             for t in made]
    assert at_once(two, steps, 10) == [""] * 10
    assert [get_fund(two[0], f["id"])["available_fen"] for f in (one, other)] == [10_000, 10_000]
    balance = two[1].must("get_overall_trial_balance", AUDITOR)
    assert (balance["difference_fen"], balance["disagreeing"]) == (0, [])


def test_a_year_closed_while_late_receipts_come_in_carries_what_it_took(two: Desks) -> None:
    last = THIS - 1
    money = fund(two[0], fen=0, first_year=last)
    made = closing(two[0], money["id"], last)

    def receive(relief: Desk) -> str:
        return told_by(relief.do("receive_funds", CASHIER, path={"fund_id": money["id"]}, body={
            "amount_fen": 100, "receipt_no": new_id(), "year": last}))

    def close(relief: Desk) -> str:
        return told_by(relief.do("confirm_year_closing", AUDITOR, path={"closing_id": made["id"]}, version=1))

    steps = [receive] * 12
    steps[4:4] = [close, close]
    with ThreadPoolExecutor(len(steps)) as pool:
        running = [pool.submit(step, two[n % 2]) for n, step in enumerate(steps)]
        codes = [one.result() for one in running]
    closed = two[1].must("get_year_closing", AUDITOR, path={"closing_id": made["id"]})
    taken = [code for code, step in zip(codes, steps, strict=True) if step is receive]
    confirmed = [code for code, step in zip(codes, steps, strict=True) if step is close]
    assert confirmed.count("") == 1
    assert set(confirmed) <= {"", "stale-version", "fund-year-closed"}
    assert set(taken) <= {"", "fund-year-closed"}
    assert closed["figures"]["closing_fen"] == 100 * taken.count("") == get_fund(two[0], money["id"])["available_fen"]
    assert_sound(two[0], money["id"])


def told_by(answer: tuple[int, Any]) -> str:
    """The code of a refusal, or an empty text."""
    status, data = answer
    return str(data["code"]) if status >= 400 else ""


# -- books of before -------------------------------------------------------------------------------------------


def _put_old_books(database: Database) -> None:
    at, fund_id, before = datetime(2025, 1, 1, 0, 30, tzinfo=SHANGHAI), new_id(), START
    row: dict[str, Any] = {
        "id": fund_id, "org_path": PLACE, "state": "OPEN", "version": 3, "created_at": at, "fund_no": "ZJ1",
        "source": "UNION", "name": "旧账", "intents": [], "received_fen": 500, "available_fen": 300, "reserved_fen": 0,
        "receivable_fen": 200, "paid_fen": 0, "written_off_fen": 0, "entries_count": 2}
    entries = []
    for number, (kind, debit, credit, fen) in enumerate([
            ("RECEIVED", "AVAILABLE", "SOURCE", 500), ("ADVANCED", "RECEIVABLE", "AVAILABLE", 200)], 1):
        entry = LedgerEntry(new_id(), fund_id, PLACE, number, kind, debit, credit, fen, f"D{number}", "Test", new_id(),
                            "p", "cashier", at, before, 0, edition=1).seal()
        before = entry.hash
        entries.append({name: value for name, value in asdict(entry).items() if name not in NEW})
    with database.write() as connection:
        # values() names the columns that are given: those that came later are not there yet
        connection.execute(insert(funds).values(**row, head_hash=before))
        connection.execute(insert(ledger_entries).values(entries))
        connection.execute(insert(payment_lines).values(
            id=new_id(), org_path=PLACE, fund_id=fund_id, purpose="MEDICAL", state="PAID", about_kind="Test",
            about_id=new_id(), about_part="p", payee_kind="WORKER", payee_id=new_id(), amount_fen=70, document_no="D",
            created_at=at))


def test_books_kept_before_are_dated_and_stay_whole(url: str | None, desk: Callable[[str], Desk],
                                                    tmp_path: Path) -> None:
    home = data_folder(tmp_path)
    as_of("0003", url, home, _put_old_books)
    migrate("relief", url, home)
    database = Database(service_url("relief", url, home))
    relief = Desk("relief", database, desk)
    [money] = relief.must("list_funds", AUDITOR)["items"]
    assert (money["first_year"], money["closed_year"]) == (2025, None)  # half past midnight of New Year in China
    found = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": money["id"]})["items"]
    assert [(entry["year"], entry["edition"]) for entry in found] == [(2025, 1)] * 2
    assert executed(relief, money["id"], 2025) == {"MEDICAL": (0, 70, 70), "WAGE_ADVANCE": (0, 200, 200)}
    assert_sound(relief, money["id"])
    book(relief, money["id"], [due(100)])
    assert_sound(relief, money["id"])
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.execute(text("UPDATE ledger_entries SET year = 2000"))
    database.close()
