"""Job fairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from services.jobs.adapters.tables import intentions, job_fairs
from services.jobs.domain.job_fair import JobFair
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def plan_job_fair(work: Work, asked: Asked) -> JobFair:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    return work.add(JobFair(new_id(), path, work.next_number("ZP", path), created_at=now(), **body))


def get_job_fair(reading: Reading, asked: Asked) -> Any:
    return reading.row(job_fairs, asked.path["fair_id"])


def list_job_fairs(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = job_fairs.c
    where = [columns[name] == asked.query[name] for name in ("state", "kind") if name in asked.query]
    return reading.page(job_fairs, asked.query, sort=[columns.created_at, columns.planned_on], where=where)


def file_job_fair(work: Work, asked: Asked) -> JobFair:
    fair = _target(work, asked)
    fair.file(**asked.body)
    return fair


def open_job_fair(work: Work, asked: Asked) -> JobFair:
    fair = _target(work, asked)
    fair.open()
    return fair


def hold_job_fair(work: Work, asked: Asked) -> JobFair:
    fair = _target(work, asked)
    at_fair = select(func.count()).select_from(intentions).where(intentions.c.fair_id == fair.id)
    fair.hold(**asked.body, recorded=work.session.execute(at_fair).scalar_one(), today=today())
    return fair


def report_job_fair(work: Work, asked: Asked) -> JobFair:
    fair = _target(work, asked)
    fair.report(asked.body["report_no"], today())
    return fair


def cancel_job_fair(work: Work, asked: Asked) -> JobFair:
    fair = _target(work, asked)
    fair.cancel(asked.body["reason"])
    return fair


def _target(work: Work, asked: Asked) -> JobFair:
    return work.target(JobFair, asked.path["fair_id"])
