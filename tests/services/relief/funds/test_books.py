"""Two funds through years of everything that can happen to them: whatever the order, the books add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.relief.domain.funds.fund import BALANCES, FundAccount
from services.relief.domain.funds.ledger import KINDS, LedgerEntry, Posting, account_sums, chain_faults
from services.relief.domain.funds.refusals import YearClosed, YearNotOpen
from services.relief.domain.funds.reversal import opposite
from services.relief.domain.funds.statement import YearStatement, statement
from services.relief.domain.funds.trace import RECEIPTS, USES, Span, beside
from shared.kernel.clock import SHANGHAI
from shared.kernel.errors import Refusal
from shared.kernel.ids import new_id

FIRST = 2026
amounts = st.integers(1, 100_000)
sides = st.sampled_from([0, 1])
SPENDING = ("RESERVED", "RELEASED", "PAID", "RETURNED", "RECOVERED", "ADVANCED", "REPAID", "WRITTEN_OFF",
            "LATE_REPAID", "UNRECOVERED")


def about(fen: int, part: str = "p", about_id: str | None = None) -> Posting:
    return Posting(fen, "DOC", "Test", about_id or new_id(), part, "LIVING")


def statement_of(entries: list[LedgerEntry], year: int) -> YearStatement:
    return statement((e.kind, e.purpose, e.year < year, e.amount_fen, 1) for e in entries if e.year <= year)


class Books(RuleBasedStateMachine):
    """The funds may refuse what they like; what they accept must leave the books in order."""

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(FIRST, 3, 1, tzinfo=SHANGHAI)
        self.funds = [FundAccount.open(new_id(), "/37/", f"ZJ{n}", "UNION", "-", [], None, self.at) for n in range(2)]
        self.entries: list[list[LedgerEntry]] = [[], []]
        self.reversed: set[str] = set()
        self.cash_at_end: dict[tuple[int, int], int] = {}

    def attempt(self, side: int, kind: str, postings: list[Posting], year: int | None = None) -> bool:
        before = {name: value for name, value in self.funds[side].__dict__.items() if name != "_happened"}
        try:
            self.entries[side] += self.funds[side].post(kind, postings, "cashier", self.at, year)
        except Refusal:
            after = {name: value for name, value in self.funds[side].__dict__.items() if name != "_happened"}
            assert after == before
            return False
        return True

    @rule(side=sides, kind=st.sampled_from(RECEIPTS[:2]), fen=amounts, last_year=st.booleans())
    def receive(self, side: int, kind: str, fen: int, last_year: bool) -> None:
        self.attempt(side, kind, [about(fen)], self.at.year - last_year)

    @rule(side=sides, kind=st.sampled_from(SPENDING), parts=st.lists(amounts, min_size=1, max_size=3))
    def spend(self, side: int, kind: str, parts: list[int]) -> None:
        self.attempt(side, kind, [about(fen) for fen in parts])

    @rule(side=sides, fen=amounts)
    def transfer(self, side: int, fen: int) -> None:
        transfer_id = new_id()
        if self.attempt(side, "TRANSFERRED_OUT", [about(fen, "to", transfer_id)]):
            assert self.attempt(1 - side, "TRANSFERRED_IN", [about(fen, "from", transfer_id)])

    @rule(side=sides, which=st.integers(0, 50))
    def reverse(self, side: int, which: int) -> None:
        found = [e for e in self.entries[side] if e.kind in RECEIPTS[:2] and e.id not in self.reversed]
        if found:
            entry = found[which % len(found)]
            if self.attempt(side, "REVERSED", [opposite(entry)]):
                self.reversed.add(entry.id)

    @rule(side=sides)
    def freeze(self, side: int) -> None:
        fund = self.funds[side]
        fund.unfreeze() if fund.is_frozen else fund.freeze("审计")

    @rule()
    def new_year(self) -> None:
        for side in range(2):
            self.cash_at_end[side, self.at.year] = self.funds[side].available_fen + self.funds[side].reserved_fen
        self.at = self.at.replace(year=self.at.year + 1)

    @rule(side=sides)
    def close(self, side: int) -> None:
        fund = self.funds[side]
        year = fund.first_year if fund.closed_year is None else fund.closed_year + 1
        if year >= self.at.year:
            return
        carried = statement_of(self.entries[side], year).available_fen
        assert carried >= 0
        self.entries[side] += fund.close_year(year, carried, new_id(), "auditor", self.at)
        with pytest.raises(YearClosed):
            fund.post("RECEIVED", [about(1)], "cashier", self.at, year)
        assert statement_of(self.entries[side], year).available_fen == carried

    @rule(side=sides, year=st.integers(FIRST - 3, FIRST + 9))
    def nothing_is_spent_in_another_year(self, side: int, year: int) -> None:
        if year != self.at.year:
            with pytest.raises((YearClosed, YearNotOpen)):
                self.funds[side].post("RESERVED", [about(1)], "cashier", self.at, year)

    # -- what always holds -------------------------------------------------------------------------------------

    @invariant()
    def each_trial_balance_is_zero_agrees_and_is_never_negative(self) -> None:
        for fund, entries in zip(self.funds, self.entries, strict=True):
            sums = account_sums((e.debit, e.credit, e.amount_fen) for e in entries)
            balances = {account: debits - credits_ for account, (debits, credits_) in sums.items()}
            assert sum(balances.values()) == balances["CARRIED"] == 0
            for account, name in BALANCES.items():
                assert 0 <= getattr(fund, name) == (-balances[account] if account == "SOURCE" else balances[account])
            assert fund.received_fen == sum(getattr(fund, name) for name in BALANCES.values()) - fund.received_fen

    @invariant()
    def what_left_one_fund_reached_the_other(self) -> None:
        moved = {kind: sum(e.amount_fen for entries in self.entries for e in entries if e.kind == kind)
                 for kind in ("TRANSFERRED_OUT", "TRANSFERRED_IN")}
        assert moved["TRANSFERRED_OUT"] == moved["TRANSFERRED_IN"]

    @invariant()
    def the_chains_are_whole(self) -> None:
        for fund, entries in zip(self.funds, self.entries, strict=True):
            assert list(chain_faults(entries, fund.id, fund.entries_count, fund.head_hash)) == []

    @invariant()
    def each_year_opens_with_what_the_one_before_left(self) -> None:
        for side, (fund, entries) in enumerate(zip(self.funds, self.entries, strict=True)):
            years = range(FIRST, self.at.year + 1)
            told = [statement_of(entries, year) for year in years]
            for year, one, after in zip(years, told, told[1:], strict=False):
                assert one.closing_fen == after.opening_fen >= 0
                late = sum(e.amount_fen for e in entries if e.year == year and e.at.year > year
                           and e.kind in RECEIPTS[:2])
                assert one.closing_fen == self.cash_at_end[side, year] + late
            assert (told[-1].closing_fen, told[-1].reserved_fen, told[-1].receivable_fen) == (
                fund.available_fen + fund.reserved_fen, fund.reserved_fen, fund.receivable_fen)

    @invariant()
    def there_is_a_receipt_for_everything_that_was_used(self) -> None:
        for entries in self.entries:
            undone = {e.about_id for e in entries if e.kind == "REVERSED"}
            received = sum(e.amount_fen for e in entries if e.kind in RECEIPTS and e.id not in undone)
            assert received >= sum(USES.get(e.kind, 0) * e.amount_fen for e in entries)


Books.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestBooks = Books.TestCase


def test_the_machine_knows_every_kind() -> None:
    told = {*SPENDING, *RECEIPTS, "TRANSFERRED_OUT", "REVERSED", "CARRIED_OUT", "CARRIED_IN", "REINSTATED"}
    assert told == set(KINDS)


def pieces(total: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, max(1, total)), max_size=8)


def laid(amounts: list[int]) -> Iterator[Span]:
    """Amounts one after the other, as the database lays them out."""
    start = 0
    for n, fen in enumerate(amounts):
        yield Span(str(n), start, start + fen)
        start += fen


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=8), st.data())
def test_every_fen_used_has_a_receipt_and_no_receipt_pays_twice(received: list[int], data: Any) -> None:
    used: list[int] = []
    for fen in data.draw(pieces(sum(received))):
        if sum(used) + fen <= sum(received):
            used.append(fen)
    receipts = list(laid(received))
    given_by = dict.fromkeys((span.key for span in receipts), 0)
    last = 0
    for use in laid(used):
        parts = list(beside(use, receipts))
        assert sum(fen for _, fen in parts) == use.end - use.start
        for key, fen in parts:
            assert int(key) >= last  # first in, first out
            last = int(key)
            given_by[key] += fen
    assert all(given_by[span.key] <= span.end - span.start for span in receipts)
    assert sum(given_by.values()) == sum(used)
