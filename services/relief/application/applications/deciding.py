"""Deciding on an application: review, computation, proposal, approval, and what comes after payment."""

from __future__ import annotations

from collections.abc import Sequence

from services.relief.application.applications.applying import close_need, programme_of, target
from services.relief.application.applications.holding import hold_related
from services.relief.application.applications.money import pay_from, payer_of
from services.relief.application.applications.needs import let_go
from services.relief.application.applications.situation import situation_of
from services.relief.application.applications.student_aids import undeclared
from services.relief.application.applications.who import require_level
from services.relief.application.watch.deaths import died_on
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.caps import Computation, compute
from services.relief.domain.applications.findings import findings_of
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import (
    FileNotActive,
    InstalmentsImpossible,
    PayeeDeceased,
    PayeeNotInHousehold,
)
from services.relief.domain.files.hardship_file import HardshipFile
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.work import Work


def return_relief_application(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.return_once(asked.body["missing"], asked.body["note"], today())
    return application


def accept_relief_application(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.complete(programme_of(application), work.caller.account_id)
    return application


def add_other_aid(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.add_other_aid(asked.body)
    return application


def compute_relief(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.machine.next(application.state, "compute")
    _as_of_now(work, application)
    found = computed(work, application, programme_of(application))
    others = [*application.other_aid, *undeclared(work, application)]
    application.take_computation(found, findings_of(application.relief_type, others), today())
    return application


def computed(work: Work, application: ReliefApplication, programme: Programme) -> Computation:
    """What may be given as things stand now. The application keeps which claims of mutual aid were taken off: once it
    is decided, no other application counts them."""
    situation = situation_of(work, application, programme)
    application.counted_claims = [claim.claim_no for claim in situation.claims]
    return compute(programme, situation)


def propose_relief(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.propose(asked.body["amount_fen"], asked.body["finding_note"], _as_of_now(work, application),
                        work.caller.account_id)
    return application


def _as_of_now(work: Work, application: ReliefApplication) -> Sequence[str]:
    """Grade and members as the file has them now, since a file may change while an application waits; and who surveyed
    the household. Raises PayeeDeceased, FileNotActive, PayeeNotInHousehold."""
    if died_on(work, application.worker_id):
        raise PayeeDeceased(payee_id=application.worker_id)
    if application.file_id is None:
        return ()
    file = work.load(HardshipFile, application.file_id)
    if file.state != "ACTIVE":
        raise FileNotActive(relief_type=application.relief_type, file_no=file.file_no, state=file.state,
                            possible="FESTIVAL, TEMPORARY")
    if not file.belongs_to(application.worker_id):
        raise PayeeNotInHousehold(payee_id=application.worker_id)
    application.whom = str(file.grade)
    application.household = [member.worker_id for member in file.members if member.worker_id]
    return file.surveyors


def post_relief_notice(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.post_notice(asked.body["place"], today())
    return application


def object_to_relief(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.object(asked.body["reason"])
    return application


def approve_relief(work: Work, asked: Asked) -> ReliefApplication:
    """Approval and reservation are one transaction. The fund and the household's other applications are held, so
    whatever was approved a moment ago counts: the cap is computed again."""
    payer = payer_of(work, asked.path["application_id"], asked.body["fund_id"])
    application = target(work, asked)
    application.machine.next(application.state, "approve")
    require_level(work, application.org_path, application.amount_fen, "approval")
    fund = payer.lock(work, application)
    hold_related(work, application)
    surveyors = _as_of_now(work, application)
    rule = programme_of(application)
    again = computed(work, application, rule)
    application.require_within(application.amount_fen, again.cap_fen, rule.document)
    application.approve(rule, surveyors, asked.body["outside_document_no"], asked.body["document_no"],
                        work.caller.account_id, today())
    if fund is not None:
        pay_from(work, application, fund, payer, asked.body["instalments"])
    elif asked.body["instalments"]:
        raise InstalmentsImpossible(pointer="/instalments", why_zh="实物不分次发放", why_en="goods are given at once")
    return application


def reject_relief(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.reject(asked.body["reason"])
    let_go(work, application.id)
    return application


def hand_over_goods(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.hand_over(asked.body["receipt_no"], today())
    close_need(work, application)
    return application


def propose_relief_recovery(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.propose_recovery(asked.body["reason"], work.caller.account_id)
    return application


def confirm_relief_recovery(work: Work, asked: Asked) -> ReliefApplication:
    application = target(work, asked)
    application.confirm_recovery(work.caller.account_id)
    return application
