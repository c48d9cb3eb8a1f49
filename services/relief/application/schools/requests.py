"""Requests for school places, from the guardian's consent to the child at school."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from services.relief.adapters.schools import placement_requests, term_schools
from services.relief.application.goods.holding import held_target
from services.relief.application.goods.households import Recipient, recipient
from services.relief.application.schools.schools import give_back
from services.relief.domain.schools.refusals import BasisNotMet, ChildKnown, SchoolNotWished
from services.relief.domain.schools.request import PlacementRequest
from services.relief.domain.schools.school import check_term
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.encryption import cipher
from shared.store.reading import Reading
from shared.store.work import Work


def request_school_place(work: Work, asked: Asked) -> PlacementRequest:
    body = asked.body
    path = _place(work, body)
    check_term(body["term"], today())
    who = recipient(work, None, body["worker_id"])
    key = cipher().blind_index(body["child_id_number"], "placement_requests.child")
    _require_no_request(work, body["term"], key)
    request = PlacementRequest(
        new_id(), path, "", body["term"], body["stage"], body["worker_id"], _basis(who), body["division"],
        body["child_name"], body["child_id_number"], key, work.caller.account_id, now(),
        {way["school_id"]: way["metres"] for way in body["ways"]})
    _check_ways(work, request)
    request.request_no = work.next_number("RX", path)
    request.tell_requested()
    return work.add(request)


def _place(work: Work, body: Mapping[str, Any]) -> str:
    """A worker asks for the own child, at the own unit. Raises NotFound."""
    if work.caller.worker_id is None:
        return place_of(work.caller, body.get("org_path"))
    if work.caller.worker_id != body["worker_id"]:
        raise NotFound(pointer="/worker_id", id=body["worker_id"])
    return work.caller.org_path


def _basis(who: Recipient) -> str:
    """Raises BasisNotMet."""
    if who.file_id:
        return "HARDSHIP"
    if not who.is_migrant:
        raise BasisNotMet
    return "MIGRANT"


def _require_no_request(work: Work, term: str, key: str) -> None:
    """Raises ChildKnown."""
    columns = placement_requests.c
    query = select(columns.request_no).where(columns.term == term, columns.child_key == key)
    found = work.session.execute(query).first()
    if found:
        raise ChildKnown(pointer="/child_id_number", request_no=found.request_no)


def _check_ways(work: Work, request: PlacementRequest) -> None:
    """Only schools of the same term and stage can be near. Raises SchoolNotWished."""
    columns = term_schools.c
    query = select(columns.id).where(columns.id.in_(request.metres), columns.term == request.term,
                                     columns.stage == request.stage)
    known = set(work.session.execute(query).scalars())
    for school_id in request.metres:
        if school_id not in known:
            raise SchoolNotWished(pointer="/ways", school_id=school_id)


def get_placement_request(reading: Reading, asked: Asked) -> PlacementRequest:
    """Who looked at a minor's data is kept."""
    request = reading.record(PlacementRequest, asked.path["request_id"])
    reading.note("get_placement_request", "PlacementRequest", request.id, {})
    return request


def list_placement_requests(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, filters = placement_requests.c, ("worker_id", "term", "stage", "school_id", "state")
    where = [columns[n] == asked.query[n] for n in filters if n in asked.query]
    return reading.page(PlacementRequest, asked.query, where=where, worker=columns.worker_id,
                        sort=[columns.created_at, columns.request_no])


def consent_to_placement(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    request.consent(**asked.body, today=today())
    return request


def accept_school_place(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    request.accept(today())
    return request


def decline_school_place(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    give_back(work, request.decline(asked.body["reason"]))
    return request


def enrol_child(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    request.enrol(today())
    return request


def withdraw_placement_request(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    give_back(work, request.withdraw(asked.body["reason"]))
    return request


def leave_school(work: Work, asked: Asked) -> PlacementRequest:
    request = _target(work, asked)
    give_back(work, request.leave(asked.body["left_on"], asked.body["reason"], today()))
    return request


def _target(work: Work, asked: Asked) -> PlacementRequest:
    return held_target(work, PlacementRequest, asked.path["request_id"])
