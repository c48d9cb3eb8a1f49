"""The dated rows of a means test: criteria of a place, its dibao standard (低保标准), its minimum wage (最低工资).

The three change on different days and come from different papers, so each is a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from services.relief.domain.means.codes import EVENTS, EXPENSES, INCOMES, VETOES
from shared.kernel.dated import CERTAINTIES, Dated, RuleGap, in_force

R = TypeVar("R", bound=Dated)


@dataclass(frozen=True, kw_only=True)
class Criteria(Dated):
    """What both generations of criteria say. Amounts are fen; see rules/means/README.md for each parameter.

    `assumed` names the parameters of the row that its document does not give: they are defaults of ours (D).
    """

    excluded_income: Sequence[str]
    not_rigid: Sequence[str]
    caps: Mapping[str, int]
    imputes_minimum_wage: bool
    working_age: Sequence[int]
    vetoes: Sequence[str]
    dwellings_allowed: int
    most_area_per_head_m2: int | None
    fee_multiple_bp: int
    migrant_needs_residence: bool
    migrant_needs_membership: bool
    migrant_labour_months: int
    assumed: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        super().__post_init__()
        _known("excluded_income", self.excluded_income, INCOMES)
        _known("not_rigid", self.not_rigid, EXPENSES)
        _known("caps", self.caps, EXPENSES)
        _known("vetoes", self.vetoes, VETOES)
        _known("assumed", self.assumed, self.__dataclass_fields__)
        first, last = self.working_age
        if not 0 < first <= last or any(fen < 0 for fen in self.caps.values()):
            raise ValueError(f"working_age {self.working_age}, caps {self.caps}")

    @property
    def series(self) -> str:
        return "criteria"


@dataclass(frozen=True, kw_only=True)
class CriteriaG1(Criteria):
    """2016–2018: dibao household, edge household, accident-caused (总工办发〔2016〕36号)."""

    edge_multiple_bp: int
    accident_multiple_bp: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _positive(edge_multiple_bp=self.edge_multiple_bp, accident_multiple_bp=self.accident_multiple_bp)


@dataclass(frozen=True, kw_only=True)
class CriteriaG2(Criteria):
    """Since 2019: deep, relative, accident-caused. Without `accident_ratio_bp` the kind of event alone decides."""

    deep_includes_equal: bool
    relative_multiple_bp: int
    relative_includes_equal: bool
    accident_ratio_bp: int | None
    accident_events: Sequence[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        _positive(relative_multiple_bp=self.relative_multiple_bp)
        if self.accident_ratio_bp is not None:
            _positive(accident_ratio_bp=self.accident_ratio_bp)
        _known("accident_events", self.accident_events, EVENTS)
        if not self.accident_events:
            raise ValueError("accident_events: name at least one")


@dataclass(frozen=True, kw_only=True)
class Dibao(Dated):
    """Urban dibao standard, fen per person and month."""

    dibao_fen: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _positive(dibao_fen=self.dibao_fen)


@dataclass(frozen=True, kw_only=True)
class MinimumWage(Dated):
    """Minimum wage, fen a month."""

    wage_fen: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _positive(wage_fen=self.wage_fen)


@dataclass(frozen=True)
class MeansStandard:
    """What rules on one day in one place."""

    criteria: CriteriaG1 | CriteriaG2
    dibao: Dibao
    minimum_wage: MinimumWage

    @property
    def generation(self) -> str:
        return "G1" if isinstance(self.criteria, CriteriaG1) else "G2"

    @property
    def rows(self) -> tuple[Dated, ...]:
        """The rows a result rests on."""
        used: tuple[Dated, ...] = (self.criteria, self.dibao)
        return (*used, self.minimum_wage) if self.criteria.imputes_minimum_wage else used

    @property
    def dibao_fen(self) -> int:
        return self.dibao.dibao_fen

    @property
    def jurisdiction(self) -> str:
        return self.criteria.jurisdiction

    @property
    def effective_from(self) -> date:
        return self.criteria.effective_from

    @property
    def document(self) -> str:
        return f"{self.criteria.document};低保标准:{self.dibao.document}"

    @property
    def certainty(self) -> str:
        """The least certain of its rows."""
        marks = [row.certainty for row in self.rows] + (["D"] if self.criteria.assumed else [])
        return max(marks, key=CERTAINTIES.index)


class MeansStandards:
    """All rows."""

    def __init__(self, criteria: Iterable[CriteriaG1 | CriteriaG2], dibao: Iterable[Dibao],
                 wages: Iterable[MinimumWage]) -> None:
        self._criteria, self._dibao, self._wages = list(criteria), list(dibao), list(wages)

    @property
    def criteria(self) -> Sequence[CriteriaG1 | CriteriaG2]:
        return self._criteria

    def on(self, day: date, division: str) -> MeansStandard:
        """What is in force. RuleGap when there is no row of a kind."""
        return MeansStandard(_one(self._criteria, day, division, "criteria"),
                             _one(self._dibao, day, division, "dibao"),
                             _one(self._wages, day, division, "minimum_wage"))


def _one(rows: Iterable[R], day: date, division: str, what: str) -> R:
    found = in_force(rows, day, division)
    if found is None:
        raise RuleGap(f"means test: no {what} for {day} in {division}")
    return found


def _known(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    unknown = set(given) - set(known)
    if unknown:
        raise ValueError(f"{name}: unknown {', '.join(sorted(unknown))}")


def _positive(**values: int) -> None:
    for name, value in values.items():
        if type(value) is not int or value <= 0:
            raise ValueError(f"{name} {value!r} is no whole number above 0")
