"""The yearly collective review of a unit: its list, its sample, the second looks, and how far it is."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update

from services.relief.adapters.bulk import inserting
from services.relief.adapters.file_matters import file_review_items, file_reviews
from services.relief.adapters.files import hardship_files
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import ReviewOpened
from services.relief.domain.files.review_year import ReviewYear, require_near, sample
from services.relief.domain.files.states import AFTER_APPROVAL
from services.relief.rules.files import PARAMETERS
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.paging import cut, ordered
from shared.store.reading import Reading
from shared.store.work import Work

ITEM, FILE, REVIEW = file_review_items.c, hardship_files.c, file_reviews.c


def open_file_review(work: Work, asked: Asked) -> ReviewYear:
    """Lists every approved file at or below the unit and draws the sample. Raises ReviewYearFar,
    ReviewOpened."""
    path, year = place_of(work.caller, asked.body.get("org_path")), asked.body["year"]
    require_near(year, today())
    if work.find(ReviewYear, org_path=path, year=year):
        raise ReviewOpened(pointer="/year", org_path=path, year=year)
    rule = PARAMETERS.row("HF-SAMPLE", today(), division_of(path))
    review = ReviewYear(new_id(), path, year, secrets.token_hex(16), rule.value, rule.document, work.caller.account_id,
                        today(), now())
    files = work.session.execute(select(FILE.id, FILE.file_no, FILE.state).where(
        FILE.org_path.like(f"{path}%"), FILE.state.in_(AFTER_APPROVAL)).order_by(FILE.id)).all()
    drawn = review.draw(file.id for file in files)
    rows = [{"id": new_id(), "review_id": review.id, "file_id": file.id, "file_no": file.file_no,
             "is_sampled": file.id in drawn, "is_started": file.state != "ACTIVE"} for file in files]
    work.at_the_end(inserting(file_review_items, rows))
    return work.add(review)


def list_file_reviews(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [REVIEW[name] == asked.query[name] for name in ("year", "state") if name in asked.query]
    return reading.page(ReviewYear, asked.query, sort=[REVIEW.created_at, REVIEW.year], where=where)


def get_file_review(reading: Reading, asked: Asked) -> ReviewYear:
    return reading.record(ReviewYear, asked.path["review_id"])


def begin_file_review(work: Work, asked: Asked) -> ReviewYear:
    review = work.target(ReviewYear, asked.path["review_id"])
    review.begin()
    return review


def reviewed_since(review: ReviewYear) -> ColumnElement[bool]:
    """Whether a file was reviewed since the review began, or has ended."""
    return or_(and_(FILE.reviewed_on.is_not(None), FILE.reviewed_on >= review.opened_on),
               FILE.state.not_in(AFTER_APPROVAL))


def get_review_progress(reading: Reading, asked: Asked) -> dict[str, Any]:
    review = reading.record(ReviewYear, asked.path["review_id"])
    ids = reading.all(select(ITEM.file_id, ITEM.is_sampled).where(ITEM.review_id == review.id))
    drawn = sample(review.seed, [row.file_id for row in ids], review.sample_bp)
    return {"review_id": review.id, **_counts(reading.session, review),
            "is_sample_right": drawn == {row.file_id for row in ids if row.is_sampled}}


def _counts(session: Any, review: ReviewYear) -> dict[str, int]:
    def number(condition: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    counted = select(
        func.count().label("total"), number(reviewed_since(review)).label("reviewed"),
        number(ITEM.is_sampled).label("sampled"), number(ITEM.checked_on.is_not(None)).label("checked"),
        number(and_(ITEM.checked_on.is_not(None), ~ITEM.is_consistent)).label("inconsistent"))
    joined = counted.join_from(file_review_items, hardship_files).where(ITEM.review_id == review.id)
    return dict(session.execute(joined).mappings().one())


def list_review_items(reading: Reading, asked: Asked) -> dict[str, Any]:
    review, query = reading.record(ReviewYear, asked.path["review_id"]), asked.query
    is_reviewed = reviewed_since(review)
    result = case((is_reviewed, FILE.review_result), else_=None).label("result")
    shown = select(file_review_items, FILE.state, is_reviewed.label("is_reviewed"), result).join_from(
        file_review_items, hardship_files).where(ITEM.review_id == review.id)
    for name, condition in (("is_sampled", ITEM.is_sampled), ("is_reviewed", is_reviewed),
                            ("is_checked", ITEM.checked_on.is_not(None))):
        if name in query:
            shown = shown.where(condition if query[name] else ~condition)
    return cut(reading.all(ordered(shown, [ITEM.file_no], ITEM.id, query)), [ITEM.file_no], ITEM.id, query)


def record_spot_check(work: Work, asked: Asked) -> ReviewYear:
    """Raises NotFound, NotInSample, NothingToCheck, SamePerson."""
    review, body, by = work.target(ReviewYear, asked.path["review_id"]), asked.body, work.caller.account_id
    file = work.load(HardshipFile, body["file_id"])
    of_file = and_(ITEM.review_id == review.id, ITEM.file_id == file.id)
    item = work.session.execute(select(ITEM.is_sampled, reviewed_since(review).label("is_reviewed")).join_from(
        file_review_items, hardship_files).where(of_file)).first()
    review.check(by, is_sampled=bool(item and item.is_sampled), is_reviewed=bool(item and item.is_reviewed),
                 assessed_by=file.assessed_by)
    work.session.execute(update(file_review_items).where(of_file).values(
        checked_on=today(), checked_by=by, is_consistent=body["is_consistent"], note=body["note"]))
    return review


def close_file_review(work: Work, asked: Asked) -> ReviewYear:
    review = work.target(ReviewYear, asked.path["review_id"])
    counts = _counts(work.session, review)
    review.close(counts["total"] - counts["reviewed"], counts["sampled"] - counts["checked"], today())
    return review
