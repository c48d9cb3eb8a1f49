"""Visit at preferential terms (优待就诊): that a card's holder was there, and what the hospital took off.

The clinical record stays at the hospital; the department and the number of the health file there (健康档案号) are kept
encrypted and told to nobody. A check-up, or a number that leads to the file, is kept with the holder's separate written
consent only (个人信息保护法 29).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.platforms.till_refusals import HealthConsentMissing, TillNumberUsed
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan
from shared.kernel.states import Machine


@dataclass(eq=False)
class CareVisit(Aggregate):
    """`discount_fen` is what the hospital gave up; the union pays nothing for it."""

    machine = Machine("RECORDED", [])

    id: str
    org_path: str
    outlet_id: str
    partner_id: str
    agreement_id: str
    till_no: str
    content: str
    card_id: str
    worker_id: str
    kind: str
    visited_on: date
    department: str
    discount_fen: int
    entered_by: str
    created_at: datetime
    health_file_no: str | None = None
    consent_no: str | None = None
    state: str = "RECORDED"
    version: int = 1

    def require_consent(self) -> None:
        """Raises HealthConsentMissing."""
        if (self.kind == "CHECKUP" or self.health_file_no) and not self.consent_no:
            raise HealthConsentMissing(pointer="/consent_no")

    def require_same(self, content: str) -> None:
        """As of a sale: a number belongs to one visit. Raises TillNumberUsed."""
        if content != self.content:
            raise TillNumberUsed(pointer="/till_no", till_no=self.till_no, total=format_yuan(self.discount_fen),
                                 day=str(self.visited_on))
