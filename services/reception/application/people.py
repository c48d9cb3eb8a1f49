"""Questions to membership: are these people and employers known?"""

from __future__ import annotations

from collections.abc import Sequence

from shared.kernel.errors import NotFound
from shared.store.work import Work


def check_workers(work: Work, worker_id: str | None, representatives: Sequence[str]) -> None:
    """Raises NotFound, pointing at the first that membership does not know."""
    named = {f"/representatives/{index}": one for index, one in enumerate(representatives)}
    if worker_id is not None:
        named["/worker_id"] = worker_id
    if not named:
        return
    told = work.ask("membership", "describe_workers", worker_ids=sorted(set(named.values())))
    known = {worker["worker_id"] for worker in told["workers"]}
    for pointer, one in named.items():
        if one not in known:
            raise NotFound(pointer=pointer, id=one)


def check_employer(work: Work, employer_id: str | None) -> None:
    """Raises NotFound."""
    if employer_id is None:
        return
    told = work.ask("membership", "describe_employers", employer_ids=[employer_id])
    if not told["employers"]:
        raise NotFound(pointer="/employer_id", id=employer_id)
