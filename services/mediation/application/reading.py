"""What can be read of disputes. A worker sees their own claim, not those of colleagues."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from services.mediation.adapters.tables import claims, disputes
from services.mediation.domain.dispute import Dispute
from shared.contracts.mediation import schemas
from shared.service.dispatch import Asked
from shared.store.reading import Reading

FILTERS = ("state", "employer_id", "case_no", "visit_id", "incident_id")


def get_dispute(reading: Reading, asked: Asked) -> Any:
    found = reading.record(Dispute, asked.path["dispute_id"])
    caller = reading.caller
    if caller.worker_id is None or caller.covers(found.org_path):
        return found
    shown = {name: getattr(found, name) for name in schemas.Dispute().fields}
    return {**shown, "claims": [claim for claim in found.claims if claim.worker_id == caller.worker_id],
            "advances": [], "representative_ids": []}


def list_disputes(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [disputes.c[name] == asked.query[name] for name in FILTERS if name in asked.query]
    if "worker_id" in asked.query:
        where.append(disputes.c.id.in_(_of_worker(asked.query["worker_id"])))
    sort = [disputes.c.created_at, disputes.c.applied_on, disputes.c.mediation_due_on]
    return reading.page(disputes, asked.query, sort=sort, where=where, worker=_own(reading.caller.worker_id))


def describe_disputes(reading: Reading, asked: Asked) -> dict[str, Any]:
    wanted = select(disputes.c.id, disputes.c.org_path, disputes.c.employer_id, disputes.c.state,
                    disputes.c.limitation_on, disputes.c.mediator_account_ids)
    rows = reading.all(wanted.where(disputes.c.id.in_(asked.query["dispute_ids"])))
    return {"disputes": [{**row._mapping, "dispute_id": row.id} for row in rows]}


def describe_arrears(reading: Reading, asked: Asked) -> dict[str, Any]:
    """What relief holds a wage advance against. Raises NotFound."""
    found = reading.record(Dispute, asked.query["dispute_id"])
    obstacle = found.advance_obstacle
    return {"dispute_id": found.id, "org_path": found.org_path, "employer_id": found.employer_id, "state": found.state,
            "advanceable_fen": found.advanceable_fen,
            "obstacle_zh": obstacle and obstacle.text("zh"), "obstacle_en": obstacle and obstacle.text("en"),
            "claims": [{"claim_id": claim.id, "worker_id": claim.worker_id, "claimed_fen": claim.claimed_fen,
                        "advance_state": claim.advance_state} for claim in found.claims]}


def _of_worker(worker_id: str) -> Any:
    return select(claims.c.owner_id).where(claims.c.worker_id == worker_id)


def _own(worker_id: str | None) -> ColumnElement[Any] | None:
    """The caller among the claimants of a dispute, as if it were a column of it."""
    if worker_id is None:
        return None
    mine = select(claims.c.worker_id).where(claims.c.owner_id == disputes.c.id, claims.c.worker_id == worker_id)
    return mine.correlate(disputes).limit(1).scalar_subquery()
