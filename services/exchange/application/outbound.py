"""Facts that wait for agencies to fetch them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.exchange.adapters.tables import outbound
from services.exchange.domain.outbound import OutboundRecord
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.react import Told
from shared.store.reading import Reading
from shared.store.work import Work

PLACEMENT_FIELDS = ("worker_id", "employer_id", "monthly_wage_fen", "started_on", "confirmed_on")
MEDIATION_FIELDS = ("case_no", "employer_id", "kind", "claimant_ids", "claimed_fen", "limitation_on", "failed_on")


def keep_placement(work: Work, told: Told) -> None:
    _keep(work, told, "PLACEMENT", told.data["placement_id"], PLACEMENT_FIELDS)


def keep_failed_mediation(work: Work, told: Told) -> None:
    """Only with the parties' consent is a failed mediation passed on."""
    if told.data["has_consent"]:
        _keep(work, told, "MEDIATION_FAILED", told.data["dispute_id"], MEDIATION_FIELDS)


def list_outbound_records(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Oldest first, unless asked otherwise: an agency reads on from where it was."""
    where = [outbound.c.kind == asked.query["kind"]] if "kind" in asked.query else []
    if "since" in asked.query:
        where.append(outbound.c.created_at >= asked.query["since"])
    return reading.page(outbound, {"sort": "created_at", **asked.query}, sort=[outbound.c.created_at], where=where)


def _keep(work: Work, told: Told, kind: str, subject_id: str, fields: Iterable[str]) -> None:
    if work.find(OutboundRecord, kind=kind, subject_id=subject_id) is None:
        data = {name: _plain(told.data[name]) for name in fields}
        work.add(OutboundRecord(new_id(), told.org_path, kind, subject_id, data, now()))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
