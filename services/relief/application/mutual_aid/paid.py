"""What follows when a claim's money has moved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.relief.adapters.files import hardship_members
from services.relief.adapters.mutual_aid import mutual_aid_claims
from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.payments.line import Outcome
from services.relief.rules.mutual_aid import PARAMETERS
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.store.work import Work


def hear(work: Work, outcomes: Sequence[Outcome]) -> None:
    """What the bank made of the lines of claims."""
    query = select(MutualAidClaim).where(mutual_aid_claims.c.id.in_([one.about_id for one in outcomes]))
    claims = {claim.id: claim for claim in work.all(query)}
    paid = []
    for outcome in outcomes:
        claim = claims[outcome.about_id]
        if outcome.state == "PAID":
            claim.pay(outcome.amount_fen, outcome.on)
            paid.append(claim)
        elif outcome.state == "RETURNED":
            claim.give_back()
        elif outcome.state == "RECOVERED":
            claim.recover(outcome.reason or "已追回 / recovered")
    suggest_outreach(work, paid)


def suggest_outreach(work: Work, paid: Sequence[MutualAidClaim]) -> None:
    """BLD-5: paid at or above the threshold to a worker whose household has no file."""
    large = [claim for claim in paid if claim.paid_fen >= _threshold(claim)]
    m = hardship_members.c
    filed = select(m.worker_id).where(m.worker_id.in_([claim.worker_id for claim in large]), m.is_open)
    with_file = set(work.session.execute(filed).scalars()) if large else set()
    for claim in large:
        if claim.worker_id not in with_file:
            claim.suggest_outreach()


def _threshold(claim: MutualAidClaim) -> int:
    return PARAMETERS.value("mutual_aid_outreach_fen", today(), division_of(claim.org_path))
