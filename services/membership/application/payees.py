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
    found = _asked_for(reading, asked)
    return {"payees": [{
        "worker_id": worker.id, "org_path": worker.org_path, "fault": worker.payment_fault,
        "bank_name": worker.bank_name, "bank_card_masked": worker.bank_card_masked,
        "id_number_masked": worker.id_number_masked} for worker in found]}


def reveal_payees(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Accounts of those who may be paid. Who asked, for whose accounts and what for, is kept in the audit trail."""
    payable = [worker for worker in _asked_for(reading, asked) if not worker.payment_fault]
    _note(reading, asked, "reveal_payees", payable)
    return {"accounts": [{
        "worker_id": worker.id, "holder_name": worker.bank_holder or worker.name, "bank_card": worker.bank_card,
        "bank_name": worker.bank_name} for worker in payable]}


def name_payees(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Names for a real-name list (实名制名册), with the ID masked. Kept in the audit trail as accounts are."""
    found = _asked_for(reading, asked)
    _note(reading, asked, "name_payees", found)
    return {"payees": [{"worker_id": worker.id, "name": worker.name, "id_number_masked": worker.id_number_masked}
                       for worker in found]}


def identify_payees(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Names with the whole ID, for a list that goes into the national system. Kept in the audit trail as accounts
    are."""
    found = _asked_for(reading, asked)
    _note(reading, asked, "identify_payees", found)
    return {"payees": [{"worker_id": worker.id, "name": worker.name, "id_number": worker.id_number}
                       for worker in found]}


def _asked_for(reading: Reading, asked: Asked) -> list[Worker]:
    return list(reading.session.scalars(_wanted(asked.query["worker_ids"])))


def _note(reading: Reading, asked: Asked, action: str, found: Sequence[Worker]) -> None:
    """For whose workers, to the auditors of each unit."""
    for org_path in sorted({worker.org_path for worker in found}):
        ids = [worker.id for worker in found if worker.org_path == org_path]
        reading.note(action, "Payment", asked.query["subject_id"], {
            "purpose": asked.query["purpose"], "worker_ids": ids}, org_path=org_path)


def _wanted(worker_ids: Sequence[str]) -> Select[Any]:
    return select(Worker).where(workers.c.id.in_(worker_ids)).order_by(workers.c.id)
