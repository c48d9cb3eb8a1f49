"""Relief's dated parameters, read from the YAML files beside this one and from the folder BANGFU_RULES names.

A file with a hole or two rules for one day is refused when it is read, naming the series and the days.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from services.relief.domain.advance_policy import AdvancePolicies, AdvancePolicy
from services.relief.domain.means_test import MeansStandard, MeansStandards
from services.relief.domain.purposes import PurposeMatrix, PurposeRule
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def load() -> None:
    """Read every file. Raises RuleTableError: a faulty one stops the service at its start, not a case later."""
    purposes()
    advance_policies()
    means_standards()


def purposes() -> PurposeMatrix:
    """The purpose matrix. Raises RuleTableError."""
    return _purposes(files(HERE, "fund_purposes.yaml", RULES_VARIABLE))


def advance_policies() -> AdvancePolicies:
    """The limits of wage advances. Raises RuleTableError."""
    return _policies(files(HERE, "wage_advance.yaml", RULES_VARIABLE))


def means_standards() -> MeansStandards:
    """The standards of the means test. Raises RuleTableError."""
    return _standards(files(HERE, "means_test.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _purposes(stamps: tuple[data.Stamp, ...]) -> PurposeMatrix:
    return PurposeMatrix(rows_of(stamps, "purposes", _cells))


@lru_cache(maxsize=4)
def _policies(stamps: tuple[data.Stamp, ...]) -> AdvancePolicies:
    return AdvancePolicies(rows_of(stamps, "wage_advance", lambda entry: [AdvancePolicy(**entry)]))


@lru_cache(maxsize=4)
def _standards(stamps: tuple[data.Stamp, ...]) -> MeansStandards:
    return MeansStandards(rows_of(stamps, "means_test", lambda entry: [MeansStandard(**entry)]))


def _cells(entry: dict[str, Any]) -> Iterator[PurposeRule]:
    sources, cells = entry.pop("sources"), entry.pop("purposes")
    for source, purpose in product(sources, cells):
        yield PurposeRule(source=source, purpose=purpose, **entry)
