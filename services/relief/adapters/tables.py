"""Every table of relief: what the service starts with, and what migrations are drafted from."""

from __future__ import annotations

from services.relief.adapters import advances, files, fund_matters, funds, payments
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, fund_matters, payments, advances, files)
from services.relief.adapters import advances, files, funds, payments, platforms
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, platforms)
from services.relief.adapters import advances, applications, files, funds, payments
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, applications)
from services.relief.adapters import advances, files, funds, means, payments, watch
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, means, watch)
from services.relief.adapters import advances, files, funds, mutual_aid, payments, plans
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, mutual_aid, plans)
from services.relief.adapters import advances, file_matters, files, funds, payments
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, file_matters)

referral_table(metadata)

__all__ = ["PARTS", "metadata"]
