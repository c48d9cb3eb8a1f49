"""Advances on their way back: a later day of repayment, and what the employer paid itself."""

from __future__ import annotations

from services.relief.application.advances.advances import policy_of
from services.relief.domain.advances import aftermath
from services.relief.domain.advances.refusals import ClaimTwice
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.work import Work


def extend_repayment(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    aftermath.extend(advance, **asked.body, policy=policy_of(advance), by=work.caller.account_id, today=today())
    return advance


def record_employer_payment(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    payments_fen: dict[str, int] = {}
    for n, payment in enumerate(asked.body["payments"]):
        if payment["claim_id"] in payments_fen:
            raise ClaimTwice(pointer=f"/payments/{n}/claim_id", claim_id=payment["claim_id"])
        payments_fen[payment["claim_id"]] = payment["amount_fen"]
    aftermath.note_employer_payment(advance, payments_fen)
    work.note("employer payment", "WageAdvance", advance.id, {"evidence_no": asked.body["evidence_no"]})
    return advance
