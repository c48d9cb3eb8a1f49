"""Dispute case (争议案件): from the application to the performed agreement, or to another way to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.mediation.domain import refusals
from services.mediation.domain.advancing import Advance
from services.mediation.domain.agreeing import Agreeing, Obligation
from services.mediation.domain.limitation import limitation_on
from services.mediation.domain.mediator import Mediator
from services.mediation.domain.roster import Claim
from services.mediation.domain.session import Session
from services.mediation.domain.states import DISPUTES
from shared.kernel.deadlines import agreed, due
from shared.kernel.errors import DayInFuture, SamePerson
from shared.kernel.ids import new_id

#: 劳动争议调解仲裁法 art. 2
KINDS = ("WAGE", "INJURY_MEDICAL", "SEVERANCE", "COMPENSATION", "CONTRACT", "REINSTATE", "SI", "WORK_TIME", "OTHER")


@dataclass(frozen=True)
class DutyLawyer:
    """What legal says of a lawyer."""

    lawyer_id: str
    account_id: str
    is_active: bool
    client_employer_ids: Sequence[str]


@dataclass(eq=False)
class Dispute(Agreeing):
    """`has_consent`: the claimants agree that legal aid hears of the case if mediation fails."""

    machine = DISPUTES

    id: str
    org_path: str
    kind: str
    employer_id: str
    form: str
    summary: str
    applied_on: date
    opened_by: str
    created_at: datetime
    acceptance_due_on: date
    mediation_due_on: date
    visit_id: str | None = None
    incident_id: str | None = None
    knew_on: date | None = None
    termination_on: date | None = None
    limitation_on: date | None = None
    has_consent: bool = False
    claims: list[Claim] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    advances: list[Advance] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)
    headcount: int = 0
    claimed_fen: int = 0
    is_collective: bool = False
    representative_ids: list[str] = field(default_factory=list)
    case_no: str | None = None
    accepted_on: date | None = None
    chief_mediator_id: str | None = None
    mediator_ids: list[str] = field(default_factory=list)
    mediator_account_ids: list[str] = field(default_factory=list)
    duty_lawyer_id: str | None = None
    agreement_no: str | None = None
    signatures: list[dict[str, str]] = field(default_factory=list)
    effective_on: date | None = None
    review_due_on: date | None = None
    confirmation_due_on: date | None = None
    performed_on: date | None = None
    is_at_risk: bool = False
    aid_application_id: str | None = None
    reason: str | None = None
    closed_on: date | None = None
    outcome: str | None = None
    state: str = "APPLIED"
    version: int = 1

    @classmethod
    def apply(cls, id: str, org_path: str, by: str, at: datetime, *, kind: str, employer_id: str, form: str,
              summary: str, applied_on: date, **rest: Any) -> Dispute:
        """An application, written or oral (书面/口头申请). Raises DayInFuture."""
        if applied_on > at.date():
            raise DayInFuture(pointer="/applied_on", day=str(applied_on))
        dispute = cls(id, org_path, kind, employer_id, form, summary, applied_on, by, at,
                      due("D-02", applied_on).due_on, due("D-03", applied_on).due_on, **rest)
        dispute.limitation_on = limitation_on(kind, dispute.knew_on, dispute.termination_on)
        dispute.record("dispute_applied", dispute_id=id, kind=kind, visit_id=dispute.visit_id, employer_id=employer_id)
        return dispute

    # -- before the session ------------------------------------------------------------------------------------

    def accept(self, case_no: str, employer_willing: bool, claimants_willing: bool, on: date) -> None:
        """Raises NoClaimants, BothSidesMustBeWilling."""
        self.machine.next(self.state, "accept")
        if not self.claims:
            raise refusals.NoClaimants
        if not (employer_willing and claimants_willing):
            raise refusals.BothSidesMustBeWilling
        self.case_no, self.accepted_on = case_no, on
        self.move("accept")
        self.record("dispute_accepted", dispute_id=self.id, case_no=case_no, kind=self.kind, headcount=self.headcount,
                    is_collective=self.is_collective, visit_id=self.visit_id, employer_id=self.employer_id,
                    accepted_on=on)

    def reject(self, reason: str) -> None:
        """No labour dispute, or the other side refuses (不予受理, in writing, with advice on arbitration)."""
        self.move("reject")
        self.reason = reason
        self.record("dispute_not_accepted", dispute_id=self.id, visit_id=self.visit_id, reason=reason)

    def assign_mediators(self, mediators: Sequence[Mediator], lawyer: DutyLawyer | None) -> None:
        """The first of `mediators` takes the chair.

        Raises MediatorUnfit, ChiefMediatorNeeded, DutyLawyerNeeded, LawyerUnfit, SamePerson.
        """
        self.machine.next(self.state, "assign_mediators")
        for mediator in mediators:
            if mediator.state != "ACTIVE":
                raise refusals.MediatorUnfit(mediator_id=mediator.id)
        if self.is_collective and not mediators[0].is_chief:
            raise refusals.ChiefMediatorNeeded(pointer="/chief_mediator_id")
        if self.is_collective and lawyer is None:
            raise refusals.DutyLawyerNeeded(pointer="/duty_lawyer_id")
        accounts = [mediator.account_id for mediator in mediators]
        if lawyer is not None:
            self._check_lawyer(lawyer, accounts)
        self.chief_mediator_id, self.mediator_ids = mediators[0].id, [mediator.id for mediator in mediators]
        self.mediator_account_ids, self.duty_lawyer_id = accounts, lawyer.lawyer_id if lawyer else None
        self.move("assign_mediators")
        self.record("mediators_assigned", dispute_id=self.id, chief_mediator_id=self.chief_mediator_id,
                    duty_lawyer_id=self.duty_lawyer_id)

    def _check_lawyer(self, lawyer: DutyLawyer, accounts: Sequence[str]) -> None:
        if not lawyer.is_active or self.employer_id in lawyer.client_employer_ids:
            raise refusals.LawyerUnfit(pointer="/duty_lawyer_id", lawyer_id=lawyer.lawyer_id)
        if lawyer.account_id in accounts:
            raise SamePerson(first="律师 / lawyer", second="调解 / mediation", pointer="/duty_lawyer_id")

    # -- in mediation ------------------------------------------------------------------------------------------

    def hold_session(self, on: date, by: str, told: Mapping[str, Any]) -> None:
        """A session and its findings; the latest one counts. Raises DayInFuture, AcknowledgedAboveClaims."""
        self.machine.next(self.state, "hold_session")
        if told["held_on"] > on:
            raise DayInFuture(pointer="/held_on", day=str(told["held_on"]))
        if (told["employer_acknowledges_fen"] or 0) > self.claimed_fen:
            raise refusals.AcknowledgedAboveClaims(pointer="/employer_acknowledges_fen", claimed_fen=self.claimed_fen,
                                                   acknowledged_fen=told["employer_acknowledges_fen"])
        self.sessions.append(Session(new_id(), len(self.sessions) + 1, recorded_by=by, **told))
        self.move("hold_session")
        self.record("mediation_session_held", dispute_id=self.id, case_no=self.case_no, cause=told["cause"],
                    wages_undisputed=told["wages_undisputed"])

    def extend(self, due_on: date, both_agree: bool) -> None:
        """Both sides give mediation more time (M-03). Raises ExtensionNotLater."""
        self.machine.next(self.state, "extend")
        if not both_agree or due_on <= self.mediation_due_on:
            raise refusals.ExtensionNotLater(pointer="/due_on", due_on=str(due_on),
                                             now_due_on=str(self.mediation_due_on))
        self.mediation_due_on = agreed("D-03", self.applied_on, due_on).due_on
        self.move("extend")
        self.record("mediation_extended", dispute_id=self.id, case_no=self.case_no, due_on=due_on)

    def fail(self, reason: str, on: date, has_consent: bool | None = None) -> None:
        """No agreement: the claimants may go to arbitration (art. 14)."""
        self.move("fail")
        self.reason = reason
        self.has_consent = self.has_consent if has_consent is None else has_consent
        self.record("mediation_failed", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id,
                    employer_id=self.employer_id, kind=self.kind,
                    claimant_ids=[claim.worker_id for claim in self.claims], claimed_fen=self.claimed_fen,
                    limitation_on=self.limitation_on, has_consent=self.has_consent, failed_on=on)

    def withdraw(self, reason: str) -> None:
        self.move("withdraw")
        self.reason = reason
        self.record("mediation_withdrawn", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id)

    # -- afterwards --------------------------------------------------------------------------------------------

    def refer(self, advice: str) -> None:
        """The claimants are shown the way to arbitration (引导仲裁). Raises AlreadyClosed."""
        self.machine.next(self.state, "refer")
        self._check_open()
        self.move("refer")
        self.reason = advice
        self.record("referred_to_arbitration", dispute_id=self.id, case_no=self.case_no,
                    limitation_on=self.limitation_on)

    def close(self, on: date) -> None:
        """The file is closed (结案); the state stays and says how it ended. Raises AlreadyClosed."""
        self.machine.next(self.state, "close")
        self._check_open()
        self.move("close")
        self.closed_on, self.outcome = on, self.state
        self.record("dispute_closed", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id,
                    outcome=self.outcome, headcount=self.headcount, closed_on=on)

    def note_legal_aid(self, application_id: str) -> None:
        """Legal aid was granted to the claimants: they have somebody to represent them."""
        self.aid_application_id = application_id
        self.touch()

    def _check_open(self) -> None:
        if self.closed_on:
            raise refusals.AlreadyClosed(closed_on=str(self.closed_on))
