"""Known circumstance (已知情况): what another service told of a worker.

Reference data that ends or runs out; never part of a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

#: on civil affairs' relief list · on the list of the unemployed · looks for work in a household where nobody works ·
#: was placed · left the union · has died
KINDS = ("RELIEF_LIST", "UNEMPLOYED_LIST", "JOB_SEEKER", "PLACEMENT", "LEFT", "DECEASED")
#: told of one registration or placement: once it has ended nothing starts it again
FINAL = ("JOB_SEEKER", "PLACEMENT")


@dataclass(frozen=True)
class Circumstance:
    """`part` tells several of a kind apart: a list's category, a registration's or placement's id.

    `as_of` is the day the facts are of; `valid_until` None is until told otherwise.
    """

    worker_id: str
    kind: str
    part: str
    org_path: str
    is_running: bool
    as_of: date
    told_at: datetime
    since: date | None = None
    until: date | None = None
    valid_until: date | None = None

    def outdates(self, known: Circumstance) -> bool:
        """Whether this is to be kept instead of what is known: events come late, twice and out of order."""
        if self.kind in FINAL and self.is_running != known.is_running:
            return known.is_running
        return (self.as_of, self.told_at) > (known.as_of, known.told_at)


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another: 31 January to 28 February is none, to 1 March is one."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
