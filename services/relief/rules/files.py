"""Hardship files: who approves which level, and the single numbers (档案审批权限与参数)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.relief.domain.files.approving import ApprovalRule, ApprovalRules
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.org import division_of
from shared.kernel.parameters import RULES_VARIABLE, Parameter, Parameters

FILE = Path(__file__).parent / "files.yaml"
PARAMETERS = Parameters(FILE)


def approvals() -> ApprovalRules:
    """Who approves. Raises RuleTableError."""
    return _approvals(files(FILE.parent, FILE.name, RULES_VARIABLE))


def parameters() -> Parameter:
    """One of the parameters, so that a faulty file is refused at the start. Raises RuleTableError."""
    return PARAMETERS.row("HF-SAMPLE", date(2026, 1, 1))


def value(code: str, on: date, org_path: str) -> int:
    """A parameter in a unit's division. Raises RuleTableError."""
    return PARAMETERS.value(code, on, division_of(org_path))


@lru_cache(maxsize=4)
def _approvals(stamps: tuple[data.Stamp, ...]) -> ApprovalRules:
    return ApprovalRules(rows_of(stamps, "approvals", _rows))


def _rows(entry: dict[str, Any]) -> Iterator[ApprovalRule]:
    for level in entry.pop("levels"):
        yield ApprovalRule(**{**entry, "level": level, "steps": tuple(entry["steps"])})
