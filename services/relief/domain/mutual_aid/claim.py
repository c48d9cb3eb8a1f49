"""Claim on mutual aid (理赔申报): filed by the unit's union, decided by the scheme that runs the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.relief.domain.duty import different
from services.relief.domain.mutual_aid.benefit import Benefit, ClaimFacts, compute
from services.relief.domain.mutual_aid.plan import Plan
from services.relief.domain.mutual_aid.refusals import (
    BillMissing,
    ClaimLate,
    CoverUnknown,
    DecidedByScheme,
    DiagnosedInFuture,
    DocumentsMissing,
    FactMissing,
    HospitalGradeTooLow,
    NothingDue,
    SchemeAmountDiffers,
)
from services.relief.domain.mutual_aid.states import CLAIM
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan

FILING, CHECK = "申报 / filing", "材料审核 / checking the documents"
#: what the formula of a family needs to know
NEEDED = {"F1": None, "F2": "eligible_fen", "F3": "own_paid_fen", "F4": "days"}


@dataclass(eq=False)
class MutualAidClaim(Aggregate):
    """`diagnosis` and `cover` tell of health: they are kept encrypted and never published. Amounts are fen. `tier`
    (帮扶层次) is what the rules made of it when it was filed.

    `bill_no` is the hospital's number of what is claimed: bill, settlement sheet or stay (票据号、结算单号、住院号).
    `event_key` is the keyed hash of what the claim is for: no two of a worker and plan stand for the same. Claims of
    before these numbers were kept have neither.
    """

    machine = CLAIM

    id: str
    org_path: str
    claim_no: str
    plan: str
    enrolment_id: str
    participant_id: str
    worker_id: str
    shares: int
    covered_from: date
    is_waiting_waived: bool
    cover: str
    diagnosis: str
    diagnosed_on: date
    hospital_grade: int
    eligible_fen: int
    own_paid_fen: int
    days: int
    is_external: bool
    filed_by: str
    created_at: datetime
    used_fen: int = 0
    used_days: int = 0
    computed_fen: int | None = None
    documents: list[str] = field(default_factory=list)
    checked_by: str | None = None
    submitted_on: date | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    approved_fen: int | None = None
    fund_id: str | None = None
    document_no: str | None = None
    paid_fen: int = 0
    paid_on: date | None = None
    declined_reason: str | None = None
    tier: str = "SAFEGUARD"
    bill_no: str | None = None
    event_key: str | None = None
    state: str = "FILED"
    version: int = 1

    @property
    def facts(self) -> ClaimFacts:
        day = None if self.is_waiting_waived else (self.diagnosed_on - self.covered_from).days + 1
        return ClaimFacts(self.cover, day, self.shares, self.eligible_fen, self.own_paid_fen, self.days, self.used_fen,
                          self.used_days)

    def event(self, plan: Plan) -> str:
        """What the claim is for: a bill; of a lump sum, which needs none, the cover of the term. Raises BillMissing."""
        if plan.family == "F1":
            return f"{self.participant_id}|{self.cover}"
        if not self.bill_no:
            raise BillMissing(pointer="/bill_no")
        return self.bill_no

    def is_for_the_same(self, other: MutualAidClaim, plan: Plan) -> bool:
        """Whether two claims of a worker and plan are for the same. One of before bills were kept is known by what it
        says: the cover of the term, or the day, the cover and the figures."""
        if self.event_key:
            return self.event_key == other.event_key
        if plan.family == "F1":
            return (self.participant_id, self.cover) == (other.participant_id, other.cover)
        return self._said == other._said

    @property
    def _said(self) -> tuple[object, ...]:
        return self.diagnosed_on, self.cover, self.eligible_fen, self.own_paid_fen, self.days

    def computation(self, plan: Plan) -> Benefit:
        return compute(plan, self.facts)

    def count_granted(self, plan: Plan, fen: int, days: int) -> None:
        """What the term has granted to the worker's other claims; of days never more than the plan has."""
        self.used_fen, self.used_days = fen, min(days, plan.most_days)

    def file(self, plan: Plan, today: date) -> None:
        """Check what was sent, compute as things stand, tell. Raises CoverUnknown, FactMissing, DiagnosedInFuture,
        ClaimLate, HospitalGradeTooLow."""
        self._check(plan, today)
        self.computed_fen = self.computation(plan).amount_fen
        self.record("mutual_aid_claim_filed", claim_id=self.id, worker_id=self.worker_id)

    def _check(self, plan: Plan, today: date) -> None:
        if plan.cover(self.cover) is None:
            known = ", ".join(cover["code"] for cover in plan.covers)
            raise CoverUnknown(pointer="/cover", cover=self.cover, known=known)
        needed = NEEDED[plan.family]
        if needed and not getattr(self, needed):
            raise FactMissing(pointer=f"/{needed}", name=needed)
        if self.diagnosed_on > today:
            raise DiagnosedInFuture(pointer="/diagnosed_on", diagnosed_on=str(self.diagnosed_on))
        last_on = self.diagnosed_on + timedelta(days=plan.claim_window_days)
        if today > last_on:
            raise ClaimLate(days=plan.claim_window_days, last_on=str(last_on), document=plan.document)
        if self.hospital_grade < plan.least_hospital_grade:
            raise HospitalGradeTooLow(pointer="/hospital_grade", least=plan.least_hospital_grade,
                                      grade=self.hospital_grade, document=plan.document)

    def check_docs(self, plan: Plan, seen: Sequence[str], by: str) -> None:
        """A second person has seen the papers. Raises SamePerson, DocumentsMissing."""
        different(by, CHECK, (FILING, self.filed_by))
        self.move("check_docs")
        missing = [document for document in plan.documents if document not in seen]
        if missing:
            raise DocumentsMissing(pointer="/documents", missing=", ".join(missing))
        self.documents, self.checked_by = sorted(set(seen)), by

    def submit(self, on: date) -> None:
        """Sent to whoever runs the plan."""
        self.move("submit")
        self.submitted_on = on

    def approve(self, fund_id: str, document_no: str, by: str, on: date, plan: Plan) -> int:
        """A plan of this union: computed again from what was granted since it was filed, pays what is returned. Raises
        SamePerson, DecidedByScheme, NothingDue."""
        different(by, "批准给付 / approval", (FILING, self.filed_by), (CHECK, self.checked_by))
        self.move("approve")
        if self.is_external:
            raise DecidedByScheme
        self.computed_fen = self.computation(plan).amount_fen
        if not self.computed_fen:
            raise NothingDue
        self.fund_id, self.document_no = fund_id, document_no
        self.approved_fen, self.approved_by, self.approved_on = self.computed_fen, by, on
        return self.computed_fen

    def approve_by_scheme(self, amount_fen: int, by: str, on: date) -> None:
        """The higher union's status file says so."""
        self.move("approve")
        self.approved_fen, self.approved_by, self.approved_on = amount_fen, by, on

    def pay(self, amount_fen: int, on: date) -> None:
        """The money has reached the worker. Raises SchemeAmountDiffers."""
        self.move("pay")
        if amount_fen != self.approved_fen:
            raise SchemeAmountDiffers(approved=format_yuan(self.approved_fen or 0), paid=format_yuan(amount_fen))
        self.paid_fen, self.paid_on = amount_fen, on
        self.record("mutual_aid_claim_paid", claim_id=self.id, worker_id=self.worker_id, amount_fen=amount_fen,
                    paid_on=on, is_external=self.is_external)

    def suggest_outreach(self) -> None:
        """A large claim and no hardship file (BLD-5): somebody should go and see."""
        self.record("mutual_aid_outreach_suggested", claim_id=self.id, worker_id=self.worker_id)

    def give_back(self) -> None:
        """The bank returned the money."""
        self.move("return")
        self.paid_fen, self.paid_on = 0, None

    def recover(self, reason: str) -> None:
        """Paid by mistake and recovered from the worker."""
        self.move("recover")
        self.paid_fen, self.paid_on = 0, None
        self._tell_declined(reason)

    def decline(self, reason: str) -> None:
        """Not paid, with the reason."""
        self.move("decline")
        self._tell_declined(reason)

    def _tell_declined(self, reason: str) -> None:
        self.declined_reason = reason
        self.record("mutual_aid_claim_declined", claim_id=self.id, worker_id=self.worker_id)
