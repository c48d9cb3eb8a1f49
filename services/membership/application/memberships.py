"""Who joins a union, and who leaves it."""

from __future__ import annotations

from sqlalchemy import select

from services.membership.adapters.tables import memberships
from services.membership.domain.membership import AlreadyMember, Membership
from services.membership.domain.worker import Worker
from shared.kernel.clock import now, today
from shared.kernel.errors import WorkerDeceased
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

OPEN_STATES = ("APPLIED", "ACTIVE", "TRANSFERRING", "RETAINED")


def apply_membership(work: Work, asked: Asked) -> Membership:
    worker = work.load(Worker, asked.body["worker_id"], lock=True)
    if worker.state == "DECEASED":
        raise WorkerDeceased(pointer="/worker_id", worker_id=worker.id)
    open_ones = select(Membership).where(
        memberships.c.worker_id == worker.id, memberships.c.state.in_(OPEN_STATES))
    if work.all(open_ones):
        raise AlreadyMember
    return work.add(Membership(new_id(), worker.org_path, worker.id, now()))


def get_membership(reading: Reading, asked: Asked) -> Membership:
    return reading.record(Membership, asked.path["membership_id"])


def admit_member(work: Work, asked: Asked) -> Membership:
    membership = work.target(Membership, asked.path["membership_id"])
    membership.admit(today())
    return membership


def refuse_member(work: Work, asked: Asked) -> Membership:
    membership = work.target(Membership, asked.path["membership_id"])
    membership.refuse(asked.body["reason"])
    return membership


def end_membership(work: Work, asked: Asked) -> Membership:
    membership = work.target(Membership, asked.path["membership_id"])
    membership.end(asked.body["reason"])
    return membership
