"""Registrations of job seekers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.jobs import rules
from services.jobs.adapters.tables import job_seekers
from services.jobs.application.outside import facts_of
from services.jobs.domain.job_seeker import JobSeeker
from services.jobs.domain.refusals import SeekerKnown
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_job_seeker(work: Work, asked: Asked) -> JobSeeker:
    body = dict(asked.body)
    facts = facts_of(work, body["worker_id"])
    wanted = body.pop("org_path", None)
    path = facts["org_path"] if work.caller.worker_id else place_of(work.caller, wanted)
    known = work.find(JobSeeker, worker_id=body["worker_id"], state="ACTIVE")
    if known:
        raise SeekerKnown(pointer="/worker_id", seeker_no=known.seeker_no)
    until = rules.policy(today(), path).seeker_until(today())
    seeker = JobSeeker(new_id(), path, work.next_number("QZ", path), registered_on=today(), expires_on=until,
                       created_at=now(), **body)
    seeker.tell_registered()
    return work.add(seeker)


def get_job_seeker(reading: Reading, asked: Asked) -> JobSeeker:
    return reading.record(JobSeeker, asked.path["seeker_id"])


def list_job_seekers(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = job_seekers.c
    where = [columns[name] == asked.query[name] for name in ("state", "worker_id") if name in asked.query]
    return reading.page(job_seekers, asked.query, sort=[columns.created_at, columns.expires_on], where=where,
                        worker=columns.worker_id)


def close_job_seeker(work: Work, asked: Asked) -> JobSeeker:
    seeker = work.target(JobSeeker, asked.path["seeker_id"])
    seeker.close(asked.body["reason"])
    return seeker


def expire_job_seekers(work: Work) -> None:
    columns = job_seekers.c
    due = select(JobSeeker).where(columns.state == "ACTIVE", columns.expires_on < today())
    for seeker in work.all(due.order_by(columns.expires_on, columns.id).limit(100)):
        seeker.expire()
