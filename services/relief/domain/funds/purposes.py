"""What each source of money may be spent on (资金用途矩阵): source × purpose × place × day → verdict and document.

Defaults: 总工发〔2015〕20号 for central money; a province's fiscal money apart from a city's or county's own; no wage
advances from fiscal money; no centres built with relief money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.deadline_rules import NATIONAL
from shared.kernel.errors import Conflict

SOURCES = ("CENTRAL", "LOCAL_FISCAL", "ONE_DAY_DONATION", "MUTUAL_SURPLUS", "UNION", "SPONSOR", "WARMTH_FUND",
           "INTEREST")
PURPOSES = ("WAGE_ADVANCE", "LIVING", "MEDICAL", "STUDENT", "FESTIVAL", "TEMPORARY", "TRAINING", "JOB_INTRODUCTION",
            "LEGAL_COST", "GOODS", "ACCIDENT", "MUTUAL_AID_FEE", "FACILITY")
VERDICTS = ("ALLOW", "DENY", "NEED_APPROVAL")
#: whose money local fiscal money is (财政级次): a province's (省级) or a city's or county's own (市县级)
FISCAL_LEVELS = ("PROVINCIAL", "LOCAL")


def money_code(source: str, fiscal_level: str | None) -> str:
    """What rules call money of a source: LOCAL_FISCAL with its level, any other source as it is."""
    return source if fiscal_level is None else f"{source}:{fiscal_level}"


def levels_of(source: str) -> tuple[str | None, ...]:
    """The levels of a source; None for one that has none."""
    return FISCAL_LEVELS if source == "LOCAL_FISCAL" else (None,)


#: every source, local fiscal money once for each level
MONEY_CODES = tuple(money_code(source, level) for source in SOURCES for level in levels_of(source))


class PurposeDenied(Conflict):
    code = "fund-purpose-denied"
    zh = "{source} 资金不得用于 {purpose}。依据:{document}。请改用允许该用途的资金。"
    en = "Money of {source} must not be used for {purpose}. Rule: {document}. Take a fund whose purpose allows it."


class NeedsCollectiveApproval(Conflict):
    code = "fund-needs-collective-approval"
    zh = "{source} 资金用于 {purpose} 须经领导小组集体批准或追认。依据:{document}。"
    en = "{source} money for {purpose} needs the leading group's approval or ratification. Rule: {document}."


@dataclass(frozen=True, kw_only=True)
class PurposeRule(Dated):
    """One cell of the matrix for a time and a place. `zh` and `en` say why; only LOCAL_FISCAL has a `fiscal_level`."""

    source: str
    purpose: str
    verdict: str
    zh: str
    en: str
    fiscal_level: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.source not in SOURCES or self.purpose not in PURPOSES or self.verdict not in VERDICTS:
            raise ValueError(f"{self.source} × {self.purpose} → {self.verdict}")
        if self.fiscal_level not in levels_of(self.source):
            raise ValueError(f"{self.source} of the level {self.fiscal_level}")

    @property
    def money(self) -> str:
        return money_code(self.source, self.fiscal_level)

    @property
    def series(self) -> str:
        return f"{self.money} × {self.purpose}"

    def require(self, *, is_collective: bool) -> None:
        """Raises PurposeDenied, or NeedsCollectiveApproval when the leading group has not decided."""
        told = {"source": self.money, "purpose": self.purpose, "document": self.document}
        if self.verdict == "DENY":
            raise PurposeDenied(pointer="/fund_id", **told)
        if self.verdict == "NEED_APPROVAL" and not is_collective:
            raise NeedsCollectiveApproval(pointer="/fund_id", **told)


class PurposeMatrix:
    """The whole matrix; `money` is one of MONEY_CODES. Raises RuleGap when one has no national rule for a purpose."""

    def __init__(self, rules: Iterable[PurposeRule]) -> None:
        self._rules: dict[tuple[str, str], list[PurposeRule]] = {}
        for rule in rules:
            self._rules.setdefault((rule.money, rule.purpose), []).append(rule)
        missing = [f"{money} × {purpose}" for money in MONEY_CODES for purpose in PURPOSES
                   if not any(rule.jurisdiction == NATIONAL for rule in self._rules.get((money, purpose), []))]
        if missing:
            raise RuleGap(f"no national rule for {', '.join(missing)}")

    def all(self, on: date, division: str) -> list[PurposeRule]:
        """Every cell as it stands on a day in a division. Raises RuleGap."""
        return [self.rule(money, purpose, on, division) for money in MONEY_CODES for purpose in PURPOSES]

    def rule(self, money: str, purpose: str, on: date, division: str) -> PurposeRule:
        """The rule in force. A day before the first rule is a hole too: RuleGap."""
        found = in_force(self._rules[money, purpose], on, division)
        if found is None:
            raise RuleGap(f"{money} × {purpose}: no rule for {on} in {division}")
        return found


def by_intent(rule: PurposeRule, intents: Sequence[str], fund_no: str, *, until: date | None = None,
              on: date | None = None) -> PurposeRule:
    """The rule narrowed by what the donors of the fund wanted: their purposes, and a day after which nothing is spent.

    Donors who named nothing leave it as it is.
    """
    if until is not None and on is not None and on > until:
        return _by_donors(rule, fund_no, f"捐赠人约定的使用期限至 {until}", f"the donors' time ended on {until}")
    if not intents or rule.purpose in intents:
        return rule
    return _by_donors(rule, fund_no, "捐赠人指定了其他用途", "the donors named other purposes")


def _by_donors(rule: PurposeRule, fund_no: str, zh: str, en: str) -> PurposeRule:
    return PurposeRule(
        source=rule.source, fiscal_level=rule.fiscal_level, purpose=rule.purpose, verdict="DENY",
        jurisdiction=rule.jurisdiction, certainty="T",
        effective_from=rule.effective_from, effective_to=rule.effective_to,
        document=f"捐赠协议({fund_no});公益事业捐赠法第18条", zh=zh, en=en)
