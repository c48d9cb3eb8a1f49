"""Lawyer (律师): the roster, and on which weekdays they sit in the service room (律师坐堂)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move


class LawyerKnown(Conflict):
    code = "lawyer-known"
    zh = "该账号已登记为律师。"
    en = "This account is in the roster already."


@dataclass(eq=False)
class Lawyer(Aggregate):
    """`account_id` is the account the lawyer signs in with. `client_employer_ids`: employers they act for at present.

    `duty_days` are digits, 1 is Monday.
    """

    machine = Machine("ACTIVE", [
        Move(("ACTIVE",), "update", "ACTIVE", (Role.LEGAL_AID_OFFICER,)),
        Move(("ACTIVE",), "retire", "RETIRED", (Role.LEGAL_AID_OFFICER,)),
    ])

    id: str
    org_path: str
    name: str
    account_id: str
    licence_no: str
    created_at: datetime
    duty_days: str = ""
    client_employer_ids: list[str] = field(default_factory=list)
    state: str = "ACTIVE"
    version: int = 1

    @property
    def duty_weekdays(self) -> list[int]:
        return [int(digit) for digit in self.duty_days]

    def update(self, duty_weekdays: Iterable[int], client_employer_ids: Iterable[str]) -> None:
        self.duty_days = days_of(duty_weekdays)
        self.client_employer_ids = sorted(set(client_employer_ids))
        self.move("update")

    def retire(self) -> None:
        self.move("retire")


def days_of(weekdays: Iterable[int]) -> str:
    """Weekdays as they are kept: 1 and 3 become `13`."""
    return "".join(str(day) for day in sorted(set(weekdays)))
