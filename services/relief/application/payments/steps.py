"""The steps of a batch that only move lines: collecting, checking, marking, missing, giving back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, update

from services.relief.adapters.payments import payment_lines
from services.relief.application.payments import elsewhere, entitled, payees
from services.relief.application.payments.booking import leave, post_many
from services.relief.application.payments.jobs import Held, Moved, advance
from services.relief.application.payments.seen import keep_seen
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.line import Fault
from shared.kernel.clock import today
from shared.store.work import Work

#: rows of one chunk
CHUNK = 500
#: of a chunk that only changes rows where they lie
WIDE = 1_000
L = payment_lines.c


def of_batch(batch_id: str, cursor: str, most: int) -> Select[Any]:
    """The batch's next lines behind the cursor."""
    return select(payment_lines).where(L.batch_id == batch_id, L.id > cursor).order_by(L.id).limit(most)


def behind(rows: Sequence[Row[Any]], held: Held, most: int) -> Moved:
    """The cursor behind these rows; fewer than asked for were the last."""
    return Moved(rows[-1].id if rows else held.cursor, len(rows), len(rows) < most)


def collect(held: Held) -> bool:
    """Take lines that wait for the fund and purpose, up to what was asked for."""

    def take(work: Work, batch: PaymentBatch) -> Moved:
        most = min(WIDE, (batch.most_lines or 0) - batch.lines_count)
        rows = work.session.execute(waiting(batch, held.cursor, most).with_for_update(skip_locked=True)).all()
        if rows:
            work.session.execute(update(payment_lines).where(L.id.in_([row.id for row in rows])).values(
                batch_id=batch.id, state="BATCHED", fault=None, fault_note=None, reason=None))
            batch.take(len(rows), sum(row.amount_fen for row in rows))
        moved = behind(rows, held, most)
        return Moved(moved.cursor, moved.done, moved.is_last or batch.lines_count >= (batch.most_lines or 0))

    return advance(held, take)


def waiting(batch: PaymentBatch, cursor: str, most: int) -> Select[Any]:
    """Lines that no batch holds and whose day has come, for the batch's fund and purpose."""
    where = [L.fund_id == batch.fund_id, L.purpose == batch.purpose, L.state == "RESERVED", L.batch_id.is_(None),
             or_(L.due_from.is_(None), L.due_from <= today())]
    if batch.about_kind:
        where.append(L.about_kind == batch.about_kind)
    return select(L.id, L.amount_fen).where(*where, L.id > cursor).order_by(L.id).limit(most)


def check(held: Held) -> bool:
    """Ask for each payee whether name, ID and card match, and for each household whether the money is for it; only
    what does not fit is written."""
    rows = held.tick.peek(of_batch(held.batch_id, held.cursor, CHUNK))
    faults, seen = looked_at(held.tick, rows)

    def note(work: Work, batch: PaymentBatch) -> Moved:
        _note_faults(work, rows, faults)
        keep_seen(work, seen)
        moved = behind(rows, held, CHUNK)
        if moved.is_last:
            wrong = select(func.count()).select_from(payment_lines).where(L.batch_id == batch.id, L.fault.is_not(None))
            batch.checked(held.started_by, int(work.session.execute(wrong).scalar_one()))
        return moved

    return advance(held, note)


def looked_at(work: Work, rows: Sequence[Row[Any]]) -> tuple[Mapping[str, Fault], Mapping[str, str]]:
    """Line id → why the bank must not get it; and → the account that was seen, of those that it may get."""
    found: dict[str, Fault] = {}
    seen: dict[str, str] = {}
    for kind in sorted({row.payee_kind for row in rows}):
        mine = [row for row in rows if row.payee_kind == kind]
        told = payees.check(work, kind, sorted({row.payee_id for row in mine}))
        found |= {row.id: Fault(code) for row in mine if (code := told[row.payee_id].fault)}
        found |= elsewhere.faults(work, [row for row in mine if row.id not in found],
                                  {payee_id: one.org_path for payee_id, one in told.items()})
        seen |= {row.id: account for row in mine if (account := told[row.payee_id].seen)}
    found |= entitled.faults(work, rows)
    return found, {line_id: account for line_id, account in seen.items() if line_id not in found}


def _note_faults(work: Work, rows: Sequence[Row[Any]], faults: Mapping[str, Fault]) -> None:
    alike: dict[Fault | None, list[str]] = {}
    for row in rows:
        fault = faults.get(row.id)
        if fault != (row.fault and Fault(row.fault, row.fault_note)):
            alike.setdefault(fault, []).append(row.id)
    for fault, ids in alike.items():
        values = {"fault": fault and fault.code, "fault_note": fault and fault.note}
        work.session.execute(update(payment_lines).where(L.id.in_(ids)).values(**values))


def mark(held: Held) -> bool:
    """The bank has them."""
    return _restate(held, "SENT")


def expire(held: Held) -> bool:
    """The bank's term is over: what it has not told of is UNKNOWN, and stays so until a paper tells."""

    def miss(work: Work, batch: PaymentBatch) -> Moved:
        rows = work.session.execute(of_batch(batch.id, held.cursor, WIDE)).all()
        silent = [row for row in rows if row.state == "SENT"]
        if silent:
            work.session.execute(update(payment_lines).where(L.id.in_([row.id for row in silent])).values(
                state="UNKNOWN"))
            batch.count("unknown", len(silent), sum(row.amount_fen for row in silent))
        moved = behind(rows, held, WIDE)
        if moved.is_last:
            batch.conclude()
        return moved

    return advance(held, miss)


def _restate(held: Held, state: str) -> bool:
    def restate(work: Work, batch: PaymentBatch) -> Moved:
        rows = work.session.execute(select(L.id).where(
            L.batch_id == batch.id, L.id > held.cursor).order_by(L.id).limit(WIDE)).all()
        work.session.execute(update(payment_lines).where(L.id.in_([row.id for row in rows])).values(state=state))
        return behind(rows, held, WIDE)

    return advance(held, restate)


def release(held: Held) -> bool:
    """The batch was cancelled: a list's money is free again, collected lines wait for another batch."""

    def free(work: Work, batch: PaymentBatch) -> Moved:
        rows = work.session.execute(of_batch(batch.id, held.cursor, CHUNK)).all()
        take_out(work, batch, rows, batch.reason, held.started_by)
        batch.touch()
        return behind(rows, held, CHUNK)

    return advance(held, free)


def take_out(work: Work, batch: PaymentBatch, rows: Sequence[Row[Any]], reason: str | None, actor: str, *,
             is_freed: bool | None = None) -> None:
    """Lines leave a batch that was not sent. Those of a list batch are freed unless told otherwise: their money goes
    back to the fund, and their keys are open to a corrected list. The others wait again."""
    if not rows:
        return
    ids = [row.id for row in rows]
    gone = update(payment_lines).where(L.id.in_(ids))
    if batch.kind == "LIST" if is_freed is None else is_freed:
        post_many(work, batch.fund_id, "RELEASED", _freed(batch, rows), actor)
        work.session.execute(gone.values(state="RELEASED", batch_id=None, fault=None, fault_note=None, reason=reason,
                                         about_part=L.about_part + "~" + func.substr(L.id, 25)))
    else:
        work.session.execute(gone.values(state="RESERVED", batch_id=None, fault=None, fault_note=None, reason=reason))
    leave(work, batch.id, "REMOVED", ids, reason)


def _freed(batch: PaymentBatch, rows: Sequence[Row[Any]]) -> list[Posting]:
    """As it was reserved: for a list batch in one sum; lines that come from others each by itself."""
    if batch.kind == "LIST":
        total_fen, part = sum(row.amount_fen for row in rows), f"release {rows[0].id}"
        return [Posting(total_fen, str(batch.document_no), "PaymentBatch", batch.id, part, batch.purpose)]
    return [Posting(row.amount_fen, row.document_no, row.about_kind, row.about_id, row.about_part, row.purpose)
            for row in rows]
