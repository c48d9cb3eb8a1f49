"""Periods of the job service (就业服务参数): dated and local, see rules/jobs.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel.dated import Dated


@dataclass(frozen=True, kw_only=True)
class JobsPolicy(Dated):
    """Days after which things lapse, may be confirmed, or count as stable."""

    seeker_days: int
    intention_days: int
    proof_days: int
    stable_days: int

    def seeker_until(self, registered_on: date) -> date:
        """The last day of a registration."""
        return registered_on + timedelta(days=self.seeker_days)

    def lapse_on(self, moved_on: date) -> date:
        return moved_on + timedelta(days=self.intention_days)

    def proof_from(self, started_on: date) -> date:
        """From this day on, having worked so long is proof enough."""
        return started_on + timedelta(days=self.proof_days)

    def stable_from(self, started_on: date) -> date:
        return started_on + timedelta(days=self.stable_days)
