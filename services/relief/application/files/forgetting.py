"""What goes with a file that is destroyed (档案销毁, after 10 years): all words of the household, in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Table, select, update

from services.relief.adapters.applications import campaign_lines, relief_applications, student_aids
from services.relief.adapters.file_matters import file_attachments, file_objections, file_review_items, file_transfers
from services.relief.adapters.goods import goods_issues
from services.relief.adapters.goods_campaigns import goods_campaign_lines
from services.relief.adapters.means import means_tests
from services.relief.adapters.plans import assistance_plans, pair_ups
from services.relief.adapters.platforms import care_cards
from services.relief.adapters.watch import findings
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.files.attachment import FileAttachment
from services.relief.domain.files.objection import FileObjection
from services.relief.domain.means.record import FORGOTTEN
from services.relief.domain.plans.assistance_plan import AssistancePlan
from services.relief.domain.plans.pair_up import PairUp
from shared.store.work import Work

#: what stands where a word has to
GONE = "-"
#: the words of rows that are what they are: table → column → what is left
WORDS: tuple[tuple[Table, dict[str, Any]], ...] = (
    (file_transfers, {"reason": GONE, "answer": None}),
    (file_review_items, {"note": None}),
    (student_aids, {"reason": None}),
    (campaign_lines, {"reason": None}),
    (goods_campaign_lines, {"reason": None, "receiver": None}),
    (goods_issues, {"return_reason": None}),
    (care_cards, {"reason": None}),
    (findings, {"explanation_zh": GONE, "explanation_en": GONE, "reason": None, "note": None}),
    # the database lets nothing else of a recorded test change
    (means_tests, FORGOTTEN),
)


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
    for table, left in WORDS:
        work.session.execute(update(table).where(table.c.file_id.in_(file_ids)).values(**left))
