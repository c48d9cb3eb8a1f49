"""Mediation itself: who leads it, what was found, what was agreed, and whether it was done."""

from __future__ import annotations

from services.mediation.application.facts import duty_lawyer
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.mediator import Mediator
from services.mediation.domain.refusals import MediatorUnfit
from shared.kernel.clock import today
from shared.kernel.errors import DayInFuture
from shared.service.dispatch import Asked
from shared.store.work import Work

AGREEMENT = "XY"


def assign_mediators(work: Work, asked: Asked) -> Dispute:
    lawyer = duty_lawyer(work, asked.body["duty_lawyer_id"])
    dispute = work.target(Dispute, asked.path["dispute_id"])
    chosen = dict.fromkeys([asked.body["chief_mediator_id"], *asked.body["mediator_ids"]])
    dispute.assign_mediators([_mediator(work, mediator_id) for mediator_id in chosen], lawyer)
    return dispute


def _mediator(work: Work, mediator_id: str) -> Mediator:
    # a case may be led by a mediator of another unit, a city's chief mediator for instance
    found = work.find(Mediator, id=mediator_id)
    if found is None:
        raise MediatorUnfit(mediator_id=mediator_id)
    return found


def hold_session(work: Work, asked: Asked) -> Dispute:
    dispute = work.target(Dispute, asked.path["dispute_id"])
    dispute.hold_session(today(), work.caller.account_id, asked.body)
    return dispute


def request_wage_advance(work: Work, asked: Asked) -> Dispute:
    dispute = work.target(Dispute, asked.path["dispute_id"])
    dispute.request_wage_advance(asked.body["total_fen"], asked.body["reason"], work.caller.account_id, today())
    return dispute


def agree(work: Work, asked: Asked) -> Dispute:
    dispute = work.target(Dispute, asked.path["dispute_id"])
    for place, signature in enumerate(asked.body["signatures"]):
        if signature["signed_on"] > today():
            raise DayInFuture(pointer=f"/signatures/{place}/signed_on", day=str(signature["signed_on"]))
    dispute.agree(work.next_number(AGREEMENT, dispute.org_path), on=today(), **asked.body)
    return dispute


def record_performance(work: Work, asked: Asked) -> Dispute:
    dispute, body = work.target(Dispute, asked.path["dispute_id"]), asked.body
    if body["done_on"] > today():
        raise DayInFuture(pointer="/done_on", day=str(body["done_on"]))
    dispute.record_performance(body["obligation_id"], body["amount_fen"], body["done_on"])
    work.note("record_performance", "Obligation", body["obligation_id"],
              {"amount_fen": body["amount_fen"], "done_on": body["done_on"], "evidence": body["evidence"]})
    return dispute
