"""What spending does to a budget line: Σ reservations + payments + advances of a purpose and year ≤ the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.relief.domain.funds.refusals import BudgetBelowCommitted, BudgetExceeded
from shared.kernel.money import format_yuan

#: kind of entry → what it adds to (committed, paid). A repaid advance frees nothing: it was lent within the year
CHARGES: Mapping[str, tuple[int, int]] = {
    "RESERVED": (1, 0),
    "RELEASED": (-1, 0),
    "PAID": (0, 1),
    "RETURNED": (0, -1),
    "RECOVERED": (-1, -1),
    "ADVANCED": (1, 1),
}
#: kinds that follow a reservation, whose purpose and year they share
FOLLOWING = frozenset({"RELEASED", "PAID", "RETURNED", "RECOVERED"})
#: kinds that a missing budget may stop
COMMITTING = frozenset({"RESERVED", "ADVANCED"})


@dataclass
class BudgetLine:
    """One purpose of a fund in a year. `approved_fen` is None as long as no budget of the year was approved.

    `committed_fen` is reserved, paid or advanced; `paid_fen` the part of it that has left the account.
    """

    fund_id: str
    year: int
    purpose: str
    approved_fen: int | None = None
    committed_fen: int = 0
    paid_fen: int = 0

    @property
    def remaining_fen(self) -> int | None:
        return None if self.approved_fen is None else self.approved_fen - self.committed_fen

    def charge(self, kind: str, amount_fen: int, fund_no: str) -> None:
        """Raises BudgetExceeded."""
        committed, paid = (sign * amount_fen for sign in CHARGES[kind])
        remaining_fen = self.remaining_fen
        if committed > 0 and remaining_fen is not None and committed > remaining_fen:
            raise BudgetExceeded(
                fund_no=fund_no, year=self.year, purpose=self.purpose, approved=format_yuan(self.approved_fen or 0),
                committed=format_yuan(self.committed_fen), remaining=format_yuan(remaining_fen),
                wanted=format_yuan(committed), remaining_fen=remaining_fen)
        self.committed_fen += committed
        self.paid_fen += paid

    def approve(self, approved_fen: int) -> None:
        """Raises BudgetBelowCommitted."""
        if approved_fen < self.committed_fen:
            raise BudgetBelowCommitted(purpose=self.purpose, committed=format_yuan(self.committed_fen),
                                       approved=format_yuan(approved_fen), committed_fen=self.committed_fen)
        self.approved_fen = approved_fen
