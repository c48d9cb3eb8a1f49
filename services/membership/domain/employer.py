"""Employer (用人单位), known by its unified social credit code (统一社会信用代码)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict
from shared.kernel.states import Machine


class EmployerKnown(Conflict):
    code = "employer-known"
    zh = "统一社会信用代码 {uscc} 的用人单位已登记,请直接选用。"
    en = "An employer with the code {uscc} is registered already: use that one."


@dataclass(eq=False)
class Employer(Aggregate):
    machine = Machine("ACTIVE", [])

    id: str
    org_path: str
    uscc: str
    name: str
    created_at: datetime
    state: str = "ACTIVE"
    version: int = 1

    @classmethod
    def register(cls, id: str, org_path: str, uscc: str, name: str, at: datetime) -> Employer:
        employer = cls(id, org_path, uscc, name, at)
        employer.record("employer_registered", uscc=uscc)
        return employer
