"""What the employer paid itself, over all advances of a claim: none advances what another has entered as paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import case, func, select

from services.relief.adapters.advances import employer_payments, wage_advance_lines, wage_advances
from services.relief.domain.advances import employer_payments as payments
from services.relief.domain.advances.employer_payment import Paper
from services.relief.domain.advances.refusals import ClaimTwice
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.kernel.clock import today
from shared.kernel.texts import same_text
from shared.service.dispatch import Asked
from shared.store.work import Work

P = employer_payments.c


def record_employer_payment(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    payments_fen: dict[str, int] = {}
    for n, payment in enumerate(asked.body["payments"]):
        if payment["claim_id"] in payments_fen:
            raise ClaimTwice(pointer=f"/payments/{n}/claim_id", claim_id=payment["claim_id"])
        payments_fen[payment["claim_id"]] = payment["amount_fen"]
    payments.enter(advance, payments_fen, asked.body["evidence_no"], _papers(work, payments_fen),
                   work.caller.account_id, today())
    return advance


def reverse_employer_payment(work: Work, asked: Asked) -> WageAdvance:
    """Puts right each advance with the claim, also those proposed since."""
    advance = work.target(WageAdvance, asked.path["advance_id"])
    wrong = payments.reverse(advance, asked.path["payment_id"], asked.body["reason"], work.caller.account_id, today())
    paid_fen = known_payments(work, [wrong.claim_id])[wrong.claim_id] - wrong.amount_fen  # it is not yet written
    concerned = [advance, *_others(work, advance, wrong.claim_id)]
    holders = {one.id for one in concerned if one.holds(wrong.claim_id)}
    for one in concerned:
        payments.know_again(one, wrong.claim_id, paid_fen, is_held=bool(holders - {one.id}))
        if one.holds(wrong.claim_id):
            holders.add(one.id)
    return advance


def _others(work: Work, advance: WageAdvance, claim_id: str) -> Sequence[WageAdvance]:
    """Other advances with the claim, held until the commit."""
    lines, a = wage_advance_lines.c, wage_advances.c
    of_claim = select(lines.advance_id).where(lines.claim_id == claim_id)
    others = select(WageAdvance).where(a.id.in_(of_claim), a.id != advance.id)
    return work.all(others.order_by(a.id).with_for_update())


def known_payments(work: Work, claim_ids: Collection[str]) -> dict[str, int]:
    """What the employer has paid of each claim itself, in fen, by all that stands entered; claims without are left
    out."""
    signed = case((P.reverses_id.is_(None), P.amount_fen), else_=-P.amount_fen)
    query = select(P.claim_id, func.sum(signed).label("fen")).where(P.claim_id.in_(claim_ids)).group_by(P.claim_id)
    return {row.claim_id: int(row.fen) for row in work.session.execute(query) if row.fen}


def _papers(work: Work, claim_ids: Collection[str]) -> set[Paper]:
    """The papers that stand entered for claims."""
    reversed_ids = select(P.reverses_id).where(P.reverses_id.is_not(None))
    standing = select(P.claim_id, P.evidence_no).where(
        P.claim_id.in_(claim_ids), P.reverses_id.is_(None), P.id.not_in(reversed_ids))
    return {(row.claim_id, same_text(row.evidence_no)) for row in work.session.execute(standing)}
