"""Placements: reported, begun, confirmed, followed up, ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.jobs import rules
from services.jobs.adapters.tables import placements
from services.jobs.application.intentions import vacancy_of
from services.jobs.application.outside import facts_of, require_employer
from services.jobs.domain.intention import Intention
from services.jobs.domain.placement import OPEN, Placement
from services.jobs.domain.refusals import IntentionNotAccepted, PlacementKnown, WageMissing
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def report_placement(work: Work, asked: Asked) -> Placement:
    """On an accepted intention, or a job the worker found (then with its employer and wage)."""
    body = asked.body
    facts = facts_of(work, body["worker_id"])
    if body["employer_id"]:
        require_employer(work, body["employer_id"])
    path = facts["org_path"] if work.caller.worker_id else place_of(work.caller, body.get("org_path"))
    placement = Placement(new_id(), path, body["worker_id"], body["employer_id"], body["monthly_wage_fen"],
                          body["contract_type"], now())
    if body["intention_id"]:
        _rest_on(work, placement, body["intention_id"])
    elif not body["employer_id"] or not body["monthly_wage_fen"]:
        raise WageMissing(pointer="/employer_id")
    _require_no_other(work, placement)
    placement.tell_reported()
    return work.add(placement)


def _rest_on(work: Work, placement: Placement, intention_id: str) -> None:
    """The intention's vacancy gives the employer, and the wage unless another was agreed."""
    intention = work.load(Intention, intention_id)
    if intention.worker_id != placement.worker_id:
        raise IntentionNotAccepted(pointer="/intention_id")
    intention.place(placement.id)
    vacancy = vacancy_of(work, intention.vacancy_id)
    placement.intention_id, placement.vacancy_id = intention.id, vacancy.id
    placement.employer_id = vacancy.employer_id
    placement.monthly_wage_fen = placement.monthly_wage_fen or vacancy.monthly_wage_fen


def _require_no_other(work: Work, placement: Placement) -> None:
    p = placements.c
    known = select(p.id).where(p.worker_id == placement.worker_id, p.employer_id == placement.employer_id,
                               p.state.in_(OPEN))
    if work.session.execute(known).first():
        raise PlacementKnown(pointer="/worker_id")


def get_placement(reading: Reading, asked: Asked) -> Placement:
    return reading.record(Placement, asked.path["placement_id"])


def list_placements(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, names = placements.c, ("state", "worker_id", "employer_id")
    where = [columns[name] == asked.query[name] for name in names if name in asked.query]
    return reading.page(placements, asked.query, sort=[columns.created_at, columns.monthly_wage_fen], where=where,
                        worker=columns.worker_id)


def onboard_worker(work: Work, asked: Asked) -> Placement:
    placement = _target(work, asked)
    policy = rules.policy(today(), placement.org_path)
    placement.onboard(asked.body["started_on"], asked.body["monthly_wage_fen"], today(), policy)
    return placement


def confirm_placement(work: Work, asked: Asked) -> Placement:
    placement = _target(work, asked)
    policy = rules.policy(today(), placement.org_path)
    placement.confirm(asked.body["proof"], asked.body["proof_no"], today(), policy)
    return placement


def end_placement(work: Work, asked: Asked) -> Placement:
    """One that ends before it was confirmed gives the vacancy its post back."""
    placement = _target(work, asked)
    is_early = placement.end(asked.body["reason"], asked.body["ended_on"] or today(), today())
    if is_early and placement.intention_id:
        intention = work.load(Intention, placement.intention_id)
        intention.fall_through(asked.body["reason"], today())
        vacancy_of(work, intention.vacancy_id).free()
    return placement


def settle_placements(work: Work) -> None:
    """Confirmed placements that have lasted as long as counts as stable."""
    columns = placements.c
    due = select(Placement).where(columns.state == "CONFIRMED", columns.stable_due_on <= today())
    for placement in work.all(due.order_by(columns.stable_due_on, columns.id).limit(100)):
        placement.settle()


def _target(work: Work, asked: Asked) -> Placement:
    return work.target(Placement, asked.path["placement_id"])
