"""Assistance plan (帮扶计划): what is done for one household, step by step, until it stands by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.plans.refusals import (
    DoneOnImpossible,
    NoReferral,
    NoSteps,
    NothingDone,
    NotOfHousehold,
    ReferralResultMissing,
    StepDueInPast,
    StepSettled,
    StepsOpen,
    StepUnknown,
    TooManySteps,
)
from services.relief.domain.plans.states import PLAN
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id

MOST_STEPS = 60
#: in place of what must be there and is kept no longer
FORGOTTEN = "-"


@dataclass(eq=False)
class Step:
    """One step: its kind, tier (应急、保障、根本), who sees to it (`owner_id`, an account) and by when. `worker_id` is
    the member of the household it is for; `placement_id` the placement that did it. A referral says to whom
    (`referred_to`, e.g. 协助纳入低保) and what came of it (`result`)."""

    id: str
    position: int
    kind: str
    tier: str
    what: str
    owner_id: str
    due_on: date
    worker_id: str | None = None
    state: str = "OPEN"
    done_on: date | None = None
    outcome: str | None = None
    placement_id: str | None = None
    is_overdue: bool = False
    referred_to: str | None = None
    result: str | None = None


@dataclass(eq=False)
class AssistancePlan(Aggregate):
    """`worker_id` is the head of the household, who may read the plan. `revises_id` and `revised_by_id` chain the
    versions of a plan."""

    machine = PLAN

    id: str
    org_path: str
    plan_no: str
    file_id: str
    worker_id: str
    goal: str
    made_by: str
    made_on: date
    created_at: datetime
    steps: list[Step] = field(default_factory=list)
    revises_id: str | None = None
    revised_by_id: str | None = None
    ended_on: date | None = None
    reason: str | None = None
    state: str = "PLANNED"
    version: int = 1

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.state == "OPEN"]

    def tell_made(self) -> None:
        self.record("assistance_plan_made", plan_id=self.id, plan_no=self.plan_no, file_id=self.file_id,
                    steps=len(self.steps), revises_id=self.revises_id)

    def put_step(self, asked: Mapping[str, Any], members: Iterable[str], today: date) -> None:
        """Raises StepDueInPast, NotOfHousehold, NoReferral, TooManySteps."""
        if asked["referred_to"] and asked["kind"] != "REFERRAL":
            raise NoReferral(pointer="/referred_to")
        if asked["due_on"] < today:
            raise StepDueInPast(pointer="/due_on", due_on=str(asked["due_on"]))
        if asked["worker_id"] and asked["worker_id"] not in members:
            raise NotOfHousehold(pointer="/worker_id", worker_id=asked["worker_id"])
        if len(self.steps) >= MOST_STEPS:
            raise TooManySteps(most=MOST_STEPS)
        self.steps.append(Step(new_id(), len(self.steps), **asked))

    def carry(self, steps: Iterable[Step]) -> None:
        """Open steps of the plan before, with their days, go on in this one. Raises TooManySteps."""
        for step in steps:
            if len(self.steps) >= MOST_STEPS:
                raise TooManySteps(most=MOST_STEPS)
            self.steps.append(Step(new_id(), len(self.steps), step.kind, step.tier, step.what, step.owner_id,
                                   step.due_on, step.worker_id, is_overdue=step.is_overdue,
                                   referred_to=step.referred_to))

    def add_step(self, asked: Mapping[str, Any], members: Iterable[str], today: date) -> None:
        self.move("add_step")
        self.put_step(asked, members, today)

    def forget(self) -> None:
        """The household's file was destroyed (档案销毁): kinds and days of the steps stay, the words go."""
        self.goal, self.reason = FORGOTTEN, None
        for step in self.steps:
            step.what, step.outcome = FORGOTTEN, None
        self.touch()

    def start(self) -> None:
        """Raises NoSteps."""
        self.move("start")
        if not self.open_steps:
            raise NoSteps
        self._tell("assistance_plan_started")

    def finish_step(self, step_id: str, outcome: str, done_on: date, today: date, result: str | None = None) -> None:
        """`result` is of a referral. Raises StepUnknown, StepSettled, DoneOnImpossible, NoReferral,
        ReferralResultMissing."""
        self.move("finish_step")
        step = self._open(step_id)
        if result and step.kind != "REFERRAL":
            raise NoReferral(pointer="/result")
        if step.referred_to and not result:
            raise ReferralResultMissing(pointer="/result")
        if not self.made_on <= done_on <= today:
            raise DoneOnImpossible(pointer="/done_on", done_on=str(done_on), made_on=str(self.made_on))
        step.result = result
        self._settle(step, "DONE", outcome, done_on)

    def drop_step(self, step_id: str, reason: str, on: date) -> None:
        """Not needed any more, or not possible. Raises StepUnknown, StepSettled."""
        self.move("drop_step")
        self._settle(self._open(step_id), "DROPPED", reason, on)

    def note_placement(self, worker_id: str, placement_id: str, outcome: str, on: date) -> None:
        """A member has found work: the step that was to find it is done, once for a placement."""
        if self.state != "RUNNING" or any(step.placement_id == placement_id for step in self.steps):
            return
        for step in self.open_steps:
            if step.kind == "PLACEMENT" and step.worker_id in (None, worker_id):
                self.move("finish_step")
                step.placement_id = placement_id
                self._settle(step, "DONE", outcome, on)
                return

    def pass_due(self, today: date) -> None:
        """Steps whose day has passed: each is told once."""
        late = [step for step in self.open_steps if step.due_on < today and not step.is_overdue]
        if not late:
            return
        self.move("mark_overdue")
        for step in late:
            step.is_overdue = True
            self._tell("assistance_step_overdue", step_id=step.id, owner_id=step.owner_id, due_on=step.due_on)

    def achieve(self, outcome: str, on: date) -> None:
        """The household stands by itself. Raises StepsOpen, NothingDone."""
        self.move("achieve")
        if self.open_steps:
            raise StepsOpen(count=len(self.open_steps))
        if not any(step.state == "DONE" for step in self.steps):
            raise NothingDone
        self._end("assistance_plan_achieved", outcome, on)

    def revise(self, reason: str, on: date, successor: AssistancePlan) -> None:
        """Another plan takes the place of this one."""
        self.move("revise")
        self.revised_by_id, successor.revises_id = successor.id, self.id
        self._end("assistance_plan_revised", reason, on, revised_by_id=successor.id)

    def end(self, reason: str, on: date) -> None:
        """Given up, with the reason."""
        self.move("end")
        self._end("assistance_plan_ended", reason, on)

    def _end(self, event: str, reason: str, on: date, **more: Any) -> None:
        self.reason, self.ended_on = reason, on
        self._tell(event, **more)

    def _open(self, step_id: str) -> Step:
        found = next((step for step in self.steps if step.id == step_id), None)
        if found is None:
            raise StepUnknown(step_id=step_id)
        if found.state != "OPEN":
            raise StepSettled(state=found.state)
        return found

    def _settle(self, step: Step, state: str, outcome: str, on: date) -> None:
        step.state, step.outcome, step.done_on = state, outcome, on
        self._tell("assistance_step_done" if state == "DONE" else "assistance_step_dropped", step_id=step.id,
                   kind=step.kind, tier=step.tier)

    def _tell(self, event: str, **more: Any) -> None:
        self.record(event, plan_id=self.id, plan_no=self.plan_no, file_id=self.file_id, **more)
