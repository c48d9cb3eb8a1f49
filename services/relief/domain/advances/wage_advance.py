"""Wage advance (工资垫付): the union pays workers what an employer owes and cannot pay for now; the employer repays.

It is the union's or donors' money, not the government's revolving fund (应急周转金, 保障农民工工资支付条例 art. 63).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.advances.employer_payment import EmployerPayment
from services.relief.domain.advances.policy import AdvancePolicy
from services.relief.domain.advances.refusals import (
    AdvanceAboveClaim,
    AdvancePayeeUnfit,
    AdvanceSumWrong,
    BankCardMissing,
    CashReceiptUnknown,
    ClaimTwice,
    NotAnEmergency,
    RatificationMissed,
    RepaidOnImpossible,
    RepaymentAboveBalance,
    SignedInFuture,
    WriteOffBeforeRatification,
    WriteOffNotProposed,
)
from services.relief.domain.advances.standing import Standing
from services.relief.domain.advances.states import ADVANCE
from services.relief.domain.duty import different
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.funds.purposes import PurposeRule
from services.relief.domain.funds.receipt import told
from services.relief.domain.funds.refusals import ReceiptKnown
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of

PROPOSAL, APPROVAL = "提出垫付 / proposal", "审批 / approval"

#: workers that a refusal names
MOST_NAMED = 20


@dataclass(eq=False)
class AdvanceLine:
    """What one worker is advanced of their own claim. Unless it is refused, no other advance may hold the claim.

    `employer_paid_fen` is what the employer paid the worker directly, as far as any advance of the claim knows.
    `most_fen` is what was asked for, from the approval on what was approved (0: left out): a reversed entry of such a
    payment brings back no more.
    """

    id: str
    position: int
    claim_id: str
    worker_id: str
    claimed_fen: int
    advanced_fen: int
    is_refused: bool = False
    cash_receipt_no: str | None = None
    employer_paid_fen: int = 0
    most_fen: int = 0

    @property
    def owed_fen(self) -> int:
        """What the employer owes the worker."""
        return self.claimed_fen - self.employer_paid_fen

    @property
    def refused_because(self) -> str | None:
        """EMPLOYER_PAID: paid in full by the employer; ADVANCE_REFUSED: with the whole advance."""
        if not self.is_refused:
            return None
        return "EMPLOYER_PAID" if self.owed_fen <= 0 else "ADVANCE_REFUSED"


@dataclass(eq=False)
class Repayment:
    """Money the employer has returned, by the bank's receipt."""

    id: str
    receipt_no: str
    amount_fen: int
    repaid_on: date
    recorded_by: str


@dataclass(eq=False)
class WageAdvance(Aggregate):
    """`outstanding_fen` = disbursed − repaid − written off. Amounts are fen, people are account ids. `tier` (帮扶层次)
    is what the rules made of it when it was proposed."""

    machine = ADVANCE

    id: str
    org_path: str
    advance_no: str
    dispute_id: str
    employer_id: str
    reason: str
    total_fen: int
    proposed_by: str
    created_at: datetime
    request_id: str | None = None
    lines: list[AdvanceLine] = field(default_factory=list)
    repayments: list[Repayment] = field(default_factory=list)
    employer_payments: list[EmployerPayment] = field(default_factory=list)
    is_emergency: bool = False
    approved_by: str | None = None
    approved_on: date | None = None
    ratify_due_on: date | None = None
    ratified_by: str | None = None
    ratified_on: date | None = None
    ratification_missed: bool = False
    refused_reason: str | None = None
    alternatives: list[str] = field(default_factory=list)
    signer: str | None = None
    signed_on: date | None = None
    repay_due_on: date | None = None
    evidence_no: str | None = None
    assignment_no: str | None = None
    fund_id: str | None = None
    document_no: str | None = None
    disbursed_by: str | None = None
    disbursed_on: date | None = None
    disbursed_fen: int = 0
    repaid_fen: int = 0
    written_off_fen: int = 0
    recovery_note: str | None = None
    write_off_reason: str | None = None
    write_off_evidence_no: str | None = None
    write_off_proposed_by: str | None = None
    written_off_by: str | None = None
    next_remind_on: date | None = None
    extensions: list[dict[str, Any]] = field(default_factory=list)
    day_corrections: list[dict[str, Any]] = field(default_factory=list)
    recovery_id: str | None = None
    recovery_stage: str | None = None
    tier: str = "EMERGENCY"
    state: str = "PROPOSED"
    version: int = 1

    @property
    def outstanding_fen(self) -> int:
        return self.disbursed_fen - self.repaid_fen - self.written_off_fen

    @property
    def twice_fen(self) -> int:
        """What workers have from the union and from the employer both."""
        if not self.disbursed_fen:
            return 0
        return sum(max(0, line.advanced_fen - max(0, line.owed_fen)) for line in self.payable)

    @property
    def is_collective(self) -> bool:
        """Whether the leading group has decided: an approval of its own, or its ratification."""
        return self.ratified_on is not None or (self.approved_on is not None and not self.is_emergency)

    # -- proposal ----------------------------------------------------------------------------------------------

    def set_lines(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self.lines = [AdvanceLine(new_id(), n, line["claim_id"], line["worker_id"], line["claimed_fen"],
                                  line["advanced_fen"], most_fen=line["advanced_fen"]) for n, line in enumerate(lines)]

    def check(self) -> None:
        """Raises ClaimTwice, AdvanceAboveClaim, AdvanceSumWrong."""
        seen: set[str] = set()
        for line in self.lines:
            pointer = f"/lines/{line.position}"
            if line.claim_id in seen:
                raise ClaimTwice(pointer=f"{pointer}/claim_id", claim_id=line.claim_id)
            if line.advanced_fen > line.claimed_fen:
                raise AdvanceAboveClaim(pointer=f"{pointer}/advanced_fen", advanced=format_yuan(line.advanced_fen),
                                        claimed=format_yuan(line.claimed_fen))
            seen.add(line.claim_id)
        sum_fen = sum(line.advanced_fen for line in self.payable)
        if sum_fen != self.total_fen:
            raise AdvanceSumWrong(pointer="/total_fen", sum=format_yuan(sum_fen), total=format_yuan(self.total_fen))

    def hold_to(self, policy: AdvancePolicy, beside: Standing) -> None:
        """Within the limits, together with what stands beside it. Raises AboveCap."""
        policy.check(self.total_fen, self.payable, beside)

    def tell_proposed(self) -> None:
        self.record("wage_advance_proposed", advance_id=self.id, advance_no=self.advance_no,
                    dispute_id=self.dispute_id, total_fen=self.total_fen)

    # -- decision ----------------------------------------------------------------------------------------------

    def approve_emergency(self, by: str, on: date, policy: AdvancePolicy, beside: Standing) -> None:
        """The chair alone, the same day; the leading group ratifies within D-28. Raises SamePerson, AboveCap."""
        different(by, APPROVAL, (PROPOSAL, self.proposed_by))
        self._approve("approve_emergency", by, on, is_emergency=True)
        policy.check_emergency(self.total_fen, beside)
        self.hold_to(policy, beside)
        self.ratify_due_on = deadlines.due("D-28", on, division=division_of(self.org_path)).due_on

    def approve(self, by: str, on: date, policy: AdvancePolicy, beside: Standing) -> None:
        """The leading group. Raises SamePerson, AboveCap."""
        different(by, APPROVAL, (PROPOSAL, self.proposed_by))
        self._approve("approve", by, on, is_emergency=False)
        self.hold_to(policy, beside)

    def _approve(self, command: str, by: str, on: date, *, is_emergency: bool) -> None:
        self.move(command)
        self.approved_by, self.approved_on, self.is_emergency = by, on, is_emergency
        for line in self.lines:
            line.most_fen = 0 if line.is_refused else line.advanced_fen
        self.record("wage_advance_approved", advance_id=self.id, dispute_id=self.dispute_id, is_emergency=is_emergency)

    def ratify(self, by: str, on: date) -> None:
        """The leading group confirms an emergency approval (追认), also late, and also of what was written off before
        that asked for it. Raises NotAnEmergency, SamePerson."""
        self.move("ratify")
        if not self.is_emergency or self.ratified_on:
            raise NotAnEmergency
        different(by, "追认 / ratification", (PROPOSAL, self.proposed_by), (APPROVAL, self.approved_by))
        self.ratified_by, self.ratified_on = by, on
        self.record("wage_advance_ratified", advance_id=self.id, dispute_id=self.dispute_id, ratified_on=on)

    def miss_ratification(self) -> None:
        """The days of D-28 have passed without ratification."""
        self.ratification_missed = True
        self.touch()
        self.record("wage_advance_ratification_missed", advance_id=self.id, advance_no=self.advance_no,
                    ratify_due_on=self.ratify_due_on)

    def refuse(self, reason: str, alternatives: Sequence[str]) -> None:
        """Not advanced, with the ways that remain; its claims are free again. Possible until money has been paid."""
        self.move("refuse")
        self.refused_reason, self.alternatives = reason, list(alternatives)
        for line in self.lines:
            line.is_refused = True
        self.record("wage_advance_refused", advance_id=self.id, dispute_id=self.dispute_id, reason=reason)

    # -- securing and paying -----------------------------------------------------------------------------------

    def sign_undertaking(self, signer: str, signed_on: date, repay_due_on: date, evidence_no: str,
                         assignment_no: str | None, policy: AdvancePolicy, today: date) -> None:
        """The employer promises to repay by a day (归还承诺书). Raises SignedInFuture, TermTooLong, DueBeforeStart."""
        self.move("sign_undertaking")
        if signed_on > today:
            raise SignedInFuture(pointer="/signed_on", signed_on=str(signed_on))
        policy.check_term(repay_due_on, signed_on)
        self.agree_on(repay_due_on, signed_on)
        self.signer, self.signed_on = signer, signed_on
        self.evidence_no, self.assignment_no = evidence_no, assignment_no
        self.record("repayment_undertaken", advance_id=self.id, dispute_id=self.dispute_id, repay_due_on=repay_due_on)

    def agree_on(self, repay_due_on: date, start_on: date) -> None:
        """The day of D-27, with reminders on the way to it. Raises DueBeforeStart."""
        agreed = deadlines.agreed("D-27", start_on, repay_due_on, division_of(self.org_path))
        self.repay_due_on, self.next_remind_on = repay_due_on, next(iter(agreed.remind_on()), None)

    @property
    def payable(self) -> list[AdvanceLine]:
        return [line for line in self.lines if not line.is_refused]

    def holds(self, claim_id: str) -> bool:
        return any(line.claim_id == claim_id for line in self.payable)

    def disburse(self, fund_id: str, rule: PurposeRule, document_no: str, receipts: Mapping[str, str],
                 faults: Mapping[str, str], by: str, on: date) -> list[Posting]:
        """Pay every line, to the worker's own card or in cash against a signed receipt (claim → receipt number).
        `faults`: worker → why the bank must not get the line (name, ID and card do not match).

        Returns what the fund's ledger must say. Raises SamePerson, PurposeDenied, NeedsCollectiveApproval,
        RatificationMissed, CashReceiptUnknown, BankCardMissing, AdvancePayeeUnfit.
        """
        different(by, "发放 / disbursement", (PROPOSAL, self.proposed_by), (APPROVAL, self.approved_by))
        self.move("disburse")
        rule.require(is_collective=self.is_collective)
        if self.ratify_due_on and not self.ratified_on and on > self.ratify_due_on:
            raise RatificationMissed(ratify_due_on=str(self.ratify_due_on))
        self._take_receipts(receipts, faults)
        self.fund_id, self.document_no, self.disbursed_by, self.disbursed_on = fund_id, document_no, by, on
        self.disbursed_fen = self.total_fen
        self.record("wage_advance_disbursed", advance_id=self.id, advance_no=self.advance_no,
                    dispute_id=self.dispute_id, total_fen=self.total_fen, disbursed_on=on, lines=self.payable)
        return [Posting(line.advanced_fen, document_no, "WageAdvance", self.id, line.claim_id) for line in self.payable]

    def _take_receipts(self, receipts: Mapping[str, str], faults: Mapping[str, str]) -> None:
        unknown = sorted(set(receipts) - {line.claim_id for line in self.payable})
        if unknown:
            raise CashReceiptUnknown(pointer="/cash_receipts", claim_id=unknown[0])
        for line in self.payable:
            line.cash_receipt_no = receipts.get(line.claim_id)
        by_card = [line.worker_id for line in self.payable if not line.cash_receipt_no]
        missing = [worker_id for worker_id in by_card if faults.get(worker_id) == "CARD_MISSING"]
        if missing:
            raise BankCardMissing(count=len(missing), worker_ids=", ".join(missing[:MOST_NAMED]))
        unfit = [f"{worker_id} {faults[worker_id]}" for worker_id in by_card if worker_id in faults]
        if unfit:
            raise AdvancePayeeUnfit(count=len(unfit), workers=", ".join(unfit[:MOST_NAMED]))

    # -- getting it back ---------------------------------------------------------------------------------------

    def repay(self, amount_fen: int, receipt_no: str, repaid_on: date, by: str, today: date) -> Posting:
        """The employer returned money. Raises ReceiptKnown, RepaidOnImpossible, RepaymentAboveBalance."""
        full = amount_fen == self.outstanding_fen
        self.move("repay_full" if full else "repay_part")
        if any(known.receipt_no == receipt_no for known in self.repayments):
            raise ReceiptKnown(pointer="/receipt_no", receipt_no=receipt_no, **told("ADVANCE", self.advance_no))
        if not (self.disbursed_on or today) <= repaid_on <= today:
            raise RepaidOnImpossible(pointer="/repaid_on", disbursed_on=str(self.disbursed_on), today=str(today))
        if amount_fen > self.outstanding_fen:
            raise RepaymentAboveBalance(pointer="/amount_fen", balance=format_yuan(self.outstanding_fen),
                                        amount=format_yuan(amount_fen), balance_fen=self.outstanding_fen)
        repayment = Repayment(new_id(), receipt_no, amount_fen, repaid_on, by)
        self.repayments.append(repayment)
        self.repaid_fen += amount_fen
        self.record("wage_advance_repaid", advance_id=self.id, advance_no=self.advance_no, dispute_id=self.dispute_id,
                    amount_fen=amount_fen, repaid_fen=self.repaid_fen, balance_fen=self.outstanding_fen, is_full=full,
                    repaid_on=repaid_on)
        return Posting(amount_fen, receipt_no, "WageAdvance", self.id, repayment.id)

    def pass_due(self) -> None:
        """The undertaken day (D-27) has passed with a balance."""
        self.move("pass_due")
        self.record("wage_advance_overdue", advance_id=self.id, advance_no=self.advance_no, dispute_id=self.dispute_id,
                    employer_id=self.employer_id, balance_fen=self.outstanding_fen, repay_due_on=self.repay_due_on)

    def start_recovery(self, note: str, assignment_no: str | None) -> None:
        """Claim assignment (债权转让) and payment order, with legal."""
        self.move("start_recovery")
        self.recovery_note = note
        self.assignment_no = assignment_no or self.assignment_no
        self.record("wage_advance_recovery_started", advance_id=self.id, dispute_id=self.dispute_id)

    def _require_collective(self) -> None:
        if not self.is_collective:
            raise WriteOffBeforeRatification

    def propose_write_off(self, reason: str, evidence_no: str, by: str) -> None:
        """The leading group gives up only what it has approved itself. Raises WriteOffBeforeRatification."""
        self.move("propose_write_off")
        self._require_collective()
        self.write_off_reason, self.write_off_evidence_no, self.write_off_proposed_by = reason, evidence_no, by

    def confirm_write_off(self, by: str) -> Posting:
        """The balance is given up (核销), by a second person. Raises WriteOffBeforeRatification, WriteOffNotProposed,
        SamePerson."""
        self.move("confirm_write_off")
        self._require_collective()
        if self.write_off_proposed_by is None or self.write_off_evidence_no is None:
            raise WriteOffNotProposed
        different(by, "确认核销 / confirming the write-off", ("提出核销 / proposing it", self.write_off_proposed_by))
        balance_fen = self.outstanding_fen
        self.written_off_by, self.written_off_fen = by, balance_fen
        self.record("wage_advance_written_off", advance_id=self.id, advance_no=self.advance_no,
                    dispute_id=self.dispute_id, balance_fen=balance_fen)
        return Posting(balance_fen, self.write_off_evidence_no, "WageAdvance", self.id, "write-off")
