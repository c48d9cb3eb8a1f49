"""What the services tell of a visit's matters. Each event may come twice, late, or before the one it follows."""

from __future__ import annotations

from services.reception.domain.referrals import ReferralState, VisitReferral
from services.reception.domain.visit import Visit
from shared.contracts.referrals import TARGETS
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.service.react import NotYet, Reaction, Told
from shared.store.work import Work

INCIDENT = "COLLECTIVE_INCIDENT"


def hear_accepted(work: Work, told: Told) -> None:
    visit, referral = _referral(work, told)
    visit.hear(referral, "ACCEPTED", told.data["record_id"])


def hear_refused(work: Work, told: Told) -> None:
    visit, referral = _referral(work, told)
    visit.hear(referral, "REFUSED", None, told.data["reason"])


def hear_finished(work: Work, told: Told) -> None:
    visit, referral = _referral(work, told)
    visit.hear(referral, "FINISHED", None, told.data["outcome"])


def keep_incident(work: Work, told: Told) -> None:
    """Mediation opened the incident: its matter counts as accepted. The dispute that follows names its own record."""
    visit = _visit(work, told)
    if visit is None:
        return
    known = [one for one in visit.referrals if one.service == "mediation" and (one.is_open or one.state == "FINISHED")]
    if not known:
        visit.take_in(_matter("mediation", INCIDENT, "ACCEPTED", None))
    for one in known[:1]:
        visit.hear(one, "ACCEPTED")


def end_incident(work: Work, told: Told) -> None:
    """The incident is over. Where a dispute came of it, that one's end counts, not this."""
    visit = _visit(work, told)
    if visit is None:
        return
    known = [one for one in visit.referrals if one.service == "mediation"]
    if not known:
        visit.take_in(_matter("mediation", INCIDENT, "FINISHED", None, "CLOSED"))
    for one in known:
        if one.matter == INCIDENT and one.record_id is None:
            visit.hear(one, "FINISHED", None, "CLOSED")


def keep_dispute(work: Work, told: Told) -> None:
    _hear_record(work, told, "LABOUR_DISPUTE", "ACCEPTED", told.data["dispute_id"])


def end_dispute(work: Work, told: Told) -> None:
    _hear_record(work, told, "LABOUR_DISPUTE", "FINISHED", told.data["dispute_id"], told.data["outcome"])


def keep_aid(work: Work, told: Told) -> None:
    _hear_record(work, told, "LEGAL_AID", "ACCEPTED", told.data["application_id"])


def end_refused_aid(work: Work, told: Told) -> None:
    _hear_record(work, told, "LEGAL_AID", "FINISHED", told.data["application_id"], told.data["reason"])


def end_withdrawn_aid(work: Work, told: Told) -> None:
    _hear_record(work, told, "LEGAL_AID", "FINISHED", told.data["application_id"], "WITHDRAWN")


def end_terminated_aid(work: Work, told: Told) -> None:
    _hear_record(work, told, "LEGAL_AID", "FINISHED", told.data["application_id"], told.data["ground"])


def end_aid(work: Work, told: Told) -> None:
    _hear_record(work, told, "LEGAL_AID", "FINISHED", told.data["application_id"], told.data["result"])


REACTIONS: dict[str, Reaction] = {
    **{f"{service}.referral_accepted.v1": hear_accepted for service in TARGETS},
    **{f"{service}.referral_refused.v1": hear_refused for service in TARGETS},
    **{f"{service}.referral_finished.v1": hear_finished for service in TARGETS},
    "mediation.collective_incident_opened.v1": keep_incident,
    "mediation.collective_incident_closed.v1": end_incident,
    "mediation.dispute_accepted.v1": keep_dispute,
    "mediation.dispute_closed.v1": end_dispute,
    "legal.legal_aid_applied.v1": keep_aid,
    "legal.legal_aid_refused.v1": end_refused_aid,
    "legal.legal_aid_withdrawn.v1": end_withdrawn_aid,
    "legal.legal_aid_terminated.v1": end_terminated_aid,
    "legal.legal_aid_case_closed.v1": end_aid,
}


def _hear_record(work: Work, told: Told, matter: str, state: ReferralState, record_id: str,
                 note: str | None = None) -> None:
    """A case with the visit's id began or ended, whether the desk had sent it there or not."""
    visit = _visit(work, told)
    if visit is None:
        return
    note = note and note[:300]
    service = told.type.split(".")[0]
    of_service = [one for one in visit.referrals if one.service == service]
    named = [one for one in of_service if one.record_id == record_id]
    unnamed = [one for one in of_service if one.record_id is None and one.is_open]
    if named or unnamed:
        visit.hear((named or unnamed)[0], state, record_id, note)
    else:
        visit.take_in(_matter(service, matter, state, record_id, note))


def _matter(service: str, matter: str, state: ReferralState, record_id: str | None,
            note: str | None = None) -> VisitReferral:
    return VisitReferral(new_id(), service, matter, today(), None, state, record_id, note)


def _visit(work: Work, told: Told) -> Visit | None:
    """The visit a case began with; None for a case that began elsewhere.

    A visit is committed here before anybody can know its id, so there is no waiting for an unknown one: somebody
    wrote down a wrong id.
    """
    visit_id = told.data.get("visit_id")
    return work.find(Visit, id=visit_id) if visit_id else None


def _referral(work: Work, told: Told) -> tuple[Visit, VisitReferral]:
    visit = _visit(work, told)
    found = [one for one in visit.referrals if one.referral_id == told.data["referral_id"]] if visit else []
    if visit is None or not found:
        raise NotYet(what=f"referral {told.data['referral_id']}")
    return visit, found[0]
