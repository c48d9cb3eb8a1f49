"""Relief programmes (救助项目) as dated rows: what a place gives to whom, and by which document.

A row belongs to a rule set (标准集); each place follows an ordered list of sets and takes the first that has a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.relief.domain.applications.kinds import BASES, FACTS, OUTSIDE, PERIODS, SCHOOL_LEVELS, TIERS, TYPES, WHOM
from services.relief.domain.funds.purposes import levels_of, money_code
from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.money import BASIS_POINTS

#: the set that holds a row of every type, and the one that binds central fiscal money in every place
DEFAULT_SET, CENTRAL_SET = "NATIONAL", "CENTRAL"
COUNTS = ("SAME_TYPE", "ALL_TYPES")


@dataclass(frozen=True)
class Outside:
    """Above so many fen the written approval of a higher body must be on record."""

    above_fen: int
    level: str

    def __post_init__(self) -> None:
        if self.level not in OUTSIDE or self.above_fen < 1:
            raise ValueError(f"outside approval {self.level!r} above {self.above_fen!r}")


@dataclass(frozen=True, kw_only=True)
class Programme(Dated):
    """One row. Ceilings add up: `share_bp` of the fact `base` for the need itself; `months` times the dibao standard
    and `most_fen` for the period, against which earlier money of the period counts (`counts`: of the same type, or of
    all). `needs` are facts without which an application is not complete. `is_single` is one type a year for the
    household; `is_once` one payment in the period."""

    rule_set: str
    relief_type: str
    whom: str
    school_level: str = ""
    tier: str
    period: str
    months: int | None = None
    most_fen: int | None = None
    base: str | None = None
    share_bp: int = BASIS_POINTS
    counts: str = "SAME_TYPE"
    needs: tuple[str, ...] = ()
    excluded_students: tuple[str, ...] = ()
    refuses_aided: bool = False
    is_once: bool = False
    is_single: bool = False
    needs_notice: bool = False
    outside: tuple[Outside, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        known = (self.relief_type in TYPES and self.whom in WHOM and self.tier in TIERS and self.period in PERIODS
                 and self.counts in COUNTS and self.base in (None, *BASES) and set(self.needs) <= set(FACTS)
                 and self.school_level in ("", *SCHOOL_LEVELS))
        if not known or not 0 < self.share_bp <= BASIS_POINTS:
            raise ValueError(f"{self.series}: an unknown code, or a share of {self.share_bp}")
        if self.months is None and self.most_fen is None and self.base is None:
            raise ValueError(f"{self.series}: no ceiling at all")

    @property
    def series(self) -> str:
        return " / ".join(filter(None, (self.rule_set, self.relief_type, self.whom, self.school_level)))

    def outside_of(self, amount_fen: int) -> Outside | None:
        """The highest body outside of the centre that must have approved an amount."""
        above = [rule for rule in self.outside if amount_fen > rule.above_fen]
        return max(above, key=lambda rule: rule.above_fen, default=None)


@dataclass(frozen=True, kw_only=True)
class Adoption(Dated):
    """Which sets a place follows, the first that has a row goes first."""

    rule_sets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SourceCondition(Dated):
    """What a source of money asks of the household: levels of the file (None is any), and of migrants membership. Of
    local fiscal money it asks by fiscal level."""

    source: str
    fiscal_level: str | None = None
    file_levels: tuple[str, ...] | None = None
    migrants_must_be_members: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.fiscal_level not in levels_of(self.source):
            raise ValueError(f"{self.source} of the level {self.fiscal_level}")

    @property
    def money(self) -> str:
        return money_code(self.source, self.fiscal_level)

    @property
    def series(self) -> str:
        return self.money


class Programmes:
    """All rows. Raises RuleGap when a type has no row in the national default set."""

    def __init__(self, rows: Iterable[Programme], adoptions: Iterable[Adoption],
                 conditions: Iterable[SourceCondition]) -> None:
        self._rows: dict[tuple[str, str, str], list[Programme]] = {}
        for row in rows:
            self._rows.setdefault((row.rule_set, row.relief_type, row.whom), []).append(row)
        self._adoptions, self._conditions = list(adoptions), list(conditions)
        missing = [one for one in TYPES if not any((DEFAULT_SET, one, whom) in self._rows for whom in WHOM)]
        known = {rule_set for rule_set, _, _ in self._rows}
        unknown = {name for adoption in self._adoptions for name in adoption.rule_sets} - known
        if missing or unknown:
            raise RuleGap(f"programmes: no national row for {missing}, no rows of the sets {sorted(unknown)}")

    def sets(self, on: date, division: str) -> tuple[str, ...]:
        """The sets a place follows, in order."""
        found = in_force(self._adoptions, on, division)
        if found is None:
            raise RuleGap(f"programmes: {division} follows no rule set on {on}")
        return found.rule_sets

    def find(self, relief_type: str, whom: str, school_level: str | None, on: date, division: str,
             sets: Sequence[str] | None = None) -> Programme | None:
        """The row for a household in a place on a day; None where nothing is given. While the school level is not
        known, a row of any level serves."""
        for rule_set in sets or self.sets(on, division):
            rows = self._rows.get((rule_set, relief_type, whom), [])
            fitting = [row for row in rows if school_level is None or row.school_level in ("", school_level)]
            found = in_force(sorted(fitting, key=lambda row: row.school_level == ""), on, division)
            if found is not None:
                return found
        return None

    def possible(self, whom: str, on: date, division: str) -> tuple[str, ...]:
        """The types a household may apply for at all."""
        followed = self.sets(on, division)
        return tuple(one for one in TYPES if any(row.applies(on, division) for name in followed
                                                 for row in self._rows.get((name, one, whom), [])))

    def in_force(self, on: date, division: str) -> list[Programme]:
        """Every row that a place may come to use, for people to read."""
        followed = dict.fromkeys((*self.sets(on, division), CENTRAL_SET))
        return [row for name in followed for key, rows in self._rows.items() if key[0] == name
                for row in rows if row.applies(on, division)]

    def central_facts(self, relief_type: str, on: date, division: str) -> Programme | None:
        """The row of central money that needs facts of the single case, if there is one for the type."""
        return next((row for row in self.in_force(on, division) if row.rule_set == CENTRAL_SET
                     and row.relief_type == relief_type and row.needs), None)

    def has_conditions(self, money: str) -> bool:
        """Whether money of this code asks anything anywhere."""
        return any(one.money == money for one in self._conditions)

    def condition(self, money: str, on: date, division: str) -> SourceCondition | None:
        """What money of this code asks; None where it asks nothing."""
        return in_force([one for one in self._conditions if one.money == money], on, division)
