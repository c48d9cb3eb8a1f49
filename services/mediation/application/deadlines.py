"""What falls due by itself in mediation."""

from __future__ import annotations

from sqlalchemy import select

from services.mediation.adapters.tables import disputes, obligations
from services.mediation.domain.dispute import Dispute
from shared.kernel.clock import today
from shared.store.work import Work

BATCH = 100
TIME_IS_UP = "十五日内未达成调解协议(劳动争议调解仲裁法第14条) / no agreement in time (art. 14)"


def fail_overdue_mediations(work: Work) -> None:
    """D-03: without an agreement in time the claimants may go to arbitration."""
    is_running = disputes.c.state.in_(("ACCEPTED", "IN_MEDIATION"))
    overdue = select(Dispute).where(is_running, disputes.c.mediation_due_on < today())
    for dispute in work.all(overdue.order_by(disputes.c.mediation_due_on, disputes.c.id).limit(BATCH)):
        dispute.fail(TIME_IS_UP, today())


def default_overdue_agreements(work: Work) -> None:
    """D-04: an obligation whose day has passed puts the agreement in default."""
    late = select(obligations.c.owner_id).where(obligations.c.done_fen < obligations.c.amount_fen,
                                                obligations.c.due_on < today())
    overdue = select(Dispute).where(disputes.c.state == "AGREED", disputes.c.id.in_(late))
    for dispute in work.all(overdue.order_by(disputes.c.id).limit(BATCH)):
        dispute.pass_due()
