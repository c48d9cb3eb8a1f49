"""How much may be advanced (垫付限额): dated and local, see rules/wage_advance.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.errors import Conflict
from shared.kernel.money import BASIS_POINTS, format_yuan


class Line(Protocol):
    claimed_fen: int
    advanced_fen: int


class AboveCap(Conflict):
    code = "advance-above-cap"
    zh = "垫付{what_zh} {asked} 超过限额 {cap}。依据:{document}。"
    en = "The advance {what_en} of {asked} is above the cap of {cap}. Rule: {document}."


@dataclass(frozen=True, kw_only=True)
class AdvancePolicy(Dated):
    """Caps in fen; None is no cap. `most_share_bp` is of each worker's own claim, `most_total_share_bp` of all claims
    together, in basis points; `most_employer_fen` is what one employer may owe at a time."""

    most_total_fen: int
    most_emergency_fen: int
    most_per_worker_fen: int | None
    most_share_bp: int
    most_total_share_bp: int | None = None
    most_employer_fen: int | None = None
    most_extensions: int = 2

    def check(self, total_fen: int, lines: Sequence[Line]) -> None:
        """Raises AboveCap."""
        self._cap("总额", "in total", total_fen, self.most_total_fen)
        if self.most_total_share_bp is not None:
            claimed_fen = sum(line.claimed_fen for line in lines)
            self._cap("总额(占欠薪总额比例)", "in total, as a share of the arrears,", total_fen,
                      claimed_fen * self.most_total_share_bp // BASIS_POINTS)
        for line in lines:
            self._cap("每人金额", "per worker", line.advanced_fen, self.most_per_worker_fen)
            share_fen = line.claimed_fen * self.most_share_bp // BASIS_POINTS
            self._cap("每人金额(占欠薪比例)", "per worker, as a share of the claim,", line.advanced_fen, share_fen)

    def check_emergency(self, total_fen: int) -> None:
        """What one person may approve alone. Raises AboveCap."""
        self._cap("应急审批金额", "by emergency approval", total_fen, self.most_emergency_fen)

    def check_employer(self, owed_fen: int, more_fen: int) -> None:
        """What one employer owes the union with this advance. Raises AboveCap."""
        self._cap("加上该单位未归还余额", "with what the employer still owes", owed_fen + more_fen,
                  self.most_employer_fen)

    def _cap(self, what_zh: str, what_en: str, asked_fen: int, cap_fen: int | None) -> None:
        if cap_fen is not None and asked_fen > cap_fen:
            raise AboveCap(what_zh=what_zh, what_en=what_en, asked=format_yuan(asked_fen), cap=format_yuan(cap_fen),
                           document=self.document)


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
