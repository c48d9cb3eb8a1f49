"""What a service does with the visits reception routes to it; a module of each service that takes referrals."""

from __future__ import annotations

from typing import Any

from shared.kernel.clock import now, today
from shared.kernel.referral import Referral
from shared.service.dispatch import Asked
from shared.service.react import Told
from shared.store.reading import Reading
from shared.store.referrals import referrals
from shared.store.work import Work


def keep_referrals(work: Work, told: Told) -> None:
    """On `reception.visit_routed`: keep the referrals that are for this service, once each."""
    data = told.data
    for asked in data["referrals"]:
        if asked["service"] == work.contract.service and work.find(Referral, id=asked["referral_id"]) is None:
            work.add(Referral.receive(asked["referral_id"], told.org_path, told.subject, data["visit_no"],
                                      asked["matter"], data["headcount"], data["worker_id"], data["routed_on"], now()))


def list_referrals(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [referrals.c[name] == asked.query[name] for name in ("state", "visit_id") if name in asked.query]
    if "overdue" in asked.query:
        is_overdue = (referrals.c.state == "RECEIVED") & (referrals.c.accept_due_on < today())
        where.append(is_overdue if asked.query["overdue"] else ~is_overdue)
    return reading.page(referrals, asked.query, sort=[referrals.c.created_at, referrals.c.accept_due_on], where=where)


def get_referral(reading: Reading, asked: Asked) -> Any:
    return reading.row(referrals, asked.path["referral_id"])


def accept_referral(work: Work, asked: Asked) -> Referral:
    referral = work.target(Referral, asked.path["referral_id"])
    referral.accept(work.caller.account_id, asked.body["record_id"])
    return referral


def refuse_referral(work: Work, asked: Asked) -> Referral:
    referral = work.target(Referral, asked.path["referral_id"])
    referral.refuse(work.caller.account_id, asked.body["reason"], today())
    return referral


def finish_referral(work: Work, asked: Asked) -> Referral:
    referral = work.target(Referral, asked.path["referral_id"])
    referral.finish(work.caller.account_id, asked.body["outcome"])
    return referral
