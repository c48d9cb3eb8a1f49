"""Consultation (咨询): a question, who answered it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.states import Machine


@dataclass(eq=False)
class Consultation(Aggregate):
    machine = Machine("ANSWERED", [])

    id: str
    org_path: str
    channel: str
    topic: str
    outcome: str
    minutes: str
    answered_by: str
    held_on: date
    worker_id: str | None
    visit_id: str | None
    created_at: datetime
    state: str = "ANSWERED"
    version: int = 1

    @classmethod
    def register(cls, id: str, org_path: str, by: str, at: datetime, *, channel: str, topic: str, outcome: str,
                 minutes: str, held_on: date, worker_id: str | None, visit_id: str | None) -> Consultation:
        found = cls(id, org_path, channel, topic, outcome, minutes, by, held_on, worker_id, visit_id, at)
        found.record("consultation_registered", consultation_id=id, channel=channel, topic=topic, outcome=outcome)
        return found
