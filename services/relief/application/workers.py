"""What membership says of workers. Ask before the transaction begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.kernel.errors import WorkerDeceased, WorkerUnknown
from shared.kernel.slices import slices
from shared.store.work import Work

#: workers in one question
MOST_ASKED = 500


def describe(work: Work, worker_ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """What membership says of each, by id; whom it does not know is left out."""
    known: dict[str, Mapping[str, Any]] = {}
    for some in slices(sorted(set(worker_ids)), MOST_ASKED):
        found = work.ask("membership", "describe_workers", worker_ids=some)["workers"]
        known |= {facts["worker_id"]: facts for facts in found}
    return known


def known_worker(work: Work, worker_id: str) -> Mapping[str, Any]:
    """The one whom a body names as `worker_id`. Raises WorkerUnknown."""
    facts = describe(work, [worker_id]).get(worker_id)
    if facts is None:
        raise WorkerUnknown(pointer="/worker_id", worker_id=worker_id)
    return facts


def living_worker(work: Work, worker_id: str) -> Mapping[str, Any]:
    """The same, where something new is begun for them. Raises WorkerUnknown, WorkerDeceased."""
    facts = known_worker(work, worker_id)
    require_living({worker_id: facts}, "/worker_id")
    return facts


def listed_workers(work: Work, worker_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Those whom a body's list `workers` names, in its order. Raises WorkerUnknown, also of somebody outside of the
    caller's part of the tree, by the place in the list; WorkerDeceased."""
    facts = describe(work, worker_ids)
    for n, worker_id in enumerate(worker_ids):
        if worker_id not in facts or not work.caller.covers(facts[worker_id]["org_path"]):
            raise WorkerUnknown(pointer=f"/workers/{n}/worker_id", worker_id=worker_id)
    require_living(facts, "/workers")
    return facts


def require_living(known: Mapping[str, Mapping[str, Any]], pointer: str) -> None:
    """That nothing new is begun for somebody who has died. Raises WorkerDeceased."""
    for worker_id, facts in known.items():
        if facts["is_deceased"]:
            raise WorkerDeceased(pointer=pointer, worker_id=worker_id)
