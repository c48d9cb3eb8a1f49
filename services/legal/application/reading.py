"""What can be read of aid cases. A worker sees their own, a lawyer those they have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from services.legal.adapters.tables import aid_cases, applicants
from services.legal.domain.aid import AidCase
from shared.contracts.legal import schemas
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading

FILTERS = ("state", "dispute_id", "visit_id", "lawyer_id", "case_no")


def get_aid_case(reading: Reading, asked: Asked) -> Any:
    found, caller = reading.record(AidCase, asked.path["application_id"]), reading.caller
    if _is_lawyer_only(caller) and found.lawyer_account_id != caller.account_id:
        raise NotFound(id=found.id)
    if caller.worker_id is None or caller.covers(found.org_path):
        return found
    shown = {name: getattr(found, name) for name in schemas.AidCase().fields}
    return {**shown, "applicants": [one for one in found.applicants if one.worker_id == caller.worker_id]}


def list_aid_cases(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [aid_cases.c[name] == asked.query[name] for name in FILTERS if name in asked.query]
    if "worker_id" in asked.query:
        mine = select(applicants.c.owner_id).where(applicants.c.worker_id == asked.query["worker_id"])
        where.append(aid_cases.c.id.in_(mine))
    if _is_lawyer_only(reading.caller):
        where.append(aid_cases.c.lawyer_account_id == reading.caller.account_id)
    sort = [aid_cases.c.created_at, aid_cases.c.received_on, aid_cases.c.decision_due_on]
    return reading.page(aid_cases, asked.query, sort=sort, where=where, worker=_own(reading.caller.worker_id))


def _is_lawyer_only(caller: Caller) -> bool:
    return caller.roles == (Role.LAWYER,)


def _own(worker_id: str | None) -> ColumnElement[Any] | None:
    """The caller among the applicants of a case, as if it were a column of it."""
    if worker_id is None:
        return None
    mine = select(applicants.c.worker_id).where(applicants.c.owner_id == aid_cases.c.id,
                                                applicants.c.worker_id == worker_id)
    return mine.correlate(aid_cases).limit(1).scalar_subquery()
