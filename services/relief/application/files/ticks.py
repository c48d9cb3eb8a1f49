"""What falls due with hardship files."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.files import hardship_files
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.clock import today
from shared.store.work import Work

MOST = 100
YEARLY_REVIEW = "年度复核(D-23)/ yearly review"


def start_yearly_reviews(work: Work) -> None:
    """Active files a year after approval or the last review (D-23)."""
    f = hardship_files.c
    due = select(HardshipFile).where(f.state == "ACTIVE", f.next_review_on <= today())
    for file in work.all(due.order_by(f.next_review_on, f.id).limit(MOST)):
        file.start_review(YEARLY_REVIEW)


TICKS = (start_yearly_reviews,)
