"""What holds for a class of donated goods (捐赠物资分类规定), as dated rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.relief.domain.goods.refusals import ExpiryMissing, HouseholdLimit, NotDisinfected
from services.relief.domain.goods.states import CLASSES
from shared.kernel.dated import Dated, RuleGap, in_force


@dataclass(frozen=True, kw_only=True)
class GoodsRule(Dated):
    """One row. A household (or a worker without a file) may take `most` within `days` calendar days, today included;
    `most` None means no limit."""

    goods_class: str
    needs_disinfection: bool
    needs_expiry: bool
    most: int | None
    days: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.goods_class not in CLASSES:
            raise ValueError(f"class {self.goods_class!r}")
        if not all(type(value) is bool for value in (self.needs_disinfection, self.needs_expiry)):
            raise ValueError("needs_disinfection and needs_expiry are true or false")
        if type(self.days) is not int or self.days < 1 or (self.most is not None and self.most < 1):
            raise ValueError(f"{self.most!r} within {self.days!r} days")

    @property
    def series(self) -> str:
        return self.goods_class

    def check_disinfected(self, disinfected_on: date | None) -> None:
        """Raises NotDisinfected."""
        if self.needs_disinfection and disinfected_on is None:
            raise NotDisinfected(goods_class=self.goods_class, document=self.document)

    def check_expiry(self, expires_on: date | None) -> None:
        """Raises ExpiryMissing."""
        if self.needs_expiry and expires_on is None:
            raise ExpiryMissing(pointer="/expires_on", goods_class=self.goods_class)

    def check_limit(self, taken: int, quantity: int) -> None:
        """`taken` is what the household had within `days`. Raises HouseholdLimit."""
        if self.most is not None and taken + quantity > self.most:
            raise HouseholdLimit(days=self.days, goods_class=self.goods_class, taken=taken, most=self.most,
                                 left=max(0, self.most - taken), document=self.document)


class GoodsRules:
    """The rows of the file."""

    def __init__(self, rows: Sequence[GoodsRule]) -> None:
        self.rows = tuple(rows)

    def on(self, goods_class: str, day: date, division: str = "") -> GoodsRule:
        """The rule of a class on a day in a division. Raises RuleGap."""
        found = in_force([row for row in self.rows if row.goods_class == goods_class], day, division)
        if found is None:
            raise RuleGap(f"goods.yaml: no rule for {goods_class} in force on {day}")
        return found
