"""What falls due with mutual aid."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from services.relief.adapters.mutual_aid import mutual_aid_enrolments
from services.relief.domain.mutual_aid.enrolment import Enrolment
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def pass_terms(work: Work) -> None:
    """Terms that begin, waiting periods and terms that have ended."""
    e, day = mutual_aid_enrolments.c, today()
    due = select(Enrolment).where(or_(
        and_(e.state == "FEE_PAID", e.starts_on <= day),
        and_(e.state == "WAITING", e.waiting_until < day),
        and_(e.state.in_(("WAITING", "IN_FORCE")), e.ends_on < day)))
    for enrolment in work.all(due.order_by(e.starts_on, e.id).limit(MOST)):
        enrolment.pass_time(day)


TICKS = (pass_terms,)
