"""Payment batch (发放批次): lines of one fund and purpose that go to the bank together, by two persons at least."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.payments import states
from services.relief.domain.payments.job import Job
from services.relief.domain.payments.refusals import (
    AboveDeclared,
    BatchBusy,
    BatchEmpty,
    BatchKindWrong,
    FilesMissing,
    LeadingGroupWanted,
    ListIncomplete,
    NotAsDeclared,
    OutcomesMissing,
    SentOnImpossible,
    StatementDiffers,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan

FORMATS = ("CSV", "XLSX", "PAIN001")
KINDS = ("LIST", "COLLECT")
FAULTS = ("PAYEE_UNKNOWN", "CARD_MISSING", "HOLDER_DIFFERS", "ID_INVALID", "PAYEE_INACTIVE", "PAYEE_DECEASED",
          "FILE_UNFIT", "NOT_A_MEMBER", "ABOVE_CAP", "FILE_NOT_IN_FORCE", "FEE_NOT_PAID", "PAYEE_ELSEWHERE")
#: a list's lines have their paper as their matter
LIST_MATTER = "PaymentList"
#: the step of those who sent lines or took some out
LIST = "编制名册 / writing the list"
DRAFTING, CHECK, APPROVAL = "拟定批次 / drafting", "校验 / check", "审批 / approval"


@dataclass(eq=False)
class PaymentBatch(Aggregate):
    """Amounts are in fen. `lines_count` and `total_fen` stand still from sending on: they are paid, failed, unknown, or
    the bank has not told of them yet."""

    machine = states.BATCH

    id: str
    org_path: str
    batch_no: str
    kind: str
    fund_id: str
    purpose: str
    file_format: str
    message_id: str
    drafted_by: str
    created_at: datetime
    document_no: str | None = None
    matter_id: str | None = None
    is_collective: bool = False
    about_kind: str | None = None
    most_lines: int | None = None
    declared_count: int | None = None
    declared_fen: int | None = None
    requests_count: int = 0
    lines_count: int = 0
    total_fen: int = 0
    faults_count: int = 0
    paid_count: int = 0
    paid_fen: int = 0
    failed_count: int = 0
    failed_fen: int = 0
    unknown_count: int = 0
    unknown_fen: int = 0
    returned_count: int = 0
    returned_fen: int = 0
    recovered_count: int = 0
    recovered_fen: int = 0
    checked_by: str | None = None
    approved_by: str | None = None
    sent_by: str | None = None
    sent_on: date | None = None
    outcome_due_on: date | None = None
    bank_receipt_no: str | None = None
    statement_no: str | None = None
    reason: str | None = None
    state: str = "DRAFTED"
    version: int = 1
    jobs: list[Job] = field(default_factory=list)

    @property
    def job(self) -> Job | None:
        """The step that goes on now."""
        return next((job for job in self.jobs if job.is_open), None)

    @property
    def outstanding_count(self) -> int:
        """Lines of which the bank has told nothing yet, UNKNOWN ones left out."""
        return self.lines_count - self.paid_count - self.failed_count - self.unknown_count

    def require_idle(self) -> None:
        """Raises BatchBusy."""
        if self.job:
            raise BatchBusy(job=self.job.kind, done=self.job.done, total=self.job.total)

    def start(self, kind: str, total: int, by: str, at: datetime, subject_id: str | None = None) -> None:
        """Let a step go on by itself."""
        self.begin(kind, total, by, at, subject_id)
        self.touch()

    def begin(self, kind: str, total: int, by: str, at: datetime, subject_id: str | None = None) -> None:
        """`start` of a batch that is new."""
        self.jobs.append(Job.start(self.id, len(self.jobs) + 1, kind, total, by, at, subject_id))

    def tell(self, event: str, **more: Any) -> None:
        self.record(event, batch_id=self.id, batch_no=self.batch_no, fund_id=self.fund_id, purpose=self.purpose, **more)

    # -- lines in and out --------------------------------------------------------------------------------------

    def draft(self) -> None:
        """Raises ListIncomplete."""
        if self.kind == "LIST" and not (self.document_no and self.declared_count and self.declared_fen):
            raise ListIncomplete(pointer="/declared_count")
        self.tell("payment_batch_drafted")

    def accept(self, count: int, total_fen: int) -> int:
        """Lines of a list; the number of the request. Raises BatchKindWrong, WrongState, BatchBusy, AboveDeclared."""
        if self.kind != "LIST":
            raise BatchKindWrong
        self._reopened()
        self.take(count, total_fen)
        if self.lines_count > (self.declared_count or 0) or self.total_fen > (self.declared_fen or 0):
            raise AboveDeclared(**self._against_declared())
        self.requests_count += 1
        return self.requests_count

    def take(self, count: int, total_fen: int) -> None:
        """Lines have come in."""
        self.lines_count, self.total_fen = self.lines_count + count, self.total_fen + total_fen
        self.touch()

    def give(self, count: int, total_fen: int) -> None:
        """Lines have gone out."""
        self.take(-count, -total_fen)

    def open_for_removal(self) -> None:
        """What was checked must be checked again. Raises WrongState, BatchBusy."""
        self._reopened()

    def removed(self, count: int, total_fen: int, faults: int) -> None:
        """Lines were taken out by somebody: what is declared shrinks with them."""
        self.give(count, total_fen)
        self.faults_count -= faults
        if self.kind == "LIST":
            self.declared_count = (self.declared_count or 0) - count or None
            self.declared_fen = (self.declared_fen or 0) - total_fen or None

    def _reopened(self) -> None:
        self.require_idle()
        if self.state == "CHECKED":
            self.move("reopen")
            self.checked_by = None
        self.machine.next(self.state, "pass_check")

    # -- check, approve, send ----------------------------------------------------------------------------------

    def check(self, by: str, at: datetime, authors: Collection[str] = ()) -> None:
        """Start the check against the vault; not by who sent lines or took some out (`authors`).

        Raises WrongState, BatchBusy, SamePerson, BatchEmpty, NotAsDeclared.
        """
        self.require_idle()
        self.machine.next(self.state, "pass_check")
        different(by, CHECK, (LIST, authors))
        if not self.lines_count:
            raise BatchEmpty
        if self.kind == "LIST" and (self.lines_count, self.total_fen) != (self.declared_count, self.declared_fen):
            raise NotAsDeclared(**self._against_declared())
        self.start("CHECK", self.lines_count, by, at)

    def checked(self, by: str, faults: int) -> None:
        """The check has come to its end; with faults the batch stays a draft."""
        self.faults_count = faults
        if faults:
            self.touch()
            return
        self.move("pass_check")
        self.checked_by = by
        self.tell("payment_batch_checked", lines_count=self.lines_count, total_fen=self.total_fen)

    def approve(self, by: str, at: datetime, authors: Collection[str] = (), *, is_group: bool = False) -> None:
        """`is_group`: the leading group does it, which alone approves what was drafted for it.

        Raises WrongState, SamePerson, LeadingGroupWanted.
        """
        self.require_idle()
        self.machine.next(self.state, "approve")
        if self.is_collective and not is_group:
            raise LeadingGroupWanted(batch_no=self.batch_no)
        different(by, APPROVAL, (DRAFTING, self.drafted_by), (LIST, authors), (CHECK, self.checked_by))
        self.move("approve")
        self.approved_by = by
        self.tell("payment_batch_approved", lines_count=self.lines_count, total_fen=self.total_fen)
        self.start("BUILD", self.lines_count, by, at)

    def send(self, by: str, at: datetime, on: date, due_on: date, receipt_no: str, files: int) -> None:
        """The bank has it: from here on nothing is taken back. Raises WrongState, SamePerson, SentOnImpossible."""
        self.require_idle()
        self.machine.next(self.state, "send")
        different(by, "报送银行 / sending to the bank", (CHECK, self.checked_by), (APPROVAL, self.approved_by))
        if not files:
            raise FilesMissing
        if not self.created_at.date() <= on <= at.date():
            raise SentOnImpossible(pointer="/sent_on", sent_on=on)
        self.move("send")
        self.sent_by, self.sent_on, self.outcome_due_on, self.bank_receipt_no = by, on, due_on, receipt_no
        self.tell("payment_batch_sent", lines_count=self.lines_count, total_fen=self.total_fen, sent_on=on)
        self.start("MARK", self.lines_count, by, at)

    def cancel(self, reason: str, by: str, at: datetime) -> None:
        """Before it is sent; its lines go back. A step in hand ends."""
        self.move("cancel")
        self.reason = reason
        for job in self.jobs:
            if job.is_open:
                job.finish(at)
        self.tell("payment_batch_cancelled")
        if self.lines_count:
            self.start("RELEASE", self.lines_count, by, at)

    # -- what the bank tells -----------------------------------------------------------------------------------

    def count(self, outcome: str, lines: int, fen: int, *, unknown: int = 0, unknown_fen: int = 0) -> None:
        """Lines have an outcome; `unknown` of them had none before. Of what comes back in parts the sum counts at once,
        the line with its last part; what is given up stays with what was paid."""
        if outcome == "WRITTEN_OFF":
            self.touch()
            return
        if outcome == "PARTLY_RECOVERED":
            outcome, lines = "RECOVERED", 0
        name = outcome.lower()
        setattr(self, f"{name}_count", getattr(self, f"{name}_count") + lines)
        setattr(self, f"{name}_fen", getattr(self, f"{name}_fen") + fen)
        self.unknown_count, self.unknown_fen = self.unknown_count - unknown, self.unknown_fen - unknown_fen
        self.touch()

    def tell_lines(self, lines: Sequence[dict[str, Any]]) -> None:
        """One event for a chunk."""
        if lines:
            self.tell("payments_settled", lines=list(lines))

    def tell_parts(self, parts: Sequence[dict[str, Any]]) -> None:
        """One event for each part that came back."""
        for part in parts:
            self.tell("payment_partly_recovered", **part)

    def tell_write_offs(self, rests: Sequence[dict[str, Any]]) -> None:
        """One event for each wrong payment whose rest is given up."""
        for rest in rests:
            self.tell("payment_written_off", **rest)

    def conclude(self) -> None:
        """Settled as soon as the bank's term or its files leave nothing open."""
        if self.state not in ("SENT", "PARTLY_SETTLED") or self.outstanding_count:
            return
        is_full = self.paid_count == self.lines_count
        was = self.state
        self.move("settle" if is_full else "settle_partly")
        if was != self.state:
            self.tell("payment_batch_settled", is_full=is_full, paid_count=self.paid_count, paid_fen=self.paid_fen,
                      failed_count=self.failed_count, failed_fen=self.failed_fen, unknown_count=self.unknown_count)

    def reconcile(self, statement_no: str, debited_fen: int) -> None:
        """The bank's statement agrees to the fen. Raises WrongState, OutcomesMissing, StatementDiffers."""
        self.require_idle()
        self.machine.next(self.state, "reconcile")
        if self.unknown_count:
            raise OutcomesMissing(count=self.unknown_count)
        booked_fen = self.paid_fen - self.returned_fen
        if debited_fen != booked_fen:
            raise StatementDiffers(pointer="/debited_fen", debited=format_yuan(debited_fen),
                                   booked=format_yuan(booked_fen), difference=format_yuan(debited_fen - booked_fen))
        self.move("reconcile")
        self.statement_no = statement_no
        self.tell("payment_batch_reconciled", lines_count=self.paid_count, total_fen=booked_fen)

    def archive(self) -> None:
        self.move("archive")

    def stick(self, job: Job, reason: str) -> None:
        """A step stands still: somebody should look, and it goes on trying."""
        self.touch()
        self.tell("payment_batch_stuck", job=job.kind, reason=reason)

    def _against_declared(self) -> dict[str, Any]:
        return {"count": self.lines_count, "total": format_yuan(self.total_fen),
                "declared_count": self.declared_count or 0, "declared_total": format_yuan(self.declared_fen or 0)}
