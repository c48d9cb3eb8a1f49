"""Legal aid (法律援助), from the application to the closed case, by 法律援助法 (by its art. 68 for a union too)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.legal.domain import refusals
from services.legal.domain.lawyer import Lawyer
from services.legal.domain.states import AID
from shared.kernel.aggregate import Aggregate
from shared.kernel.deadlines import due
from shared.kernel.errors import DayInFuture, SamePerson
from shared.kernel.ids import new_id

MATTERS = ("WAGE", "WORK_INJURY", "SOCIAL_INSURANCE", "LABOUR_RELATION", "SEVERANCE", "COMPENSATION",
           "LABOUR_CONTRACT", "UNION_RIGHTS", "OTHER")
#: 法律援助法 art. 42(3): migrants' claims for pay or work-injury compensation need no means check
EXEMPT_MATTERS = {"EXEMPT_MIGRANT_WAGE": ("WAGE", "WORK_INJURY"), "EXEMPT_WORK_INJURY": ("WORK_INJURY",)}
BASES = ("EXEMPT_RELIEF", "EXEMPT_MIGRANT_WAGE", "EXEMPT_WORK_INJURY", "UNION_FILED", "PLEDGE", "VERIFIED")


@dataclass(eq=False)
class Applicant:
    """One applicant (受援人), and what membership said of them on the day of the application."""

    id: str
    number: int
    worker_id: str
    is_migrant: bool


@dataclass(eq=False)
class Stage:
    """A step the case has reached, reported by the lawyer."""

    id: str
    number: int
    stage: str
    reached_on: date
    note: str
    reported_by: str


@dataclass(eq=False)
class AidCase(Aggregate):
    """`basis` says why there is no hardship question, or how it was answered; until the means are checked after an
    urgent grant the case `is_provisional`."""

    machine = AID

    id: str
    org_path: str
    matter: str
    source: str
    summary: str
    applied_by: str
    received_on: date
    created_at: datetime
    decision_due_on: date
    employer_id: str | None = None
    dispute_id: str | None = None
    visit_id: str | None = None
    limitation_on: date | None = None
    applicants: list[Applicant] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    basis: str | None = None
    means_evidence: str | None = None
    is_provisional: bool = False
    supplement_items: list[str] = field(default_factory=list)
    supplement_asked_on: date | None = None
    supplement_due_on: date | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    reason: str | None = None
    objection: str | None = None
    objection_due_on: date | None = None
    case_no: str | None = None
    assign_due_on: date | None = None
    lawyer_id: str | None = None
    lawyer_account_id: str | None = None
    assigned_on: date | None = None
    ground: str | None = None
    result: str | None = None
    costs_fen: int = 0
    closed_on: date | None = None
    follow_up: str | None = None
    state: str = "RECEIVED"
    version: int = 1

    @classmethod
    def apply(cls, id: str, org_path: str, by: str, at: datetime, *, matter: str, source: str, summary: str,
              received_on: date, applicants: Mapping[str, bool], **rest: Any) -> AidCase:
        """An application; `applicants` says of each worker whether they are a migrant worker. Raises DayInFuture."""
        if received_on > at.date():
            raise DayInFuture(pointer="/received_on", day=str(received_on))
        case = cls(id, org_path, matter, source, summary, by, received_on, at, due("D-34", received_on).due_on, **rest)
        case.applicants = [Applicant(new_id(), number, worker_id, is_migrant)
                           for number, (worker_id, is_migrant) in enumerate(applicants.items(), 1)]
        case.basis = "EXEMPT_MIGRANT_WAGE" if case.is_exempt("EXEMPT_MIGRANT_WAGE") else None
        case.record("legal_aid_applied", application_id=id, matter=matter, worker_id=case.applicants[0].worker_id,
                    headcount=len(case.applicants), dispute_id=case.dispute_id, visit_id=case.visit_id)
        return case

    def is_exempt(self, basis: str) -> bool:
        """Whether the matter and every applicant fit an exemption for migrant workers."""
        return self.matter in EXEMPT_MATTERS[basis] and all(applicant.is_migrant for applicant in self.applicants)

    # -- the decision ------------------------------------------------------------------------------------------

    def ask_supplement(self, items: Sequence[str], due_on: date, on: date) -> None:
        """Tell, once, what is missing. Raises SupplementAskedAlready, DayBefore."""
        self.machine.next(self.state, "ask_supplement")
        if self.supplement_asked_on is not None:
            raise refusals.SupplementAskedAlready
        if due_on <= on:
            raise refusals.DayBefore(pointer="/due_on", day=str(due_on), first_on=str(on))
        self.supplement_items, self.supplement_asked_on, self.supplement_due_on = list(items), on, due_on
        self.move("ask_supplement")

    def supplement(self, on: date) -> None:
        """What was missing is here; the time of waiting does not count (D-34)."""
        self.move("supplement")
        waited_days = (on - (self.supplement_asked_on or on)).days
        self.decision_due_on = due("D-34", self.received_on, excluded_days=waited_days).due_on

    def withdraw(self, reason: str) -> None:
        """By the applicant, or because nothing was supplemented in time (art. 43)."""
        self.move("withdraw")
        self.reason = reason
        self.record("legal_aid_withdrawn", application_id=self.id, dispute_id=self.dispute_id, visit_id=self.visit_id)

    def grant(self, case_no: str, basis: str, means_evidence: str | None, by: str, on: date) -> None:
        """Raises SamePerson, NotExempt, EvidenceNeeded."""
        self.machine.next(self.state, "grant")
        self._check_decider(by)
        self._set_basis(basis, means_evidence)
        self.move("grant")
        self._granted(case_no, by, on)
        self._tell_granted()

    def grant_urgent(self, case_no: str, ground: str, by: str, on: date) -> None:
        """Aid first, means check afterwards (art. 44). Raises SamePerson, NotUrgent."""
        self.machine.next(self.state, "grant_urgent")
        self._check_decider(by)
        if ground == "LIMITATION" and not self.is_urgent(on):
            raise refusals.NotUrgent(limitation_on=str(self.limitation_on or "-"))
        self.move("grant_urgent")
        self.is_provisional = True
        self._granted(case_no, by, on)
        self.record("legal_aid_granted_provisionally", application_id=self.id, dispute_id=self.dispute_id,
                    visit_id=self.visit_id, ground=ground)

    def is_urgent(self, on: date) -> bool:
        """Whether fewer than seven days are left to the limitation (D-18)."""
        return self.limitation_on is not None and due("D-18", self.limitation_on).is_missed(on)

    def verify_means(self, basis: str, means_evidence: str | None) -> None:
        """The check that an urgent grant put off. Raises NotExempt, EvidenceNeeded."""
        self.machine.next(self.state, "verify_means")
        self._set_basis(basis, means_evidence)
        self.move("verify_means")
        self.is_provisional = False
        self._tell_granted()

    def refuse(self, reason: str, by: str, on: date) -> None:
        """Raises SamePerson."""
        self.machine.next(self.state, "refuse")
        self._check_decider(by)
        self.move("refuse")
        self.decided_by, self.decided_on, self.reason = by, on, reason
        self.record("legal_aid_refused", application_id=self.id, dispute_id=self.dispute_id, visit_id=self.visit_id,
                    reason=reason)

    def object(self, text: str, on: date) -> None:
        """The applicant objects to the refusal, once (art. 49). Raises ObjectedAlready."""
        self.machine.next(self.state, "object")
        if self.objection is not None:
            raise refusals.ObjectedAlready
        self.objection, self.objection_due_on = text, due("D-17", on).due_on
        self.move("object")

    def uphold_objection(self, case_no: str, basis: str, means_evidence: str | None, by: str, on: date) -> None:
        """The objection is right: aid is granted. Raises SamePerson, NotExempt, EvidenceNeeded."""
        self.machine.next(self.state, "uphold_objection")
        self._check_reviewer(by)
        self._set_basis(basis, means_evidence)
        self.move("uphold_objection")
        self._granted(case_no, by, on)
        self.record("objection_decided", application_id=self.id, is_upheld=True)
        self._tell_granted()

    def dismiss_objection(self, reason: str, by: str) -> None:
        """Raises SamePerson."""
        self.machine.next(self.state, "dismiss_objection")
        self._check_reviewer(by)
        self.move("dismiss_objection")
        self.reason = reason
        self.record("objection_decided", application_id=self.id, is_upheld=False)

    def _set_basis(self, basis: str, means_evidence: str | None) -> None:
        if basis in EXEMPT_MATTERS:
            if not self.is_exempt(basis):
                raise refusals.NotExempt(pointer="/basis", basis=basis)
        elif not means_evidence:
            raise refusals.EvidenceNeeded(pointer="/means_evidence", basis=basis)
        self.basis, self.means_evidence = basis, means_evidence

    def _granted(self, case_no: str, by: str, on: date) -> None:
        self.case_no, self.decided_by, self.decided_on = case_no, by, on
        self.assign_due_on = due("D-35", on).due_on

    def _tell_granted(self) -> None:
        self.record("legal_aid_granted", application_id=self.id, dispute_id=self.dispute_id, visit_id=self.visit_id,
                    basis=self.basis)

    def _check_decider(self, by: str) -> None:
        if by == self.applied_by:
            raise SamePerson(first="申请 / application", second="审查决定 / decision")

    def _check_reviewer(self, by: str) -> None:
        if by in (self.decided_by, self.applied_by):
            raise SamePerson(first="审查决定 / decision", second="异议处理 / review of the objection")

    # -- the case ----------------------------------------------------------------------------------------------

    def assign(self, lawyer: Lawyer, mediator_account_ids: Collection[str], on: date) -> None:
        """`mediator_account_ids` mediated the dispute. Raises LawyerUnfit, LawyerActsForEmployer, SamePerson."""
        self.machine.next(self.state, "assign")
        if lawyer.state != "ACTIVE":
            raise refusals.LawyerUnfit(pointer="/lawyer_id", lawyer_id=lawyer.id)
        if self.employer_id in lawyer.client_employer_ids:
            raise refusals.LawyerActsForEmployer(pointer="/lawyer_id")
        if lawyer.account_id in mediator_account_ids:
            raise SamePerson(pointer="/lawyer_id", first="调解 / mediation", second="代理 / representation")
        self.lawyer_id, self.lawyer_account_id, self.assigned_on = lawyer.id, lawyer.account_id, on
        self.move("assign")
        self.record("lawyer_assigned", application_id=self.id, lawyer_id=lawyer.id, dispute_id=self.dispute_id)

    def start(self) -> None:
        self.move("start")

    def report(self, stage: str, reached_on: date, note: str, by: str) -> None:
        self.move("report")
        self.stages.append(Stage(new_id(), len(self.stages) + 1, stage, reached_on, note, by))
        self.record("case_stage_reached", application_id=self.id, stage=stage, reached_on=reached_on)

    def terminate(self, ground: str, reason: str, on: date) -> None:
        """One of the eight grounds of art. 48."""
        self.move("terminate")
        self.ground, self.reason, self.closed_on = ground, reason, on
        self.record("legal_aid_terminated", application_id=self.id, case_no=self.case_no, dispute_id=self.dispute_id,
                    visit_id=self.visit_id, ground=ground)

    def close(self, result: str, costs_fen: int, on: date) -> None:
        self.move("close")
        self.result, self.costs_fen, self.closed_on = result, costs_fen, on
        self.record("legal_aid_case_closed", application_id=self.id, case_no=self.case_no, dispute_id=self.dispute_id,
                    visit_id=self.visit_id, result=result)

    def note_follow_up(self, note: str) -> None:
        """A visit or a call after the end (回访, art. 59)."""
        self.move("follow_up")
        self.follow_up = note

    def belongs_to(self, worker_id: str) -> bool:
        return any(applicant.worker_id == worker_id for applicant in self.applicants)

    def check_lawyer(self, account_id: str) -> None:
        """Raises NotYourCase unless this account has the case."""
        if account_id != self.lawyer_account_id:
            raise refusals.NotYourCase
