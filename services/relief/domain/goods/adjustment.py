"""An adjustment of the stock (库存调整单): a disposal (报废) or a stock-take (盘点), proposed and confirmed by two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.relief.domain.duty import different
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.refusals import CountMissing, NoDifference, NothingHeld
from services.relief.domain.goods.states import ADJUSTMENT
from services.relief.domain.goods.stock import Movement
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class StockAdjustment(Aggregate):
    """`difference` is what confirming adds to the stock on hand: below zero for a disposal or a shortage.

    What is to be disposed of is held back from the proposal on. A difference stays right while other goods of the lot
    move: it is between the count and the books of that moment.
    """

    machine = ADJUSTMENT

    id: str
    org_path: str
    lot_id: str
    kind: str
    difference: int
    reason: str
    proposed_by: str
    created_at: datetime
    counted: int | None = None
    decided_by: str | None = None
    decision_note: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    def hold(self, lot: DonationLot) -> Movement | None:
        """What a disposal takes off the shelf at once; a stock-take takes nothing. Raises StockShort."""
        return lot.book("HELD", -self.difference, "StockAdjustment", self.id) if self.kind == "DISPOSAL" else None

    def check_held(self, lot: DonationLot) -> None:
        """For the disposal of what is held back already. Raises NothingHeld."""
        if self.kind == "DISPOSAL" and -self.difference > lot.held:
            raise NothingHeld(held=lot.held, quantity=-self.difference)

    def confirm(self, lot: DonationLot, by: str) -> Movement:
        """By somebody else. Raises SamePerson, StockShort."""
        different(by, "确认库存调整 / confirming the adjustment", ("提出调整 / proposing it", self.proposed_by))
        self.machine.next(self.state, "confirm")
        moved = lot.book(self._movement, abs(self.difference), "StockAdjustment", self.id)
        self.move("confirm")
        self.decided_by = by
        self.record("stock_adjusted", adjustment_id=self.id, lot_id=self.lot_id, kind=self.kind,
                    difference=self.difference)
        return moved

    @property
    def _movement(self) -> str:
        if self.kind == "DISPOSAL":
            return "DISPOSED"
        return "FOUND" if self.difference > 0 else "LOST"

    def reject(self, note: str, by: str) -> None:
        """Not disposed of, or to be counted again; goods held back stay so until a keeper releases them."""
        self.move("reject")
        self.decided_by, self.decision_note = by, note


def difference_of(kind: str, lot: DonationLot, quantity: int | None, counted: int | None) -> int:
    """What an adjustment changes. Raises CountMissing, NoDifference."""
    if kind == "DISPOSAL":
        if quantity is None or counted is not None:
            raise CountMissing(pointer="/quantity")
        return -quantity
    if counted is None or quantity is not None:
        raise CountMissing(pointer="/counted")
    if counted == lot.on_hand:
        raise NoDifference(pointer="/counted", on_hand=lot.on_hand)
    return counted - lot.on_hand
