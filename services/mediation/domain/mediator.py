"""Mediator (调解员): the roster of a mediation organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move


class MediatorKnown(Conflict):
    code = "mediator-known"
    zh = "该账号已登记为调解员。"
    en = "This account is in the roster already."


@dataclass(eq=False)
class Mediator(Aggregate):
    """`account_id` is the account with which the mediator signs in; by it duties are kept apart."""

    machine = Machine("ACTIVE", [
        Move(("ACTIVE",), "retire", "RETIRED", (Role.CENTRE_DIRECTOR,)),
    ])

    id: str
    org_path: str
    name: str
    account_id: str
    is_chief: bool
    created_at: datetime
    state: str = "ACTIVE"
    version: int = 1

    def retire(self) -> None:
        self.move("retire")
