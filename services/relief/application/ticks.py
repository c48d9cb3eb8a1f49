"""What falls due in relief by itself."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.tables import hardship_files, wage_advances
from services.relief.domain.advance_states import APPROVED
from services.relief.domain.hardship_file import HardshipFile
from services.relief.domain.wage_advance import WageAdvance
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100
YEARLY_REVIEW = "年度复核(D-23)/ yearly review"


def pass_repayment_due(work: Work) -> None:
    """Undertakings whose day has passed (D-27)."""
    a = wage_advances.c
    due = select(WageAdvance).where(a.state.in_(("DISBURSED", "PARTLY_REPAID")), a.repay_due_on < today())
    for advance in work.all(due.order_by(a.repay_due_on, a.id).limit(MOST)):
        advance.pass_due()


def miss_ratifications(work: Work) -> None:
    """Emergency approvals the leading group has not ratified in time (D-28)."""
    a = wage_advances.c
    due = select(WageAdvance).where(a.state.in_(APPROVED), a.is_emergency, a.ratified_on.is_(None),
                                    ~a.ratification_missed, a.ratify_due_on < today())
    for advance in work.all(due.order_by(a.ratify_due_on, a.id).limit(MOST)):
        advance.miss_ratification()


def start_yearly_reviews(work: Work) -> None:
    """Active files a year after approval or the last review (D-23)."""
    f = hardship_files.c
    due = select(HardshipFile).where(f.state == "ACTIVE", f.next_review_on <= today())
    for file in work.all(due.order_by(f.next_review_on, f.id).limit(MOST)):
        file.start_review(YEARLY_REVIEW)


TICKS = (pass_repayment_due, miss_ratifications, start_yearly_reviews)
