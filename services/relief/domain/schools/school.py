"""A school that offers places in a term (爱心学校学期名额)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.schools.refusals import NoPlaceLeft, PastTerm, QuotaBelowTaken, SchoolCharged
from services.relief.domain.schools.states import TERM_SCHOOL
from shared.kernel.aggregate import Aggregate

AUTUMN_ENDS_MONTH, SPRING_ENDS_MONTH = 2, 8


@dataclass(eq=False)
class TermSchool(Aggregate):
    """`taken` places are offered, accepted or enrolled; never more than `quota`. A term reads 2026-AUTUMN.
    `outlet_id` is the partner's outlet that sends the term's invoice for its pupils."""

    machine = TERM_SCHOOL

    id: str
    org_path: str
    term: str
    name: str
    stage: str
    division: str
    quota: int
    created_at: datetime
    taken: int = 0
    outlet_id: str | None = None
    state: str = "OPEN"
    version: int = 1

    @property
    def free(self) -> int:
        return self.quota - self.taken if self.state == "OPEN" else 0

    def change_quota(self, quota: int) -> None:
        """Raises QuotaBelowTaken."""
        self.machine.next(self.state, "change_quota")
        if quota < self.taken:
            raise QuotaBelowTaken(pointer="/quota", taken=self.taken, quota=quota)
        self.move("change_quota")
        self.quota = quota

    def link(self, outlet_id: str, invoice_no: str | None) -> None:
        """Not once the outlet of before has sent the term's invoice for its pupils. Raises SchoolCharged."""
        if invoice_no and outlet_id != self.outlet_id:
            raise SchoolCharged(pointer="/outlet_id", term=self.term, invoice_no=invoice_no)
        self.outlet_id = outlet_id
        self.touch()

    def close(self) -> None:
        """No further places; those given stay."""
        self.move("close")

    def take(self) -> None:
        """Raises NoPlaceLeft."""
        if self.free < 1:
            raise NoPlaceLeft
        self.taken += 1
        self.touch()

    def give_back(self, places: int = 1) -> None:
        self.taken -= places
        self.touch()


def next_term(today: date) -> str:
    """The term after the one that runs on a day: spring from January, autumn from August on."""
    return f"{today.year}-AUTUMN" if today.month < SPRING_ENDS_MONTH else f"{today.year + 1}-SPRING"


def is_after(term: str, other: str) -> bool:
    """Whether a term comes after another; of a year spring is first."""
    return (term[:4], term[5:] == "AUTUMN") > (other[:4], other[5:] == "AUTUMN")


def check_term(term: str, today: date) -> None:
    """The autumn term runs into the next year's February, the spring term to August. Raises PastTerm."""
    year, season = int(term[:4]), term[5:]
    last = (year + 1, AUTUMN_ENDS_MONTH) if season == "AUTUMN" else (year, SPRING_ENDS_MONTH)
    if (today.year, today.month) > last:
        raise PastTerm(pointer="/term", term=term)
