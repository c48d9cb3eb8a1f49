"""Membership (会籍) of a worker in a union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

OFFICER = (Role.GRASSROOTS_OFFICER,)
#: why a membership ended with the life of its worker
DEATH = "死亡 / death"


class AlreadyMember(Conflict):
    code = "already-member"
    zh = "该职工已有会籍或入会申请,不能重复申请。"
    en = "This worker has a membership or an application already."


@dataclass(eq=False)
class Membership(Aggregate):
    machine = Machine("APPLIED", [
        Move(("APPLIED",), "admit", "ACTIVE", OFFICER),
        Move(("APPLIED",), "refuse", "REFUSED", OFFICER),
        Move(("ACTIVE",), "end", "ENDED", OFFICER),
        # a death that was recorded wrongly
        Move(("ENDED",), "restore", "ACTIVE"),
    ])

    id: str
    org_path: str
    worker_id: str
    created_at: datetime
    admitted_on: date | None = None
    reason: str | None = None
    state: str = "APPLIED"
    version: int = 1

    def admit(self, on: date) -> None:
        self.move("admit")
        self.admitted_on = on
        self.record("member_admitted", worker_id=self.worker_id)

    def refuse(self, reason: str) -> None:
        self.move("refuse")
        self.reason = reason

    def end(self, reason: str) -> None:
        """Withdrawal, expulsion or death (退会、除名、死亡)."""
        self.move("end")
        self.reason = reason
        self.record("membership_ended", worker_id=self.worker_id)

    def end_with_life(self) -> None:
        """Its worker has died: a member's ends, an application goes no further."""
        if self.state == "APPLIED":
            self.refuse(DEATH)
        else:
            self.end(DEATH)

    def restore(self) -> None:
        """The worker lives: a member again, as from the day of admission."""
        self.move("restore")
        self.reason = None
        self.record("member_admitted", worker_id=self.worker_id)
