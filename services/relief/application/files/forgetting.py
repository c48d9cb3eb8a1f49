"""What goes with a file that is destroyed (档案销毁, after 10 years): all words of the household, in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import select, update

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.file_matters import file_attachments, file_objections
from services.relief.adapters.means import means_tests
from services.relief.adapters.plans import assistance_plans, pair_ups
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.files.attachment import FileAttachment
from services.relief.domain.files.objection import FileObjection
from services.relief.domain.means.record import FORGOTTEN
from services.relief.domain.plans.assistance_plan import AssistancePlan
from services.relief.domain.plans.pair_up import PairUp
from shared.store.work import Work


def forget(work: Work, file_ids: Sequence[str]) -> None:
    """Numbers, days and amounts stay: the books and the statistics need them."""
    words: Iterator[Any] = chain.from_iterable((
        work.all(select(FileObjection).where(file_objections.c.file_id.in_(file_ids))),
        work.all(select(ReliefApplication).where(relief_applications.c.file_id.in_(file_ids))),
        work.all(select(PairUp).where(pair_ups.c.file_id.in_(file_ids))),
        work.all(select(AssistancePlan).where(assistance_plans.c.file_id.in_(file_ids)))))
    for one in words:
        one.forget()
    a = file_attachments.c
    for attachment in work.all(select(FileAttachment).where(a.file_id.in_(file_ids), a.state == "KEPT")):
        attachment.destroy()
    # the database lets nothing else of a recorded test change
    work.session.execute(update(means_tests).where(means_tests.c.file_id.in_(file_ids)).values(**FORGOTTEN))
