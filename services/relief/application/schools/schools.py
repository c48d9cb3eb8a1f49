"""Schools and their places, term by term."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.schools import term_schools
from services.relief.domain.schools.refusals import SchoolKnown
from services.relief.domain.schools.school import TermSchool, check_term
from shared.kernel.clock import now, today
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
    return work.add(TermSchool(new_id(), path, body["term"], body["name"], body["stage"], body["division"],
                               body["quota"], now()))


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
