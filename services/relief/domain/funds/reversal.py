"""Correction of a mistaken entry (冲正) by an opposite one: the mistake stays to be seen, and two people agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.funds.ledger import LedgerEntry, Posting
from services.relief.domain.funds.refusals import ReversalImpossible
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

CONFIRMERS = (Role.AUDITOR, Role.CHAIR)
REVERSAL = Machine("PROPOSED", [
    Move(("PROPOSED",), "confirm", "DONE", CONFIRMERS),
    Move(("PROPOSED",), "refuse", "REFUSED", CONFIRMERS),
])
#: kinds that have no way back of their own
REVERSIBLE = frozenset({"RECEIVED", "INTEREST", "TRANSFERRED_IN", "TRANSFERRED_OUT"})
#: how the others are put right
OWN_WAY = {
    "RESERVED": ("请释放该预占。", "Release the reservation."),
    "RELEASED": ("请重新办理预占。", "Reserve again."),
    "PAID": ("请登记银行退汇或办理追回。", "Enter the bank's return, or recover the payment."),
    "ADVANCED": ("请登记归还。", "Enter the repayment."),
    "REPAID": ("请在垫付事项中更正。", "Correct it in the advance."),
    "LATE_REPAID": ("请在垫付事项中更正。", "Correct it in the advance."),
}
OTHERWISE = ("请在对应事项中办理。", "Correct it in the matter it belongs to.")


@dataclass(eq=False)
class EntryReversal(Aggregate):
    """One correction. `subject_id` is the entry, or the transfer of which the entry is a side."""

    machine = REVERSAL

    id: str
    org_path: str
    fund_id: str
    entry_id: str
    subject_id: str
    kind: str
    amount_fen: int
    reason: str
    proposed_by: str
    created_at: datetime
    decided_by: str | None = None
    decided_on: date | None = None
    refused_reason: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    @classmethod
    def propose(cls, id: str, entry: LedgerEntry, reason: str, by: str, at: datetime) -> EntryReversal:
        """Raises ReversalImpossible."""
        if entry.kind not in REVERSIBLE:
            how_zh, how_en = OWN_WAY.get(entry.kind, OTHERWISE)
            raise ReversalImpossible(pointer="/entry_id", kind=entry.kind, how_zh=how_zh, how_en=how_en)
        subject_id = entry.about_id if entry.about_kind == "FundTransfer" else entry.id
        return cls(id, entry.org_path, entry.fund_id, entry.id, subject_id, entry.kind, entry.amount_fen, reason, by,
                   at)

    @property
    def is_of_transfer(self) -> bool:
        return self.subject_id != self.entry_id

    def confirm(self, by: str, on: date) -> None:
        """Raises SamePerson."""
        different(by, "确认冲正 / confirming the correction", ("提出冲正 / proposing it", self.proposed_by))
        self.move("confirm")
        self.decided_by, self.decided_on = by, on
        self.record("entry_reversed", reversal_id=self.id, fund_id=self.fund_id, entry_id=self.entry_id,
                    kind=self.kind, amount_fen=self.amount_fen)

    def refuse(self, reason: str, by: str, on: date) -> None:
        self.move("refuse")
        self.refused_reason, self.decided_by, self.decided_on = reason, by, on


def opposite(entry: LedgerEntry) -> Posting:
    """What takes a mistaken receipt out again."""
    return Posting(entry.amount_fen, entry.document_no, "LedgerEntry", entry.id, "reversal")
