"""Granted aid: the lawyer, the stages, the end."""

from __future__ import annotations

from services.legal.application.applications import target
from services.legal.application.facts import dispute, dispute_id_of
from services.legal.application.lawyers import lawyer_of
from services.legal.domain.aid import AidCase
from shared.kernel.clock import today
from shared.kernel.errors import DayInFuture
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.work import Work


def assign_lawyer(work: Work, asked: Asked) -> AidCase:
    about = dispute(work, dispute_id_of(work, asked.path["application_id"]))
    case = target(work, asked)
    mediated = about["mediator_account_ids"] if about else []
    case.assign(lawyer_of(work, asked.body["lawyer_id"]), mediated, today())
    return case


def start_aid(work: Work, asked: Asked) -> AidCase:
    case = _own(work, asked)
    case.start()
    return case


def report_stage(work: Work, asked: Asked) -> AidCase:
    case, body = _own(work, asked), asked.body
    if body["reached_on"] > today():
        raise DayInFuture(pointer="/reached_on", day=str(body["reached_on"]))
    case.report(body["stage"], body["reached_on"], body["note"], work.caller.account_id)
    return case


def terminate_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.terminate(asked.body["ground"], asked.body["reason"], today())
    return case


def close_aid(work: Work, asked: Asked) -> AidCase:
    case = _own(work, asked)
    case.close(asked.body["result"], asked.body["costs_fen"], today())
    return case


def follow_up_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.note_follow_up(asked.body["note"])
    return case


def _own(work: Work, asked: Asked) -> AidCase:
    """The case; a lawyer has to be the one who has it."""
    case = target(work, asked)
    if Role.LEGAL_AID_OFFICER not in work.caller.roles:
        case.check_lawyer(work.caller.account_id)
    return case
