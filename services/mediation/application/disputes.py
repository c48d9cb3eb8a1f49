"""From the application to an accepted case, and how a case ends without an agreement."""

from __future__ import annotations

from typing import Any

from services.mediation.application.facts import check_employer, employers_of
from services.mediation.application.rules import representation
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.incident import Incident
from services.mediation.domain.refusals import OnlyOwnMatter
from shared.kernel.caller import Caller
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.work import Work

CASE = "TJ"


def open_dispute(work: Work, asked: Asked) -> Dispute:
    body = dict(asked.body)
    claimants = body.pop("claimants")
    place = place_of(work.caller, body.pop("org_path", None))
    _only_own(work.caller, [told["worker_id"] for told in claimants])
    check_employer(work, body["employer_id"])
    employers = employers_of(work, claimants)
    if body["incident_id"]:
        incident = work.load(Incident, body["incident_id"])
        body["visit_id"] = body["visit_id"] or incident.visit_id
    body["applied_on"] = body["applied_on"] or today()
    dispute = Dispute.apply(new_id(), place, work.caller.account_id, now(), **body)
    if claimants:
        dispute.add_claimants(claimants, employers, representation(dispute.applied_on, place))
    return work.add(dispute)


def add_claimants(work: Work, asked: Asked) -> Dispute:
    employers = employers_of(work, asked.body["claimants"])
    dispute = _target(work, asked)
    rule = representation(dispute.applied_on, dispute.org_path)
    dispute.add_claimants(asked.body["claimants"], employers, rule)
    return dispute


def choose_representatives(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    rule = representation(dispute.applied_on, dispute.org_path)
    dispute.choose_representatives(asked.body["worker_ids"], rule)
    return dispute


def accept_dispute(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.accept(work.next_number(CASE, dispute.org_path), on=today(), **asked.body)
    return dispute


def reject_dispute(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.reject(asked.body["reason"])
    return dispute


def extend_mediation(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.extend(asked.body["due_on"], asked.body["employer_agrees"] and asked.body["claimants_agree"])
    return dispute


def fail_mediation(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.fail(asked.body["reason"], today(), asked.body["has_consent"])
    return dispute


def withdraw_dispute(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    _only_own(work.caller, list(dispute.claimant_ids))
    dispute.withdraw(asked.body["reason"])
    return dispute


def refer_dispute(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.refer(asked.body["reason"])
    return dispute


def close_dispute(work: Work, asked: Asked) -> Dispute:
    dispute = _target(work, asked)
    dispute.close(today())
    return dispute


def _target(work: Work, asked: Asked) -> Dispute:
    return work.target(Dispute, asked.path["dispute_id"])


def _only_own(caller: Caller, worker_ids: list[Any]) -> None:
    """A worker (R25) speaks only for themself."""
    if caller.worker_id is not None and worker_ids != [caller.worker_id]:
        raise OnlyOwnMatter
