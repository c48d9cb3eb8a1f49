"""Vacancy (岗位): posts an employer offers. The employer's identity is verified before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.jobs.domain.refusals import VacancyFull, VacancyNotOpen
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

COUNSELLOR = (Role.JOB_COUNSELLOR,)


@dataclass(eq=False)
class Vacancy(Aggregate):
    """`filled` is never above `posts`: checked here and by the database."""

    machine = Machine("DRAFT", [
        Move(("DRAFT",), "verify", "VERIFIED", COUNSELLOR),
        Move(("VERIFIED",), "publish", "PUBLISHED", COUNSELLOR),
        Move(("PUBLISHED",), "close", "CLOSED", COUNSELLOR),
        Move(("PUBLISHED",), "expire", "EXPIRED"),
        Move(("DRAFT", "VERIFIED", "PUBLISHED"), "withdraw", "WITHDRAWN", COUNSELLOR),
    ])

    id: str
    org_path: str
    vacancy_no: str
    employer_id: str
    occupation: str
    posts: int
    monthly_wage_fen: int
    place: str
    source: str
    expires_on: date
    created_at: datetime
    filled: int = 0
    reason: str | None = None
    state: str = "DRAFT"
    version: int = 1

    @property
    def is_full(self) -> bool:
        return self.filled >= self.posts

    def verify(self) -> None:
        self.move("verify")

    def publish(self) -> None:
        self.move("publish")
        self.record("vacancy_published", employer_id=self.employer_id, posts=self.posts)

    def require_open(self) -> None:
        """Raises VacancyNotOpen, VacancyFull."""
        if self.state != "PUBLISHED":
            raise VacancyNotOpen
        if self.is_full:
            raise VacancyFull(posts=self.posts)

    def fill(self) -> None:
        """One post is taken. Raises VacancyNotOpen, VacancyFull."""
        self.require_open()
        self.filled += 1
        self.touch()

    def free(self) -> None:
        """A post that was taken is open again."""
        self.filled -= 1
        self.touch()

    def close(self, reason: str) -> None:
        self.move("close")
        self.reason = reason

    def withdraw(self, reason: str) -> None:
        self.move("withdraw")
        self.reason = reason

    def expire(self) -> None:
        self.move("expire")
