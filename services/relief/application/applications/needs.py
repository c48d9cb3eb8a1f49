"""Holds a need, so that no second matter meets it, and lets it go."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from services.relief.adapters.applications import held_needs
from services.relief.domain.applications.application import ABOUT, ReliefApplication
from services.relief.domain.applications.need import need_key, school_year
from services.relief.domain.applications.refusals import SameNeed
from shared.kernel.texts import same_text
from shared.store.encryption import cipher
from shared.store.work import Work


def hashed(text: str) -> str:
    """Bill and roll numbers lie in an index only as a keyed hash."""
    return cipher().blind_index(same_text(text), "relief.needs")


def hold(work: Work, application: ReliefApplication) -> None:
    """Take the need the facts speak of, and let go of the one they spoke of before. Raises SameNeed.

    Two commands that take the same need at once meet in the table's key; the later one looks again and is refused.
    """
    need = application.need
    key = need_key(application.relief_type, application.household_id, application.person_id, application.year, need,
                   hashed)
    if need.get("student_no"):
        application.student_key = hashed(need["student_no"])
    if need.get("semester"):
        application.school_year = school_year(need["semester"])
    found = work.session.execute(select(held_needs).where(held_needs.c.need_key == key)).first()
    if found and found.about_id != application.id:
        raise SameNeed(pointer="/need", about_kind=found.about_kind, about_no=found.about_no)
    application.need_key = key
    let_go(work, application.id)
    work.session.execute(insert(held_needs).values(need_key=key, about_kind=ABOUT, about_id=application.id,
                                                   about_no=application.application_no))


def let_go(work: Work, about_id: str) -> None:
    work.session.execute(delete(held_needs).where(held_needs.c.about_id == about_id))
