"""Whether workers can be paid, and to which account: asked by the service that pays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from services.membership.adapters.tables import workers
from services.membership.domain.worker import Worker
from shared.service.dispatch import Asked
from shared.store.reading import Reading


def check_payees(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Name, ID and card are compared here; only the finding leaves."""
    found = reading.session.scalars(_wanted(asked.query["worker_ids"]))
    return {"payees": [{
        "worker_id": worker.id, "fault": worker.payment_fault, "bank_name": worker.bank_name,
        "bank_card_masked": worker.bank_card_masked, "id_number_masked": worker.id_number_masked} for worker in found]}


def reveal_payees(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Accounts of those who may be paid. Who asked, for whose accounts and what for, is kept in the audit trail."""
    query = asked.query
    payable = [worker for worker in reading.session.scalars(_wanted(query["worker_ids"])) if not worker.payment_fault]
    for org_path in sorted({worker.org_path for worker in payable}):
        ids = [worker.id for worker in payable if worker.org_path == org_path]
        reading.note("reveal_payees", "Payment", query["subject_id"], {
            "purpose": query["purpose"], "worker_ids": ids}, org_path=org_path)
    return {"accounts": [{
        "worker_id": worker.id, "holder_name": worker.bank_holder or worker.name, "bank_card": worker.bank_card,
        "bank_name": worker.bank_name} for worker in payable]}


def _wanted(worker_ids: Sequence[str]) -> Select[Any]:
    return select(Worker).where(workers.c.id.in_(worker_ids)).order_by(workers.c.id)
