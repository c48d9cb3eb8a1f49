"""Plans of mutual aid (互助保障方案): each is data, dated and local, see rules/mutual_aid.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from services.relief.domain.mutual_aid.refusals import PlanUnknown
from shared.kernel.dated import Dated, RuleGap, in_force

FAMILIES = ("F1", "F2", "F3", "F4")
RUN_BY = ("HIGHER", "LOCAL")
FEE_PER = ("SHARE_YEAR", "SHARE_TERM")
DOCUMENTS = ("ID", "DIAGNOSIS", "PATHOLOGY", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ACCIDENT_PROOF")
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Plan(Dated):
    """One edition of a plan.

    F1: shares × the cover's sum × waiting factor. F2: min(cap, rate × eligible cost). F3: rates over bands of what was
    paid by oneself above the deductible, up to the cap. F4: min(days, most) × per day. Amounts are fen, rates basis
    points. `run_by` HIGHER: a higher union decides, here it is only tracked. `assumed` names the parameters that the
    document does not tell and that we supplied (D).
    """

    plan: str
    family: str
    run_by: str
    zh: str
    en: str
    for_women: bool = False
    purpose: str = "MEDICAL"
    term_years: list[int] = field(default_factory=lambda: [1])
    fee_fen: int
    member_fee_fen: int | None = None
    fee_per: str = "SHARE_TERM"
    union_share_bp: int = 0
    most_shares: int = 1
    same_shares: bool = True
    waiting_days: int = 0
    reduced_until_day: int = 0
    reduced_bp: int = 10_000
    renewal_days: int = 0
    covers: list[dict[str, Any]]
    rate_bp: int = 0
    cap_fen: int = 0
    deductible_fen: int = 0
    bands: list[dict[str, Any]] = field(default_factory=list)
    per_day_fen: int = 0
    most_days: int = 0
    claim_window_days: int
    documents: list[str]
    least_hospital_grade: int = 0
    group_share_bp: int = 0
    group_persons: int = 0
    group_all_below: int = 0
    assumed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        known = (self.family in FAMILIES and self.run_by in RUN_BY and self.fee_per in FEE_PER
                 and set(self.documents) <= set(DOCUMENTS))
        if not known or not self.covers or not self.term_years:
            raise ValueError(f"{self.plan}: family, run_by, fee_per, documents, covers or term_years")
        numbers = (self.fee_fen, self.rate_bp, self.cap_fen, self.deductible_fen, self.per_day_fen, self.most_days,
                   self.waiting_days, self.reduced_until_day, self.claim_window_days)
        if any(type(number) is not int or number < 0 for number in numbers):
            raise ValueError(f"{self.plan}: a number is negative or no whole number")
        if not (0 <= self.reduced_bp <= 10_000 and 0 <= self.union_share_bp <= 10_000 and self.most_shares >= 1):
            raise ValueError(f"{self.plan}: a share or factor is out of bounds")
        self._check_family()

    def _check_family(self) -> None:
        """What the family needs to pay by itself; a higher union's plan may leave the sums to that union."""
        if self.run_by == "HIGHER" and self.family == "F1":
            return
        tops: list[Any] = [band.get("up_to_fen") for band in self.bands]
        complete = {
            "F1": all(type(cover.get("sum_fen")) is int for cover in self.covers),
            "F2": 0 < self.rate_bp <= 10_000 and self.cap_fen > 0,
            "F3": bool(tops) and tops[-1] is None and None not in tops[:-1] and tops[:-1] == sorted(set(tops[:-1]))
            and all(0 <= band["rate_bp"] <= 10_000 for band in self.bands) and self.cap_fen > 0,
            "F4": self.per_day_fen > 0 and self.most_days > 0,
        }
        if not complete[self.family]:
            raise ValueError(f"{self.plan}: the parameters of {self.family} are not complete")

    @property
    def series(self) -> str:
        return self.plan

    @property
    def is_external(self) -> bool:
        return self.run_by == "HIGHER"

    def cover(self, code: str) -> Mapping[str, Any] | None:
        return next((cover for cover in self.covers if cover["code"] == code), None)

    def ends_on(self, starts_on: date, years: int) -> date:
        """The last day of a term."""
        try:
            return starts_on.replace(year=starts_on.year + years) - _DAY
        except ValueError:  # of 29 February
            return date(starts_on.year + years, 2, 28)

    def fee_of(self, shares: int, years: int, *, is_member: bool) -> int:
        """What one worker's participation costs for the term, in fen."""
        member_fen = self.fee_fen if self.member_fee_fen is None else self.member_fee_fen
        return shares * (member_fen if is_member else self.fee_fen) * (years if self.fee_per == "SHARE_YEAR" else 1)

    def terms(self) -> dict[str, Any]:
        """The edition as JSON data: an enrolment keeps what it was agreed under."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def of_terms(cls, terms: Mapping[str, Any]) -> Self:
        """The edition that `terms` kept."""
        days = {name: terms[name] and date.fromisoformat(terms[name]) for name in ("effective_from", "effective_to")}
        return cls(**{**terms, **days})


class Plans:
    """Every edition of every plan."""

    def __init__(self, rows: Iterable[Plan]) -> None:
        self._rows = list(rows)

    def plan(self, code: str, on: date, division: str) -> Plan:
        """The edition in force. Raises PlanUnknown, RuleGap."""
        known = [row for row in self._rows if row.plan == code]
        if not known:
            raise PlanUnknown(pointer="/plan", plan=code)
        found = in_force(known, on, division)
        if found is None:
            raise RuleGap(f"mutual aid plan {code}: none in force on {on} in {division}")
        return found

    def offered(self, on: date, division: str) -> list[Plan]:
        """What a unit of a division can enrol in on a day, by code."""
        codes = sorted({row.plan for row in self._rows if row.applies(on, division)})
        return [self.plan(code, on, division) for code in codes]
