"""What other services tell that concerns wage advances."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.advances import wage_advances
from services.relief.application.advances.advances import draft, require_free
from services.relief.application.advances.employer_payments import known_payments
from services.relief.domain.advances.aftermath import note_recovery
from services.relief.domain.advances.employer_payments import leave_out_paid, refuse_as_paid
from services.relief.domain.advances.states import UNPAID
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.contracts.relief.advances.codes import ALTERNATIVES
from shared.kernel.errors import Refusal
from shared.service.react import Reaction, Told
from shared.store.work import Work


def propose_requested_advance(work: Work, told: Told) -> None:
    """Mediation asks for an advance on what it has verified. One that the rules forbid is refused at once, so that the
    mediator hears why."""
    if work.find(WageAdvance, request_id=told.id):
        return
    advance = draft(work, told.org_path, told.data, told.data["requested_by"])
    advance.request_id = told.id
    paid = leave_out_paid(advance, known_payments(work, [line.claim_id for line in advance.lines]))
    against = None if paid else _against(work, advance)
    if paid:
        refuse_as_paid(advance)
    elif against:
        advance.refuse(f"{against.text('zh')} / {against.text('en')}"[:500], ALTERNATIVES)
    else:
        advance.tell_proposed()
    work.add(advance)


def _against(work: Work, advance: WageAdvance) -> Refusal | None:
    try:
        require_free(work, advance)
    except Refusal as refusal:
        return refusal
    return None


def drop_paid_advance(work: Work, told: Told) -> None:
    """The agreement is performed: an advance that was not paid yet would pay the workers twice."""
    a = wage_advances.c
    waiting = select(WageAdvance).where(a.dispute_id == told.data["dispute_id"], a.state.in_(UNPAID))
    for advance in work.all(waiting):
        refuse_as_paid(advance)


def _noting(stage: str) -> Reaction:
    """Keeps where legal's recovery case stands."""

    def note(work: Work, told: Told) -> None:
        advance = work.find(WageAdvance, id=told.data["advance_id"])
        if advance is not None:
            note_recovery(advance, told.data["recovery_id"], stage)

    return note


REACTIONS: dict[str, Reaction] = {
    "mediation.wage_advance_requested.v1": propose_requested_advance,
    "mediation.mediation_performed.v1": drop_paid_advance,
    "legal.recovery_case_opened.v1": _noting("OPENED"),
    "legal.recovery_order_sought.v1": _noting("ORDER_SOUGHT"),
    "legal.recovery_order_issued.v1": _noting("ORDER_ISSUED"),
    "legal.recovery_case_recovered.v1": _noting("RECOVERED"),
    "legal.recovery_case_closed.v1": _noting("CLOSED"),
}
