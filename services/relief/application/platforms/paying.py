"""The way of a settlement's money: reserved in a fund, paid by a batch to the partner's account."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.relief.adapters.platforms import redemptions
from services.relief.application.applications.by_file import condition_of
from services.relief.application.files import last_aid
from services.relief.application.payments import reserving
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.payments.line import Outcome
from services.relief.domain.platforms.kinds import PURPOSE_OF_PLATFORM
from services.relief.domain.platforms.partner import Partner
from services.relief.domain.platforms.refusals import AccountMissing, SettlementInBatch, SourceWantsHouseholds
from services.relief.domain.platforms.settlement import ABOUT, CareSettlement
from shared.service.dispatch import Asked
from shared.store.work import Work

R = redemptions.c


def reserve_settlement(work: Work, asked: Asked) -> CareSettlement:
    """The union's part, from a fund that may pay for this kind of platform without the leading group.

    What a household had at tills is in none of its yearly sums, so money that is capped by household does not pay it.
    Raises SourceWantsHouseholds.
    """
    settlement = work.target(CareSettlement, asked.path["settlement_id"])
    partner = work.load(Partner, settlement.partner_id)
    due = settlement.reserve(asked.body["fund_id"], asked.body["document_no"], work.caller.account_id,
                             partner.account_set_by)
    if partner.account_number is None:
        raise AccountMissing(name=partner.name)
    fund = work.load(FundAccount, asked.body["fund_id"], lock=True)
    condition = condition_of(fund.money, settlement.org_path)
    if condition is not None:
        raise SourceWantsHouseholds(pointer="/fund_id", source=fund.money, document=condition.document)
    reserving.reserve(work, asked.body["fund_id"], PURPOSE_OF_PLATFORM[settlement.kind], [due], is_collective=False)
    return settlement


def release_settlement(work: Work, asked: Asked) -> CareSettlement:
    settlement = work.target(CareSettlement, asked.path["settlement_id"])
    document_no = settlement.document_no or settlement.settlement_no
    settlement.release()
    if not reserving.release(work, ABOUT, settlement.id, document_no):
        raise SettlementInBatch
    return settlement


def hear(work: Work, outcomes: Sequence[Outcome]) -> None:
    """What became of settlements' payment lines. One that came back in part stays paid until all of it is back, or for
    ever when the rest is given up."""
    for outcome in outcomes:
        if outcome.state in ("PARTLY_RECOVERED", "WRITTEN_OFF"):
            continue
        settlement = work.find(CareSettlement, id=outcome.about_id)
        if settlement and str(settlement.attempts) == outcome.about_part:
            settlement.hear(outcome)
            last_aid.reckon_later(work, set(work.session.scalars(select(R.worker_id).where(
                R.settlement_id == settlement.id, R.worker_id.is_not(None)))))
