"""Yearly budget (年度预算) of a fund: how much may go to each purpose in a year, approved before it is spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.funds.refusals import BudgetPurposeTwice, BudgetYearImpossible
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import check_fen, total
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

MAKERS = (Role.CASHIER, Role.CENTRE_DIRECTOR)
APPROVERS = (Role.CHAIR, Role.LEADING_GROUP)
DRAFTING, SUBMISSION = "编制预算 / drafting", "提交预算 / submission"
APPROVAL, REVISION = "批准预算 / approval", "提出调整 / proposing the revision"

BUDGET = Machine("DRAFT", [
    Move(("DRAFT",), "edit", "DRAFT", MAKERS),
    Move(("DRAFT",), "submit", "SUBMITTED", MAKERS),
    Move(("SUBMITTED",), "send_back", "DRAFT", APPROVERS),
    Move(("SUBMITTED",), "approve", "APPROVED", APPROVERS),
    Move(("APPROVED",), "propose_revision", "REVISING", MAKERS),
    Move(("REVISING",), "refuse_revision", "APPROVED", APPROVERS),
    Move(("REVISING",), "approve_revision", "APPROVED", APPROVERS),
])
Lines = list[dict[str, Any]]


@dataclass(eq=False)
class BudgetEdition:
    """An edition that was approved: the first one, then one for each revision. It is never changed."""

    id: str
    number: int
    lines: Lines
    reason: str
    proposed_by: str
    approved_by: str
    approved_on: date


@dataclass(eq=False)
class Budget(Aggregate):
    """`lines` hold purpose and fen. While a revision waits, the lines approved before stay in force."""

    machine = BUDGET

    id: str
    org_path: str
    budget_no: str
    fund_id: str
    year: int
    drafted_by: str
    created_at: datetime
    lines: Lines = field(default_factory=list)
    editions: list[BudgetEdition] = field(default_factory=list)
    submitted_by: str | None = None
    sent_back_reason: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    revision_lines: Lines | None = None
    revision_reason: str | None = None
    revised_by: str | None = None
    state: str = "DRAFT"
    version: int = 1

    @classmethod
    def draft(cls, id: str, org_path: str, budget_no: str, fund_id: str, year: int, lines: Sequence[Mapping[str, Any]],
              by: str, at: datetime) -> Budget:
        """Raises BudgetYearImpossible, BudgetPurposeTwice, AmountInvalid."""
        if year not in (at.year, at.year + 1):
            raise BudgetYearImpossible(pointer="/year", this=at.year, next=at.year + 1, year=year)
        return cls(id, org_path, budget_no, fund_id, year, by, at, checked(lines))

    @property
    def total_fen(self) -> int:
        return sum(line["amount_fen"] for line in self.lines)

    def edit(self, lines: Sequence[Mapping[str, Any]], by: str) -> None:
        self.move("edit")
        self.lines, self.drafted_by = checked(lines), by

    def submit(self, by: str) -> None:
        self.move("submit")
        self.submitted_by, self.sent_back_reason = by, None

    def send_back(self, reason: str) -> None:
        self.move("send_back")
        self.sent_back_reason = reason

    def approve(self, by: str, on: date) -> None:
        """Raises SamePerson."""
        different(by, APPROVAL, (DRAFTING, self.drafted_by), (SUBMISSION, self.submitted_by))
        self.move("approve")
        self._put_in_force("年初预算 / first edition", self.drafted_by, by, on)
        self.record("budget_approved", budget_id=self.id, budget_no=self.budget_no, fund_id=self.fund_id,
                    year=self.year, total_fen=self.total_fen)

    def propose_revision(self, lines: Sequence[Mapping[str, Any]], reason: str, by: str) -> None:
        """Other figures for the rest of the year (预算调整), with the reason."""
        self.move("propose_revision")
        self.revision_lines, self.revision_reason, self.revised_by = checked(lines), reason, by

    def refuse_revision(self, reason: str) -> None:
        self.move("refuse_revision")
        self.revision_lines, self.revision_reason, self.sent_back_reason = None, None, reason

    def approve_revision(self, by: str, on: date) -> None:
        """Raises SamePerson."""
        different(by, "批准调整 / approving the revision", (REVISION, self.revised_by))
        self.move("approve_revision")
        self.lines, self.revision_lines = list(self.revision_lines or []), None
        self._put_in_force(str(self.revision_reason), str(self.revised_by), by, on)
        self.revision_reason, self.sent_back_reason = None, None
        self.record("budget_revised", budget_id=self.id, budget_no=self.budget_no, fund_id=self.fund_id,
                    year=self.year, total_fen=self.total_fen, edition=len(self.editions))

    def _put_in_force(self, reason: str, proposed_by: str, by: str, on: date) -> None:
        self.approved_by, self.approved_on = by, on
        self.editions.append(BudgetEdition(new_id(), len(self.editions) + 1, list(self.lines), reason, proposed_by, by,
                                           on))


def checked(lines: Sequence[Mapping[str, Any]]) -> Lines:
    """The lines as they are kept. Raises BudgetPurposeTwice, AmountInvalid, SumTooLarge."""
    seen: set[str] = set()
    for n, line in enumerate(lines):
        if line["purpose"] in seen:
            raise BudgetPurposeTwice(pointer=f"/lines/{n}/purpose", purpose=line["purpose"])
        seen.add(line["purpose"])
        check_fen(line["amount_fen"], least=0, pointer=f"/lines/{n}/amount_fen")
    total((f"/lines/{n}/amount_fen", line["amount_fen"]) for n, line in enumerate(lines))
    return [{"purpose": line["purpose"], "amount_fen": line["amount_fen"]} for line in lines]
