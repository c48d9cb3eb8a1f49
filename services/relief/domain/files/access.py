"""Access (查阅登记) to what is sensitive in a file: who reads it, what for, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.relief.domain.duty import different
from services.relief.domain.files.refusals import AccessNeeded
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

ACCESS = Machine("REQUESTED", [
    Move(("REQUESTED",), "open", "OPEN", (Role.CENTRE_DIRECTOR,)),
    Move(("REQUESTED",), "refuse", "REFUSED", (Role.CENTRE_DIRECTOR,)),
])


@dataclass(eq=False)
class FileAccess(Aggregate):
    """`outside_body` names the body outside the union for which it is read: that needs the director's approval."""

    machine = ACCESS

    id: str
    org_path: str
    file_id: str
    file_no: str
    purpose: str
    reader: str
    created_at: datetime
    outside_body: str | None = None
    until: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None
    state: str = "REQUESTED"
    version: int = 1

    @classmethod
    def register(cls, id: str, org_path: str, file_id: str, file_no: str, purpose: str, reader: str, at: datetime,
                 minutes: int, outside_body: str | None) -> FileAccess:
        """Open at once for the union's own work."""
        access = cls(id, org_path, file_id, file_no, purpose, reader, at, outside_body)
        if outside_body is None:
            access.state, access.until = "OPEN", at + timedelta(minutes=minutes)
        return access

    def approve(self, by: str, at: datetime, minutes: int) -> None:
        """Raises SamePerson."""
        different(by, "批准查阅 / approving the access", ("申请查阅 / asking for it", self.reader))
        self.move("open")
        self.decided_by, self.until = by, at + timedelta(minutes=minutes)

    def refuse(self, reason: str, by: str) -> None:
        self.move("refuse")
        self.reason, self.decided_by = reason, by

    def check(self, file_id: str, reader: str, at: datetime) -> None:
        """Raises AccessNeeded unless this lets `reader` read that file now."""
        is_open = self.state == "OPEN" and self.until is not None and at <= self.until
        if not is_open or (self.file_id, self.reader) != (file_id, reader):
            raise AccessNeeded
