"""Correction of one line's outcome (发放结果更正): a person settles, by a paper and with a second person, what no file
tells — an UNKNOWN outcome, a payment that came back (退汇), a wrong payment that was recovered (错发追回)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.payments import states
from services.relief.domain.payments.refusals import CorrectionDayImpossible
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class PaymentCorrection(Aggregate):
    machine = states.CORRECTION

    id: str
    org_path: str
    line_id: str
    batch_id: str
    outcome: str
    amount_fen: int
    document_no: str
    on: date
    reason: str
    proposed_by: str
    created_at: datetime
    confirmed_by: str | None = None
    refusal: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    def propose(self, line_state: str, sent_on: date, today: date) -> None:
        """Raises WrongState when the line cannot have that outcome, CorrectionDayImpossible."""
        states.LINE.next(line_state, states.COMMANDS[self.outcome])
        if not sent_on <= self.on <= today:
            raise CorrectionDayImpossible(pointer="/on", on=self.on, sent_on=sent_on)

    def confirm(self, by: str) -> None:
        """Raises WrongState, SamePerson."""
        self.machine.next(self.state, "confirm")
        different(by, "confirmation", ("proposing it", self.proposed_by))
        self.move("confirm")
        self.confirmed_by = by

    def refuse(self, reason: str) -> None:
        self.move("refuse")
        self.refusal = reason
