"""Visits at the desk: registered, answered, routed, closed, rated."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, literal, select

from services.reception.adapters.tables import visits, windows
from services.reception.application.people import check_employer, check_workers
from services.reception.domain.refusals import NotYourVisit, WindowUnknown
from services.reception.domain.visit import Visit
from shared.kernel.caller import Caller
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_visit(work: Work, asked: Asked) -> Visit:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    own = _is_own(work.caller)
    if own:
        if body["worker_id"] not in (None, work.caller.worker_id):
            raise NotYourVisit(pointer="/worker_id")
        body["worker_id"] = work.caller.worker_id
    check_workers(work, body["worker_id"], body["representatives"])
    _check_window(work, path, body["window_code"])
    first_handler = None if own else work.caller.account_id
    return work.add(Visit.register(new_id(), path, work.next_number("LF", path), first_handler=first_handler, at=now(),
                                   **body))


def get_visit(reading: Reading, asked: Asked) -> Visit:
    return reading.record(Visit, asked.path["visit_id"])


def list_visits(reading: Reading, asked: Asked) -> dict[str, Any]:
    query, equal = asked.query, ("state", "channel", "urgency", "worker_id", "visit_no")
    where = [visits.c[name] == query[name] for name in equal if name in query]
    if "category" in query:
        where.append(_holds(visits.c.categories, query["category"]))
    if "from_on" in query:
        where.append(visits.c.registered_on >= query["from_on"])
    if "to_on" in query:
        where.append(visits.c.registered_on <= query["to_on"])
    sort = [visits.c.created_at, visits.c.registered_on, visits.c.notice_due_on, visits.c.headcount]
    return reading.page(visits, query, sort=sort, where=where, worker=_theirs(reading.caller))


def answer_on_spot(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.answer(new_id(), asked.body["text"], work.caller.account_id, now())
    return visit


def route_visit(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    wanted = [(new_id(), one["service"], one["matter"]) for one in asked.body["referrals"]]
    visit.route(wanted, work.caller.account_id, today())
    return visit


def report_incident(work: Work, asked: Asked) -> Visit:
    check_employer(work, asked.body["employer_id"])
    visit = work.target(Visit, asked.path["visit_id"])
    visit.report_incident(**asked.body)
    return visit


def ask_for_documents(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.ask_for_documents(asked.body["missing"], today())
    return visit


def submit_documents(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.submit_documents(today())
    return visit


def record_outcome(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.record_outcome(asked.body["referral_id"], asked.body["outcome"])
    return visit


def close_visit(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.close(new_id(), asked.body["reply"], asked.body["called_back"], work.caller.account_id, now())
    return visit


def rate_visit(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.rate(**asked.body, by=work.caller.account_id, on=today())
    return visit


def reopen_visit(work: Work, asked: Asked) -> Visit:
    visit = work.target(Visit, asked.path["visit_id"])
    visit.reopen(**asked.body, on=today())
    return visit


def withdraw_undocumented(work: Work) -> None:
    """Tick: visits whose documents did not come in time end as withdrawn."""
    late = select(Visit).where(visits.c.state == "AWAITING_WORKER", visits.c.documents_due_on < today())
    for visit in work.all(late.order_by(visits.c.documents_due_on, visits.c.id).limit(100)):
        visit.withdraw()


def _theirs(caller: Caller) -> ColumnElement[Any]:
    """The column by which a worker sees their own visits: those they came with, for themselves or for the others."""
    if caller.worker_id is None:
        return visits.c.worker_id
    return case((_holds(visits.c.representatives, caller.worker_id), literal(caller.worker_id)),
                else_=visits.c.worker_id)


def _holds(listed: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether a list of codes or ids holds a value; the same on SQLite and PostgreSQL."""
    return cast(listed, Text).contains(f'"{value}"', autoescape=True)


def _is_own(caller: Caller) -> bool:
    """Whether the caller acts as a worker and nothing else."""
    return caller.roles == (Role.WORKER,)


def _check_window(work: Work, org_path: str, window_code: str | None) -> None:
    if window_code is None:
        return
    open_one = select(windows.c.id).where(windows.c.org_path == org_path, windows.c.code == window_code,
                                          windows.c.state == "OPEN")
    if work.session.execute(open_one).first() is None:
        raise WindowUnknown(pointer="/window_code", window_code=window_code)
