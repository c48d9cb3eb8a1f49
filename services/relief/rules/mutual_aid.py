"""The plans of mutual aid (互助保障方案) and what goes with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.relief.domain.mutual_aid.plan import Plan, Plans
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE, Parameters

HERE = Path(__file__).parent
PARAMETERS = Parameters(HERE / "mutual_aid.yaml")


def plans() -> Plans:
    """Every edition of every plan. Raises RuleTableError."""
    return _plans(files(HERE, "mutual_aid.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _plans(stamps: tuple[data.Stamp, ...]) -> Plans:
    return Plans(rows_of(stamps, "plans", lambda entry: [Plan(**entry)]))
