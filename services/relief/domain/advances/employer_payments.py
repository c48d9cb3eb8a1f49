"""What the employer paid workers itself (用人单位直接付薪): each entry by its paper, put right by a second person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from services.relief.domain.advances.employer_payment import EmployerPayment, Paper
from services.relief.domain.advances.refusals import (
    ClaimNotInAdvance,
    ClaimPaidByEmployer,
    EmployerPaidAboveClaim,
    EmployerPaymentReversed,
    EmployerPaymentUnknown,
    PaperEntered,
)
from services.relief.domain.advances.states import UNPAID
from services.relief.domain.advances.wage_advance import AdvanceLine, WageAdvance
from services.relief.domain.duty import different
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan

EMPLOYER_PAID = "用人单位已直接支付工资,无需垫付 / the employer has paid the wages itself"


def enter(advance: WageAdvance, payments_fen: Mapping[str, int], evidence_no: str, papers: Collection[Paper], by: str,
          on: date) -> None:
    """The employer paid workers itself (claim → fen). Before the union has paid, that much less is advanced; after it,
    the workers have been paid twice, which is told so that the excess is returned. `papers` stand for these claims
    already, in whichever advance.

    Raises ClaimNotInAdvance, EmployerPaidAboveClaim, PaperEntered.
    """
    is_unpaid, before_fen = advance.state in UNPAID, advance.twice_fen
    advance.move("note_employer_payment")
    for claim_id, fen in payments_fen.items():
        line = _line(advance, claim_id)
        entry = EmployerPayment(new_id(), claim_id, fen, evidence_no, by, on)
        if entry.paper in papers:
            raise PaperEntered(pointer="/evidence_no", evidence_no=evidence_no, claim_id=claim_id)
        if fen > line.owed_fen:
            raise EmployerPaidAboveClaim(pointer="/payments", claim_id=claim_id, amount=format_yuan(fen),
                                         owed=format_yuan(line.owed_fen))
        advance.employer_payments.append(entry)
        _know(line, line.employer_paid_fen + fen, is_unpaid=is_unpaid)
    if is_unpaid and not advance.payable:
        refuse_as_paid(advance)
        return
    _sum_up(advance, is_unpaid=is_unpaid)
    advance.record("wage_advance_employer_paid", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, total_fen=advance.total_fen,
                   twice_fen=advance.twice_fen - before_fen)


def _line(advance: WageAdvance, claim_id: str) -> AdvanceLine:
    found = next((line for line in advance.payable if line.claim_id == claim_id), None)
    if found is None:
        raise ClaimNotInAdvance(pointer="/payments", claim_id=claim_id)
    return found


def reverse(advance: WageAdvance, payment_id: str, reason: str, by: str, on: date) -> EmployerPayment:
    """A wrong entry is taken back by somebody else than who made it; its paper may be entered again. What follows for
    each advance with the claim: `know_again`.

    Raises EmployerPaymentUnknown, EmployerPaymentReversed, SamePerson.
    """
    advance.move("reverse_employer_payment")
    entries = {entry.id: entry for entry in advance.employer_payments if not entry.reverses_id}
    wrong = entries.get(payment_id)
    if wrong is None:
        raise EmployerPaymentUnknown(id=payment_id)
    if any(entry.reverses_id == payment_id for entry in advance.employer_payments):
        raise EmployerPaymentReversed(evidence_no=wrong.evidence_no)
    different(by, "冲正付薪登记 / reversing the entry", ("登记单位付款 / entering it", wrong.recorded_by))
    advance.employer_payments.append(EmployerPayment(new_id(), wrong.claim_id, wrong.amount_fen, wrong.evidence_no, by,
                                                     on, wrong.id, reason))
    return wrong


def know_again(advance: WageAdvance, claim_id: str, paid_fen: int, *, is_held: bool) -> None:
    """The employer has paid `paid_fen` of a claim in all: less than was thought. Until the union has paid, the line
    comes back, up to what was asked or approved, unless another advance has taken the claim (`is_held`) meanwhile."""
    is_unpaid = advance.state in UNPAID
    for line in advance.lines:
        if line.claim_id == claim_id:
            _know(line, paid_fen, is_unpaid=is_unpaid and not (line.is_refused and is_held))
    _sum_up(advance, is_unpaid=is_unpaid)
    advance.touch()
    advance.record("wage_advance_employer_payment_reversed", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, total_fen=advance.total_fen, twice_fen=advance.twice_fen)


def _know(line: AdvanceLine, paid_fen: int, *, is_unpaid: bool) -> None:
    line.employer_paid_fen = paid_fen
    if not is_unpaid:
        return
    most_fen = min(line.most_fen, line.owed_fen)
    line.is_refused = most_fen <= 0
    if not line.is_refused:
        line.advanced_fen = most_fen


def _sum_up(advance: WageAdvance, *, is_unpaid: bool) -> None:
    if is_unpaid and advance.payable:
        advance.total_fen = sum(line.advanced_fen for line in advance.payable)


def require_owed(advance: WageAdvance, paid_fen: Mapping[str, int]) -> None:
    """A new proposal takes over what is known of each claim (claim → fen paid by the employer), and asks for no more
    than is left. Raises ClaimPaidByEmployer."""
    for line in advance.lines:
        line.employer_paid_fen = paid_fen.get(line.claim_id, 0)
        if line.employer_paid_fen and line.advanced_fen > line.owed_fen:
            raise ClaimPaidByEmployer(
                pointer=f"/lines/{line.position}/advanced_fen", claim_id=line.claim_id,
                paid=format_yuan(line.employer_paid_fen), claimed=format_yuan(line.claimed_fen),
                owed=format_yuan(max(0, line.owed_fen)))


def leave_out_paid(advance: WageAdvance, paid_fen: Mapping[str, int]) -> bool:
    """The same for what mediation asks for, which knows of no payment: what is paid in full is left out, and of the
    rest no more is advanced than is left. Answers whether all is paid."""
    asked_fen = sum(line.advanced_fen for line in advance.lines)
    for line in advance.lines:
        if line.claim_id in paid_fen:
            _know(line, paid_fen[line.claim_id], is_unpaid=True)
    advance.total_fen -= asked_fen - sum(line.advanced_fen for line in advance.payable)
    return not advance.payable


def refuse_as_paid(advance: WageAdvance) -> None:
    """Nothing is left to advance."""
    advance.refuse(EMPLOYER_PAID, [])
