"""An advance on its way back: reminders, a later day, legal's recovery, money after the write-off."""

from __future__ import annotations

from datetime import date

from services.relief.domain.advances.policy import AdvancePolicy
from services.relief.domain.advances.refusals import (
    DayNotEarlier,
    DayNotProposed,
    ExtendedOften,
    ExtensionNotLater,
    LateRepaymentAboveWriteOff,
    RepaidOnImpossible,
)
from services.relief.domain.advances.wage_advance import Repayment, WageAdvance
from services.relief.domain.duty import different
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.funds.receipt import told
from services.relief.domain.funds.refusals import ReceiptKnown
from shared.kernel import deadlines
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of

#: of legal's recovery case, in the order of its way
STAGES = ("OPENED", "ORDER_SOUGHT", "ORDER_ISSUED", "RECOVERED", "CLOSED")


def remind(advance: WageAdvance, today: date) -> None:
    """Tell that the undertaken day comes near: at half of the time, at 80 %, and the day before."""
    advance.move("remind")
    start_on, due_on = _start_of(advance), advance.repay_due_on or today
    days = deadlines.agreed("D-27", start_on, due_on, division_of(advance.org_path)).remind_on()
    advance.next_remind_on = next((day for day in days if day > today), None)
    advance.record("wage_advance_repayment_reminded", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, employer_id=advance.employer_id,
                   balance_fen=advance.outstanding_fen, repay_due_on=due_on)


def _start_of(advance: WageAdvance) -> date:
    """When the time to the present day of repayment began."""
    if advance.extensions:
        return date.fromisoformat(advance.extensions[-1]["extended_on"])
    return advance.signed_on or advance.approved_on or advance.created_at.date()


def extend(advance: WageAdvance, repay_due_on: date, reason: str, evidence_no: str, policy: AdvancePolicy, by: str,
           today: date) -> None:
    """The leading group agrees to a later day, on a new paper of the employer. Raises ExtendedOften,
    ExtensionNotLater, TermTooLong."""
    was_due_on = advance.repay_due_on or today
    advance.move("extend_part" if advance.state == "OVERDUE" and advance.repaid_fen else "extend")
    if len(advance.extensions) >= policy.most_extensions:
        raise ExtendedOften(most=policy.most_extensions, document=policy.document)
    if repay_due_on <= max(was_due_on, today):
        raise ExtensionNotLater(pointer="/repay_due_on", was_due_on=str(was_due_on))
    policy.check_term(repay_due_on, today)
    advance.agree_on(repay_due_on, today)
    advance.extensions = [*advance.extensions, {
        "was_due_on": was_due_on.isoformat(), "repay_due_on": repay_due_on.isoformat(), "reason": reason,
        "evidence_no": evidence_no, "extended_by": by, "extended_on": today.isoformat()}]
    advance.record("wage_advance_extended", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, was_due_on=was_due_on, repay_due_on=repay_due_on)


def propose_earlier_day(advance: WageAdvance, repay_due_on: date, reason: str, by: str, today: date) -> None:
    """The day of repayment was entered wrongly (归还日更正): the paper says an earlier one. It takes the place of a
    proposal that nobody has confirmed. Raises DayNotEarlier, DueBeforeStart."""
    was_due_on = advance.repay_due_on or today
    advance.move("propose_earlier_day")
    if repay_due_on >= was_due_on:
        raise DayNotEarlier(pointer="/repay_due_on", was_due_on=str(was_due_on))
    deadlines.agreed("D-27", _start_of(advance), repay_due_on, division_of(advance.org_path))
    confirmed = [one for one in advance.day_corrections if one["confirmed_by"]]
    advance.day_corrections = [*confirmed, {
        "was_due_on": was_due_on.isoformat(), "repay_due_on": repay_due_on.isoformat(), "reason": reason,
        "proposed_by": by, "proposed_on": today.isoformat(), "confirmed_by": None, "confirmed_on": None}]


def confirm_earlier_day(advance: WageAdvance, by: str, today: date) -> None:
    """By a second person; a day that has passed makes it overdue. Raises DayNotProposed, SamePerson."""
    advance.move("confirm_earlier_day")
    proposed = next(iter(advance.day_corrections[-1:]), None)
    # a proposal of before an extension is not of the day that is agreed now
    if proposed is None or proposed["confirmed_by"] or proposed["was_due_on"] != str(advance.repay_due_on):
        raise DayNotProposed
    different(by, "确认归还日更正 / confirming the earlier day", ("提出更正 / proposing it", proposed["proposed_by"]))
    day = date.fromisoformat(proposed["repay_due_on"])
    agreed = deadlines.agreed("D-27", _start_of(advance), day, division_of(advance.org_path))
    advance.repay_due_on = day
    advance.next_remind_on = next((one for one in agreed.remind_on() if one > today), None)
    advance.day_corrections = [*advance.day_corrections[:-1],
                               {**proposed, "confirmed_by": by, "confirmed_on": today.isoformat()}]
    advance.record("wage_advance_day_corrected", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, was_due_on=date.fromisoformat(proposed["was_due_on"]),
                   repay_due_on=day)


def note_recovery(advance: WageAdvance, recovery_id: str, stage: str) -> None:
    """Where legal's recovery case stands; what comes late from an earlier stage is not taken back. When legal has asked
    the court for a payment order, an overdue advance is being recovered."""
    known = advance.recovery_stage if advance.recovery_id == recovery_id else None
    if known is not None and STAGES.index(stage) <= STAGES.index(known):
        return
    advance.move("note_recovery")
    advance.recovery_id, advance.recovery_stage = recovery_id, stage
    if stage in ("ORDER_SOUGHT", "ORDER_ISSUED") and advance.state == "OVERDUE":
        advance.start_recovery("法律援助部门已申请支付令 / legal has applied for a payment order", None)


def repay_late(advance: WageAdvance, amount_fen: int, receipt_no: str, repaid_on: date, by: str,
               today: date) -> Posting:
    """Money came after the write-off. Raises ReceiptKnown, RepaidOnImpossible, LateRepaymentAboveWriteOff."""
    advance.move("repay_late")
    if any(known.receipt_no == receipt_no for known in advance.repayments):
        raise ReceiptKnown(pointer="/receipt_no", receipt_no=receipt_no, **told("ADVANCE", advance.advance_no))
    if not (advance.disbursed_on or today) <= repaid_on <= today:
        raise RepaidOnImpossible(pointer="/repaid_on", disbursed_on=str(advance.disbursed_on), today=str(today))
    if amount_fen > advance.written_off_fen:
        raise LateRepaymentAboveWriteOff(pointer="/amount_fen", amount=format_yuan(amount_fen),
                                         written_off=format_yuan(advance.written_off_fen))
    repayment = Repayment(new_id(), receipt_no, amount_fen, repaid_on, by)
    advance.repayments.append(repayment)
    advance.repaid_fen += amount_fen
    advance.written_off_fen -= amount_fen
    advance.record("wage_advance_late_repaid", advance_id=advance.id, advance_no=advance.advance_no,
                   dispute_id=advance.dispute_id, amount_fen=amount_fen, written_off_fen=advance.written_off_fen,
                   repaid_on=repaid_on)
    return Posting(amount_fen, receipt_no, "WageAdvance", advance.id, repayment.id)
