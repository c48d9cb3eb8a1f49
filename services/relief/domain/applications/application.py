"""Relief application (救助申请): one need of one household, from the request to money that has arrived."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.applications.caps import Computation, missing_facts
from services.relief.domain.applications.kinds import FACT_NAMES
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import (
    AboveAsked,
    AboveReliefCap,
    FactsMissing,
    FindingUnexplained,
    NoticeNotOver,
    OutsideApprovalMissing,
    RecoveryNotProposed,
    ReturnedBefore,
)
from services.relief.domain.applications.sealed import opened, sealed
from services.relief.domain.applications.states import APPLICATION
from services.relief.domain.duty import different
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan, total
from shared.kernel.org import division_of

SURVEY, SUBMISSION, REVIEW = "入户调查 / survey", "提交 / submission", "受理审核 / review"
PROPOSAL, RECOVERY = "拟定救助 / proposal", "提出追回 / proposing the recovery"
ABOUT = "ReliefApplication"


@dataclass(eq=False)
class ReliefApplication(Aggregate):
    """Amounts are fen, people are account ids. `person_id` is whose need it is (of a student, the parent who applies),
    `worker_id` who is paid: that person, the head of the household or the parent who was named. What the need is and
    who else helped are sensitive and kept encrypted as JSON text."""

    machine = APPLICATION
    id: str
    org_path: str
    application_no: str
    relief_type: str
    whom: str
    tier: str
    person_id: str
    worker_id: str
    household_id: str
    year: int
    submitted_by: str
    created_at: datetime
    file_id: str | None = None
    household: list[str] = field(default_factory=list)
    asked_fen: int | None = None
    sealed_need: str = "{}"
    sealed_other_aid: str = "[]"
    need_key: str = ""
    student_key: str | None = None
    school_year: int | None = None
    missing: list[str] = field(default_factory=list)
    returned_on: date | None = None
    return_note: str | None = None
    completed_by: str | None = None
    cap_fen: int | None = None
    rule_set: str | None = None
    document: str | None = None
    certainty: str | None = None
    computed_on: date | None = None
    explanation_zh: list[str] = field(default_factory=list)
    explanation_en: list[str] = field(default_factory=list)
    counted_claims: list[str] = field(default_factory=list)
    findings: list[dict[str, str]] = field(default_factory=list)
    finding_note: str | None = None
    proposed_fen: int | None = None
    proposed_by: str | None = None
    notice_place: str | None = None
    notice_until: date | None = None
    objection: str | None = None
    outside_document_no: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    document_no: str | None = None
    fund_id: str | None = None
    fund_source: str | None = None
    paid_on: date | None = None
    paid_fen: int = 0
    receipt_no: str | None = None
    closed_on: date | None = None
    recovered_fen: int = 0
    written_off_fen: int = 0
    recovery_reason: str | None = None
    recovery_proposed_by: str | None = None
    reason: str | None = None
    state: str = "SUBMITTED"
    version: int = 1

    @property
    def need(self) -> dict[str, Any]:
        """The facts of the need."""
        return opened(json.loads(self.sealed_need), "happened_on")

    @property
    def other_aid(self) -> list[dict[str, Any]]:
        """What other payers gave."""
        return [opened(one, "paid_on") for one in json.loads(self.sealed_other_aid)]

    @property
    def same_need_aid(self) -> tuple[tuple[str, int], ...]:
        """What others gave for this very need: payer and fen."""
        return tuple((one["payer"], one["amount_fen"]) for one in self.other_aid if one["is_same_need"])

    def belongs_to(self, worker_id: str) -> bool:
        return worker_id in (self.worker_id, self.person_id, *self.household)

    # -- application -------------------------------------------------------------------------------------------

    def set_facts(self, need: Mapping[str, Any], other_aid: Sequence[Mapping[str, Any]]) -> None:
        """Raises SumTooLarge."""
        total((f"/other_aid/{n}/amount_fen", aid["amount_fen"]) for n, aid in enumerate(other_aid))
        self.sealed_need = sealed({name: value for name, value in need.items() if value not in (None, "", [])})
        self.sealed_other_aid = sealed(other_aid)

    def tell_applied(self) -> None:
        self._tell("relief_applied", worker_id=self.worker_id, file_id=self.file_id)

    def return_once(self, missing: Sequence[str], note: str, on: date) -> None:
        """The applicant is told once, all together, what is missing (一次性告知). Raises ReturnedBefore."""
        if self.returned_on is not None and self.state == "SUBMITTED":
            raise ReturnedBefore
        self.move("return_once")
        self.missing, self.return_note, self.returned_on = list(missing), note, on
        self._tell("relief_returned", missing=self.missing)

    def supplement(self, need: Mapping[str, Any], other_aid: Sequence[Mapping[str, Any]] | None) -> None:
        """What is given goes over what was there."""
        self.move("supplement")
        self.set_facts({**self.need, **need}, self.other_aid if other_aid is None else other_aid)

    def complete(self, programme: Programme, by: str) -> None:
        """Nothing is missing (受理). Raises FactsMissing."""
        self.machine.next(self.state, "complete")
        if missing := missing_facts(programme, self.need):
            raise FactsMissing(facts_zh="、".join(FACT_NAMES[name][0] for name in missing),
                               facts_en=", ".join(FACT_NAMES[name][1] for name in missing))
        self.move("complete")
        self.missing, self.completed_by = [], by

    def add_other_aid(self, aid: Mapping[str, Any]) -> None:
        """Aid of others that came to light (DUP-2, DUP-4): what was computed before does not hold any more."""
        self.move("add_other_aid")
        self.set_facts(self.need, [*self.other_aid, aid])
        self._uncompute()

    # -- decision ----------------------------------------------------------------------------------------------

    def take_computation(self, found: Computation, findings: Sequence[dict[str, str]], on: date) -> None:
        self.move("compute")
        rule = found.programme
        self.cap_fen, self.computed_on, self.findings = found.cap_fen, on, list(findings)
        self.rule_set, self.document, self.certainty = rule.rule_set, rule.document, rule.certainty
        self.explanation_zh, self.explanation_en = list(found.steps_zh), list(found.steps_en)
        self._tell("relief_computed", cap_fen=found.cap_fen, rule_set=rule.rule_set)

    def propose(self, amount_fen: int, finding_note: str | None, surveyors: Sequence[str], by: str) -> None:
        """A person decides within the cap and what was asked. Raises SamePerson, AboveReliefCap, AboveAsked,
        FindingUnexplained."""
        different(by, PROPOSAL, (SUBMISSION, self.submitted_by), (SURVEY, surveyors))
        self.move("propose")
        self.require_within(amount_fen, self.cap_fen or 0, self.document or "")
        if self.asked_fen is not None and amount_fen > self.asked_fen:
            raise AboveAsked(pointer="/amount_fen", proposed=format_yuan(amount_fen), asked=format_yuan(self.asked_fen))
        if self.findings and not finding_note:
            raise FindingUnexplained(pointer="/finding_note", count=len(self.findings))
        self.proposed_fen, self.proposed_by, self.finding_note = amount_fen, by, finding_note
        self._tell("relief_proposed", amount_fen=amount_fen)

    def require_within(self, amount_fen: int, cap_fen: int, document: str) -> None:
        """Raises AboveReliefCap."""
        if amount_fen > cap_fen:
            raise AboveReliefCap(pointer="/amount_fen", proposed=format_yuan(amount_fen), cap=format_yuan(cap_fen),
                                 document=document)

    def post_notice(self, place: str, on: date) -> None:
        """Shown publicly (公示) for the working days of D-22, without names of illnesses or children."""
        self.move("post_notice")
        self.notice_place, self.objection = place, None
        self.notice_until = deadlines.due("D-22", on, division=division_of(self.org_path)).due_on
        self._tell("relief_notice_posted", notice_until=self.notice_until)

    def object(self, text: str) -> None:
        """An objection to the notice: looked into, computed and proposed anew."""
        self.move("object")
        self._uncompute()
        self.objection = text
        self._tell("relief_objected")

    def approve(self, programme: Programme, surveyors: Sequence[str], outside_document_no: str | None,
                document_no: str, by: str, on: date) -> None:
        """Raises SamePerson, NoticeNotOver, OutsideApprovalMissing. Money is reserved in the same transaction."""
        different(by, "审批 / approval", (SUBMISSION, self.submitted_by), (SURVEY, surveyors),
                  (REVIEW, self.completed_by), (PROPOSAL, self.proposed_by))
        self.move("approve")
        if programme.needs_notice and (self.notice_until is None or on <= self.notice_until):
            raise NoticeNotOver(notice_until=str(self.notice_until or "-"))
        outside = programme.outside_of(self.amount_fen)
        if outside and not outside_document_no:
            raise OutsideApprovalMissing(pointer="/outside_document_no", amount=format_yuan(self.amount_fen),
                                         above=format_yuan(outside.above_fen), level=outside.level,
                                         document=programme.document)
        self.outside_document_no, self.document_no = outside_document_no, document_no
        self.approved_by, self.approved_on = by, on
        self._tell("relief_approved", amount_fen=self.amount_fen)

    @property
    def amount_fen(self) -> int:
        """What was proposed, and is paid once it is approved."""
        return self.proposed_fen or 0

    def reject(self, reason: str) -> None:
        self.move("reject")
        self.reason = reason
        self._tell("relief_rejected")

    def withdraw(self, reason: str) -> None:
        self.move("withdraw")
        self.reason = reason
        self._tell("relief_withdrawn")

    # -- money -------------------------------------------------------------------------------------------------

    def reserve(self, fund_id: str, fund_source: str) -> None:
        self.move("reserve")
        self.fund_id, self.fund_source = fund_id, fund_source
        self._tell("relief_reserved", amount_fen=self.amount_fen, fund_id=fund_id)

    def hand_over(self, receipt_no: str, on: date) -> None:
        """Goods given against a signature."""
        self.move("hand_over")
        self._close(receipt_no, on)

    def pay(self, on: date) -> None:
        """The bank says that the money arrived: all of it, or the last instalment."""
        self.move("pay")
        self._paid(self.amount_fen - self.paid_fen, on)

    def pay_part(self, amount_fen: int, on: date) -> None:
        """An instalment arrived, and others follow."""
        self.move("pay_part")
        self._paid(amount_fen, on)

    def _paid(self, amount_fen: int, on: date) -> None:
        self.paid_on, self.paid_fen = on, self.paid_fen + amount_fen
        self._tell("relief_paid", worker_id=self.worker_id, file_id=self.file_id, tier=self.tier,
                   amount_fen=amount_fen, fund_source=self.fund_source, month=f"{on:%Y-%m}", paid_on=on)

    def stop(self, reason: str) -> None:
        """No further instalments; what was paid is what was given."""
        self.move("stop")
        self.proposed_fen, self.reason = self.paid_fen, reason
        self._tell("relief_instalments_stopped", amount_fen=self.paid_fen)

    def fail(self, reason: str) -> None:
        """The bank could not pay: the money is reserved still, another batch may take it."""
        self.move("fail")
        self.reason = reason or None
        self._tell("relief_payment_failed")

    def return_part(self, amount_fen: int, reason: str) -> None:
        """An instalment came back from the bank while others are still to be paid."""
        self.move("return_part")
        self.paid_fen, self.reason = self.paid_fen - amount_fen, reason or None
        self._tell("relief_payment_returned")

    def return_payment(self, reason: str, amount_fen: int | None = None) -> None:
        """What was paid, or an instalment of it, came back from the bank."""
        self.move("return_payment")
        self.paid_fen -= self.paid_fen if amount_fen is None else amount_fen
        self.reason, self.paid_on, self.closed_on, self.receipt_no = reason or None, None, None, None
        self.recovery_proposed_by = self.recovery_reason = None
        self._tell("relief_payment_returned")

    def confirm_receipt(self, receipt_no: str, on: date) -> None:
        """The household says that it has the money, in a visit or by message."""
        self.move("confirm_receipt")
        self._close(receipt_no, on)

    def propose_recovery(self, reason: str, by: str) -> None:
        """Paid by fraud or above the cap (追回)."""
        self.move("propose_recovery")
        self.recovery_reason, self.recovery_proposed_by = reason, by

    def confirm_recovery(self, by: str) -> None:
        """Raises SamePerson, RecoveryNotProposed."""
        different(by, "确认追回 / confirming the recovery", (RECOVERY, self.recovery_proposed_by))
        self.machine.next(self.state, "confirm_recovery")
        if self.recovery_proposed_by is None:
            raise RecoveryNotProposed
        self.move("confirm_recovery")
        self._tell("relief_recovery_started", worker_id=self.worker_id, amount_fen=self.amount_fen)

    def recover_part(self, amount_fen: int) -> None:
        """A part of the money is back (分期追回); the rest is owed."""
        self.move("recover_part")
        self.recovered_fen += amount_fen
        self._tell("relief_partly_recovered", amount_fen=amount_fen, recovered_fen=self.recovered_fen,
                   owed_fen=self.amount_fen - self.recovered_fen)

    def recover(self) -> None:
        """All the money is back."""
        self.move("recover")
        self.recovered_fen = self.amount_fen
        self._tell("relief_recovered", amount_fen=self.amount_fen)

    def write_off(self, amount_fen: int) -> None:
        """The rest that will never come back is given up (核销), by two persons."""
        self.move("write_off")
        self.written_off_fen = amount_fen
        self._tell("relief_written_off", amount_fen=amount_fen)

    def follow_file(self, org_path: str) -> None:
        """The household's file lies with another union now (转档), which goes on with what is undecided."""
        self.org_path = org_path
        self.touch()

    def forget(self) -> None:
        """The file it belongs to was destroyed (档案销毁): what was given, when and by whom stays; why does not."""
        self._uncompute_words()
        self.sealed_need, self.sealed_other_aid = "{}", "[]"
        self.return_note = self.objection = self.recovery_reason = self.reason = self.notice_place = None
        self.touch()

    def _close(self, receipt_no: str, on: date) -> None:
        self.receipt_no, self.closed_on = receipt_no, on
        self._tell("relief_closed", amount_fen=self.amount_fen)

    def _uncompute(self) -> None:
        self.cap_fen = self.proposed_fen = self.proposed_by = None
        self.notice_place, self.notice_until, self.counted_claims = None, None, []
        self._uncompute_words()

    def _uncompute_words(self) -> None:
        self.explanation_zh, self.explanation_en, self.findings, self.finding_note = [], [], [], None

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, application_id=self.id, application_no=self.application_no, relief_type=self.relief_type,
                    **data)
