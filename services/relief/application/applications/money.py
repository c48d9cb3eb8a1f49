"""The money of an approved application: which fund may pay for whom, the reservation, and what the bank said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.payments import payment_lines
from services.relief.application.applications import by_file
from services.relief.application.applications.needs import let_go
from services.relief.application.applications.situation import situation_of
from services.relief.application.applications.who import is_collective
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.payments.reserving import reserve
from services.relief.domain.applications.application import ABOUT, ReliefApplication
from services.relief.domain.applications.caps import compute
from services.relief.domain.applications.instalments import instalments_of
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.applications.refusals import FundNotWanted, FundWanted
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.payments.line import Due, Outcome
from services.relief.rules.programmes import LIMITS, programmes
from shared.kernel.calendar import months_later
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.store.work import Work


@dataclass(frozen=True)
class Payer:
    """The fund that is asked to pay, and what membership says of who is paid where the source wants to know."""

    fund_id: str | None
    told: by_file.Told

    def lock(self, work: Work, application: ReliefApplication) -> FundAccount | None:
        """The fund, held until the commit; None for goods. Raises FundWanted, FundNotWanted, NotFound."""
        if application.relief_type == "GOODS":
            if self.fund_id is not None:
                raise FundNotWanted(pointer="/fund_id")
            return None
        if self.fund_id is None:
            raise FundWanted(pointer="/fund_id")
        return work.load(FundAccount, self.fund_id, lock=True)


def payer_of(work: Work, application_id: str, fund_id: str | None) -> Payer:
    """Asked before the transaction begins."""
    a = relief_applications.c
    source = by_file.source_of(work, fund_id)
    rows = work.peek(select(a.worker_id).where(a.id == application_id)) if source else []
    return Payer(fund_id, by_file.told_of(work, source, [row.worker_id for row in rows]))


def pay_from(work: Work, application: ReliefApplication, fund: FundAccount, payer: Payer,
             asked: Sequence[Mapping[str, Any]]) -> None:
    """Reserve the money, in the instalments asked for. Raises InstalmentsImpossible, what the source asks
    (SourceNotForFile, NotAMember, AboveReliefCap), what the purpose asks (PurposeDenied, NeedsCollectiveApproval), and
    what the fund says (FundFrozen, NotEnough)."""
    purpose_rule(fund, application.relief_type).require(is_collective=is_collective(work))
    recipient = by_file.Recipient(application.worker_id, application.file_id)
    by_file.require(by_file.inside(work), fund.money, application.org_path, recipient, payer.told)
    if fund.source == CENTRAL_SET:
        _require_central_cap(work, application)
    on = today()
    until = months_later(on, LIMITS.value("instalments.months", on, division_of(application.org_path)))
    dues = [Due(ABOUT, application.id, one.part, "WORKER", application.worker_id, one.amount_fen,
                str(application.document_no), one.due_on, application.tier)
            for one in instalments_of(application.amount_fen, asked, on, until)]
    reserve(work, fund.id, application.relief_type, dues, is_collective=is_collective(work))
    application.reserve(fund.id, fund.source)


def _require_central_cap(work: Work, application: ReliefApplication) -> None:
    """The caps of central money hold beside the local ones."""
    on, division = today(), division_of(application.org_path)
    rule = programmes().find(application.relief_type, application.whom, application.need.get("school_level"), on,
                             division, (CENTRAL_SET,))
    if rule is None:
        return
    found = compute(rule, situation_of(work, application, rule))
    application.require_within(application.amount_fen, found.cap_fen, rule.document)


def hear_applications(work: Work, outcomes: Sequence[Outcome]) -> None:
    """What the bank said of applications' lines."""
    wanted = select(ReliefApplication).where(relief_applications.c.id.in_({one.about_id for one in outcomes}))
    by_id = {application.id: application for application in work.all(wanted)}
    for outcome in outcomes:
        _hear(work, by_id[outcome.about_id], outcome)


def _hear(work: Work, application: ReliefApplication, outcome: Outcome) -> None:
    if outcome.state == "PAID" and application.paid_fen + outcome.amount_fen < application.amount_fen:
        application.pay_part(outcome.amount_fen, outcome.on)
    elif outcome.state == "PAID":
        application.pay(outcome.on)
    elif outcome.state == "FAILED":
        application.fail(outcome.reason)
    elif outcome.state == "RETURNED" and application.state == "RESERVED":
        application.return_part(outcome.amount_fen, outcome.reason)
    elif outcome.state == "RETURNED":
        application.return_payment(outcome.reason, outcome.amount_fen)
    elif outcome.state == "PARTLY_RECOVERED":
        application.recover_part(outcome.amount_fen)
    elif outcome.state in ("RECOVERED", "WRITTEN_OFF"):
        _end_recovery(work, application)


def _end_recovery(work: Work, application: ReliefApplication) -> None:
    """Nothing is owed of a line any more. The application ends when no other instalment is still with the payee: all
    of it is back, or what is not was written off."""
    c = payment_lines.c
    owed = case((c.state == "PAID", c.amount_fen - c.recovered_fen - c.written_off_fen), else_=0)
    left_fen, back_fen, lost_fen = (int(fen) for fen in work.session.execute(select(
        *[func.coalesce(func.sum(one), 0) for one in (owed, c.recovered_fen, c.written_off_fen)],
    ).where(c.about_kind == ABOUT, c.about_id == application.id)).one())
    if not left_fen and not lost_fen:
        application.recover()
        let_go(work, application.id)
        return
    if back_fen > application.recovered_fen:
        application.recover_part(back_fen - application.recovered_fen)
    if not left_fen:
        application.write_off(lost_fen)
