"""Enrolments: a unit's list, its fee, and the terms that pass."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.mutual_aid import mutual_aid_enrolments, mutual_aid_participants
from services.relief.application.funds import receipts
from services.relief.application.mutual_aid import enrolling, union_shares
from services.relief.domain.funds.receipt import Receipt
from services.relief.domain.mutual_aid.enrolment import Enrolment, Line, Listing, check_start
from services.relief.rules import mutual_aid as aid_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def get_mutual_aid_plans(reading: Reading, asked: Asked) -> dict[str, Any]:
    on, path = asked.query.get("on") or today(), place_of(reading.caller, asked.query.get("org_path"))
    return {"on": on, "org_path": path, "plans": aid_rules.plans().offered(on, division_of(path))}


def enrol_unit(work: Work, asked: Asked) -> Enrolment:
    body = asked.body
    path = place_of(work.caller, body.get("org_path"))
    ahead = aid_rules.PARAMETERS.value("mutual_aid_days_ahead", today(), division_of(path))
    check_start(body["starts_on"], today(), ahead)
    plan = aid_rules.plans().plan(body["plan"], body["starts_on"], division_of(path))
    lines = [Line(one["worker_id"], one["shares"]) for one in body["workers"]]
    Listing(plan, body["staff"], body["years"], body["women_attested"], lines).check()
    facts = enrolling.facts_of(work, lines, body["employer_id"])
    enrolment = Enrolment(
        new_id(), path, work.next_number("HZ", path), plan.plan, plan.terms(), body["phase"], body["employer_id"],
        body["unit_name"], body["staff"], body["years"], body["starts_on"],
        plan.ends_on(body["starts_on"], body["years"]), work.caller.account_id, now())
    if body["renews_id"]:
        enrolment.renew(work.load(Enrolment, body["renews_id"]))
    work.add(enrolment)
    enrolling.keep(work, enrolment, lines, facts)
    return enrolment


def get_enrolment(reading: Reading, asked: Asked) -> Enrolment:
    return reading.record(Enrolment, asked.path["enrolment_id"])


def list_enrolments(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = mutual_aid_enrolments.c
    where = [columns[n] == asked.query[n] for n in ("plan", "phase", "state", "employer_id") if n in asked.query]
    if "ends_before" in asked.query:
        where.append(columns.ends_on < asked.query["ends_before"])
    return reading.page(Enrolment, asked.query, sort=[columns.created_at, columns.ends_on, columns.persons],
                        where=where)


def list_participants(reading: Reading, asked: Asked) -> dict[str, Any]:
    enrolment = reading.record(Enrolment, asked.path["enrolment_id"])
    return _participations(reading, asked, [mutual_aid_participants.c.enrolment_id == enrolment.id])


def list_participations(reading: Reading, asked: Asked) -> dict[str, Any]:
    return _participations(reading, asked, [])


def _participations(reading: Reading, asked: Asked, where: list[Any]) -> dict[str, Any]:
    columns = mutual_aid_participants.c
    if "worker_id" in asked.query:
        where = [*where, columns.worker_id == asked.query["worker_id"]]
    return reading.page(mutual_aid_participants, asked.query, sort=[columns.starts_on], where=where,
                        worker=columns.worker_id)


def pay_enrolment_fee(work: Work, asked: Asked) -> Enrolment:
    enrolment = _target(work, asked)
    enrolment.pay_fee(asked.body["amount_fen"], asked.body["receipt_no"], work.caller.account_id, today())
    receipts.take(work, enrolment.org_path,
                  Receipt(asked.body["receipt_no"], "ENROLMENT", enrolment.id, enrolment.enrolment_no))
    union_shares.fall_due(work, enrolment)
    if enrolment.renews_id:
        work.load(Enrolment, enrolment.renews_id, lock=True).renewed_by(enrolment)
    return enrolment


def cancel_enrolment(work: Work, asked: Asked) -> Enrolment:
    enrolment = _target(work, asked)
    enrolment.cancel(asked.body["reason"])
    enrolling.cancel(work, enrolment)
    union_shares.fall_away(work, enrolment)
    return enrolment


def _target(work: Work, asked: Asked) -> Enrolment:
    return work.target(Enrolment, asked.path["enrolment_id"])
