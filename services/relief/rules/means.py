"""The standards of the means test (家计调查标准)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.relief.domain.means.means_test import MeansStandard, MeansStandards
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def standards() -> MeansStandards:
    """The standards of the means test. Raises RuleTableError."""
    return _standards(files(HERE, "means_test.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _standards(stamps: tuple[data.Stamp, ...]) -> MeansStandards:
    return MeansStandards(rows_of(stamps, "means_test", lambda entry: [MeansStandard(**entry)]))
