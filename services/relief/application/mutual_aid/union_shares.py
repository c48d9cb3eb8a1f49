"""The way of the union's share of enrolment fees: reserved in a fund, paid by a batch to the scheme's account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.mutual_aid import mutual_aid_union_shares
from services.relief.application.applications.by_file import condition_of
from services.relief.application.funds.accounts import purpose_rule
from services.relief.application.mutual_aid.scheme_accounts import account_for
from services.relief.application.payments import reserving
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.refusals import (
    ShareBorneAlready,
    ShareInBatch,
    ShareNotReserved,
    ShareSourceWantsHouseholds,
    TermBegun,
)
from services.relief.domain.mutual_aid.states import BORNE
from services.relief.domain.mutual_aid.union_share import ABOUT, PURPOSE, UnionShare
from services.relief.domain.payments.line import Outcome
from services.relief.rules.tiers import tier_of
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.money import format_yuan
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

S = mutual_aid_union_shares.c


def approve_union_share(work: Work, asked: Asked) -> UnionShare:
    """The money is reserved; a batch takes it when the unit has paid its part. The enrolment changes with it, so that
    it is not cancelled meanwhile. Raises SchemeAccountMissing, SamePerson, ShareNotDue, ShareBorneAlready,
    ShareSourceWantsHouseholds, and what the fund and its purpose say."""
    body = asked.body
    enrolment = work.load(Enrolment, asked.path["enrolment_id"], lock=True)
    account = account_for(work, enrolment.plan, enrolment.org_path)
    share = UnionShare.approve(new_id(), enrolment, account, body["fund_id"], body["document_no"],
                               work.caller.account_id, now(), tier_of("MUTUAL_AID_FEE", enrolment.org_path))
    if _borne(work, enrolment.id):
        raise ShareBorneAlready(enrolment_no=enrolment.enrolment_no)
    fund = work.load(FundAccount, body["fund_id"], lock=True)
    is_collective = Role.LEADING_GROUP in work.caller.roles
    purpose_rule(fund, PURPOSE).require(is_collective=is_collective)
    condition = condition_of(fund.money, enrolment.org_path)
    if condition is not None:
        raise ShareSourceWantsHouseholds(pointer="/fund_id", source=fund.money, document=condition.document)
    enrolment.touch()
    work.add(share)
    reserving.reserve(work, fund.id, PURPOSE, [share.due(enrolment)], is_collective=is_collective)
    return share


def release_union_share(work: Work, asked: Asked) -> UnionShare:
    """Another fund, or another account, may be taken then; until that the term of the list does not begin. The
    enrolment changes with it, so that it does not begin meanwhile. Raises ShareInBatch, TermBegun."""
    share = work.target(UnionShare, asked.path["share_id"])
    enrolment = work.load(Enrolment, share.enrolment_id, lock=True)
    is_refused_by_bank = bool(share.note)
    _release(work, share, asked.body["reason"])
    if enrolment.has_begun and not is_refused_by_bank:  # its workers have cover, for which the scheme is to be paid
        raise TermBegun(enrolment_no=enrolment.enrolment_no, starts_on=str(enrolment.starts_on))
    enrolment.touch()
    return share


def get_union_share(reading: Reading, asked: Asked) -> UnionShare:
    return reading.record(UnionShare, asked.path["share_id"])


def list_union_shares(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [S[name] == asked.query[name] for name in ("enrolment_id", "plan", "fund_id", "state")
             if name in asked.query]
    return reading.page(UnionShare, asked.query, sort=[S.created_at, S.amount_fen], where=where)


def fall_due(work: Work, enrolment: Enrolment) -> None:
    """The unit has paid its part: the next batch may take the union's. Raises ShareNotReserved."""
    if not enrolment.union_fee_fen:
        return
    share = _borne(work, enrolment.id)
    if share is None:
        raise ShareNotReserved(union=format_yuan(enrolment.union_fee_fen))
    reserving.make_due(work, ABOUT, share.id)


def fall_away(work: Work, enrolment: Enrolment) -> None:
    """The enrolment is cancelled: what is reserved goes back to the fund. Raises ShareInBatch."""
    share = _borne(work, enrolment.id)
    if share is not None:
        _release(work, share, enrolment.reason or "")


def hear(work: Work, outcomes: Sequence[Outcome]) -> None:
    """What the bank made of the lines."""
    for outcome in outcomes:
        share = work.find(UnionShare, id=outcome.about_id)
        if share is not None:
            enrolment = work.find(Enrolment, id=share.enrolment_id)
            share.hear(outcome, enrolment.enrolment_no if enrolment else "")


def _borne(work: Work, enrolment_id: str) -> UnionShare | None:
    found = work.all(select(UnionShare).where(S.enrolment_id == enrolment_id, S.state.in_(BORNE)))
    return found[0] if found else None


def _release(work: Work, share: UnionShare, reason: str) -> None:
    share.release(reason)
    if not reserving.release(work, ABOUT, share.id, share.document_no):
        raise ShareInBatch
