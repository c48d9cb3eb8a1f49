"""Corrections: what a person settles by a paper, and a second person confirms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.payments import payment_corrections, payment_lines
from services.relief.application.payments.booking import Told, book
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.correction import PaymentCorrection
from services.relief.domain.payments.refusals import CorrectionOpen, LineNotSent
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

C = payment_corrections.c


def propose_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    return _propose(work, **asked.body)


def propose_payment_recovery(work: Work, asked: Asked) -> PaymentCorrection:
    return _propose(work, outcome="RECOVERED", **asked.body)


def _propose(work: Work, line_id: str, outcome: str, **body: Any) -> PaymentCorrection:
    line = _line(work, line_id)
    batch = _batch_of(work, line)
    still_open = select(C.id).where(C.line_id == line.id, C.state == "PROPOSED")
    if work.session.execute(still_open).first():
        raise CorrectionOpen(pointer="/line_id", line=line.id)
    if batch.sent_on is None:
        raise LineNotSent(pointer="/line_id", line=line.id)
    made = PaymentCorrection(new_id(), line.org_path, line.id, batch.id, outcome, line.amount_fen,
                             proposed_by=work.caller.account_id, created_at=now(), **body)
    made.propose(line.state, batch.sent_on, today())
    return work.add(made)


def _line(work: Work, line_id: str) -> Row[Any]:
    """The row, held until the commit. Raises NotFound."""
    found = work.session.execute(select(payment_lines).where(payment_lines.c.id == line_id).with_for_update()).first()
    if found is None or not work.caller.covers(found.org_path):
        raise NotFound(pointer="/line_id", id=line_id)
    return found


def _batch_of(work: Work, line: Row[Any]) -> PaymentBatch:
    """Raises LineNotSent."""
    if line.batch_id is None:
        raise LineNotSent(pointer="/line_id", line=line.id)
    return work.load(PaymentBatch, line.batch_id)


def get_payment_correction(reading: Reading, asked: Asked) -> PaymentCorrection:
    return reading.record(PaymentCorrection, asked.path["correction_id"])


def list_payment_corrections(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [C[name] == asked.query[name] for name in ("batch_id", "line_id", "state") if name in asked.query]
    return reading.page(PaymentCorrection, asked.query, sort=[C.created_at, C.amount_fen], where=where)


def confirm_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    """Booked at once: ledger, line, counts, the owner of the matter. Raises BatchBusy while a file is booked."""
    correction = work.target(PaymentCorrection, asked.path["correction_id"])
    correction.confirm(work.caller.account_id)
    batch = work.load(PaymentBatch, correction.batch_id, lock=True)
    batch.require_idle()
    line = _line(work, correction.line_id)
    if line.batch_id != batch.id:
        raise LineNotSent(line=line.id)
    told = Told(line, correction.outcome, correction.on, correction.document_no, correction.reason)
    book(work, batch, [told], work.caller.account_id)
    batch.conclude()
    return correction


def refuse_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    correction = work.target(PaymentCorrection, asked.path["correction_id"])
    correction.refuse(asked.body["reason"])
    return correction


