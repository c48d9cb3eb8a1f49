"""Union organisation (工会组织): a node of the tree. The tree has no fixed depth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.org import check_org_path
from shared.kernel.states import Machine


@dataclass(eq=False)
class Organisation(Aggregate):
    """`org_path` is the organisation's own place: its parent's path and its code."""

    machine = Machine("ACTIVE", [])

    id: str
    org_path: str
    name: str
    kind: str
    uscc: str | None
    created_at: datetime
    state: str = "ACTIVE"
    version: int = 1

    @classmethod
    def register(cls, id: str, parent_path: str, code: str, name: str, kind: str, uscc: str | None,
                 at: datetime) -> Organisation:
        """Raises OrgPathInvalid when the code does not make a path."""
        path = check_org_path(f"{parent_path}{code}/", pointer="/code")
        organisation = cls(id, path, name, kind, uscc, at)
        organisation.record("organisation_registered", kind=kind)
        return organisation
