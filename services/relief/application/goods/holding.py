"""Records whose rows are held before their stock or places are: who comes second sees what the first has done."""

from __future__ import annotations

from typing import TypeVar

from shared.kernel.aggregate import Aggregate
from shared.store.work import Work

A = TypeVar("A", bound=Aggregate)


def held_target(work: Work, kind: type[A], record_id: str) -> A:
    """The record the command is about, its row held until the commit. Raises NotFound, Stale.

    Rows are held in one order everywhere: the record, then offers or schools, then lots.
    """
    work.load(kind, record_id, lock=True)
    return work.target(kind, record_id)
