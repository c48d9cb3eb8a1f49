"""Student aid in kind (非现金助学): fees that were waived because the union asked for it, books and supplies donated.

Cash goes by an application; with these two it makes the three forms of student aid (助学三种形式), looked at and
counted together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.applications.refusals import GivenOutsideYear
from services.relief.domain.applications.states import STUDENT_AID
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import DayInFuture

#: what is no cash; aid declared in an application has the same words
FORMS_IN_KIND = ("TUITION_WAIVER", "GOODS")


@dataclass(eq=False)
class StudentAid(Aggregate):
    """For one student and school year; `value_fen` is what need not be paid, or what the goods are worth. `student_key`
    is a keyed hash of the roll number. `worker_id` is the parent, `payer` who waived or donated."""

    machine = STUDENT_AID

    id: str
    org_path: str
    aid_no: str
    worker_id: str
    file_id: str | None
    student_key: str
    school_year: int
    form: str
    value_fen: int
    payer: str
    document_no: str
    given_on: date
    recorded_by: str
    created_at: datetime
    reason: str | None = None
    state: str = "RECORDED"
    version: int = 1

    def check_day(self, today: date) -> None:
        """A school year that begins in autumn is helped in its two calendar years. Raises DayInFuture,
        GivenOutsideYear."""
        if self.given_on > today:
            raise DayInFuture(pointer="/given_on", day=str(self.given_on))
        if self.given_on.year - self.school_year not in (0, 1):
            raise GivenOutsideYear(pointer="/given_on", given_on=str(self.given_on), first=self.school_year,
                                   second=self.school_year + 1)

    def cancel(self, reason: str) -> None:
        """It was recorded by mistake."""
        self.move("cancel")
        self.reason = reason
