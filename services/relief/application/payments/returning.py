"""Loads the bank's return files whole or not at all, and books them chunk by chunk."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select, update

from services.relief.adapters.bank.returns import read_return
from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import (
    payment_departures,
    payment_files,
    payment_lines,
    payment_return_lines,
    payment_returns,
)
from services.relief.application.payments.booking import Told, book
from services.relief.application.payments.jobs import Held, Moved, advance
from services.relief.application.payments.steps import CHUNK
from services.relief.domain.payments.bank import ReturnTold, ToldLine
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.refusals import (
    PartlyRecovered,
    ReturnAmountDiffers,
    ReturnChanged,
    ReturnDayImpossible,
    ReturnedBeforePaid,
    ReturnLineTwice,
    ReturnLineUnknown,
    ReturnOfAnotherBatch,
    ReturnSumsWrong,
    ReturnTooEarly,
    ReturnTooLate,
)
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

L, R, T, F = payment_lines.c, payment_returns.c, payment_return_lines.c, payment_files.c
OUTCOMES = {"ACCEPTED": "PAID", "REJECTED": "FAILED", "RETURNED": "RETURNED"}
#: states in which the bank may still tell of lines
TELLING = ("SENT", "PARTLY_SETTLED", "SETTLED", "RECONCILED")


def load_bank_return(work: Work, asked: Asked) -> Any:
    """The same file again has no effect: its record is the answer. Raises the Return... refusals."""
    content: bytes = asked.body["content"]
    batch = work.load(PaymentBatch, asked.body["batch_id"], lock=True)
    sha256 = hashlib.sha256(content).hexdigest()
    known = work.session.execute(select(payment_returns).where(R.batch_id == batch.id, R.sha256 == sha256)).first()
    if known:
        return known._mapping
    if batch.state not in TELLING:
        refusal = ReturnTooLate if batch.state == "ARCHIVED" else ReturnTooEarly
        raise refusal(batch_no=batch.batch_no, state=batch.state)
    batch.require_idle()
    told = read_return(asked.body["file_format"], content)
    lines = _checked(work, batch, told)
    row = _row(work, batch, asked.body["file_format"], sha256, told, lines)
    work.session.execute(insert(payment_returns).values(**row))
    insert_rows(work.session.connection(), payment_return_lines, [
        {"line_id": one.line_id, "outcome": one.outcome, "told_on": one.on or told.on or today(), "reason": one.reason}
        for one, _ in lines], {"return_id": row["id"]})
    batch.start("BOOK", len(lines), work.caller.account_id, now(), row["id"])
    return row


def _row(work: Work, batch: PaymentBatch, file_format: str, sha256: str, told: ReturnTold,
         lines: list[tuple[ToldLine, Any]]) -> dict[str, Any]:
    sums = Counter[str]()
    for one, line in lines:
        sums[one.outcome] += line.amount_fen
    return {"id": new_id(), "org_path": batch.org_path, "batch_id": batch.id, "message_id": told.message_id,
            "file_format": file_format, "sha256": sha256, "state": "BOOKING", "lines_count": len(lines),
            **{f"{outcome.lower()}_fen": sums[outcome] for outcome in OUTCOMES},
            "loaded_by": work.caller.account_id, "created_at": now()}


def _checked(work: Work, batch: PaymentBatch, told: ReturnTold) -> list[tuple[ToldLine, Any]]:
    """Every told line with its row; nothing is kept before all of them fit."""
    file = work.session.execute(select(
        F.lines_count, F.total_fen, F.first_line_id, F.last_line_id).where(
            F.batch_id == batch.id, F.message_id == told.message_id)).first()
    if file is None:
        raise ReturnOfAnotherBatch(pointer="/content", message_id=told.message_id[:60])
    if told.count not in (None, file.lines_count) or told.sum_fen not in (None, file.total_fen):
        raise ReturnSumsWrong(pointer="/content", told=_figures(told.count, told.sum_fen),
                              sent=_figures(file.lines_count, file.total_fen))
    sent = _sent(work, batch, file)
    twice = [line_id for line_id, times in Counter(one.line_id for one in told.lines).items() if times > 1]
    if twice:
        raise ReturnLineTwice(pointer="/content", line=twice[0])
    if told.whole:
        return [(ToldLine(0, row.id, told.whole, told.on, None, told.reason), row) for row in sent.values()
                if row.state in ("SENT", "UNKNOWN")]
    return [(one, _fits(one, sent.get(one.line_id), batch, told.message_id)) for one in told.lines]


def _figures(count: int | None, sum_fen: int | None) -> str:
    """What was told of the two."""
    told = [None if count is None else f"{count} 笔", None if sum_fen is None else format_yuan(sum_fen)]
    return " / ".join(filter(None, told))


def _sent(work: Work, batch: PaymentBatch, file: Any) -> Mapping[str, Any]:
    """The lines of the file by id, those that have left the batch since among them."""
    within = [L.id >= file.first_line_id, L.id <= file.last_line_id]
    settled_fen = (L.recovered_fen + L.written_off_fen).label("settled_fen")
    columns = select(L.id, L.amount_fen, settled_fen, L.state, L.batch_id)
    found = work.session.execute(columns.where(L.batch_id == batch.id, *within)).all()
    gone = columns.join(payment_departures, payment_departures.c.line_id == L.id).where(
        payment_departures.c.batch_id == batch.id, payment_departures.c.kind.in_(("REJECTED", "RETURNED")), *within)
    return {row.id: row for row in (*work.session.execute(gone).all(), *found)}


def _fits(one: ToldLine, row: Any, batch: PaymentBatch, message_id: str) -> Any:
    """Raises ReturnLineUnknown, ReturnAmountDiffers, ReturnedBeforePaid, ReturnChanged, PartlyRecovered,
    ReturnDayImpossible."""
    if row is None:
        raise ReturnLineUnknown(pointer="/content", line=one.line_id, message_id=message_id)
    if one.amount_fen not in (None, row.amount_fen):
        raise ReturnAmountDiffers(pointer="/content", line=one.line_id, told=format_yuan(one.amount_fen or 0),
                                  sent=format_yuan(row.amount_fen))
    if one.outcome == "RETURNED" and row.batch_id == batch.id and row.state in ("SENT", "UNKNOWN"):
        raise ReturnedBeforePaid(pointer="/content", line=one.line_id, state=row.state)
    awaited = ("PAID",) if one.outcome == "RETURNED" else ("SENT", "UNKNOWN")
    if row.batch_id != batch.id or row.state not in awaited:
        raise ReturnChanged(pointer="/content", line=one.line_id, state=row.state)
    if row.settled_fen:
        raise PartlyRecovered(pointer="/content", line=one.line_id, recovered=format_yuan(row.settled_fen))
    if one.on is not None and not batch.created_at.date() <= one.on <= today():
        raise ReturnDayImpossible(pointer="/content", line=one.line_id, on=one.on)
    return row


def get_bank_return(reading: Reading, asked: Asked) -> Any:
    return reading.row(payment_returns, asked.path["return_id"])


def list_bank_returns(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [R[name] == asked.query[name] for name in ("batch_id", "state") if name in asked.query]
    return reading.page(payment_returns, asked.query, sort=[R.created_at, R.lines_count], where=where)


def book_return(held: Held) -> bool:
    """Enter the next lines of a return file. A frozen fund makes it wait."""

    def enter(work: Work, batch: PaymentBatch) -> Moved:
        rows = work.session.execute(_next(str(held.subject_id), held.cursor)).all()
        document_no = str(batch.bank_receipt_no)
        book(work, batch, [_told(row, document_no) for row in rows], held.started_by)
        if len(rows) < CHUNK:
            batch.conclude()
            work.session.execute(update(payment_returns).where(R.id == held.subject_id).values(state="BOOKED"))
        return Moved(rows[-1].id if rows else held.cursor, len(rows), len(rows) < CHUNK)

    return advance(held, enter)


def _next(return_id: str, cursor: str) -> Any:
    return select(payment_lines, T.outcome, T.told_on, T.reason.label("told_reason")).join(
        payment_return_lines, T.line_id == L.id).where(T.return_id == return_id, T.line_id > cursor).order_by(
            T.line_id).limit(CHUNK)


def _told(row: Row[Any], document_no: str) -> Told:
    on: date = row.told_on
    return Told(row, OUTCOMES[row.outcome], on, document_no, row.told_reason)
