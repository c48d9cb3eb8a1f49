"""A shop with sales to settle, and what the tests of settlements look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.payments import payment_lines
from services.relief.application.payments import outcomes
from services.relief.domain.payments.line import Outcome
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.store.work import Work
from tests.services.desks import Desk
from tests.services.relief.platforms.shop import CASHIER, DIRECTOR, Record, Shop, card

Desks = Callable[[str], Desk]
Clock = Callable[[int], None]


class Sold:
    """A shop, a card without limits, and its sales of today."""

    def __init__(self, desk: Desks, *amounts_fen: int, **more: bool) -> None:
        self.relief = desk("relief")
        self.shop = Shop(self.relief, **more)
        self.card = card(self.relief, desk("membership"), monthly_fen=None)
        self.sales = [self.sell(fen) for fen in amounts_fen]

    def sell(self, fen: int) -> Record:
        return Record(self.relief, "redemption", self.shop.must_sell(self.shop.sale(self.card, fen)))

    def refused(self, of_month: str) -> str:
        problem = self.relief.refused("draft_settlement", CASHIER, body={
            "agreement_id": self.shop.agreement["id"], "month": of_month})
        return str(problem["code"])

    def approved(self, of_month: str) -> Record:
        settlement = self.shop.draft_settlement(of_month)
        settlement.must("confirm_settlement", self.shop.clerk)
        settlement.must("approve_settlement", DIRECTOR)
        return settlement


def lines_of(settlement: Record, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = settlement.relief.must(
        "list_settlement_lines", CASHIER, path={"settlement_id": settlement["id"]}, query=query)["items"]
    return found


def assert_sums(settlement: Record) -> None:
    """The settlement is the sum of its lines, to the fen."""
    lines = [line for line in lines_of(settlement) if line["state"] != "REMOVED"]
    for name in ("total_fen", "union_fen", "partner_fen"):
        assert sum(line[name] for line in lines) == settlement[name]


def work_on(relief: Desk) -> Work:
    return Work(relief.database, relief.definition.contract, system("relief"), "test", traceparent="",
                outside=relief.outside)


def hear(settlement: Record, state: str, part: str = "1", reason: str = "") -> None:
    """What payments tells when the bank has spoken."""
    with work_on(settlement.relief) as work:
        outcomes.tell(work, [Outcome("CareSettlement", settlement["id"], part, state, settlement["union_fen"], today(),
                                     reason)])
    settlement.read("get_settlement")


def payment_rows(relief: Desk) -> Sequence[Any]:
    with relief.database.read() as connection:
        return connection.execute(select(payment_lines).order_by(payment_lines.c.about_part)).all()
