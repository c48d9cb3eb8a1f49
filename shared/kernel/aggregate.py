"""What every aggregate has: an id, a place in the organisation tree, a version, a state, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from shared.kernel.states import Machine


@dataclass(frozen=True)
class Happened:
    """A fact in the past tense, to be published in the transaction of the change. `data` holds ids and codes only."""

    event: str
    data: dict[str, Any]
    sequence: int


class Aggregate:
    """Base of the aggregates. Subclasses are dataclasses with `id`, `org_path`, `state` and `version`.

    `version` starts at 1 and grows with every change; it is the ETag of the record and the optimistic lock.
    """

    machine: ClassVar[Machine]
    id: str
    org_path: str
    state: str
    version: int

    @property
    def happened(self) -> list[Happened]:
        """What has been recorded since the aggregate was loaded, oldest first."""
        happened: list[Happened] = self.__dict__.setdefault("_happened", [])
        return happened

    def move(self, command: str) -> None:
        """Make the move of the state table. Raises WrongState."""
        self.state = self.machine.next(self.state, command)
        self.touch()

    def touch(self) -> None:
        """Count a change that is no move."""
        self.version += 1

    def record(self, event: str, **data: Any) -> None:
        """Note an event of the contract table. Its sequence orders the events of one aggregate (gaps are normal)."""
        self.happened.append(Happened(event, data, self.version * 100 + len(self.happened)))

    @property
    def places(self) -> tuple[str, ...]:
        """The parts of the tree from which it is seen: where it lies, and for what two sides deal with, both."""
        return (self.org_path,)

    def belongs_to(self, worker_id: str) -> bool:
        """Whether a worker may see this as their own (R25)."""
        return getattr(self, "worker_id", None) == worker_id
