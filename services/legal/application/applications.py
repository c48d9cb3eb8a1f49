"""Applications for legal aid, and what is decided about them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from services.legal.adapters.tables import aid_cases, applicants
from services.legal.application.facts import check_employer, dispute, migrants
from services.legal.domain.aid import AidCase
from services.legal.domain.refusals import AlreadyApplied, OnlyOwnMatter
from shared.kernel.caller import Caller
from shared.kernel.clock import now, today
from shared.kernel.errors import Invalid
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.work import Work

CASE = "FY"
ENDED = ("WITHDRAWN", "REFUSED", "TERMINATED", "CLOSED", "FOLLOWED_UP")


class DecisionIncomplete(Invalid):
    code = "decision-incomplete"
    zh = "维持异议的请填写 basis;驳回异议的请填写 reason。"
    en = "Give `basis` when the objection is upheld, `reason` when it is not."


def apply_legal_aid(work: Work, asked: Asked) -> AidCase:
    body = dict(asked.body)
    place = place_of(work.caller, body.pop("org_path", None))
    worker_ids = body.pop("applicant_ids")
    only_own(work.caller, worker_ids)
    known = migrants(work, worker_ids)
    check_employer(work, body["employer_id"])
    about = dispute(work, body["dispute_id"])
    if about is not None:
        body["employer_id"] = about["employer_id"]
        covered = covered_by(work, body["dispute_id"], worker_ids)
        for worker_id, application_id in covered.items():
            raise AlreadyApplied(worker_id=worker_id, application_id=application_id)
    body["received_on"] = body["received_on"] or today()
    return work.add(AidCase.apply(new_id(), place, work.caller.account_id, now(), source="WINDOW", applicants=known,
                                  **body))


def covered_by(work: Work, dispute_id: str, worker_ids: Iterable[str]) -> dict[str, str]:
    """Which of these workers have a running application for this dispute, and which one."""
    running = select(applicants.c.worker_id, aid_cases.c.id).join(aid_cases, aid_cases.c.id == applicants.c.owner_id)
    rows = work.session.execute(running.where(
        aid_cases.c.dispute_id == dispute_id, aid_cases.c.state.not_in(ENDED),
        applicants.c.worker_id.in_(list(worker_ids))))
    return {row.worker_id: row.id for row in rows}


def ask_supplement(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.ask_supplement(asked.body["items"], asked.body["due_on"], today())
    return case


def supplement_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.supplement(today())
    return case


def withdraw_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    only_own(work.caller, [applicant.worker_id for applicant in case.applicants])
    case.withdraw(asked.body["reason"])
    return case


def grant_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.grant(work.next_number(CASE, case.org_path), by=work.caller.account_id, on=today(), **asked.body)
    return case


def grant_aid_urgently(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.grant_urgent(work.next_number(CASE, case.org_path), asked.body["ground"], work.caller.account_id, today())
    return case


def verify_means(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.verify_means(asked.body["basis"], asked.body["means_evidence"])
    return case


def refuse_aid(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.refuse(asked.body["reason"], work.caller.account_id, today())
    return case


def object_refusal(work: Work, asked: Asked) -> AidCase:
    case = target(work, asked)
    case.object(asked.body["reason"], today())
    return case


def decide_objection(work: Work, asked: Asked) -> AidCase:
    case, body, by = target(work, asked), asked.body, work.caller.account_id
    if not body["basis" if body["is_upheld"] else "reason"]:
        raise DecisionIncomplete(pointer="/basis" if body["is_upheld"] else "/reason")
    if body["is_upheld"]:
        case.uphold_objection(work.next_number(CASE, case.org_path), body["basis"], body["means_evidence"], by, today())
    else:
        case.dismiss_objection(body["reason"], by)
    return case


def target(work: Work, asked: Asked) -> AidCase:
    return work.target(AidCase, asked.path["application_id"])


def only_own(caller: Caller, worker_ids: list[str]) -> None:
    """A worker (R25) speaks only for themself."""
    if caller.worker_id is not None and worker_ids != [caller.worker_id]:
        raise OnlyOwnMatter
