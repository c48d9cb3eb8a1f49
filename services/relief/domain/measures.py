"""Measures of assistance (帮扶措施) and the tier (帮扶层次) that each kind of them has: a dated rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.relief.domain.applications.kinds import TIERS
from services.relief.domain.funds.purposes import PURPOSES
from services.relief.domain.platforms.kinds import PLATFORM_KINDS
from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.deadline_rules import NATIONAL

#: for what a list of people is paid: neither wages that are advanced nor fees
LISTED = tuple(purpose for purpose in PURPOSES if purpose not in ("WAGE_ADVANCE", "MUTUAL_AID_FEE"))
#: applications and campaigns have the tier of their programme, steps of plans that which their author says
MEASURES = ("WAGE_ADVANCE", "GOODS_ISSUE", "MUTUAL_AID_CLAIM", "MUTUAL_AID_FEE",
            *(f"CARE_{kind}" for kind in PLATFORM_KINDS), *(f"LIST_{purpose}" for purpose in LISTED))


@dataclass(frozen=True, kw_only=True)
class TierRule(Dated):
    """The tier of one kind of measure for a time and a place. `zh` and `en` say why."""

    measure: str
    tier: str
    zh: str
    en: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.measure not in MEASURES or self.tier not in TIERS:
            raise ValueError(f"{self.measure} → {self.tier}")

    @property
    def series(self) -> str:
        return self.measure


class TierRules:
    """The whole table. Raises RuleGap when a measure has no national rule."""

    def __init__(self, rules: Iterable[TierRule]) -> None:
        self._rules: dict[str, list[TierRule]] = {measure: [] for measure in MEASURES}
        for rule in rules:
            self._rules[rule.measure].append(rule)
        missing = [measure for measure, known in self._rules.items()
                   if not any(rule.jurisdiction == NATIONAL for rule in known)]
        if missing:
            raise RuleGap(f"tiers: no national rule for {', '.join(missing)}")

    def rule(self, measure: str, on: date, division: str) -> TierRule:
        """The rule in force. Raises RuleGap."""
        found = in_force(self._rules[measure], on, division)
        if found is None:
            raise RuleGap(f"tier of {measure}: no rule for {on} in {division}")
        return found
