"""Every table of relief: what the service starts with, and what migrations are drafted from."""

from __future__ import annotations

from services.relief.adapters import (
    advances,
    applications,
    file_matters,
    files,
    fund_matters,
    funds,
    goods,
    goods_campaigns,
    means,
    mutual_aid,
    orders,
    payments,
    plans,
    platforms,
    schools,
    watch,
)
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (
    funds, fund_matters, payments, advances, files, file_matters, means, applications, platforms, mutual_aid,
    plans, goods, goods_campaigns, schools, orders, watch,
)

referral_table(metadata)

__all__ = ["PARTS", "metadata"]
