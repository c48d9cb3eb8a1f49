"""A worker's death (职工死亡), and what of a membership ends with it."""

from __future__ import annotations

from sqlalchemy import select

from services.membership.adapters.tables import memberships
from services.membership.domain.membership import DEATH, Membership
from services.membership.domain.worker import Worker
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.work import Work

M = memberships.c


def record_death(work: Work, asked: Asked) -> Worker:
    """Raises DeathInFuture, DeathBeforeBirth."""
    worker = work.target(Worker, asked.path["worker_id"])
    worker.record_death(**asked.body, by=work.caller.account_id, today=today())
    open_ones = select(Membership).where(M.worker_id == worker.id, M.state.in_(("APPLIED", "ACTIVE")))
    for membership in work.all(open_ones):
        membership.end_with_life()
    return worker


def correct_death(work: Work, asked: Asked) -> Worker:
    """What ended with the death goes on; why it was wrong is in the audit trail. Raises SamePerson."""
    worker = work.target(Worker, asked.path["worker_id"])
    worker.correct_death(work.caller.account_id)
    for membership in work.all(select(Membership).where(M.worker_id == worker.id, M.state == "ENDED",
                                                        M.reason == DEATH)):
        membership.restore()
    work.note("correct_death", "Worker", worker.id, {"reason": asked.body["reason"]}, org_path=worker.org_path)
    return worker
