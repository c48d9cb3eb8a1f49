"""Accounts (账号), what they are granted, and API clients of agencies (接口客户端)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gateway.accounts.refusals import GrantHeld, GrantUnknown, OutOfReach, OwnAccount, WorkerNeeded
from shared.kernel.aggregate import Aggregate
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

ADMIN = (Role.SYSTEM_ADMIN,)
DOORS = Machine("active", [
    Move(("active",), "disable", "disabled", ADMIN),
    Move(("disabled",), "enable", "active", ADMIN),
])


@dataclass
class Grant:
    """One role in one part of the organisation tree."""

    id: str
    account_id: str
    role: str
    org_path: str
    granted_by: str
    granted_at: datetime


@dataclass
class Account(Aggregate):
    """A person who signs in. `worker_id` is the worker whom the account speaks for in role R25."""

    machine = DOORS
    id: str
    org_path: str
    state: str
    version: int
    created_at: datetime
    name: str
    display_name: str
    password_hash: str
    worker_id: str | None = None
    grants: list[Grant] = field(default_factory=list)

    def grant(self, role: str, org_path: str, by: Caller, at: datetime) -> None:
        """Give a role. Raises OwnAccount, OutOfReach, WorkerNeeded, GrantHeld."""
        if self.id == by.account_id:
            raise OwnAccount
        if not by.covers(org_path):
            raise OutOfReach(org_path=org_path)
        if role == Role.WORKER and self.worker_id is None:
            raise WorkerNeeded
        if any((held.role, held.org_path) == (role, org_path) for held in self.grants):
            raise GrantHeld(role=role, org_path=org_path)
        self.grants.append(Grant(new_id(), self.id, role, org_path, by.account_id, at))

    def revoke(self, grant_id: str) -> Grant:
        """Take a role back. Raises GrantUnknown."""
        held = next((grant for grant in self.grants if grant.id == grant_id), None)
        if held is None:
            raise GrantUnknown(id=grant_id)
        self.grants.remove(held)
        return held

    def check_reach(self, by: Caller) -> None:
        """An administrator governs an account only when everything it holds lies in the administrator's own part:
        else a county could reset the password of a province's account. Raises OwnAccount, OutOfReach."""
        if self.id == by.account_id:
            raise OwnAccount
        for grant in self.grants:
            if not by.covers(grant.org_path):
                raise OutOfReach(org_path=grant.org_path)


@dataclass
class ApiClient(Aggregate):
    """A system of another agency. Its secret is derived, not stored; `secret_number` says which one is good."""

    machine = DOORS
    id: str
    org_path: str
    state: str
    version: int
    created_at: datetime
    name: str
    display_name: str
    scopes: list[str]
    secret_number: int = 1

    def rotate_secret(self) -> None:
        self.secret_number += 1
        self.touch()
