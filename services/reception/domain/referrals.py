"""What happens to a visit elsewhere: each matter handed to a service, or taken up there, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ReferralState = Literal["SENT", "ACCEPTED", "REFUSED", "SUPERSEDED", "FINISHED"]


@dataclass(eq=False)
class VisitReferral:
    """One matter. `record_id` is the case opened for it; `accept_due_on` is None for what was not sent by the desk.

    SUPERSEDED is a refused one for which the desk found another way.
    """

    referral_id: str
    service: str
    matter: str
    routed_on: date
    accept_due_on: date | None
    state: str = "SENT"
    record_id: str | None = None
    note: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("SENT", "ACCEPTED")

    def tell(self, state: ReferralState, record_id: str | None, note: str | None) -> bool:
        """Take in what the service told; False when that is known, or older than what is known."""
        newer = self.is_open and (state != "ACCEPTED" or self.state == "SENT")
        named = record_id is not None and self.record_id is None
        if newer:
            self.state, self.note = state, note if note is not None else self.note
        if named:
            self.record_id = record_id
        return newer or named
