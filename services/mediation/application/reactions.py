"""What mediation does when other services tell something. Each may come twice, and later than what follows it."""

from __future__ import annotations

from services.mediation.domain.advancing import Advance
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.incident import Incident
from services.mediation.domain.session import CAUSES
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.react import NotYet, Told
from shared.store.work import Work

#: what the reception calls a cause → what mediation calls it
HINTS = {"WAGES_DISPUTED": "PAY_DISPUTED"}


def open_reported_incident(work: Work, told: Told) -> None:
    data = told.data
    if work.find(Incident, visit_id=data["visit_id"]):
        return
    hint = HINTS.get(data["cause_hint"], data["cause_hint"])
    work.add(Incident.open(new_id(), told.org_path, data["headcount"], data["risk_level"], now(),
                           visit_id=data["visit_id"], visit_no=data["visit_no"], employer_id=data["employer_id"],
                           cause=hint if hint in CAUSES else "OTHER"))


def advance_proposed(work: Work, told: Told) -> None:
    dispute, data = _dispute(work, told), told.data
    advance = dispute.advance_of(data["advance_id"])
    if advance is None:
        advance = dispute.adopt_advance(data["advance_id"], data["total_fen"], told.actor, today())
    advance.advance_no = data["advance_no"]
    dispute.advance_reached(advance, "PROPOSED")


def advance_refused(work: Work, told: Told) -> None:
    dispute = _dispute(work, told)
    dispute.advance_refused(_advance(dispute, told), told.data["reason"])


def advance_approved(work: Work, told: Told) -> None:
    dispute = _dispute(work, told)
    dispute.advance_reached(_advance(dispute, told), "APPROVED")


def advance_disbursed(work: Work, told: Told) -> None:
    dispute, data = _dispute(work, told), told.data
    advance = _advance(dispute, told)
    advance.advance_no = data["advance_no"]
    dispute.advance_disbursed(advance, data["total_fen"], data["lines"])
    incident = work.find(Incident, id=dispute.incident_id) if dispute.incident_id else None
    if incident is not None and incident.state != "CLOSED":
        incident.record_action(f"工资垫付已发放,垫付单 {data['advance_no']}", told.actor, now())


def advance_repaid(work: Work, told: Told) -> None:
    dispute, data = _dispute(work, told), told.data
    _advance(dispute, told)
    dispute.advance_repaid(data["advance_id"], data["repaid_fen"], data["is_full"], data["repaid_on"])


def advance_overdue(work: Work, told: Told) -> None:
    dispute = _dispute(work, told)
    _advance(dispute, told)
    dispute.advance_overdue(told.data["advance_id"])


def advance_written_off(work: Work, told: Told) -> None:
    dispute = _dispute(work, told)
    _advance(dispute, told)
    dispute.advance_written_off(told.data["advance_id"])


def note_legal_aid(work: Work, told: Told) -> None:
    """Legal aid granted outside of a dispute is none of ours."""
    if told.data["dispute_id"] is not None:
        _dispute(work, told).note_legal_aid(told.data["application_id"])


def _dispute(work: Work, told: Told) -> Dispute:
    found = work.find(Dispute, id=told.data["dispute_id"])
    if found is None:
        raise NotYet(what=f"dispute {told.data['dispute_id']}")
    return found


def _advance(dispute: Dispute, told: Told) -> Advance:
    found = dispute.advance_of(told.data["advance_id"])
    if found is None:
        raise NotYet(what=f"relief.wage_advance_proposed {told.data['advance_id']}")
    return found
