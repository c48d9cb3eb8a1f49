"""How much may be advanced (垫付限额): dated and local, see rules/wage_advance.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from services.relief.domain.advances.standing import Standing
from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.money import BASIS_POINTS, format_yuan

#: the same in Chinese and English
Text = tuple[str, str]


class Line(Protocol):
    worker_id: str
    claimed_fen: int
    advanced_fen: int


class AboveCap(Conflict):
    code = "advance-above-cap"
    zh = "垫付{what_zh} {asked} 超过限额 {cap}。依据:{document}。{then_zh}"
    en = "The advance {what_en} of {asked} is above the cap of {cap}. Rule: {document}. {then_en}"


class TermTooLong(Invalid):
    code = "repayment-term-too-long"
    zh = "归还日 {repay_due_on} 过远:最长 {days} 天,即不晚于 {last_on}。依据:{document}。请核对年份。"
    en = ("The day of repayment {repay_due_on} is too far off: {days} days at the most, until {last_on}. Rule: "
          "{document}. Check the year.")


LESS = ("请减少垫付,或待同案垫付归还后再办。", "Advance less, or wait until others of the dispute are repaid.")
GROUP = ("请由领导小组审批。", "Have the leading group approve it.")
RETURNED = ("请待该单位归还后再办。", "Wait until the employer has repaid.")


@dataclass(frozen=True, kw_only=True)
class AdvancePolicy(Dated):
    """Caps in fen; None is no cap. `most_total_fen` is for one dispute and `most_per_worker_fen` for one worker in it;
    `most_share_bp` is of each worker's own claim, `most_total_share_bp` of all claims together, in basis points;
    `most_emergency_fen` is what one person may approve alone for one employer, `most_employer_fen` what one employer
    may owe at a time. Each is held against an advance and what stands beside it. `most_term_days`: how far off a day
    of repayment may be when it is agreed."""

    most_total_fen: int
    most_emergency_fen: int
    most_per_worker_fen: int | None
    most_share_bp: int
    most_total_share_bp: int | None = None
    most_employer_fen: int | None = None
    most_extensions: int = 2
    most_term_days: int = 365

    def check(self, total_fen: int, lines: Sequence[Line], beside: Standing) -> None:
        """Raises AboveCap."""
        self._cap(("总额(含同案其他垫付)", "in total, with others of the dispute,"), total_fen + beside.dispute_fen,
                  self.most_total_fen, LESS)
        if self.most_total_share_bp is not None:
            claimed_fen = sum(line.claimed_fen for line in lines) + beside.dispute_claimed_fen
            self._cap(("总额(占欠薪总额比例)", "in total, as a share of the arrears,"), total_fen + beside.dispute_fen,
                      claimed_fen * self.most_total_share_bp // BASIS_POINTS, LESS)
        for line in lines:
            share_fen = line.claimed_fen * self.most_share_bp // BASIS_POINTS
            self._cap(("每人金额(占欠薪比例)", "per worker, as a share of the claim,"), line.advanced_fen, share_fen,
                      LESS)
        for worker_id, worker_fen in _by_worker(lines).items():
            self._cap(("每人金额(含同案其他垫付)", "per worker, with others of the dispute,"),
                      worker_fen + beside.worker_fen.get(worker_id, 0), self.most_per_worker_fen, LESS)
        self._cap(("加上该单位未归还余额", "with what the employer still owes"), total_fen + beside.owed_fen,
                  self.most_employer_fen, RETURNED)

    def check_term(self, repay_due_on: date, start_on: date) -> None:
        """The day of repayment is not too far off. Raises TermTooLong."""
        last_on = start_on + timedelta(days=self.most_term_days)
        if repay_due_on > last_on:
            raise TermTooLong(pointer="/repay_due_on", repay_due_on=str(repay_due_on), days=self.most_term_days,
                              last_on=str(last_on), document=self.document)

    def check_emergency(self, total_fen: int, beside: Standing) -> None:
        """What one person may approve alone. Raises AboveCap."""
        alone = format_yuan(beside.alone_fen)
        self._cap((f"应急审批金额(含该单位已应急审批的 {alone})",
                   f"by emergency approval, with {alone} so approved for the employer before,"),
                  total_fen + beside.alone_fen, self.most_emergency_fen, GROUP)

    def _cap(self, what: Text, asked_fen: int, cap_fen: int | None, then: Text) -> None:
        if cap_fen is not None and asked_fen > cap_fen:
            raise AboveCap(what_zh=what[0], what_en=what[1], asked=format_yuan(asked_fen), cap=format_yuan(cap_fen),
                           document=self.document, then_zh=then[0], then_en=then[1])


def _by_worker(lines: Iterable[Line]) -> Counter[str]:
    """What each worker is advanced, in fen."""
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.worker_id] += line.advanced_fen
    return sums


class AdvancePolicies:
    """All policies."""

    def __init__(self, rows: Iterable[AdvancePolicy]) -> None:
        self._rows = list(rows)

    def on(self, day: date, division: str) -> AdvancePolicy:
        """The policy in force. RuleGap when there is none."""
        found = in_force(self._rows, day, division)
        if found is None:
            raise RuleGap(f"wage_advance: no rule for {day} in {division}")
        return found
