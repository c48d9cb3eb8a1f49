"""What a household, a person or a student had before, from the payment lines: paid, and reserved but not yet paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.payments import payment_lines
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.caps import Earlier
from services.relief.domain.applications.kinds import TYPES
from services.relief.domain.applications.programme import Programme
from services.relief.domain.payments.batch import LIST_MATTER
from shared.store.work import Work

ON_THE_WAY = ("RESERVED", "BATCHED", "SENT", "UNKNOWN")
#: consolation money of festivals is no income, and never counts with other types
COUNTED = tuple(one for one in TYPES if one != "FESTIVAL")
LINE = payment_lines.c
#: mutual aid is no relief: it is taken off what was paid by oneself, not off what a year allows
IS_RELIEF = LINE.about_kind != "MutualAidClaim"


def earlier_of(work: Work, application: ReliefApplication, programme: Programme, year: int) -> Earlier:
    """What counts against the programme's ceiling for the period. What is on its way counts in every year: it may be
    paid in any of them."""
    purposes = COUNTED if programme.counts == "ALL_TYPES" else (application.relief_type,)
    where = [LINE.about_id != application.id, IS_RELIEF, LINE.purpose.in_(purposes),
             _whose(application, programme.period)]
    if programme.period.endswith("_YEAR") and programme.period != "STUDENT_YEAR":
        where.append(in_year(year))
    else:
        where.append(LINE.state.in_(("PAID", *ON_THE_WAY)))
    by_state = select(LINE.state, func.sum(LINE.amount_fen - LINE.recovered_fen)).where(*where).group_by(LINE.state)
    sums = {state: int(fen) for state, fen in work.session.execute(by_state)}
    paid_fen = sums.pop("PAID", 0) + _goods(work, application, year)
    return Earlier(paid_fen, sum(sums.values()), _other_types(work, application, year))


def _whose(application: ReliefApplication, period: str) -> ColumnElement[bool]:
    """Lines of the person, the student or the household."""
    a = relief_applications.c
    if period == "PERSON_YEAR":
        by_list = and_(LINE.about_kind == LIST_MATTER, LINE.payee_id == application.person_id)
        return or_(LINE.about_id.in_(select(a.id).where(a.person_id == application.person_id)), by_list)
    if period in ("STUDENT_YEAR", "STUDENT_EVER"):
        same = [a.student_key == application.student_key]
        if period == "STUDENT_YEAR":
            same.append(a.school_year == application.school_year)
        return LINE.about_id.in_(select(a.id).where(*same))
    if period == "OCCASION":
        return LINE.about_id == application.id
    return LINE.payee_id.in_(people_of(application))


def people_of(application: ReliefApplication) -> Sequence[str]:
    """The members of the household by id, and who asks for it."""
    return [*{application.worker_id, application.person_id, *application.household}]


def in_year(year: int) -> ColumnElement[bool]:
    """Paid in a year, or on the way and so maybe paid in it."""
    paid = and_(LINE.state == "PAID", LINE.paid_on >= date(year, 1, 1), LINE.paid_on <= date(year, 12, 31))
    return or_(paid, LINE.state.in_(ON_THE_WAY))


def _other_types(work: Work, application: ReliefApplication, year: int) -> tuple[str, ...]:
    """Other kinds of relief the household had or will have this year."""
    others = [one for one in COUNTED if one != application.relief_type]
    found = select(LINE.purpose).distinct().where(LINE.payee_id.in_(people_of(application)), LINE.purpose.in_(others),
                                                  LINE.about_id != application.id, IS_RELIEF, in_year(year))
    return tuple(sorted(work.session.scalars(found)))


def _goods(work: Work, application: ReliefApplication, year: int) -> int:
    """Goods leave no payment line; their value counts among goods."""
    if application.relief_type != "GOODS":
        return 0
    a = relief_applications.c
    given = select(func.coalesce(func.sum(a.proposed_fen), 0)).where(
        a.household_id == application.household_id, a.relief_type == "GOODS", a.year == year,
        a.state.in_(("APPROVED", "CLOSED")), a.id != application.id)
    return int(work.session.execute(given).scalar_one())
