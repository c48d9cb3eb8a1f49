"""A fund's floor (年度最低额): what is to come in at least in each of some years, for example a special fund (专项资金)
of not less than ¥10 million a year for five years."""

from __future__ import annotations

from dataclasses import dataclass

from services.relief.domain.funds.statement import YearStatement


@dataclass(frozen=True)
class YearFloor:
    """A year held against its floor, in fen. `came_fen` is new money: receipts and transfers in, less corrected ones;
    neither interest nor what came back counts. A year that is not over may still reach it."""

    floor_fen: int
    came_fen: int
    document_no: str
    is_over: bool

    @property
    def short_fen(self) -> int:
        """How far the year stays below."""
        return max(self.floor_fen - self.came_fen, 0)


def new_money_fen(one: YearStatement) -> int:
    return one.came["RECEIVED"] + one.came["TRANSFERRED_IN"] - one.went["REVERSED"]
