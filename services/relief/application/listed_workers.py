"""The workers that a list names by id, asked of membership before the transaction begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.relief.application.living import require_living
from shared.kernel.errors import WorkerUnknown
from shared.kernel.slices import slices
from shared.store.work import Work

#: workers in one question
MOST_ASKED = 500


def known_workers(work: Work, worker_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """What membership says of each, by id. Raises WorkerUnknown, also of somebody outside of the caller's part of the
    tree, by the place in the body's list `workers`; WorkerDeceased."""
    facts: dict[str, Mapping[str, Any]] = {}
    for some in slices(worker_ids, MOST_ASKED):
        found = work.ask("membership", "describe_workers", worker_ids=list(some))["workers"]
        facts |= {one["worker_id"]: one for one in found}
    for n, worker_id in enumerate(worker_ids):
        if worker_id not in facts or not work.caller.covers(facts[worker_id]["org_path"]):
            raise WorkerUnknown(pointer=f"/workers/{n}/worker_id", worker_id=worker_id)
    require_living(facts, "/workers")
    return facts
