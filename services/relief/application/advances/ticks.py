"""What falls due with wage advances."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.advances import wage_advances
from services.relief.domain.advances.aftermath import remind
from services.relief.domain.advances.states import APPROVED, RUNNING
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100


def pass_repayment_due(work: Work) -> None:
    """Undertakings whose day has passed (D-27)."""
    a = wage_advances.c
    due = select(WageAdvance).where(a.state.in_(RUNNING), a.repay_due_on < today())
    for advance in work.all(due.order_by(a.repay_due_on, a.id).limit(MOST)):
        advance.pass_due()


def miss_ratifications(work: Work) -> None:
    """Emergency approvals the leading group has not ratified in time (D-28)."""
    a = wage_advances.c
    due = select(WageAdvance).where(a.state.in_(APPROVED), a.is_emergency, a.ratified_on.is_(None),
                                    ~a.ratification_missed, a.ratify_due_on < today())
    for advance in work.all(due.order_by(a.ratify_due_on, a.id).limit(MOST)):
        advance.miss_ratification()


def remind_of_repayments(work: Work) -> None:
    """Undertakings whose day comes near: at 50 %, at 80 % and the day before."""
    a = wage_advances.c
    due = select(WageAdvance).where(a.state.in_(RUNNING), a.next_remind_on <= today(), a.repay_due_on >= today())
    for advance in work.all(due.order_by(a.next_remind_on, a.id).limit(MOST)):
        remind(advance, today())


TICKS = (pass_repayment_due, miss_ratifications, remind_of_repayments)
