"""Corrections: what a person settles by a paper, and a second person confirms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.payments import payment_corrections, payment_lines
from services.relief.application.funds import receipts
from services.relief.application.payments.booking import Told, book
from services.relief.domain.applications.application import ABOUT, ReliefApplication
from services.relief.domain.funds.receipt import Receipt
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.correction import PaymentCorrection
from services.relief.domain.payments.refusals import CorrectionOpen, LineNotSent
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

C = payment_corrections.c


def propose_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    return _propose(work, **asked.body)


def propose_payment_recovery(work: Work, asked: Asked) -> PaymentCorrection:
    """A part of a wrong payment, or all that is still owed. The same receipt again answers with what it made before.
    Raises RecoveryReceiptDiffers."""
    body = dict(asked.body)
    line = _line(work, body["line_id"])
    known = _known(work, line.id, body["document_no"])
    if known:
        known.require_same(body["amount_fen"], body["on"])
        return known
    body["amount_fen"] = body["amount_fen"] or owed_fen(line)
    return _propose(work, outcome="RECOVERED", **body)


def propose_payment_write_off(work: Work, asked: Asked) -> PaymentCorrection:
    """All that is still owed of a wrong payment; of relief only once its recovery was confirmed. Raises WrongState."""
    line = _line(work, asked.body["line_id"])
    if line.about_kind == ABOUT:
        application = work.load(ReliefApplication, line.about_id)
        application.machine.next(application.state, "write_off")
    return _propose(work, outcome="WRITTEN_OFF", amount_fen=owed_fen(line), on=today(), **asked.body)


def owed_fen(line: Row[Any]) -> int:
    """What has neither come back of a payment nor been given up."""
    return int(line.amount_fen - line.recovered_fen - line.written_off_fen)


def _known(work: Work, line_id: str, document_no: str) -> PaymentCorrection | None:
    """The recovery that a receipt has made of a line."""
    query = select(PaymentCorrection).where(C.line_id == line_id, C.document_no == document_no,
                                            C.outcome == "RECOVERED", C.state != "REFUSED")
    return next(iter(work.all(query)), None)


def _propose(work: Work, line_id: str, outcome: str, amount_fen: int | None = None, **body: Any) -> PaymentCorrection:
    line = _line(work, line_id)
    batch = _batch_of(work, line)
    still_open = select(C.id).where(C.line_id == line.id, C.state == "PROPOSED")
    if work.session.execute(still_open).first():
        raise CorrectionOpen(pointer="/line_id", line=line.id)
    if batch.sent_on is None:
        raise LineNotSent(pointer="/line_id", line=line.id)
    made = PaymentCorrection(new_id(), line.org_path, line.id, batch.id, outcome, amount_fen or line.amount_fen,
                             proposed_by=work.caller.account_id, created_at=now(), **body)
    made.propose(line.state, batch.sent_on, today())
    made.require_room(line.amount_fen, line.recovered_fen, line.written_off_fen)
    if outcome == "RECOVERED":
        receipts.take(work, line.org_path, Receipt(made.document_no, "RECOVERY", made.id, line.id), "/document_no")
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


def list_payment_recoveries(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The parts in which wrong payments came back, by line or by the matter that was paid."""
    where = [C[name] == asked.query[name] for name in ("line_id", "state") if name in asked.query]
    if "about_id" in asked.query:
        of_matter = select(payment_lines.c.id).where(payment_lines.c.about_id == asked.query["about_id"])
        where.append(C.line_id.in_(of_matter))
    return reading.page(PaymentCorrection, asked.query, sort=[C.created_at, C.amount_fen],
                        where=[C.outcome == "RECOVERED", *where])


def confirm_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    """Booked at once: ledger, line, counts, the owner of the matter. Raises BatchBusy while a file is booked."""
    work.load(PaymentCorrection, asked.path["correction_id"], lock=True)  # who comes second sees what the first did
    correction = work.target(PaymentCorrection, asked.path["correction_id"])
    correction.confirm(work.caller.account_id, is_auditor=Role.AUDITOR in work.caller.roles)
    batch = work.load(PaymentBatch, correction.batch_id, lock=True)
    batch.require_idle()
    line = _line(work, correction.line_id)
    if line.batch_id != batch.id:
        raise LineNotSent(line=line.id)
    correction.require_room(line.amount_fen, line.recovered_fen, line.written_off_fen)
    outcome = correction.outcome_of(line.amount_fen, line.recovered_fen)
    told = Told(line, outcome, correction.on, correction.document_no, correction.reason, correction.amount_fen)
    book(work, batch, [told], work.caller.account_id)
    batch.conclude()
    return correction


def refuse_payment_correction(work: Work, asked: Asked) -> PaymentCorrection:
    correction = work.target(PaymentCorrection, asked.path["correction_id"])
    correction.refuse(asked.body["reason"])
    receipts.give_back(work, correction.id)
    return correction


