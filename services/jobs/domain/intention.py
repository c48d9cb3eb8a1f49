"""Intention (求职意向): a worker and a vacancy that may come together, at a fair or at the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.jobs.domain.policy import JobsPolicy
from services.jobs.domain.refusals import IntentionNotAccepted, IntentionPlaced
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

COUNSELLOR = (Role.JOB_COUNSELLOR,)
EITHER = (Role.JOB_COUNSELLOR, Role.WORKER)
#: one worker has at most one intention of these states for a vacancy
OPEN = ("RECORDED", "INTERVIEW", "OFFERED", "ACCEPTED")


@dataclass(eq=False)
class Intention(Aggregate):
    """`moved_on` is the day of the last step; without another one the intention lapses after `lapse_on`."""

    machine = Machine("RECORDED", [
        Move(("RECORDED",), "interview", "INTERVIEW", COUNSELLOR),
        Move(("INTERVIEW",), "offer", "OFFERED", COUNSELLOR),
        Move(("OFFERED",), "accept", "ACCEPTED", EITHER),
        Move(OPEN, "decline", "DECLINED", EITHER),
        Move(("RECORDED", "INTERVIEW", "OFFERED"), "lapse", "LAPSED"),
    ])

    id: str
    org_path: str
    worker_id: str
    vacancy_id: str
    fair_id: str | None
    is_migrant: bool
    moved_on: date
    lapse_on: date
    created_at: datetime
    placement_id: str | None = None
    reason: str | None = None
    state: str = "RECORDED"
    version: int = 1

    def tell_recorded(self) -> None:
        self.record("intention_recorded", worker_id=self.worker_id, vacancy_id=self.vacancy_id, fair_id=self.fair_id,
                    is_migrant=self.is_migrant)

    def step(self, command: str, on: date, policy: JobsPolicy) -> None:
        """Interview, offer or acceptance."""
        self.move(command)
        self.moved_on, self.lapse_on = on, policy.lapse_on(on)

    def decline(self, reason: str, on: date) -> bool:
        """Either side gives up; whether a post that was taken is free again. Raises IntentionPlaced."""
        was_accepted = self.state == "ACCEPTED"
        self.move("decline")
        if self.placement_id:
            raise IntentionPlaced
        self.reason, self.moved_on = reason, on
        return was_accepted

    def fall_through(self, reason: str, on: date) -> None:
        """The placement that rested on it ended before it was confirmed."""
        self.placement_id = None
        self.decline(reason, on)

    def lapse(self) -> None:
        self.move("lapse")

    def place(self, placement_id: str) -> None:
        """A placement rests on it. Raises IntentionNotAccepted."""
        if self.state != "ACCEPTED" or self.placement_id:
            raise IntentionNotAccepted(pointer="/intention_id")
        self.placement_id = placement_id
        self.touch()
