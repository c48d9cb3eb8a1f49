"""Transfer (转档) of a file to another union, where the employer was dissolved or the worker has moved: one side
proposes, the other takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.files.refusals import TransferTooFar
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

TAKING = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)

GIVING = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER)

TRANSFER = Machine("PROPOSED", [
    Move(("PROPOSED",), "accept", "ACCEPTED", TAKING),
    Move(("PROPOSED",), "decline", "DECLINED", TAKING),
    Move(("PROPOSED",), "withdraw", "WITHDRAWN", GIVING),
])


@dataclass(eq=False)
class FileTransfer(Aggregate):
    """It lies with the side that is to take the file, and is seen by both; `from_org_path` is where the file was when
    it was proposed."""

    machine = TRANSFER

    id: str
    org_path: str
    file_id: str
    file_no: str
    from_org_path: str
    reason: str
    proposed_by: str
    created_at: datetime
    decided_by: str | None = None
    decided_on: date | None = None
    answer: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    @property
    def places(self) -> tuple[str, ...]:
        return self.org_path, self.from_org_path

    def accept(self, by: str, on: date) -> None:
        """Raises SamePerson: each side speaks for itself."""
        different(by, "接收档案 / taking the file", ("提出转档 / proposing the transfer", self.proposed_by))
        self.move("accept")
        self.decided_by, self.decided_on = by, on

    def decline(self, answer: str, by: str, on: date) -> None:
        self.move("decline")
        self.decided_by, self.decided_on, self.answer = by, on, answer

    def withdraw(self, by: str, on: date) -> None:
        """The giving side takes it back, or another proposal takes its place."""
        self.move("withdraw")
        self.decided_by, self.decided_on = by, on


def require_same_province(path: str, to: str) -> None:
    """One installation serves a province at the most: no union of another one is there to take the file. Raises
    TransferTooFar."""
    province = path.split("/")[1]
    if to.split("/")[1] != province:
        raise TransferTooFar(pointer="/to_org_path", to_org_path=to, province=f"/{province}/")
