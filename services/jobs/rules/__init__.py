"""The dated parameters of jobs, from jobs.yaml and from the folder BANGFU_RULES names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from services.jobs.domain.policy import JobsPolicy
from shared.kernel import data
from shared.kernel.dated import RuleGap, files, in_force, rows_of
from shared.kernel.org import division_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def policy(on: date, org_path: str) -> JobsPolicy:
    """The parameters in force on a day in a unit's division. Raises RuleTableError."""
    division = division_of(org_path)
    found = in_force(load(), on, division)
    if found is None:
        raise RuleGap(f"jobs: no rule for {on} in {division}")
    return found


def load() -> tuple[JobsPolicy, ...]:
    """Every row. Raises RuleTableError: a faulty file stops the service at its start, not a case later."""
    return _policies(files(HERE, "jobs.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _policies(stamps: tuple[data.Stamp, ...]) -> tuple[JobsPolicy, ...]:
    return tuple(rows_of(stamps, "jobs", lambda entry: [JobsPolicy(**entry)]))
