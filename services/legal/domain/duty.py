"""Duty call (值班律师到场): a lawyer is needed where many workers have come at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.legal.domain.lawyer import Lawyer
from services.legal.domain.refusals import LawyerUnfit
from services.legal.domain.states import DUTY_CALLS
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class DutyCall(Aggregate):
    machine = DUTY_CALLS

    id: str
    org_path: str
    visit_id: str
    visit_no: str
    headcount: int
    employer_id: str | None
    risk_level: str
    created_at: datetime
    lawyer_id: str | None = None
    lawyer_account_id: str | None = None
    note: str | None = None
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def open(cls, id: str, org_path: str, visit_id: str, visit_no: str, headcount: int, employer_id: str | None,
             risk_level: str, at: datetime) -> DutyCall:
        call = cls(id, org_path, visit_id, visit_no, headcount, employer_id, risk_level, at)
        call._tell()
        return call

    def assign(self, lawyer: Lawyer) -> None:
        """Raises LawyerUnfit."""
        self.machine.next(self.state, "assign")
        if lawyer.state != "ACTIVE" or self.employer_id in lawyer.client_employer_ids:
            raise LawyerUnfit(pointer="/lawyer_id", lawyer_id=lawyer.id)
        self.lawyer_id, self.lawyer_account_id = lawyer.id, lawyer.account_id
        self.move("assign")
        self._tell()

    def attend(self, note: str) -> None:
        self.move("attend")
        self.note = note

    def cancel(self, note: str) -> None:
        self.move("cancel")
        self.note = note

    def _tell(self) -> None:
        self.record("duty_lawyer_called", duty_id=self.id, visit_id=self.visit_id, lawyer_id=self.lawyer_id)
