"""Membership (会员服务) on the bus."""

from __future__ import annotations

from services.membership.adapters.tables import metadata
from services.membership.application import deaths, memberships, organisations, payees, workers
from shared.contracts.membership import CONTRACT
from shared.contracts.referrals import VISIT_ROUTED
from shared.service import referrals
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[organisations, workers, deaths, payees, memberships, referrals],
    reactions={VISIT_ROUTED: referrals.keep_referrals},
)
