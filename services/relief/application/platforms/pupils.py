"""The pupils of a school's invoice: children with a place at it in the term, to which the guardian has consented."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.relief.adapters.schools import placement_requests, term_schools
from services.relief.domain.platforms.partner import Outlet
from services.relief.domain.platforms.till_refusals import PupilTwice, PupilWithoutPlace, SchoolNotLinked
from services.relief.domain.schools.school import TermSchool
from shared.store.work import Work

#: how many of those without a place a refusal names
MOST_NAMED = 20
R, S = placement_requests.c, term_schools.c


def check_pupils(work: Work, outlet: Outlet, term: str, request_nos: Sequence[str]) -> None:
    """Raises PupilTwice, SchoolNotLinked, PupilWithoutPlace: the first line by its pointer, the others by number."""
    _require_once(request_nos)
    # held until the commit: nobody links the school with another outlet meanwhile
    linked = select(TermSchool).where(S.outlet_id == outlet.id, S.term == term).order_by(S.id).with_for_update()
    schools = [school.id for school in work.all(linked)]
    if not schools:
        raise SchoolNotLinked(pointer="/term", term=term, outlet=outlet.name)
    placed = set(work.session.scalars(select(R.request_no).where(
        R.request_no.in_(request_nos), R.school_id.in_(schools), R.state == "ENROLLED", R.consent_no.is_not(None))))
    missing = [n for n, request_no in enumerate(request_nos) if request_no not in placed]
    if missing:
        raise PupilWithoutPlace(pointer=f"/request_nos/{missing[0]}", term=term, count=len(missing),
                                request_nos=", ".join(request_nos[n] for n in missing[:MOST_NAMED]))


def _require_once(request_nos: Sequence[str]) -> None:
    known: set[str] = set()
    for n, request_no in enumerate(request_nos):
        if request_no in known:
            raise PupilTwice(pointer=f"/request_nos/{n}", request_no=request_no)
        known.add(request_no)
