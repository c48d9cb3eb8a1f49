"""The sums that a means test looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MONTHS = 12


@dataclass(frozen=True)
class Household:
    """12 months of income (I) and rigid expenditure (R) in fen, and persons (N).

    `accident_kind` None: an accident of a kind not told; `missing` are conditions for migrant workers that fail;
    `savings_fen` and `income6_fen` matter to the criteria of 2016 only. `assets` are the fields of `facts.Assets`, of a
    file whose sums are tested; None where nobody has said.
    """

    persons: int
    income12_fen: int
    rigid12_fen: int
    accident_cost_fen: int = 0
    vetoes: Sequence[str] = ()
    accident_kind: str | None = None
    missing: Sequence[str] = ()
    savings_fen: int = 0
    income6_fen: int | None = None
    receives_dibao: bool | None = None
    assets: Mapping[str, Any] | None = None
