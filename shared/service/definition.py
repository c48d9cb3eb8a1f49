"""What a service is made of: `services/<name>/service.py` holds one `SERVICE = Definition(...)` and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from sqlalchemy import MetaData

from shared.contracts.table import Contract
from shared.service.react import Reaction
from shared.store.work import Work


@dataclass(frozen=True)
class Definition:
    """`modules` hold the handlers, found by the names in the contract; `ticks` run every few seconds, each in a unit
    of work of its own, and make what has fallen due happen. `jobs` are ticks that look for long work to go on with:
    several times a second, in a loop of their own, so that neither waits for the other. `examples` tells
    which example cases of the folder BANGFU_RULES the rules in force do not bear out, a line each."""

    contract: Contract
    metadata: MetaData
    modules: Sequence[ModuleType]
    reactions: Mapping[str, Reaction] = field(default_factory=dict)
    ticks: Sequence[Callable[[Work], None]] = ()
    jobs: Sequence[Callable[[Work], None]] = ()
    examples: Callable[[], Iterable[str]] = tuple
