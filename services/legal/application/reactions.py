"""What legal does when other services tell something. Each may come twice, and later than what follows it."""

from __future__ import annotations

from services.legal.application.applications import covered_by
from services.legal.application.facts import migrants
from services.legal.domain.aid import AidCase
from services.legal.domain.duty import DutyCall
from services.legal.domain.recovery import RecoveryCase
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.react import Told
from shared.store.work import Work

RECOVERY = "ZC"
#: kind of dispute → matter of legal aid
MATTERS = {"WAGE": "WAGE", "INJURY_MEDICAL": "WORK_INJURY", "SEVERANCE": "SEVERANCE", "COMPENSATION": "COMPENSATION",
           "SI": "SOCIAL_INSURANCE", "CONTRACT": "LABOUR_CONTRACT", "REINSTATE": "LABOUR_CONTRACT"}


def call_duty_lawyer(work: Work, told: Told) -> None:
    data = told.data
    if work.find(DutyCall, visit_id=data["visit_id"]):
        return
    work.add(DutyCall.open(new_id(), told.org_path, data["visit_id"], data["visit_no"], data["headcount"],
                           data["employer_id"], data["risk_level"], now()))


def apply_after_mediation(work: Work, told: Told) -> None:
    """One application for all claimants, filled in from the dispute, if they agreed that legal aid hears of it."""
    data = told.data
    if not data["has_consent"]:
        return
    known = migrants(work, data["claimant_ids"])
    if work.find(AidCase, dispute_id=data["dispute_id"], source="MEDIATION"):
        return
    covered = covered_by(work, data["dispute_id"], known)
    wanted = {worker_id: is_migrant for worker_id, is_migrant in known.items() if worker_id not in covered}
    if not wanted:
        return
    work.add(AidCase.apply(
        new_id(), told.org_path, work.caller.account_id, now(), matter=MATTERS.get(data["kind"], "OTHER"),
        source="MEDIATION", summary=f"调解不成(案号 {data['case_no']}),请求 {data['claimed_fen']} 分",
        received_on=today(), applicants=wanted, employer_id=data["employer_id"], dispute_id=data["dispute_id"],
        visit_id=data["visit_id"], limitation_on=data["limitation_on"]))


def open_recovery(work: Work, told: Told) -> None:
    data = told.data
    if work.find(RecoveryCase, advance_id=data["advance_id"]):
        return
    names = ("advance_id", "advance_no", "dispute_id", "employer_id", "balance_fen", "repay_due_on")
    work.add(RecoveryCase.open(new_id(), told.org_path, work.next_number(RECOVERY, told.org_path), now(),
                               **{name: data[name] for name in names}))


def note_repayment(work: Work, told: Told) -> None:
    """An advance that was never overdue has no recovery case: nothing to note."""
    case = work.find(RecoveryCase, advance_id=told.data["advance_id"])
    if case is not None:
        case.receive(told.data["balance_fen"], told.data["is_full"], told.data["repaid_on"])
