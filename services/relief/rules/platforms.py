"""The rules of care platforms (爱心平台): daily quotas, cards, offline tills."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.relief.domain.platforms.rules import CardRule, PlatformRule, PlatformRules, QuotaRule
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def rules() -> PlatformRules:
    """The rules of care platforms. Raises RuleTableError."""
    return _rules(files(HERE, "platforms.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _rules(stamps: tuple[data.Stamp, ...]) -> PlatformRules:
    return PlatformRules(rows_of(stamps, "quotas", lambda entry: [QuotaRule(**entry)]),
                         rows_of(stamps, "cards", lambda entry: [CardRule(**entry)]),
                         rows_of(stamps, "general", lambda entry: [PlatformRule(**entry)]))
