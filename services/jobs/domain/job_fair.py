"""Job fair (招聘会): planned, filed with its plans, held, and reported within the days of D-32."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from services.jobs.domain.refusals import CountsBelowRecords, DayInFuture, FairNotOpen
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

COUNSELLOR = (Role.JOB_COUNSELLOR,)


@dataclass(eq=False)
class JobFair(Aggregate):
    machine = Machine("PLANNED", [
        Move(("PLANNED",), "file", "FILED", COUNSELLOR),
        Move(("FILED",), "open", "OPEN", COUNSELLOR),
        Move(("OPEN",), "hold", "HELD", COUNSELLOR),
        Move(("HELD",), "report", "REPORTED", COUNSELLOR),
        Move(("PLANNED", "FILED", "OPEN"), "cancel", "CANCELLED", COUNSELLOR),
    ])

    id: str
    org_path: str
    fair_code: str
    name: str
    kind: str
    place: str
    planned_on: date
    created_at: datetime
    partners: list[str] = field(default_factory=list)
    plan_no: str | None = None
    emergency_plan_no: str | None = None
    security_plan_no: str | None = None
    booths: int | None = None
    posts: int | None = None
    visitors: int | None = None
    intentions: int | None = None
    held_on: date | None = None
    report_due_on: date | None = None
    report_no: str | None = None
    reported_on: date | None = None
    reason: str | None = None
    state: str = "PLANNED"
    version: int = 1

    def file(self, plan_no: str, emergency_plan_no: str, security_plan_no: str, partners: Sequence[str]) -> None:
        """Filed with its plan, emergency plan and security plan (人力资源市场暂行条例)."""
        self.move("file")
        self.plan_no, self.emergency_plan_no, self.security_plan_no = plan_no, emergency_plan_no, security_plan_no
        self.partners = list(partners)

    def open(self) -> None:
        self.move("open")

    def require_open(self) -> None:
        """Raises FairNotOpen."""
        if self.state != "OPEN":
            raise FairNotOpen

    def hold(self, booths: int, posts: int, visitors: int, intentions: int, held_on: date, *, recorded: int,
             today: date) -> None:
        """What came of it. Raises DayInFuture, CountsBelowRecords."""
        self.move("hold")
        if held_on > today:
            raise DayInFuture(pointer="/held_on", day=str(held_on))
        if intentions < recorded:
            raise CountsBelowRecords(pointer="/intentions", told=intentions, recorded=recorded)
        self.booths, self.posts, self.visitors, self.intentions = booths, posts, visitors, intentions
        self.held_on = held_on
        self.report_due_on = deadlines.due("D-32", held_on, division=division_of(self.org_path)).due_on
        self.record("job_fair_held", fair_code=self.fair_code, booths=booths, posts=posts, visitors=visitors,
                    intentions=intentions, held_on=held_on)

    def report(self, report_no: str, on: date) -> None:
        self.move("report")
        self.report_no, self.reported_on = report_no, on
        self.record("job_fair_reported", fair_code=self.fair_code, reported_on=on,
                    is_late=self.report_due_on is not None and on > self.report_due_on)

    def cancel(self, reason: str) -> None:
        self.move("cancel")
        self.reason = reason
        self.record("job_fair_cancelled", fair_code=self.fair_code)
