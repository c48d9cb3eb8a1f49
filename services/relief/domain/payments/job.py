"""A step of a batch that goes on by itself, chunk by chunk: whoever holds its lease does the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.clock import real_now
from shared.kernel.ids import new_id

#: COLLECT takes waiting lines, CHECK asks the vault, BUILD makes the bank files, MARK says the lines are sent, BOOK
#: enters what the bank told, EXPIRE marks what it did not tell, RELEASE gives the lines of a cancelled batch back
KINDS = ("COLLECT", "CHECK", "BUILD", "MARK", "BOOK", "EXPIRE", "RELEASE")


@dataclass(eq=False)
class Job:
    """`cursor` is where the next chunk begins: all before it is done and committed with it."""

    id: str
    owner_id: str
    number: int
    kind: str
    subject_id: str | None
    total: int
    started_by: str
    created_at: datetime
    progress_at: datetime
    lease_until: datetime
    cursor: str = ""
    done: int = 0
    lease_owner: str | None = None
    stuck_since: datetime | None = None
    reason: str | None = None
    finished_at: datetime | None = None

    @classmethod
    def start(cls, batch_id: str, number: int, kind: str, total: int, by: str, at: datetime,
              subject_id: str | None = None) -> Job:
        real = real_now()  # leases are the machine's own time, which no exercise moves
        return cls(new_id(), batch_id, number, kind, subject_id, total, by, at, real, real)

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def finish(self, at: datetime) -> None:
        self.finished_at, self.lease_owner, self.stuck_since = at, None, None
