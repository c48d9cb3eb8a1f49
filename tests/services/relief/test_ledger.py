"""The ledger as a machine: nothing is negative, debits are credits, and the chain tells a change."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.relief.domain.funds.fund import BALANCES, FundAccount, FundFrozen, NotEnough
from services.relief.domain.funds.ledger import (
    CARRYING,
    KINDS,
    PAYING,
    START,
    LedgerEntry,
    Posting,
    account_sums,
    chain_faults,
)
from shared.kernel.clock import SHANGHAI
from shared.kernel.ids import new_id
from shared.kernel.money import MAX_FEN, AmountInvalid

AT = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)
amounts = st.integers(1, 500_000)
spending = st.sampled_from(sorted(k for k in KINDS if KINDS[k][1] != "SOURCE" and k not in CARRYING))


def new_fund(limit_fen: int | None = None) -> FundAccount:
    return FundAccount.open(new_id(), "/37/", "ZJ1", "UNION", "工会经费", [], limit_fen, AT)


def posting(amount_fen: int, part: str = "p") -> Posting:
    return Posting(amount_fen, "DOC-1", "Test", new_id(), part)


class Ledger(RuleBasedStateMachine):
    """A fund, its entries, and a plain count of what should be where."""

    def __init__(self) -> None:
        super().__init__()
        self.fund, self.entries = new_fund(), list[LedgerEntry]()
        self.should = dict.fromkeys(BALANCES, 0)

    @rule(fen=amounts)
    def receive(self, fen: int) -> None:
        self.entries.append(self.fund.receive(fen, f"R{len(self.entries)}", "cashier", AT))
        self.should["SOURCE"] += fen
        self.should["AVAILABLE"] += fen

    @rule(kind=spending, parts=st.lists(amounts, min_size=1, max_size=4))
    def move(self, kind: str, parts: list[int]) -> None:
        debit, credit = KINDS[kind]
        before = dict(self.fund.__dict__)
        if self.fund.is_frozen and kind in PAYING:
            with pytest.raises(FundFrozen):
                self.fund.post(kind, map(posting, parts), "cashier", AT)
        elif sum(parts) > self.should[credit]:
            with pytest.raises(NotEnough):
                self.fund.post(kind, map(posting, parts), "cashier", AT)
        else:
            self.entries += self.fund.post(kind, map(posting, parts), "cashier", AT)
            self.should[credit] -= sum(parts)
            self.should[debit] += -sum(parts) if debit == "SOURCE" else sum(parts)
            return
        assert self.fund.__dict__ == before

    @precondition(lambda self: not self.fund.is_frozen)
    @rule()
    def freeze(self) -> None:
        self.fund.freeze("审计")

    @precondition(lambda self: self.fund.is_frozen)
    @rule()
    def unfreeze(self) -> None:
        self.fund.unfreeze()

    @invariant()
    def balances_are_what_was_moved_and_never_negative(self) -> None:
        assert {account: getattr(self.fund, name) for account, name in BALANCES.items()} == self.should
        assert all(fen >= 0 for fen in self.should.values())

    @invariant()
    def what_was_received_is_somewhere(self) -> None:
        assert self.should["SOURCE"] == sum(fen for account, fen in self.should.items() if account != "SOURCE")

    @invariant()
    def the_trial_balance_is_zero_and_agrees(self) -> None:
        sums = account_sums((e.debit, e.credit, e.amount_fen) for e in self.entries)
        balances = {account: debits - credits_ for account, (debits, credits_) in sums.items()}
        assert sum(balances.values()) == 0
        assert {account: abs(fen) for account, fen in balances.items()} == {**self.should, "CARRIED": 0}

    @invariant()
    def the_chain_is_whole(self) -> None:
        fund = self.fund
        assert list(chain_faults(self.entries, fund.id, fund.entries_count, fund.head_hash)) == []


Ledger.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestLedger = Ledger.TestCase


def filled(count: int = 5) -> tuple[FundAccount, list[LedgerEntry]]:
    fund = new_fund()
    return fund, [fund.receive(100 + n, f"R{n}", "cashier", AT) for n in range(count)]


def faults_of(fund: FundAccount, entries: list[LedgerEntry]) -> list[str]:
    return list(chain_faults(entries, fund.id, fund.entries_count, fund.head_hash))


@pytest.mark.parametrize("change", [
    {"amount_fen": 999}, {"document_no": "other"}, {"debit": "PAID_OUT"}, {"actor": "somebody"}, {"org_path": "/11/"},
    {"about_part": "other"}, {"at": AT.replace(year=2025)}, {"fund_id": "other"}, {"hash": START}, {"year": 2025},
    {"purpose": "LIVING"}, {"edition": 1}, {"edition": 3},
])
@given(which=st.integers(0, 4))
def test_a_changed_entry_is_found(change: dict[str, Any], which: int) -> None:
    fund, entries = filled()
    entries[which] = replace(entries[which], **change)
    assert any(f"entry {which + 1}" in fault for fault in faults_of(fund, entries))


@given(which=st.integers(0, 4))
def test_a_changed_and_resealed_entry_is_found_by_the_next(which: int) -> None:
    fund, entries = filled()
    entries[which] = replace(entries[which], amount_fen=1).seal()
    assert faults_of(fund, entries)


@given(which=st.integers(0, 4))
def test_a_removed_entry_is_found(which: int) -> None:
    fund, entries = filled()
    del entries[which]
    assert faults_of(fund, entries)


def test_an_entry_of_the_first_edition_keeps_its_hash_and_cannot_claim_a_year() -> None:
    """Its hash covers neither year nor purpose, so both are told by its date alone."""
    fund, [entry] = filled(1)
    old = replace(entry, edition=1).seal()
    said = {name: value for name, value in asdict(old).items() if name not in ("hash", "year", "purpose", "edition")}
    text = json.dumps(said | {"at": AT.isoformat()}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert old.hash == hashlib.sha256(text.encode()).hexdigest()
    fund.head_hash = old.hash
    assert faults_of(fund, [old]) == []
    assert faults_of(fund, [replace(old, year=2025)]) == ["entry 1 cannot say its year or purpose"]


def test_an_added_entry_is_found() -> None:
    fund, entries = filled()
    extra = replace(entries[-1], number=6, previous_hash=entries[-1].hash).seal()
    assert faults_of(fund, [*entries, extra]) == ["the ledger ends at entry 6, the fund says 5"]


@pytest.mark.parametrize("amount", [0, -1, MAX_FEN + 1, True])
def test_amounts_are_positive_whole_fen(amount: int) -> None:
    with pytest.raises(AmountInvalid):
        new_fund().receive(amount, "R", "cashier", AT)


def test_a_fund_cannot_hold_more_than_every_reader_keeps_exact() -> None:
    fund = new_fund()
    fund.receive(MAX_FEN, "R1", "cashier", AT)
    with pytest.raises(AmountInvalid):
        fund.receive(1, "R2", "cashier", AT)
    assert fund.available_fen == MAX_FEN


def test_outstanding_advances_stay_within_the_funds_limit() -> None:
    fund = new_fund(limit_fen=300)
    fund.receive(1_000, "R", "cashier", AT)
    fund.post("ADVANCED", [posting(200)], "cashier", AT)
    with pytest.raises(Exception, match=r"above its limit of ¥3.00"):
        fund.post("ADVANCED", [posting(101)], "cashier", AT)
    fund.post("ADVANCED", [posting(100)], "cashier", AT)
    assert fund.receivable_fen == 300
