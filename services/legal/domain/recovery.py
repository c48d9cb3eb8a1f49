"""Recovery case (追偿案件): the employer did not repay a wage advance, so the union goes after it.

The way is the payment order (支付令, M-06; 民事诉讼法 225–228): the union asks for it as the assignee of the workers'
claims, or on the employer's own undertaking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.legal.domain.refusals import DayBefore
from services.legal.domain.states import RECOVERIES
from shared.kernel.aggregate import Aggregate
from shared.kernel.deadlines import due
from shared.kernel.errors import DayInFuture


@dataclass(eq=False)
class RecoveryCase(Aggregate):
    """`balance_fen` is what the employer still owes the union."""

    machine = RECOVERIES

    id: str
    org_path: str
    case_no: str
    advance_id: str
    advance_no: str
    dispute_id: str
    employer_id: str
    balance_fen: int
    repay_due_on: date
    created_at: datetime
    claim_basis: str | None = None
    court: str | None = None
    sought_on: date | None = None
    notify_due_on: date | None = None
    order_no: str | None = None
    issued_on: date | None = None
    object_due_on: date | None = None
    note: str | None = None
    ended_on: date | None = None
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def open(cls, id: str, org_path: str, case_no: str, at: datetime, *, advance_id: str, advance_no: str,
             dispute_id: str, employer_id: str, balance_fen: int, repay_due_on: date) -> RecoveryCase:
        case = cls(id, org_path, case_no, advance_id, advance_no, dispute_id, employer_id, balance_fen, repay_due_on,
                   at)
        case.record("recovery_case_opened", recovery_id=id, advance_id=advance_id, dispute_id=dispute_id)
        return case

    def seek_order(self, claim_basis: str, court: str, sought_on: date, today: date) -> None:
        """Apply for a payment order; the court answers by D-12-notify. Raises DayInFuture, DayBefore."""
        self.machine.next(self.state, "seek_order")
        _check_day("/sought_on", sought_on, self.repay_due_on, today)
        self.claim_basis, self.court, self.sought_on = claim_basis, court, sought_on
        self.notify_due_on = due("D-12-notify", sought_on).due_on
        self.move("seek_order")
        self.record("recovery_order_sought", recovery_id=self.id, advance_id=self.advance_id)

    def issue_order(self, order_no: str, served_on: date, today: date) -> None:
        """The court has issued it; the employer pays or objects by D-12-object. Raises DayInFuture, DayBefore."""
        self.machine.next(self.state, "issue_order")
        _check_day("/served_on", served_on, self.sought_on or served_on, today)
        self.order_no, self.issued_on = order_no, served_on
        self.object_due_on = due("D-12-object", served_on).due_on
        self.move("issue_order")
        self.record("recovery_order_issued", recovery_id=self.id, advance_id=self.advance_id)

    def receive(self, balance_fen: int, is_full: bool, on: date) -> None:
        """Relief tells of a repayment; the smallest balance counts, whatever the order of the news."""
        if "receive" not in self.machine.allowed(self.state):
            return
        self.balance_fen = 0 if is_full else min(self.balance_fen, balance_fen)
        self.move("receive")
        if self.balance_fen == 0:
            self.recover("已全部归还 / repaid in full", on)

    def recover(self, note: str, on: date) -> None:
        self._end("recover", note, on)
        self.record("recovery_case_recovered", recovery_id=self.id, advance_id=self.advance_id,
                    dispute_id=self.dispute_id)

    def close(self, note: str, on: date) -> None:
        """Without the money: the order was ended by an objection, the employer is bankrupt or gone."""
        self._end("close", note, on)
        self.record("recovery_case_closed", recovery_id=self.id, advance_id=self.advance_id,
                    dispute_id=self.dispute_id)

    def _end(self, command: str, note: str, on: date) -> None:
        self.move(command)
        self.note, self.ended_on = note, on


def _check_day(pointer: str, day: date, first_on: date, today: date) -> None:
    if day > today:
        raise DayInFuture(pointer=pointer, day=str(day))
    if day < first_on:
        raise DayBefore(pointer=pointer, day=str(day), first_on=str(first_on))
