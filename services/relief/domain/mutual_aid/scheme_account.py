"""The account of a scheme (互助保障收款账户): where the union's share of enrolment fees of a plan is paid to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.relief.domain.mutual_aid.refusals import SchemeAccountInUse
from shared.kernel.aggregate import Aggregate
from shared.kernel.states import Machine


@dataclass(eq=False)
class SchemeAccount(Aggregate):
    """One a unit and plan; units below without one of their own pay to it. The number is kept encrypted."""

    machine = Machine("IN_USE", [])

    id: str
    org_path: str
    plan: str
    account_name: str
    bank_name: str
    account_number: str
    set_by: str
    created_at: datetime
    state: str = "IN_USE"
    version: int = 1

    @property
    def account_tail(self) -> str:
        return self.account_number[-4:]

    def change(self, account_name: str, bank_name: str, number: str, by: str, waiting: int) -> None:
        """Not while `waiting` approved shares are to go to it: nobody redirects them. Raises SchemeAccountInUse."""
        if waiting:
            raise SchemeAccountInUse(count=waiting)
        self.account_name, self.bank_name, self.account_number, self.set_by = account_name, bank_name, number, by
        self.touch()
