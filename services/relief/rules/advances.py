"""The limits of wage advances (工资垫付限额)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.relief.domain.advances.policy import AdvancePolicies, AdvancePolicy
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def policies() -> AdvancePolicies:
    """The limits of wage advances. Raises RuleTableError."""
    return _policies(files(HERE, "wage_advance.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _policies(stamps: tuple[data.Stamp, ...]) -> AdvancePolicies:
    return AdvancePolicies(rows_of(stamps, "wage_advance", lambda entry: [AdvancePolicy(**entry)]))
