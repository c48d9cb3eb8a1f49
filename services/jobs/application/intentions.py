"""Intentions: from the fair or the window to an accepted offer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.jobs import rules
from services.jobs.adapters.tables import intentions
from services.jobs.application.outside import facts_of
from services.jobs.domain.intention import OPEN, Intention
from services.jobs.domain.job_fair import JobFair
from services.jobs.domain.refusals import IntentionKnown
from services.jobs.domain.vacancy import Vacancy
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

MOST = 100


def record_intention(work: Work, asked: Asked) -> Intention:
    body = asked.body
    facts = facts_of(work, body["worker_id"])
    vacancy = work.load(Vacancy, body["vacancy_id"])
    vacancy.require_open()
    if body["fair_id"]:
        work.load(JobFair, body["fair_id"]).require_open()
    known = select(Intention).where(intentions.c.worker_id == body["worker_id"],
                                    intentions.c.vacancy_id == vacancy.id, intentions.c.state.in_(OPEN))
    if work.all(known):
        raise IntentionKnown(pointer="/vacancy_id")
    lapse_on = rules.policy(today(), vacancy.org_path).lapse_on(today())
    intention = Intention(new_id(), vacancy.org_path, body["worker_id"], vacancy.id, body["fair_id"],
                          facts["is_migrant"], today(), lapse_on, now())
    intention.tell_recorded()
    return work.add(intention)


def get_intention(reading: Reading, asked: Asked) -> Intention:
    return reading.record(Intention, asked.path["intention_id"])


def list_intentions(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, names = intentions.c, ("state", "worker_id", "vacancy_id", "fair_id")
    where = [columns[name] == asked.query[name] for name in names if name in asked.query]
    return reading.page(intentions, asked.query, sort=[columns.created_at, columns.moved_on], where=where,
                        worker=columns.worker_id)


def invite_to_interview(work: Work, asked: Asked) -> Intention:
    return _step(work, asked, "interview")


def offer_post(work: Work, asked: Asked) -> Intention:
    return _step(work, asked, "offer")


def accept_offer(work: Work, asked: Asked) -> Intention:
    """Takes one of the vacancy's posts; its row is held so that two who accept at once take turns."""
    intention = _step(work, asked, "accept")
    vacancy_of(work, intention.vacancy_id).fill()
    return intention


def decline_intention(work: Work, asked: Asked) -> Intention:
    intention = _target(work, asked)
    if intention.decline(asked.body["reason"], today()):
        vacancy_of(work, intention.vacancy_id).free()
    return intention


def vacancy_of(work: Work, vacancy_id: str) -> Vacancy:
    """The vacancy, held until the commit; a worker who accepts need not see the unit's other records."""
    held = select(Vacancy).filter_by(id=vacancy_id).with_for_update().execution_options(populate_existing=True)
    [vacancy] = work.all(held)
    return vacancy  # type: ignore[no-any-return]


def lapse_intentions(work: Work) -> None:
    columns = intentions.c
    due = select(Intention).where(columns.state.in_(("RECORDED", "INTERVIEW", "OFFERED")), columns.lapse_on < today())
    for intention in work.all(due.order_by(columns.lapse_on, columns.id).limit(MOST)):
        intention.lapse()


def _step(work: Work, asked: Asked, command: str) -> Intention:
    intention = _target(work, asked)
    intention.step(command, today(), rules.policy(today(), intention.org_path))
    return intention


def _target(work: Work, asked: Asked) -> Intention:
    return work.target(Intention, asked.path["intention_id"])
