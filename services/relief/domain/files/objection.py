"""Objection (公示异议) to a file whose public notice runs: raised by anybody, examined, upheld or dismissed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

EXAMINING = (Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER)
DECIDING = (Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)

OBJECTION = Machine("RAISED", [
    Move(("RAISED",), "examine", "EXAMINED", EXAMINING),
    Move(("EXAMINED",), "uphold", "UPHELD", DECIDING),
    Move(("EXAMINED",), "dismiss", "DISMISSED", DECIDING),
])


@dataclass(eq=False)
class FileObjection(Aggregate):
    """`contact` is how to reach who raised it: encrypted at rest, empty when they did not say. `raised_by` is an
    account, None for somebody who did not sign in."""

    machine = OBJECTION

    id: str
    org_path: str
    file_id: str
    file_no: str
    text: str
    created_at: datetime
    contact: str | None = None
    raised_by: str | None = None
    finding: str | None = None
    examined_by: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    state: str = "RAISED"
    version: int = 1

    @property
    def has_contact(self) -> bool:
        return self.contact is not None

    def examine(self, finding: str, by: str) -> None:
        """What looking into it has brought to light."""
        self.move("examine")
        self.finding, self.examined_by = finding, by

    def forget(self) -> None:
        """The file it is about was destroyed: that there was an objection stays, who said what does not."""
        self.text, self.contact, self.finding, self.reason = "-", None, None, None
        self.touch()

    def decide(self, *, is_upheld: bool, reason: str, by: str, assessed_by: str | None, on: date) -> None:
        """By somebody who neither raised it nor assessed the household. Raises SamePerson."""
        different(by, "裁决异议 / deciding the objection", ("提出异议 / raising it", self.raised_by),
                  ("认定 / the assessment it is about", assessed_by))
        self.move("uphold" if is_upheld else "dismiss")
        self.reason, self.decided_by, self.decided_on = reason, by, on
        self.record("file_objection_decided", objection_id=self.id, file_id=self.file_id, is_upheld=is_upheld)
