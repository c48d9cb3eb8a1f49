"""A receipt for money that came back after the write-off counts once, whoever enters it at the same time."""

from __future__ import annotations

from collections.abc import Callable

from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.relief.samples import AUDITOR, CASHIER, DIRECTOR, GROUP, assert_sound, fund, get_fund
from tests.services.relief.test_races import TwoDesks, at_once, command, secured

RECEIPT = {"amount_fen": 120_000, "receipt_no": "PC-2"}


def test_one_receipt_for_two_advances_on_two_funds(two: TwoDesks, desk: Callable[[str], Desk],
                                                   on_day: Callable[[int], None]) -> None:
    """No row is shared by the two but the receipt's number: the ledger's own index lets one through."""
    funds = [fund(at)["id"] for at in two]
    cases = [secured(at, desk("membership"), 300_000) for at in two]
    for case, money in zip(cases, funds, strict=True):
        case.pay(money)
    on_day(3)
    two[0].tick()
    for case in cases:
        case.read()
        case.must("start_recovery", DIRECTOR, note="支付令")
        case.must("ratify_wage_advance", GROUP)
        case.must("propose_write_off", GROUP, reason="破产终结", evidence_no="PC-1")
        case.must("confirm_write_off", AUDITOR)
    body = {**RECEIPT, "repaid_on": today().isoformat()}
    answers = at_once([(at, command("record_repayment", CASHIER, body, case))
                       for at, case in zip(two, cases, strict=True)])
    assert sorted(one.status for one in answers) == [200, 409]
    assert sorted(get_fund(two[0], money)["written_off_fen"] for money in funds) == [180_000, 300_000]
    for money in funds:
        assert_sound(two[0], money)
