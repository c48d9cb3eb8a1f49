"""A fund by itself, open and frozen: each forbidden move, and each entry that a freeze forbids, is refused and leaves
nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.domain.funds.fund import FundAccount, FundFrozen
from services.relief.domain.funds.ledger import CARRYING, KINDS, Posting
from shared.contracts.relief.funds import codes
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from tests.services.moves import Moves, cases

#: what an auditor's freeze stops: spending, and promises to spend
STOPPED = {"RESERVED", "PAID", "ADVANCED", "TRANSFERRED_OUT"}
#: an entry of each account, so that every kind has something to move
BEFORE = {"RECEIVED": 100_000, "RESERVED": 30_000, "PAID": 10_000, "ADVANCED": 20_000, "WRITTEN_OFF": 5_000}
FEN = 1_000


def entry(fund: FundAccount, kind: str, fen: int) -> None:
    fund.post(kind, [Posting(fen, "DOC", "Test", new_id(), "1", "LIVING")], "cashier", now())


def fund() -> FundAccount:
    made = FundAccount.open(new_id(), "/37/3702/370202/", "ZJ1", "UNION", "工会经费", [], None, now())
    for kind, fen in BEFORE.items():
        entry(made, kind, fen)
    return made


COMMANDS: dict[str, Callable[[FundAccount], object]] = {
    "freeze": lambda f: f.freeze("专项审计"), "unfreeze": lambda f: f.unfreeze()}
MOVES = Moves(fund, COMMANDS, {"OPEN": [], "FROZEN": ["freeze"]}, {"OPEN": {"freeze"}, "FROZEN": {"unfreeze"}})


def test_the_table_and_the_codes_agree() -> None:
    MOVES.assert_complete(codes.FUND_STATES)


@pytest.mark.parametrize(("moves", "state", "command"), cases({"fund": MOVES}))
def test_a_move_is_made_or_refused_by_the_table(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)


def looks(one: FundAccount) -> dict[str, Any]:
    return {**vars(one), "happened": len(one.happened)}


@pytest.mark.parametrize("state", ["OPEN", "FROZEN"])
@pytest.mark.parametrize("kind", sorted(set(KINDS) - CARRYING))
def test_a_frozen_fund_takes_money_and_gives_none(state: str, kind: str) -> None:
    made = MOVES.record_in(state)
    before = looks(made)
    if state == "FROZEN" and kind in STOPPED:
        with pytest.raises(FundFrozen):
            entry(made, kind, FEN)
        assert looks(made) == before
        return
    entry(made, kind, FEN)
    assert (made.state, made.entries_count) == (state, before["entries_count"] + 1)


def test_the_reason_stands_as_long_as_the_freeze() -> None:
    made = MOVES.record_in("FROZEN")
    assert made.frozen_reason == "专项审计"
    made.unfreeze()
    assert made.frozen_reason is None
    entry(made, "RESERVED", FEN)
