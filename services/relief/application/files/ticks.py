"""What falls due with hardship files. Each takes so many at a time; the rest comes with the next round."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select, update

from services.relief.adapters.file_matters import file_review_items, file_reviews
from services.relief.adapters.files import hardship_files
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100
YEARLY_REVIEW = "年度复核(D-23)/ yearly review"
COLLECTIVE_REVIEW = "年度集中复核 / collective yearly review"
SUSPENSION_OVER = "暂停期满 / the suspension is over"
F = hardship_files.c


def _due(day: ColumnElement[Any], *where: ColumnElement[bool]) -> Select[Any]:
    return select(HardshipFile).where(*where).order_by(day, F.id).limit(MOST)


def start_yearly_reviews(work: Work) -> None:
    """Active files a year after approval or the last review (D-23)."""
    for file in work.all(_due(F.next_review_on, F.state == "ACTIVE", F.next_review_on <= today())):
        file.start_review(YEARLY_REVIEW)


def start_collective_reviews(work: Work) -> None:
    """The files on the list of a yearly review that is open."""
    i = file_review_items.c
    waiting = select(i.id, i.file_id).join_from(file_review_items, file_reviews).where(
        ~i.is_started, file_reviews.c.state == "STARTED").order_by(i.id).limit(MOST)
    items = work.session.execute(waiting).all()
    for file in work.all(select(HardshipFile).where(F.id.in_([item.file_id for item in items]))):
        if file.state == "ACTIVE":
            file.start_review(COLLECTIVE_REVIEW)
    if items:
        work.session.execute(update(file_review_items).where(i.id.in_([item.id for item in items])).values(
            is_started=True))


def lapse_temporary_files(work: Work) -> None:
    """Temporary files whose days have passed."""
    for file in work.all(_due(F.temporary_until, F.state == "TEMPORARY", F.temporary_until < today())):
        file.lapse(today())


def end_suspensions(work: Work) -> None:
    """Suspicion that nobody settled in time ends in a review."""
    for file in work.all(_due(F.suspended_until, F.state == "SUSPENDED", F.suspended_until < today())):
        file.resume(SUSPENSION_OVER)


def mark_overdue_papers(work: Work) -> None:
    """Paper files that were not brought up within the days of D-25."""
    for file in work.all(_due(F.paper_due_on, ~F.is_paper_overdue, F.paper_due_on < today())):
        file.mark_paper_overdue()


TICKS = (start_yearly_reviews, start_collective_reviews, lapse_temporary_files, end_suspensions, mark_overdue_papers)
