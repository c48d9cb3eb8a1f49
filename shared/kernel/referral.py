"""Referral (转办单): one matter of a visit, handed by reception to a service that answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.deadlines import due
from shared.kernel.errors import Conflict
from shared.kernel.states import Machine, Move

ACCEPTANCE = "D-29"
OBJECTION = "D-14"


class RefusedTooLate(Conflict):
    """A transferred matter is objected to within 5 working days, with reasons (信访工作条例 art. 23)."""

    code = "referral-refused-too-late"
    zh = "转办异议期已于 {refuse_due_on} 届满(信访工作条例第23条),不能再退回。请受理;确需他处办理的,办结时写明去向。"
    en = "Objections were possible until {refuse_due_on} (petition rules, art. 23). Accept it, and say where it goes."


@dataclass(eq=False)
class Referral(Aggregate):
    """`id` is the one reception gave; `org_path` is the visit's place. `accept_due_on` is a house rule (D-29)."""

    machine = Machine("RECEIVED", [
        Move(("RECEIVED",), "accept", "ACCEPTED"),
        Move(("RECEIVED",), "refuse", "REFUSED"),
        Move(("ACCEPTED",), "finish", "FINISHED"),
    ])

    id: str
    org_path: str
    visit_id: str
    visit_no: str
    matter: str
    headcount: int
    worker_id: str | None
    routed_on: date
    accept_due_on: date
    refuse_due_on: date
    created_at: datetime
    record_id: str | None = None
    handled_by: str | None = None
    reason: str | None = None
    outcome: str | None = None
    state: str = "RECEIVED"
    version: int = 1

    @classmethod
    def receive(cls, referral_id: str, org_path: str, visit_id: str, visit_no: str, matter: str, headcount: int,
                worker_id: str | None, routed_on: date, at: datetime) -> Referral:
        """The deadlines count from the routing, not from the arrival of the event."""
        return cls(referral_id, org_path, visit_id, visit_no, matter, headcount, worker_id, routed_on,
                   due(ACCEPTANCE, routed_on).due_on, due(OBJECTION, routed_on).due_on, at)

    def accept(self, by: str, record_id: str | None) -> None:
        """`record_id` names the case or file that was opened for it, when there is one already."""
        self.move("accept")
        self.handled_by, self.record_id = by, record_id
        self.record("referral_accepted", referral_id=self.id, visit_id=self.visit_id, record_id=record_id)

    def refuse(self, by: str, reason: str, on: date) -> None:
        """Back to reception, which routes it again. Raises RefusedTooLate."""
        if self.state == "RECEIVED" and on > self.refuse_due_on:
            raise RefusedTooLate(refuse_due_on=str(self.refuse_due_on))
        self.move("refuse")
        self.handled_by, self.reason = by, reason
        self.record("referral_refused", referral_id=self.id, visit_id=self.visit_id, reason=reason)

    def finish(self, by: str, outcome: str) -> None:
        self.move("finish")
        self.handled_by, self.outcome = by, outcome
        self.record("referral_finished", referral_id=self.id, visit_id=self.visit_id, outcome=outcome)
