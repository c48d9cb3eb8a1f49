"""Mediation, relief and legal hear what the others really tell: the advance from the request to the repaid fen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.mediation.town import Town, agreement
from tests.services.relief import samples as r

CLAIMS_43 = [155_000 + 731 * number + number % 5 for number in range(43)]
TOTAL_FEN = 7_000_000
DeskOf = Callable[[str], Desk]


class Neighbours(Town):
    """A town with relief, where everybody hears everything."""

    def __init__(self, desk: DeskOf) -> None:
        super().__init__(desk)
        self.relief = desk("relief")
        self.heard: set[str] = set()

    def spread_the_news(self) -> None:
        """Deliver, once each, what has been told until nobody has anything new to say."""
        desks = (self.mediation, self.relief, self.legal)
        while fresh := [told for desk in desks for told in desk.told() if told["id"] not in self.heard]:
            self.heard |= {told["id"] for told in fresh}
            for desk in desks:
                desk.hear(fresh)

    def advance(self, dispute: Any) -> r.Case:
        self.spread_the_news()
        found = self.relief.must("list_wage_advances", r.DIRECTOR, query={"dispute_id": dispute["id"]})["items"]
        return r.Case(self.relief, found[0])

    def paid(self) -> tuple[Any, r.Case, Any]:
        """43 workers with cards, ¥70,000 advanced to them from a union fund."""
        dispute = self.requested(CLAIMS_43, TOTAL_FEN)
        for claim in dispute["claims"]:
            r.give_card(self.membership, claim["worker_id"])
        case, fund = self.advance(dispute), r.fund(self.relief)
        case.secure(today() + timedelta(days=10))
        case.pay(fund["id"])
        self.spread_the_news()
        return self.read(dispute), case, fund


@pytest.fixture
def town(desk: DeskOf) -> Neighbours:
    return Neighbours(desk)


def test_70000_yuan_there_and_back(town: Neighbours) -> None:
    dispute, case, fund = town.paid()
    assert sum(claim["advanced_fen"] for claim in dispute["claims"]) == TOTAL_FEN
    assert {claim["advance_state"] for claim in dispute["claims"]} == {"DISBURSED"}
    dispute = town.step("agree", dispute, agreement(("REPAY_UNION", TOTAL_FEN)))
    for number, part_fen in enumerate((3_000_000, 4_000_000)):
        assert town.read(dispute)["state"] == "AGREED"
        case.must("record_repayment", r.CASHIER, amount_fen=part_fen, receipt_no=f"SJ-{number}")
        town.spread_the_news()
    found = town.read(dispute)
    assert (found["state"], found["obligations"][0]["done_fen"]) == ("PERFORMED", TOTAL_FEN)
    assert found["advances"][0]["state"] == "REPAID"
    r.assert_sound(town.relief, fund["id"])


def test_overdue_then_recovered(town: Neighbours, on_day: Callable[[int], None]) -> None:
    dispute, case, _ = town.paid()
    dispute = town.step("agree", dispute, agreement(("REPAY_UNION", TOTAL_FEN)))
    on_day(12)
    town.relief.tick()
    town.spread_the_news()
    assert town.read(dispute)["state"] == "DEFAULTED"
    recovery = town.legal.must("list_recovery_cases", r.DIRECTOR, query={"dispute_id": dispute["id"]})["items"][0]
    assert recovery["balance_fen"] == TOTAL_FEN
    case.read()
    case.must("record_repayment", r.CASHIER, amount_fen=TOTAL_FEN, receipt_no="SJ-1")
    town.spread_the_news()
    assert town.read(dispute)["state"] == "PERFORMED"
    recovery = town.legal.must("get_recovery_case", r.DIRECTOR, path={"recovery_id": recovery["id"]})
    assert (recovery["state"], recovery["balance_fen"]) == ("RECOVERED", 0)


def test_relief_refuses_and_mediation_may_ask_again(town: Neighbours) -> None:
    dispute = town.requested([1000, 500], 600)
    case = town.advance(dispute)
    case.must("refuse_wage_advance", r.CHAIR, reason="余额不足", alternatives=["PAYMENT_ORDER"])
    town.spread_the_news()
    dispute = town.read(dispute)
    assert {claim["advance_state"] for claim in dispute["claims"]} == {"REFUSED"}
    dispute = town.step("request_wage_advance", dispute, {"total_fen": 300})
    town.spread_the_news()
    assert [one["state"] for one in town.read(dispute)["advances"]] == ["REFUSED", "PROPOSED"]
