"""Placement (就业安置): only a confirmed one counts as successful employment (成功就业)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.jobs.domain.policy import JobsPolicy
from services.jobs.domain.refusals import DayInFuture, ProofMissing
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

COUNSELLOR = (Role.JOB_COUNSELLOR,)
OPEN = ("REPORTED", "ONBOARDED", "CONFIRMED", "STABLE")


@dataclass(eq=False)
class Placement(Aggregate):
    """Wages in fen a month."""

    machine = Machine("REPORTED", [
        Move(("REPORTED",), "onboard", "ONBOARDED", COUNSELLOR),
        Move(("ONBOARDED",), "confirm", "CONFIRMED", COUNSELLOR),
        Move(("CONFIRMED",), "settle", "STABLE"),
        Move(OPEN, "end", "ENDED", COUNSELLOR),
    ])

    id: str
    org_path: str
    worker_id: str
    employer_id: str
    monthly_wage_fen: int
    contract_type: str
    created_at: datetime
    intention_id: str | None = None
    vacancy_id: str | None = None
    started_on: date | None = None
    stable_due_on: date | None = None
    proof: str | None = None
    proof_no: str | None = None
    confirmed_on: date | None = None
    ended_on: date | None = None
    reason: str | None = None
    state: str = "REPORTED"
    version: int = 1

    def tell_reported(self) -> None:
        self.record("placement_reported", placement_id=self.id, worker_id=self.worker_id, employer_id=self.employer_id)

    def onboard(self, started_on: date, monthly_wage_fen: int | None, today: date, policy: JobsPolicy) -> None:
        """The employer confirms that the worker has begun. Raises DayInFuture."""
        self.move("onboard")
        if started_on > today:
            raise DayInFuture(pointer="/started_on", day=str(started_on))
        self.started_on, self.stable_due_on = started_on, policy.stable_from(started_on)
        self.monthly_wage_fen = monthly_wage_fen or self.monthly_wage_fen
        self.record("worker_onboarded", placement_id=self.id, worker_id=self.worker_id, employer_id=self.employer_id,
                    started_on=started_on)

    def confirm(self, proof: str, proof_no: str | None, today: date, policy: JobsPolicy) -> None:
        """By contract or social-insurance record, or by having worked long enough. Raises ProofMissing."""
        self.move("confirm")
        proof_from = policy.proof_from(self.started_on or today)
        enough = today >= proof_from if proof == "DAYS_WORKED" else bool(proof_no)
        if not enough:
            raise ProofMissing(pointer="/proof", proof_from=str(proof_from))
        self.proof, self.proof_no, self.confirmed_on = proof, proof_no, today
        self.record("placement_confirmed", placement_id=self.id, worker_id=self.worker_id,
                    employer_id=self.employer_id, monthly_wage_fen=self.monthly_wage_fen, started_on=self.started_on,
                    confirmed_on=today)

    def settle(self) -> None:
        """Still at work after the days of follow-up."""
        self.move("settle")
        self.record("placement_stable", placement_id=self.id, worker_id=self.worker_id)

    def end(self, reason: str, ended_on: date, today: date) -> bool:
        """Raises DayInFuture. Whether the post is to be offered again: the worker never got as far as confirmation."""
        is_early = self.state in ("REPORTED", "ONBOARDED")
        self.move("end")
        if ended_on > today:
            raise DayInFuture(pointer="/ended_on", day=str(ended_on))
        self.reason, self.ended_on = reason, ended_on
        self.record("placement_ended", placement_id=self.id, worker_id=self.worker_id, reason=reason)
        return is_early
