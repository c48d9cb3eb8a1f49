"""A bank that accepts, rejects, stays silent and repeats itself: nothing is paid twice, no fen is lost.

The model is a dictionary of what the bank did; the books must say the same after every step.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.relief.application.payments import returning, steps
from shared.kernel.roles import Role
from shared.store import encryption
from tests.services.desks import Desks, caller
from tests.services.relief.payments import bank
from tests.services.relief.samples import assert_sound, fund, get_fund

COUNT, FEN = 7, 1_000
OUTCOME = st.sampled_from(["成功", "失败", None])


class Bank(RuleBasedStateMachine):
    """`said` is what the bank did with a line, by its reference; a line it rejected may come again in another batch."""

    templates: dict[str, Path]

    def __init__(self) -> None:
        super().__init__()
        self.desks = Desks(self.templates.__getitem__)
        self.relief, self.files = self.desks("relief"), list[bytes]()
        self.said: dict[str, str] = {}

    def teardown(self) -> None:
        self.desks.close()

    @initialize()
    def first_batch(self) -> None:
        ids = bank.workers(self.desks("membership"), COUNT)
        self.money = fund(self.relief, fen=COUNT * FEN)
        self.batch = bank.filled(self.relief, self.money, bank.lines(ids, FEN))
        self.go()

    def go(self) -> None:
        self.batch.must("check_payment_batch", caller(Role.CASHIER))
        self.batch.must("approve_payment_batch", bank.APPROVER)
        self.batch.must("send_payment_batch", caller(Role.CASHIER), receipt_no="1")
        self.sent = self.batch.content(self.batch.files()[0]["id"])
        self.open = {row["id"].replace("-", "") for row in self.batch.rows()}

    @rule(data=st.data())
    def answers(self, data: st.DataObject) -> None:
        """About some of the lines it has not told of."""
        told = {ref: data.draw(OUTCOME) for ref in sorted(self.open)}
        if not any(told.values()):
            return
        content = bank.answer(self.sent, told.get)
        self.batch.told(content)
        self.files.append(content)
        for ref, outcome in told.items():
            if outcome:
                self.open.discard(ref)
                self.said[ref] = outcome

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def repeats_itself(self, data: st.DataObject) -> None:
        """A file of this batch has no effect; one of an earlier batch is refused."""
        status, told = self.batch.load(data.draw(st.sampled_from(self.files)))
        assert status == 201 or told["code"] == "return-of-another-batch"
        self.batch.settle()

    @precondition(lambda self: any(said == "成功" for said in self.said.values()))
    @rule(data=st.data(), outcome=st.sampled_from(["成功", "失败"]))
    def contradicts_itself(self, data: st.DataObject, outcome: str) -> None:
        mine = [row["id"].replace("-", "") for row in self.batch.rows(state="PAID")]
        if mine:
            ref = data.draw(st.sampled_from(sorted(mine)))
            content = bank.answer(self.sent, lambda line: outcome if line == ref else None, "2020-02-02")
            assert self.batch.load(content)[1]["code"] == "return-changed"

    @precondition(lambda self: any(said == "成功" for said in self.said.values()))
    @rule(data=st.data())
    def gives_back(self, data: st.DataObject) -> None:
        mine = sorted(row["id"].replace("-", "") for row in self.batch.rows(state="PAID"))
        if mine:
            ref = data.draw(st.sampled_from(mine))
            self.batch.told(bank.answer(self.sent, lambda line: "退汇" if line == ref else None))
            self.said[ref] = "退汇"

    @precondition(lambda self: not self.open)
    @rule()
    def next_batch(self) -> None:
        """What was rejected or came back is sent again."""
        body = {"fund_id": self.money["id"], "purpose": "LIVING", "kind": "COLLECT"}
        again = bank.Batch(self.relief, self.relief.must("draft_payment_batch", bank.DRAFTER, body=body))
        again.settle()
        waiting = [ref for ref, said in self.said.items() if said != "成功"]
        assert again.now["lines_count"] == len(waiting)
        if waiting:
            self.batch = again
            self.go()

    @invariant()
    def the_books_say_what_the_bank_did(self) -> None:
        if not hasattr(self, "money"):
            return
        paid = sum(said == "成功" for ref, said in self.said.items() if ref not in self.open)
        held = get_fund(self.relief, self.money["id"])
        assert (held["paid_fen"], held["reserved_fen"]) == (paid * FEN, (COUNT - paid) * FEN)
        assert_sound(self.relief, self.money["id"])


@pytest.fixture
def templates(template: Any) -> Any:
    return {name: template(name) for name in ("relief", "membership")}


def test_no_bank_confuses_the_books(templates: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((steps, "CHUNK"), (steps, "WIDE"), (returning, "CHUNK")):
        monkeypatch.setattr(module, name, 3)
    monkeypatch.setattr(encryption, "_cipher", encryption.Cipher({"k1": b"1" * 32}, "k1", b"2" * 32))
    Bank.templates = templates
    run_state_machine_as_test(Bank, settings=settings(  # type: ignore[no-untyped-call]
        max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)))


