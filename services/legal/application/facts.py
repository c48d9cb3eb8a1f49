"""What legal asks other services. Ask before the first look at our own database: the transaction begins there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.legal.domain.aid import AidCase
from services.legal.domain.refusals import ApplicantTwice, ApplicantUnknown
from shared.kernel.errors import NotFound
from shared.store.reading import Reading
from shared.store.work import Work


def migrants(work: Work, worker_ids: Sequence[str]) -> dict[str, bool]:
    """Of each of these workers, in this order, whether they are a migrant worker.

    Raises ApplicantTwice, ApplicantUnknown.
    """
    found = work.ask("membership", "describe_workers", worker_ids=list(worker_ids))["workers"]
    known = {worker["worker_id"]: bool(worker["is_migrant"]) for worker in found}
    asked: dict[str, bool] = {}
    for place, worker_id in enumerate(worker_ids):
        if worker_id in asked:
            raise ApplicantTwice(pointer=f"/applicant_ids/{place}", worker_id=worker_id)
        if worker_id not in known:
            raise ApplicantUnknown(pointer=f"/applicant_ids/{place}", worker_id=worker_id)
        asked[worker_id] = known[worker_id]
    return asked


def check_worker(work: Work, worker_id: str | None) -> None:
    """Raises NotFound."""
    if worker_id and not work.ask("membership", "describe_workers", worker_ids=[worker_id])["workers"]:
        raise NotFound(pointer="/worker_id", id=worker_id)


def check_employer(work: Work, employer_id: str | None) -> None:
    """Raises NotFound."""
    if employer_id and not work.ask("membership", "describe_employers", employer_ids=[employer_id])["employers"]:
        raise NotFound(pointer="/employer_id", id=employer_id)


def dispute(work: Work, dispute_id: str | None) -> dict[str, Any] | None:
    """What mediation says of a dispute. Raises NotFound."""
    if dispute_id is None:
        return None
    found = work.ask("mediation", "describe_disputes", dispute_ids=[dispute_id])["disputes"]
    if not found:
        raise NotFound(pointer="/dispute_id", id=dispute_id)
    return dict(found[0])


def dispute_id_of(work: Work, application_id: str) -> str | None:
    """The dispute of a case, read without beginning the transaction. Raises NotFound."""
    with work.database.read() as connection:
        return Reading(connection, work.caller, work.outside).record(AidCase, application_id).dispute_id
