"""Wage advances: from proposal to money on workers' cards, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from services.relief.adapters.advances import wage_advance_lines, wage_advances
from services.relief.application.advances.arrears import verified_arrears
from services.relief.application.advances.employer_payments import known_payments
from services.relief.application.advances.limits import standing_beside
from services.relief.application.funds import receipts
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.funds.ledger import post
from services.relief.application.payments import payees
from services.relief.application.workers import describe
from services.relief.domain.advances.aftermath import repay_late
from services.relief.domain.advances.employer_payments import require_owed
from services.relief.domain.advances.policy import AdvancePolicy
from services.relief.domain.advances.refusals import ClaimAlreadyAdvanced, WorkerOfAnotherEmployer
from services.relief.domain.advances.standing import Standing
from services.relief.domain.advances.wage_advance import WageAdvance
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.receipt import Receipt
from services.relief.rules import advances as advance_rules
from services.relief.rules.tiers import tier_of
from shared.kernel.clock import now, today
from shared.kernel.errors import WorkerUnknown
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

FILTERS = ("dispute_id", "employer_id", "state", "fund_id", "is_emergency", "recovery_stage", "tier")


def propose_wage_advance(work: Work, asked: Asked) -> WageAdvance:
    """An advance lies in the unit of its dispute."""
    arrears = verified_arrears(work, asked.body)
    _check_workers(work, asked.body)
    advance = draft(work, arrears.org_path, asked.body, work.caller.account_id)
    require_owed(advance, known_payments(work, [line.claim_id for line in advance.lines]))
    beside = require_free(work, advance)
    arrears.require_lines(advance.lines)
    arrears.require_total(advance.total_fen, beside.dispute_fen)
    advance.tell_proposed()
    return work.add(advance)


def draft(work: Work, org_path: str, asked: Mapping[str, Any], proposed_by: str) -> WageAdvance:
    """An advance that is not yet checked, told or kept."""
    advance = WageAdvance(new_id(), org_path, work.next_number("DF", org_path), asked["dispute_id"],
                          asked["employer_id"], asked["reason"], asked["total_fen"], proposed_by, now(),
                          tier=tier_of("WAGE_ADVANCE", org_path))
    advance.set_lines(asked["lines"])
    return advance


def policy_of(advance: WageAdvance) -> AdvancePolicy:
    return advance_rules.policies().on(today(), division_of(advance.org_path))


def require_free(work: Work, advance: WageAdvance) -> Standing:
    """What has to be true of a proposal beside all others; what stands beside it.

    Raises ClaimTwice, AdvanceAboveClaim, AdvanceSumWrong, ClaimAlreadyAdvanced, AboveCap.
    """
    advance.check()
    _require_free_claims(work, advance)
    beside = standing_beside(work, advance)
    advance.hold_to(policy_of(advance), beside)
    return beside


def _require_free_claims(work: Work, advance: WageAdvance) -> None:
    """No claim may be part of another advance that was not refused. Raises ClaimAlreadyAdvanced."""
    lines = wage_advance_lines.c
    held = select(lines.claim_id, wage_advances.c.advance_no).join_from(wage_advance_lines, wage_advances).where(
        lines.claim_id.in_([line.claim_id for line in advance.payable]), ~lines.is_refused)
    found = work.session.execute(held.limit(1)).first()
    if found:
        raise ClaimAlreadyAdvanced(pointer="/lines", claim_id=found.claim_id, advance_no=found.advance_no)


def _check_workers(work: Work, asked: Mapping[str, Any]) -> None:
    workers = describe(work, [line["worker_id"] for line in asked["lines"]])
    for n, line in enumerate(asked["lines"]):
        facts = workers.get(line["worker_id"])
        if facts is None:
            raise WorkerUnknown(pointer=f"/lines/{n}/worker_id", worker_id=line["worker_id"])
        # whoever was dismissed has no employer any more and still has a claim
        if facts["employer_id"] not in (None, asked["employer_id"]):
            raise WorkerOfAnotherEmployer(pointer=f"/lines/{n}/worker_id", worker_id=line["worker_id"])


def get_wage_advance(reading: Reading, asked: Asked) -> WageAdvance:
    return reading.record(WageAdvance, asked.path["advance_id"])


def list_wage_advances(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = wage_advances.c
    where = [columns[n] == asked.query[n] for n in FILTERS if n in asked.query]
    if "due_before" in asked.query:
        where.append(columns.repay_due_on < asked.query["due_before"])
    return reading.page(WageAdvance, asked.query, sort=[columns.created_at, columns.total_fen], where=where)


def approve_emergency_advance(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.approve_emergency(work.caller.account_id, today(), policy_of(advance), standing_beside(work, advance))
    return advance


def approve_wage_advance(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.approve(work.caller.account_id, today(), policy_of(advance), standing_beside(work, advance))
    return advance


def ratify_wage_advance(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.ratify(work.caller.account_id, today())
    return advance


def refuse_wage_advance(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.refuse(asked.body["reason"], asked.body["alternatives"])
    return advance


def sign_undertaking(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.sign_undertaking(**asked.body, policy=policy_of(advance), today=today())
    return advance


def disburse_wage_advance(work: Work, asked: Asked) -> WageAdvance:
    """Money leaves the fund exactly once: the advance's state and version, and the ledger's unique parts, see to it.
    Name, ID and card are checked as for the lines of a payment batch."""
    told = payees.check(work, "WORKER", _workers_of(work, asked.path["advance_id"]))
    faults = {worker_id: found.fault for worker_id, found in told.items() if found.fault}
    advance, fund = _target(work, asked), work.load(FundAccount, asked.body["fund_id"], lock=True)
    advance.hold_to(policy_of(advance), standing_beside(work, advance))
    receipts = {receipt["claim_id"]: receipt["receipt_no"] for receipt in asked.body["cash_receipts"]}
    postings = advance.disburse(fund.id, purpose_rule(fund, "WAGE_ADVANCE"), asked.body["document_no"], receipts,
                                faults, work.caller.account_id, today())
    post(work, fund, "ADVANCED", postings)
    return advance


def _workers_of(work: Work, advance_id: str) -> list[str]:
    lines = wage_advance_lines.c
    wanted = select(lines.worker_id).where(lines.advance_id == advance_id).distinct().order_by(lines.worker_id)
    return [row.worker_id for row in work.peek(wanted)]


def record_repayment(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    is_late, receipt_no = advance.state == "WRITTEN_OFF", asked.body["receipt_no"]
    paid = (asked.body["amount_fen"], receipt_no, asked.body["repaid_on"] or today(), work.caller.account_id, today())
    posting = repay_late(advance, *paid) if is_late else advance.repay(*paid)
    fund = _fund_of(work, advance)
    receipts.take(work, fund.org_path, Receipt(receipt_no, "ADVANCE", posting.about_part, advance.advance_no))
    post(work, fund, "LATE_REPAID" if is_late else "REPAID", [posting])
    return advance


def start_recovery(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.start_recovery(asked.body["note"], asked.body["assignment_no"])
    return advance


def propose_write_off(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    advance.propose_write_off(asked.body["reason"], asked.body["evidence_no"], work.caller.account_id)
    return advance


def confirm_write_off(work: Work, asked: Asked) -> WageAdvance:
    advance = _target(work, asked)
    posting = advance.confirm_write_off(work.caller.account_id)
    post(work, _fund_of(work, advance), "WRITTEN_OFF", [posting])
    return advance


def _target(work: Work, asked: Asked) -> WageAdvance:
    return work.target(WageAdvance, asked.path["advance_id"])


def _fund_of(work: Work, advance: WageAdvance) -> FundAccount:
    """The fund that paid, held until the commit."""
    return work.load(FundAccount, str(advance.fund_id), lock=True)
