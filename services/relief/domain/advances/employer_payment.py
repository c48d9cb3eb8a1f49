"""One entry of what the employer paid a worker itself (用人单位直接付薪)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.kernel.texts import same_text

#: a claim, and the number of a paper as it is compared
Paper = tuple[str, str]


@dataclass(eq=False)
class EmployerPayment:
    """One entry, in fen; never changed. One with `reverses_id` takes another back, for `reason`."""

    id: str
    claim_id: str
    amount_fen: int
    evidence_no: str
    recorded_by: str
    recorded_on: date
    reverses_id: str | None = None
    reason: str | None = None

    @property
    def paper(self) -> Paper:
        return self.claim_id, same_text(self.evidence_no)
