"""Collective incident (群体性事件): many workers at the door at once, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

HANDLERS = (Role.MEDIATOR, Role.DUTY_CADRE, Role.CENTRE_DIRECTOR)


class IncidentKnown(Conflict):
    code = "incident-exists"
    zh = "该来访已上报群体性事件,请在原事件中登记措施。"
    en = "There is an incident for this visit already: record the actions there."


@dataclass(eq=False)
class Action:
    """One thing that was done."""

    id: str
    number: int
    at: datetime
    by: str
    text: str


@dataclass(eq=False)
class Incident(Aggregate):
    machine = Machine("OPEN", [
        Move(("OPEN",), "record_action", "OPEN", HANDLERS),
        Move(("CALMED",), "record_action", "CALMED", HANDLERS),
        Move(("OPEN",), "calm", "CALMED", HANDLERS),
        Move(("OPEN", "CALMED"), "close", "CLOSED", HANDLERS),
    ])

    id: str
    org_path: str
    headcount: int
    risk_level: str
    created_at: datetime
    visit_id: str | None = None
    visit_no: str | None = None
    employer_id: str | None = None
    cause: str = "OTHER"
    actions: list[Action] = field(default_factory=list)
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def open(cls, id: str, org_path: str, headcount: int, risk_level: str, at: datetime, *,
             visit_id: str | None = None, visit_no: str | None = None, employer_id: str | None = None,
             cause: str = "OTHER") -> Incident:
        incident = cls(id, org_path, headcount, risk_level, at, visit_id, visit_no, employer_id, cause)
        incident.record("collective_incident_opened", incident_id=id, visit_id=visit_id, headcount=headcount)
        return incident

    def record_action(self, text: str, by: str, at: datetime) -> None:
        self.move("record_action")
        self._note(text, by, at)

    def calm(self, text: str, by: str, at: datetime) -> None:
        """The crowd has dispersed or been calmed (已平息)."""
        self.move("calm")
        self._note(text, by, at)
        self.record("collective_incident_calmed", incident_id=self.id, visit_id=self.visit_id)

    def close(self, text: str, by: str, at: datetime) -> None:
        self.move("close")
        self._note(text, by, at)
        self.record("collective_incident_closed", incident_id=self.id, visit_id=self.visit_id)

    def _note(self, text: str, by: str, at: datetime) -> None:
        self.actions.append(Action(new_id(), len(self.actions) + 1, at, by, text))
