"""What is known of a household: persons, income and expenditure by kind, assets, an accident, migrant work.

All amounts are fen; income and expenditure are of the 12 months before the application.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.relief.domain.means.refusals import PersonUnknown
from shared.kernel.money import total


@dataclass(frozen=True)
class Person:
    """Somebody of the household; `idle_months` of the twelve were neither study nor work."""

    age: int
    ability: str = "ABLE"
    study: str = "NONE"
    employment: str = "EMPLOYED"
    idle_months: int = 12
    imputation_waived: str | None = None


@dataclass(frozen=True)
class Income:
    """`amount_fen` came `months` times; `person` counts from 1, None for the household as a whole."""

    kind: str
    amount_fen: int
    months: int = 1
    person: int | None = None

    @property
    def total_fen(self) -> int:
        return self.amount_fen * self.months


@dataclass(frozen=True)
class Expense:
    kind: str
    amount_fen: int
    months: int = 1
    person: int | None = None

    @property
    def total_fen(self) -> int:
        return self.amount_fen * self.months


@dataclass(frozen=True)
class Assets:
    """What can exclude a household. `vehicles` without mobility aids; school fees a year."""

    dwellings: int = 0
    dwelling_area_m2: int = 0
    vehicles: int = 0
    businesses: int = 0
    school_fee_fen: int = 0
    public_school_fee_fen: int = 0
    studies_abroad_at_own_cost: bool = False
    savings_fen: int = 0


@dataclass(frozen=True)
class Accident:
    """An event and its cost, which is not entered among the expenditure as well."""

    kind: str
    cost_fen: int


@dataclass(frozen=True)
class Migrant:
    """The extra conditions for migrant workers."""

    lives_in_city: bool
    is_member: bool
    labour_months: int


@dataclass(frozen=True)
class Facts:
    """`receives_dibao` None: not asked. `income6_fen` is the income of the last six months, for G1."""

    persons: Sequence[Person]
    income: Sequence[Income] = ()
    expenditure: Sequence[Expense] = ()
    assets: Assets = Assets()
    vetoes: Sequence[str] = ()
    accident: Accident | None = None
    migrant: Migrant | None = None
    receives_dibao: bool | None = None
    income6_fen: int | None = None
    #: paid by the union in the 12 months, as far as the ledger knows: kind of income → fen
    earlier_relief: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises PersonUnknown, SumTooLarge."""
        for part in ("income", "expenditure"):
            total((f"/{part}/{n}/amount_fen", item.total_fen) for n, item in enumerate(getattr(self, part)))
            for place, item in enumerate(getattr(self, part)):
                if item.person is not None and not 1 <= item.person <= len(self.persons):
                    raise PersonUnknown(pointer=f"/{part}/{place}/person", person=item.person,
                                        persons=len(self.persons))


def facts_of(data: Mapping[str, Any]) -> Facts:
    """Facts from plain data: a request's body, a stored record, an example case."""
    accident, migrant = data.get("accident"), data.get("migrant")
    return Facts(
        persons=[Person(**person) for person in data["persons"]],
        income=[Income(**item) for item in data.get("income") or ()],
        expenditure=[Expense(**item) for item in data.get("expenditure") or ()],
        assets=Assets(**(data.get("assets") or {})),
        vetoes=list(data.get("vetoes") or ()),
        accident=Accident(**accident) if accident else None,
        migrant=Migrant(**migrant) if migrant else None,
        receives_dibao=data.get("receives_dibao"),
        income6_fen=data.get("income6_fen"),
        earlier_relief=dict(data.get("earlier_relief") or {}),
    )
