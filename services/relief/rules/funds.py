"""What money of each source may be spent on (资金用途矩阵), and to which other funds it may go (资金拨转)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from services.relief.domain.funds.purposes import SOURCES, PurposeMatrix, PurposeRule, levels_of
from services.relief.domain.funds.transfers import TransferRule, TransferRules
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE, Parameters

HERE = Path(__file__).parent
PARAMETERS = Parameters(HERE / "fund_parameters.yaml")


def purposes() -> PurposeMatrix:
    """The purpose matrix. Raises RuleTableError."""
    return _purposes(files(HERE, "fund_purposes.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _purposes(stamps: tuple[data.Stamp, ...]) -> PurposeMatrix:
    return PurposeMatrix(rows_of(stamps, "purposes", _cells))


def _cells(entry: dict[str, Any]) -> Iterator[PurposeRule]:
    """Without `fiscal_levels` a row holds for local fiscal money of every level."""
    sources, cells, levels = entry.pop("sources"), entry.pop("purposes"), entry.pop("fiscal_levels", None)
    for source, purpose in product(sources, cells):
        for level in levels_of(source) if levels is None else levels:
            yield PurposeRule(source=source, fiscal_level=level, purpose=purpose, **entry)


def transfers() -> TransferRules:
    """Between which sources money may be transferred. Raises RuleTableError."""
    return _transfers(files(HERE, "fund_transfers.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _transfers(stamps: tuple[data.Stamp, ...]) -> TransferRules:
    return TransferRules(rows_of(stamps, "transfers", _pairs))


def _pairs(entry: dict[str, Any]) -> Iterator[TransferRule]:
    """`pairs: SAME` stands for every source with itself; a list that crosses sources leaves those pairs out."""
    if entry.pop("pairs", None) == "SAME":
        pairs = [(source, source) for source in SOURCES]
    else:
        pairs = [(one, other) for one, other in product(entry.pop("from"), entry.pop("to")) if one != other]
    for one, other in pairs:
        yield TransferRule(from_source=one, to_source=other, **entry)


def parameters() -> None:
    """Read the parameters, so that a faulty file stops the service at its start. Raises RuleTableError."""
    PARAMETERS.row("budget_mandatory", date(2010, 1, 1))
