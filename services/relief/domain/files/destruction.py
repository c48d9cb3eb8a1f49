"""Destruction (档案销毁) of files whose years of keeping are over: one person lists them, another destroys them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

LIST = Machine("PROPOSED", [
    Move(("PROPOSED",), "destroy", "DESTROYED", (Role.CHAIR,)),
    Move(("PROPOSED",), "withdraw", "WITHDRAWN", (Role.CENTRE_DIRECTOR, Role.CHAIR)),
])


@dataclass(eq=False)
class DestructionList(Aggregate):
    """`file_ids` are the files on it (销毁清册)."""

    machine = LIST

    id: str
    org_path: str
    file_ids: list[str]
    reason: str
    proposed_by: str
    created_at: datetime
    decided_by: str | None = None
    decided_on: date | None = None
    state: str = "PROPOSED"
    version: int = 1

    @property
    def count(self) -> int:
        return len(self.file_ids)

    def destroy(self, by: str, on: date) -> None:
        """Raises SamePerson."""
        different(by, "批准销毁 / destroying them", ("提出销毁清册 / listing them", self.proposed_by))
        self.move("destroy")
        self.decided_by, self.decided_on = by, on
        self.record("hardship_files_destroyed", list_id=self.id, count=self.count)

    def withdraw(self, by: str, on: date) -> None:
        self.move("withdraw")
        self.decided_by, self.decided_on = by, on
