"""Enters what became of lines: the ledger, the lines, the batch's counts and whoever owns the matter, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import payment_departures, payment_lines
from services.relief.application.files import last_aid
from services.relief.application.funds.ledger import post
from services.relief.application.payments import outcomes
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.payments import states
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.line import Outcome
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.store.work import Work

L = payment_lines.c
#: outcome → the kind of its ledger entry; what failed stays reserved and moves nothing
ENTRIES = {"PAID": "PAID", "RETURNED": "RETURNED", "PARTLY_RECOVERED": "RECOVERED", "RECOVERED": "RECOVERED",
           "WRITTEN_OFF": "UNRECOVERED"}
LEFT = {"FAILED": "REJECTED", "RETURNED": "RETURNED"}


@dataclass(frozen=True)
class Told:
    """What the bank, or a person with its paper, says of one line. `line` is its row; `part_fen` the part of it that a
    receipt brought back, or that is given up."""

    line: Any
    outcome: str
    on: date
    document_no: str
    reason: str | None = None
    part_fen: int | None = None

    @property
    def amount_fen(self) -> int:
        """What moves."""
        return int(self.line.amount_fen if self.part_fen is None else self.part_fen)


def book(work: Work, batch: PaymentBatch, told: Sequence[Told], actor: str) -> None:
    """At most some hundred lines; `actor` stands in the ledger. Raises WrongState when one cannot have that outcome,
    FundFrozen, NotEnough."""
    for one in told:
        states.LINE.next(one.line.state, states.STEPS[one.outcome])
    by_outcome: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_outcome[one.outcome].append(one)
    for outcome, lines in by_outcome.items():
        _enter(work, batch, outcome, lines, actor)
    if told:
        batch.tell_lines([_line_told(one) for one in told if one.outcome in states.COMMANDS])
        batch.tell_parts([_part_told(one) for one in told if one.outcome == "PARTLY_RECOVERED"])
        batch.tell_write_offs([_write_off_told(one) for one in told if one.outcome == "WRITTEN_OFF"])
        outcomes.tell(work, [_outcome(one) for one in told])
        last_aid.reckon_later(work, {one.line.payee_id for one in told if one.line.payee_kind == "WORKER"})


def post_many(work: Work, fund_id: str, kind: str, postings: Sequence[Posting], actor: str) -> None:
    """Enter postings into a fund's chain, in one statement. Raises FundFrozen, NotEnough."""
    post(work, work.load(FundAccount, fund_id, lock=True), kind, postings, actor=actor)


def leave(work: Work, batch_id: str, kind: str, line_ids: Sequence[str], reason: str | None) -> None:
    """Keep that lines have left a batch, and why."""
    at = now()
    insert_rows(work.session.connection(), payment_departures, [
        {"id": new_id(), "line_id": line_id, "batch_id": batch_id, "kind": kind, "reason": reason, "at": at}
        for line_id in line_ids])


def _enter(work: Work, batch: PaymentBatch, outcome: str, lines: Sequence[Told], actor: str) -> None:
    if outcome in ENTRIES:
        post_many(work, batch.fund_id, ENTRIES[outcome], [_posting(one) for one in lines], actor)
    unknown = [one.line.amount_fen for one in lines if one.line.state == "UNKNOWN"]
    batch.count(outcome, len(lines), sum(one.amount_fen for one in lines), unknown=len(unknown),
                unknown_fen=sum(unknown))
    alike: defaultdict[tuple[date, str | None, int | None], list[str]] = defaultdict(list)
    for one in lines:
        alike[one.on, one.reason, one.part_fen].append(one.line.id)
    for (on, reason, part_fen), ids in alike.items():
        work.session.execute(update(payment_lines).where(payment_lines.c.id.in_(ids)).values(
            **_columns(outcome, on, reason, part_fen)))
        if outcome in LEFT:
            leave(work, batch.id, LEFT[outcome], ids, reason)


def _columns(outcome: str, on: date, reason: str | None, part_fen: int | None) -> dict[str, Any]:
    state = states.LINE.next({"PAID": "SENT", "FAILED": "SENT"}.get(outcome, "PAID"), states.STEPS[outcome])
    if state == "RESERVED":
        return {"state": state, "batch_id": None, "paid_on": None, "reason": reason}
    more: dict[str, Any] = {"paid_on": on} if outcome == "PAID" else {}
    if outcome == "WRITTEN_OFF":
        more = {"written_off_fen": L.written_off_fen + part_fen}
    elif outcome in ("PARTLY_RECOVERED", "RECOVERED"):
        more = {"recovered_fen": L.recovered_fen + (L.amount_fen if part_fen is None else part_fen)}
    return {"state": state, "reason": reason, **more}


def _posting(told: Told) -> Posting:
    line = told.line
    return Posting(told.amount_fen, told.document_no, line.about_kind, line.about_id, line.about_part, line.purpose)


def _line_told(told: Told) -> dict[str, Any]:
    line = told.line
    names = ("about_kind", "about_id", "about_part", "payee_kind", "payee_id", "amount_fen")
    return {"line_id": line.id, "outcome": told.outcome, "on": told.on, **{n: getattr(line, n) for n in names}}


def _part_told(told: Told) -> dict[str, Any]:
    """A part that came back; what is owed after it."""
    line, recovered_fen = told.line, told.line.recovered_fen + told.amount_fen
    names = ("about_kind", "about_id", "about_part", "payee_kind", "payee_id")
    return {"line_id": line.id, "on": told.on, "receipt_no": told.document_no, "amount_fen": told.amount_fen,
            "recovered_fen": recovered_fen, "owed_fen": line.amount_fen - recovered_fen,
            **{n: getattr(line, n) for n in names}}


def _write_off_told(told: Told) -> dict[str, Any]:
    line = told.line
    names = ("about_kind", "about_id", "about_part", "payee_kind", "payee_id", "recovered_fen")
    return {"line_id": line.id, "evidence_no": told.document_no, "amount_fen": told.amount_fen,
            **{n: getattr(line, n) for n in names}}


def _outcome(told: Told) -> Outcome:
    """The owner hears the sum of a part, else that of the line."""
    line = told.line
    amount_fen = line.amount_fen if told.outcome in states.COMMANDS else told.amount_fen
    return Outcome(line.about_kind, line.about_id, line.about_part, told.outcome, amount_fen, told.on,
                   told.reason or "")
