"""An issue of donated goods (发放单) to a household or a worker, and what came back of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.goods.refusals import ReturnedTooMuch
from services.relief.domain.goods.states import ISSUE
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class GoodsIssue(Aggregate):
    """`household` is what the limit counts by: the id of the active hardship file, or of a worker without one. `tier`
    (帮扶层次) is what the rules made of it on its day."""

    machine = ISSUE

    id: str
    org_path: str
    issue_no: str
    lot_id: str
    goods_class: str
    quantity: int
    household: str
    file_id: str | None
    worker_id: str | None
    issued_on: date
    issued_by: str
    created_at: datetime
    signature_no: str | None = None
    returned: int = 0
    return_reason: str | None = None
    tier: str = "EMERGENCY"
    state: str = "ISSUED"
    version: int = 1

    def tell_issued(self) -> None:
        self.record("goods_issued", issue_id=self.id, issue_no=self.issue_no, lot_id=self.lot_id,
                    goods_class=self.goods_class, quantity=self.quantity)

    def take_back(self, quantity: int, reason: str) -> None:
        """Some or all of it comes back. Raises ReturnedTooMuch."""
        left = self.quantity - self.returned
        command = "return_all" if quantity >= left else "return_part"
        self.machine.next(self.state, command)
        if quantity > left:
            raise ReturnedTooMuch(pointer="/quantity", quantity=self.quantity, returned=self.returned, left=left)
        self.move(command)
        self.returned, self.return_reason = self.returned + quantity, reason
        self.record("goods_returned", issue_id=self.id, issue_no=self.issue_no, lot_id=self.lot_id,
                    goods_class=self.goods_class, quantity=quantity)
