"""What money of each source may be spent on (资金用途矩阵)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from services.relief.domain.funds.purposes import PurposeMatrix, PurposeRule
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def purposes() -> PurposeMatrix:
    """The purpose matrix. Raises RuleTableError."""
    return _purposes(files(HERE, "fund_purposes.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _purposes(stamps: tuple[data.Stamp, ...]) -> PurposeMatrix:
    return PurposeMatrix(rows_of(stamps, "purposes", _cells))


def _cells(entry: dict[str, Any]) -> Iterator[PurposeRule]:
    sources, cells = entry.pop("sources"), entry.pop("purposes")
    for source, purpose in product(sources, cells):
        yield PurposeRule(source=source, purpose=purpose, **entry)
