"""Every table of relief: what the service starts with, and what migrations are drafted from."""

from __future__ import annotations

from services.relief.adapters import advances, file_matters, files, funds, payments
from services.relief.adapters.base import metadata
from shared.store.referrals import referral_table

PARTS = (funds, payments, advances, files, file_matters)

referral_table(metadata)

__all__ = ["PARTS", "metadata"]
