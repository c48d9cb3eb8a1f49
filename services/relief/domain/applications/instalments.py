"""Relief in instalments (分次给予救助金): dates and amounts that sum to the fen to what was approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.relief.domain.applications.refusals import InstalmentsImpossible
from shared.kernel.money import format_yuan


@dataclass(frozen=True)
class Instalment:
    """`part` names its payment line; a batch takes it from `due_on` on. Fen."""

    part: str
    amount_fen: int
    due_on: date | None


def instalments_of(amount_fen: int, asked: Sequence[Mapping[str, Any]], on: date, until: date) -> list[Instalment]:
    """What an approved sum is paid in: at once unless instalments were asked for, the last by `until`.

    Raises InstalmentsImpossible.
    """
    if not asked:
        return [Instalment("1", amount_fen, None)]
    total_fen, days = sum(one["amount_fen"] for one in asked), [one["due_on"] for one in asked]
    if total_fen != amount_fen:
        total, approved = format_yuan(total_fen), format_yuan(amount_fen)
        raise InstalmentsImpossible(pointer="/instalments", why_zh=f"各次合计 {total},应等于批准金额 {approved}",
                                    why_en=f"they sum to {total}, {approved} is approved")
    if days[0] < on or days[-1] > until or days != sorted(set(days)):
        raise InstalmentsImpossible(pointer="/instalments", why_zh=f"日期应先后递增,在 {on} 至 {until} 之间",
                                    why_en=f"their days must rise and lie between {on} and {until}")
    return [Instalment(str(n), one["amount_fen"], one["due_on"]) for n, one in enumerate(asked, 1)]
