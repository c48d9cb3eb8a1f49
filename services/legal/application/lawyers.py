"""The roster of lawyers, and duty calls."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.legal.adapters.tables import duty_calls, lawyers
from services.legal.domain.duty import DutyCall
from services.legal.domain.lawyer import Lawyer, LawyerKnown, days_of
from services.legal.domain.refusals import LawyerUnfit, NotYourCase
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_lawyer(work: Work, asked: Asked) -> Lawyer:
    body = asked.body
    place = place_of(work.caller, body.get("org_path"))
    if work.find(Lawyer, account_id=body["account_id"]):
        raise LawyerKnown(pointer="/account_id")
    return work.add(Lawyer(new_id(), place, body["name"], body["account_id"], body["licence_no"], now(),
                           days_of(body["duty_weekdays"]), sorted(set(body["client_employer_ids"]))))


def get_lawyer(reading: Reading, asked: Asked) -> Lawyer:
    return reading.record(Lawyer, asked.path["lawyer_id"])


def list_lawyers(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [lawyers.c.state == asked.query["state"]] if "state" in asked.query else []
    if "on_duty_on" in asked.query:
        where.append(lawyers.c.duty_days.contains(str(asked.query["on_duty_on"].isoweekday())))
    return reading.page(Lawyer, asked.query, sort=[lawyers.c.created_at, lawyers.c.name], where=where)


def update_lawyer(work: Work, asked: Asked) -> Lawyer:
    lawyer = work.target(Lawyer, asked.path["lawyer_id"])
    lawyer.update(**asked.body)
    return lawyer


def retire_lawyer(work: Work, asked: Asked) -> Lawyer:
    lawyer = work.target(Lawyer, asked.path["lawyer_id"])
    lawyer.retire()
    return lawyer


def describe_lawyers(reading: Reading, asked: Asked) -> dict[str, Any]:
    wanted = select(lawyers.c.id, lawyers.c.account_id, lawyers.c.state, lawyers.c.client_employer_ids)
    rows = reading.all(wanted.where(lawyers.c.id.in_(asked.query["lawyer_ids"])))
    return {"lawyers": [{**row._mapping, "lawyer_id": row.id} for row in rows]}


def lawyer_of(work: Work, lawyer_id: str) -> Lawyer:
    """A lawyer of the roster, of whichever unit. Raises LawyerUnfit."""
    found = work.find(Lawyer, id=lawyer_id)
    if found is None:
        raise LawyerUnfit(pointer="/lawyer_id", lawyer_id=lawyer_id)
    return found


def get_duty_call(reading: Reading, asked: Asked) -> Any:
    return reading.row(duty_calls, asked.path["duty_id"])


def list_duty_calls(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [duty_calls.c[name] == asked.query[name] for name in ("state", "visit_id") if name in asked.query]
    return reading.page(duty_calls, asked.query, sort=[duty_calls.c.created_at, duty_calls.c.headcount], where=where)


def assign_duty_lawyer(work: Work, asked: Asked) -> DutyCall:
    call = work.target(DutyCall, asked.path["duty_id"])
    call.assign(lawyer_of(work, asked.body["lawyer_id"]))
    return call


def attend_duty_call(work: Work, asked: Asked) -> DutyCall:
    call = work.target(DutyCall, asked.path["duty_id"])
    if Role.LEGAL_AID_OFFICER not in work.caller.roles and call.lawyer_account_id != work.caller.account_id:
        raise NotYourCase
    call.attend(asked.body["note"])
    return call


def cancel_duty_call(work: Work, asked: Asked) -> DutyCall:
    call = work.target(DutyCall, asked.path["duty_id"])
    call.cancel(asked.body["note"])
    return call
