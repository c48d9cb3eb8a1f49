"""Schools and their places, term by term."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.platforms import redemptions
from services.relief.adapters.schools import term_schools
from services.relief.application.goods.holding import held_target
from services.relief.application.platforms.partners import serving
from services.relief.domain.platforms.partner import Outlet
from services.relief.domain.schools.refusals import NotASchool, SchoolKnown
from services.relief.domain.schools.school import TermSchool, check_term
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def add_term_school(work: Work, asked: Asked) -> TermSchool:
    body = asked.body
    path = place_of(work.caller, body.get("org_path"))
    check_term(body["term"], today())
    if work.find(TermSchool, org_path=path, term=body["term"], stage=body["stage"], name=body["name"]):
        raise SchoolKnown(pointer="/name", name=body["name"], term=body["term"])
    school = TermSchool(new_id(), path, body["term"], body["name"], body["stage"], body["division"], body["quota"],
                        now())
    if body["outlet_id"]:
        school.outlet_id = _outlet(work, body["outlet_id"], path)
    return work.add(school)


def get_term_school(reading: Reading, asked: Asked) -> TermSchool:
    return reading.record(TermSchool, asked.path["school_id"])


def list_term_schools(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = term_schools.c
    where = [columns[n] == asked.query[n] for n in ("term", "stage", "state") if n in asked.query]
    return reading.page(TermSchool, asked.query, sort=[columns.created_at, columns.name, columns.quota], where=where)


def change_school_quota(work: Work, asked: Asked) -> TermSchool:
    school = work.target(TermSchool, asked.path["school_id"])
    school.change_quota(asked.body["quota"])
    return school


def link_school_outlet(work: Work, asked: Asked) -> TermSchool:
    """The school's row is held: no invoice comes between."""
    school = held_target(work, TermSchool, asked.path["school_id"])
    outlet_id = _outlet(work, asked.body["outlet_id"], school.org_path)
    r = redemptions.c
    sent = select(r.till_no).where(r.outlet_id == school.outlet_id, r.term == school.term, r.state != "REVERSED")
    school.link(outlet_id, work.session.execute(sent.limit(1)).scalar())
    return school


def _outlet(work: Work, outlet_id: str, org_path: str) -> str:
    """An outlet of a care school that serves this centre. Raises NotFound, NotASchool."""
    outlet = work.find(Outlet, id=outlet_id)
    if outlet is None:
        raise NotFound(pointer="/outlet_id", id=outlet_id)
    if serving(work, outlet.partner_id, org_path, "/outlet_id").kind != "SCHOOL":
        raise NotASchool(pointer="/outlet_id", outlet=outlet.name)
    return outlet.id


def close_term_school(work: Work, asked: Asked) -> TermSchool:
    school = work.target(TermSchool, asked.path["school_id"])
    school.close()
    return school


def hold_schools(work: Work, *, at: str, term: str, stage: str) -> list[TermSchool]:
    """The open schools of a centre and of those above it, their rows held until the commit, in one order."""
    columns = term_schools.c
    above = [at[:n + 1] for n, letter in enumerate(at) if letter == "/" and n]
    query = select(TermSchool).where(columns.term == term, columns.stage == stage, columns.state == "OPEN",
                                     columns.org_path.in_(above))
    return list(work.all(query.order_by(columns.id).with_for_update().execution_options(populate_existing=True)))


def give_back(work: Work, school_id: str | None, places: int = 1) -> None:
    """Places of a school are free again."""
    if school_id:
        query = select(TermSchool).where(term_schools.c.id == school_id).with_for_update()
        (school,) = work.all(query.execution_options(populate_existing=True))
        school.give_back(places)
