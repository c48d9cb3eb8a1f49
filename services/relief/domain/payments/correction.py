"""Correction of one line's outcome (发放结果更正): a person settles, by a paper and with a second person, what no file
tells — an UNKNOWN outcome, a payment that came back (退汇), a wrong payment that was recovered, whole or in parts
(错发追回、分期追回), or whose rest will never come back (错发款核销)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.payments import states
from services.relief.domain.payments.refusals import (
    AuditorWanted,
    CorrectionDayImpossible,
    PartlyRecovered,
    RecoveryAboveOwed,
    RecoveryReceiptDiffers,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan


@dataclass(eq=False)
class PaymentCorrection(Aggregate):
    """`amount_fen` is the line's; of a recovery it is what this receipt (`document_no`) brought back of it, of a
    write-off what is still owed."""

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
        states.LINE.next(line_state, states.STEPS[self.outcome])
        if not sent_on <= self.on <= today:
            raise CorrectionDayImpossible(pointer="/on", on=self.on, sent_on=sent_on)

    def require_room(self, line_fen: int, recovered_fen: int, written_off_fen: int) -> None:
        """All parts together, and what is given up, never exceed the payment, in fen. Raises RecoveryAboveOwed,
        PartlyRecovered."""
        owed_fen = line_fen - recovered_fen - written_off_fen
        if self.outcome in ("RECOVERED", "WRITTEN_OFF") and self.amount_fen > owed_fen:
            raise RecoveryAboveOwed(pointer="/amount_fen", line=self.line_id, owed=format_yuan(owed_fen),
                                    amount=format_yuan(self.amount_fen), owed_fen=owed_fen)
        if self.outcome == "RETURNED" and owed_fen < line_fen:
            raise PartlyRecovered(pointer="/outcome", line=self.line_id, recovered=format_yuan(line_fen - owed_fen))

    def require_same(self, amount_fen: int | None, on: date) -> None:
        """The same receipt again is the same part; without a sum it is taken as told. Raises RecoveryReceiptDiffers."""
        if (amount_fen or self.amount_fen, on) != (self.amount_fen, self.on):
            raise RecoveryReceiptDiffers(pointer="/document_no", document_no=self.document_no, on=self.on,
                                         known=format_yuan(self.amount_fen))

    def outcome_of(self, line_fen: int, recovered_fen: int) -> str:
        """What becomes of the line: a part leaves it PAID for the rest."""
        is_part = self.outcome == "RECOVERED" and recovered_fen + self.amount_fen < line_fen
        return "PARTLY_RECOVERED" if is_part else self.outcome

    def confirm(self, by: str, *, is_auditor: bool) -> None:
        """Money that is given up is confirmed by the auditor. Raises WrongState, SamePerson, AuditorWanted."""
        self.machine.next(self.state, "confirm")
        if self.outcome == "WRITTEN_OFF" and not is_auditor:
            raise AuditorWanted(line=self.line_id)
        different(by, "确认 / confirmation", ("提出 / proposing it", self.proposed_by))
        self.move("confirm")
        self.confirmed_by = by

    def refuse(self, reason: str) -> None:
        self.move("refuse")
        self.refusal = reason
