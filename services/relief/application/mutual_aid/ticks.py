"""What falls due with mutual aid."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select

from services.relief.adapters.mutual_aid import mutual_aid_enrolments, mutual_aid_union_shares
from services.relief.adapters.payments import payment_lines
from services.relief.application.mutual_aid import enrolling, union_shares
from services.relief.application.mutual_aid.borne import is_whole
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.union_share import ABOUT
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def pass_terms(work: Work) -> None:
    """Terms that begin, waiting periods and terms that have ended. None begins whose fee is not whole."""
    e, day = mutual_aid_enrolments.c, today()
    due = select(Enrolment).where(or_(
        and_(e.state == "FEE_PAID", e.starts_on <= day, is_whole()),
        and_(e.state == "WAITING", e.waiting_until < day),
        and_(e.state.in_(("WAITING", "IN_FORCE")), e.ends_on < day)))
    for enrolment in work.all(due.order_by(e.starts_on, e.id).limit(MOST)):
        enrolment.pass_time(day)


def lapse_unpaid(work: Work) -> None:
    """Lists whose first day has passed without the fee: there is no cover, and the union's share is free again. A share
    that a batch holds yet fails its check there; the list lapses when it has left the batch."""
    e, day = mutual_aid_enrolments.c, today()
    unpaid = select(Enrolment).where(e.state == "LISTED", e.starts_on < day, ~_in_batch())
    for enrolment in work.all(unpaid.order_by(e.starts_on, e.id).limit(MOST)):
        enrolment.lapse()
        enrolling.cancel(work, enrolment)
        union_shares.fall_away(work, enrolment)


def _in_batch() -> ColumnElement[bool]:
    e, s, line = mutual_aid_enrolments.c, mutual_aid_union_shares.c, payment_lines.c
    return exists().where(s.enrolment_id == e.id, line.about_kind == ABOUT, line.about_id == s.id,
                          line.batch_id.is_not(None))


TICKS = (pass_terms, lapse_unpaid)
