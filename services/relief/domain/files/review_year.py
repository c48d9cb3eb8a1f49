"""Yearly collective review (年度集中复核) of a unit's files, and the spot check (抽查) of a share of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.files.refusals import NothingToCheck, NotInSample, ReviewUnfinished, ReviewYearFar
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import BASIS_POINTS
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

REVIEWING = (Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)

REVIEW_YEAR = Machine("LISTED", [
    Move(("LISTED",), "begin", "STARTED", REVIEWING),
    Move(("STARTED",), "check", "STARTED", (Role.CENTRE_DIRECTOR, Role.AUDITOR)),
    Move(("STARTED",), "close", "CLOSED", REVIEWING),
])


@dataclass(eq=False)
class ReviewYear(Aggregate):
    """`seed` was drawn when the review began and decides the sample: whoever has the list of files and the seed draws
    the same again. `document` is the rule of the share."""

    machine = REVIEW_YEAR

    id: str
    org_path: str
    year: int
    seed: str
    sample_bp: int
    document: str
    opened_by: str
    opened_on: date
    created_at: datetime
    total: int = 0
    sampled: int = 0
    closed_on: date | None = None
    state: str = "LISTED"
    version: int = 1

    def draw(self, file_ids: Iterable[str]) -> set[str]:
        """Count the files and draw the sample: it is fixed before anything is reviewed."""
        ids = list(file_ids)
        drawn = sample(self.seed, ids, self.sample_bp)
        self.total, self.sampled = len(ids), len(drawn)
        self.record("file_review_opened", year=self.year, total=self.total, sampled=self.sampled)
        return drawn

    def begin(self) -> None:
        """From now on the files of the list are reviewed."""
        self.move("begin")
        self.record("file_review_begun", year=self.year, total=self.total, sampled=self.sampled)

    def check(self, by: str, *, is_sampled: bool, is_reviewed: bool, assessed_by: str | None) -> None:
        """The spot check of one file was made. Raises SamePerson, NotInSample, NothingToCheck."""
        different(by, "抽查 / the spot check", ("认定 / assessment", assessed_by))
        self.move("check")
        if not is_sampled:
            raise NotInSample(pointer="/file_id")
        if not is_reviewed:
            raise NothingToCheck

    def close(self, undone: int, unchecked: int, on: date) -> None:
        """When every file was reviewed and every one of the sample checked. Raises ReviewUnfinished."""
        self.move("close")
        if undone or unchecked:
            raise ReviewUnfinished(undone=undone, unchecked=unchecked)
        self.closed_on = on
        self.record("file_review_closed", year=self.year, total=self.total, sampled=self.sampled)


def require_near(year: int, on: date) -> None:
    """A year is reviewed while it runs or in the one after. Raises ReviewYearFar."""
    if year not in (on.year, on.year - 1):
        raise ReviewYearFar(pointer="/year", year=year, this=on.year, last=on.year - 1)


def sample(seed: str, file_ids: Iterable[str], share_bp: int) -> set[str]:
    """The share of the files, rounded up, with the smallest SHA-256 of `seed:id`."""
    ranked = sorted(set(file_ids), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
    return set(ranked[: -(-len(ranked) * share_bp // BASIS_POINTS)])
