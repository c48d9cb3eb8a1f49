"""Places offered by nearness: to one child, or to everybody who waits; and the list for the education bureau."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from services.relief.adapters.schools import placement_requests, term_schools
from services.relief.application.goods.holding import held_target
from services.relief.application.schools.schools import hold_schools
from services.relief.domain.schools.nearest import Offering, assign
from services.relief.domain.schools.refusals import NoPlaceLeft, SchoolNotWished
from services.relief.domain.schools.request import PlacementRequest
from services.relief.domain.schools.school import TermSchool
from services.relief.rules import schools as school_rules
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.sheets.sheet import Sheet
from shared.sheets.xlsx import download
from shared.store.reading import Reading, within
from shared.store.work import Work

#: requests for which places are offered in one transaction
MOST = 200
MOST_LISTED = 10_000
HEADINGS = ("学期", "学校", "学段", "申请编号", "学生姓名", "公民身份号码", "类别", "监护人同意书编号", "状态")
STATES = {"OFFERED": "已安排", "ACCEPTED": "已接受", "ENROLLED": "已入学"}


def offer_school_place(work: Work, asked: Asked) -> PlacementRequest:
    """The schools' rows are held: two clerks never give the last place twice."""
    request = held_target(work, PlacementRequest, asked.path["request_id"])
    wanted = asked.body["school_id"]
    request.machine.next(request.state, "offer")
    schools = hold_schools(work, at=request.org_path, term=request.term, stage=request.stage)
    if wanted:
        schools = [school for school in schools if school.id == wanted]
        if not schools:
            raise SchoolNotWished(pointer="/school_id", school_id=wanted)
    if not _offer([request], schools, request.org_path):
        raise NoPlaceLeft
    return request


def _offer(requests: Sequence[PlacementRequest], schools: Sequence[TermSchool], at: str) -> int:
    """Offer what there is, by the dated rule; how many got a place."""
    rules, division = school_rules.SCHOOLS, division_of(at)
    order = school_rules.order_of(rules.row("place_order", today(), division))
    days = rules.value("offer_days", today(), division)
    offered = [Offering(school.id, school.division, school.free) for school in schools]
    placed = assign([request.wanting for request in requests], offered, order)
    by_id = {school.id: school for school in schools}
    for request in requests:
        if request.id in placed:
            by_id[placed[request.id]].take()
            request.offer(placed[request.id], days, today())
    return len(placed)


def assign_school_places(work: Work, asked: Asked) -> dict[str, Any]:
    """The longest waiting first, some hundred at a time; those without a place go on waiting."""
    term, stage = asked.body["term"], asked.body["stage"]
    at = place_of(work.caller, asked.body.get("org_path"))
    columns = placement_requests.c
    query = select(PlacementRequest).where(columns.term == term, columns.stage == stage, columns.org_path == at,
                                           columns.state == "CONSENTED")
    waiting = work.all(query.order_by(columns.request_no).limit(MOST + 1).with_for_update())
    schools = hold_schools(work, at=at, term=term, stage=stage)
    offered = _offer(waiting[:MOST], schools, at)
    rule = school_rules.SCHOOLS.row("place_order", today(), division_of(at))
    return {"term": term, "offered": offered, "waiting": len(waiting[:MOST]) - offered,
            "more": len(waiting) > MOST and offered > 0, "document": rule.document}


def download_school_list(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The children with a place, by school. Who took the list is kept in the audit trail."""
    term = asked.query.get("term") or coming_term(today())
    r, s = placement_requests.c, term_schools.c
    states = [asked.query["state"]] if "state" in asked.query else list(STATES)
    query = select(PlacementRequest, s.name).join(TermSchool, s.id == r.school_id).where(
        within(placement_requests, reading.caller), r.term == term, r.state.in_(states))
    found = reading.session.execute(query.order_by(s.name, r.request_no).limit(MOST_LISTED)).all()
    reading.note("download_school_list", "PlacementRequest", term, {"term": term, "rows": len(found)})
    return download(f"爱心学校入学名单-{term}", Sheet("清单", HEADINGS, _rows(found)))


def _rows(found: Any) -> Iterator[tuple[str, ...]]:
    for request, school in found:
        yield (request.term, school, request.stage, request.request_no, request.child_name, request.child_id_number,
               request.basis, request.consent_no or "", STATES.get(request.state, request.state))


def coming_term(day: date) -> str:
    """The term that the families of these days ask for: from March on the autumn's, else the spring's."""
    if day.month in (1, 2):
        return f"{day.year}-SPRING"
    return f"{day.year}-AUTUMN" if day.month < 12 else f"{day.year + 1}-SPRING"
