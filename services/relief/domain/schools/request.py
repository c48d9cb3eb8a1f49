"""A request for a place at a care school (入学申请), for a child of a hardship or migrant worker.

The child's name and ID number are a minor's data: encrypted, shown only to those who place the child, never told.
Nothing happens with them before the guardian has consented in writing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.relief.domain.schools.nearest import Wanting
from services.relief.domain.schools.refusals import ConsentMissing, LeftOnImpossible, OfferPassed
from services.relief.domain.schools.states import PLACEMENT
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class PlacementRequest(Aggregate):
    """`worker_id` is the guardian. `child_key` is a keyed hash by which a second request for the child is found."""

    machine = PLACEMENT

    id: str
    org_path: str
    request_no: str
    term: str
    stage: str
    worker_id: str
    basis: str
    division: str
    child_name: str
    child_id_number: str
    child_key: str | None
    requested_by: str
    created_at: datetime
    metres: dict[str, int] = field(default_factory=dict)
    consent_no: str | None = None
    consented_on: date | None = None
    school_id: str | None = None
    offered_until: date | None = None
    enrolled_on: date | None = None
    left_on: date | None = None
    reason: str | None = None
    state: str = "REQUESTED"
    version: int = 1

    @property
    def wanting(self) -> Wanting:
        return Wanting(self.id, self.request_no, self.division, self.metres)

    def tell_requested(self) -> None:
        self._tell("school_place_requested")

    def consent(self, consent_no: str, consented_on: date, today: date) -> None:
        """The guardian's written consent (监护人同意). Raises ConsentMissing."""
        self.machine.next(self.state, "consent")
        if consented_on > today:
            raise ConsentMissing(pointer="/consented_on")
        self.move("consent")
        self.consent_no, self.consented_on = consent_no, consented_on
        self._tell("school_place_consented")

    def offer(self, school_id: str, days: int, today: date) -> None:
        """Keep a place for the family for `days` calendar days. Raises ConsentMissing."""
        self.machine.next(self.state, "offer")
        if self.consent_no is None:
            raise ConsentMissing
        self.move("offer")
        self.school_id, self.offered_until = school_id, today + timedelta(days=days)
        self._tell("school_place_offered", school_id=school_id, offered_until=self.offered_until)

    def accept(self, today: date) -> None:
        """Raises OfferPassed."""
        self.machine.next(self.state, "accept")
        if self.offered_until and today > self.offered_until:
            raise OfferPassed(until=str(self.offered_until))
        self.move("accept")

    def decline(self, reason: str) -> str:
        """The family wants another school; the school whose place is free again."""
        self.move("decline")
        return self._without_place(reason)

    def lapse(self, reason: str) -> str:
        """Nobody answered in time; the school whose place is free again."""
        self.move("lapse")
        return self._without_place(reason)

    def _without_place(self, reason: str) -> str:
        school_id = str(self.school_id)
        self._tell("school_place_declined", school_id=school_id)
        self.school_id, self.offered_until, self.reason = None, None, reason
        return school_id

    def enrol(self, on: date) -> None:
        self.move("enrol")
        self.enrolled_on = on
        self._tell("school_place_enrolled", school_id=self.school_id)

    def withdraw(self, reason: str) -> str | None:
        """The school whose place is free again, if one was held."""
        self.move("withdraw")
        return self._off(reason)

    def leave(self, left_on: date, reason: str, today: date) -> str | None:
        """The child is at school no more (离校) from a day; the school whose place is free again. Raises
        LeftOnImpossible."""
        self.machine.next(self.state, "leave")
        enrolled_on = self.enrolled_on or today
        if not enrolled_on <= left_on <= today:
            raise LeftOnImpossible(pointer="/left_on", enrolled_on=str(enrolled_on), today=str(today))
        self.move("leave")
        self.left_on = left_on
        return self._off(reason)

    def _off(self, reason: str) -> str | None:
        self._tell("school_place_withdrawn")
        held, self.school_id, self.offered_until = self.school_id, None, None
        self.reason, self.child_key = reason, None
        return held

    def _tell(self, event: str, **data: object) -> None:
        self.record(event, request_id=self.id, request_no=self.request_no, term=self.term, **data)
