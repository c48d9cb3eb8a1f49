"""What jobs asks membership, before its own transaction begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.jobs.domain.refusals import EmployerUnknown
from shared.kernel.errors import NotFound, WorkerUnknown
from shared.store.work import Work


def facts_of(work: Work, worker_id: str) -> Mapping[str, Any]:
    """What membership says of a worker; a worker asks for nobody but themselves. Raises WorkerUnknown, NotFound."""
    if work.caller.worker_id not in (None, worker_id):
        raise NotFound(pointer="/worker_id", id=worker_id)
    found = work.ask("membership", "describe_workers", worker_ids=[worker_id])["workers"]
    if not found:
        raise WorkerUnknown(pointer="/worker_id", worker_id=worker_id)
    facts: Mapping[str, Any] = found[0]
    return facts


def require_employer(work: Work, employer_id: str) -> None:
    """Raises EmployerUnknown."""
    if not work.ask("membership", "describe_employers", employer_ids=[employer_id])["employers"]:
        raise EmployerUnknown(pointer="/employer_id", employer_id=employer_id)
