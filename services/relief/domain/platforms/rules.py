"""Dated rules of care platforms: daily quotas (每日限额), what a card may have, how late a till may report."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from services.relief.domain.platforms.kinds import CARD_KINDS, ITEM_CLASSES
from shared.kernel.dated import Dated, RuleGap, in_force

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class QuotaRule(Dated):
    """How much of a class of goods a member gets on a day, in grams."""

    item_class: str
    most_g: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.item_class not in ITEM_CLASSES or type(self.most_g) is not int or self.most_g < 0:
            raise ValueError(f"{self.item_class} {self.most_g!r} g")

    @property
    def series(self) -> str:
        return f"quota {self.item_class}"


@dataclass(frozen=True, kw_only=True)
class CardRule(Dated):
    """What cards of a kind may have: limits in fen (None is no limit) and the longest validity in months."""

    kind: str
    most_month_fen: int | None
    most_year_fen: int | None
    valid_months: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind not in CARD_KINDS or type(self.valid_months) is not int or self.valid_months < 1:
            raise ValueError(f"{self.kind}, {self.valid_months!r} months")

    @property
    def series(self) -> str:
        return f"card {self.kind}"

    def last_day(self, start: date) -> date:
        """The last day of a card that begins on `start`: the end of the month `valid_months` later."""
        years, month0 = divmod(start.month - 1 + self.valid_months, MONTHS)
        return date(start.year + years, month0 + 1, monthrange(start.year + years, month0 + 1)[1])


@dataclass(frozen=True, kw_only=True)
class PlatformRule(Dated):
    """`offline_days`: for how many days back a till may report; `pin_tries`: wrong PINs a day before a card is locked;
    `director_most_fen`: up to which sum a settlement needs no chair."""

    offline_days: int
    pin_tries: int
    director_most_fen: int


D = TypeVar("D", bound=Dated)


class PlatformRules:
    """All of them."""

    def __init__(self, quotas: Iterable[QuotaRule], cards: Iterable[CardRule], general: Iterable[PlatformRule]) -> None:
        self._quotas, self._cards, self._general = list(quotas), list(cards), list(general)

    def quotas(self, on: date, division: str) -> list[QuotaRule]:
        """The quotas in force, one a class; a class without one is not limited."""
        of_class = [[rule for rule in self._quotas if rule.item_class == item_class] for item_class in ITEM_CLASSES]
        return [found for rules in of_class if (found := in_force(rules, on, division))]

    def card(self, kind: str, on: date, division: str) -> CardRule:
        """RuleGap when there is none."""
        return _found([rule for rule in self._cards if rule.kind == kind], on, division, f"card {kind}")

    def general(self, on: date, division: str) -> PlatformRule:
        """RuleGap when there is none."""
        return _found(self._general, on, division, "platforms")


def _found(rules: list[D], on: date, division: str, what: str) -> D:
    found = in_force(rules, on, division)
    if found is None:
        raise RuleGap(f"{what}: no rule for {on} in {division}")
    return found
