"""Job seeker (求职登记): a worker who looks for a job, for some months."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

COUNSELLOR = (Role.JOB_COUNSELLOR, Role.WORKER)


@dataclass(eq=False)
class JobSeeker(Aggregate):
    machine = Machine("ACTIVE", [
        Move(("ACTIVE",), "close", "CLOSED", COUNSELLOR),
        Move(("ACTIVE",), "expire", "EXPIRED"),
    ])

    id: str
    org_path: str
    seeker_no: str
    worker_id: str
    wish: str
    registered_on: date
    expires_on: date
    created_at: datetime
    skills: list[str] = field(default_factory=list)
    unemployed_since: date | None = None
    is_zero_employment_household: bool = False
    reason: str | None = None
    state: str = "ACTIVE"
    version: int = 1

    def tell_registered(self) -> None:
        self.record("job_seeker_registered", worker_id=self.worker_id, registered_on=self.registered_on,
                    expires_on=self.expires_on, unemployed_since=self.unemployed_since,
                    is_zero_employment_household=self.is_zero_employment_household)

    def close(self, reason: str) -> None:
        self.move("close")
        self.reason = reason
        self._tell_ended()

    def expire(self) -> None:
        self.move("expire")
        self._tell_ended()

    def _tell_ended(self) -> None:
        self.record("job_seeker_ended", worker_id=self.worker_id, state=self.state)
