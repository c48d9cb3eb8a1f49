"""A proposal of relief's own is held against what mediation has verified, and against every other advance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller, pointers
from tests.services.mediation.town import finding
from tests.services.relief.samples import CHAIR, DIRECTOR, GROUP, Case, Roster, fund, propose, request

DeskOf = Callable[[str], Desk]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def roster(desk: DeskOf) -> Roster:
    return Roster(desk("membership"), [100_000, 200_000])


def refused(relief: Desk, body: dict[str, Any], who: Any = DIRECTOR) -> tuple[str, str]:
    told = relief.refused("propose_wage_advance", who, body=body)
    assert relief.must("list_wage_advances", caller(Role.AUDITOR, org_path="/37/"))["items"] == []
    return told["code"], (*pointers(told), "")[0]


def with_line(roster: Roster, **changed: Any) -> dict[str, Any]:
    return roster.part(roster.lines[0], {**roster.lines[1], **changed})


def test_a_dispute_that_mediation_does_not_know(relief: Desk, roster: Roster) -> None:
    assert refused(relief, {**roster.body, "dispute_id": new_id()}) == ("dispute-unknown", "/dispute_id")


def test_a_dispute_of_another_organisation(relief: Desk, roster: Roster) -> None:
    elsewhere = caller(Role.CENTRE_DIRECTOR, org_path="/37/3701/")
    assert refused(relief, roster.body, elsewhere) == ("dispute-unknown", "/dispute_id")
    assert refused(relief, {**roster.body, "org_path": "/37/3701/"}) == ("not-found", "/org_path")
    assert refused(relief, {**roster.body, "org_path": f"{PLACE}x/"}) == ("dispute-of-another-unit", "/org_path")


def test_an_advance_lies_in_the_unit_of_its_dispute(relief: Desk, roster: Roster) -> None:
    of_the_city = caller(Role.CENTRE_DIRECTOR, org_path="/37/3702/")
    assert relief.must("propose_wage_advance", of_the_city, body=roster.body)["org_path"] == PLACE


def test_another_employer_than_the_disputes(relief: Desk, desk: DeskOf, roster: Roster) -> None:
    other = people.employer(desk("membership"), "另一公司")
    assert refused(relief, {**roster.body, "employer_id": other}) == ("dispute-of-another-employer", "/employer_id")


def test_each_claim_is_the_disputes_the_workers_and_of_its_amount(relief: Desk, desk: DeskOf, roster: Roster) -> None:
    colleague = people.worker(desk("membership"), roster.employer_id)
    foreign = Roster(desk("membership"), [100]).lines[0]["claim_id"]
    for changed, expected in (
            ({"claim_id": new_id()}, ("claim-not-in-dispute", "/lines/1/claim_id")),
            ({"claim_id": foreign}, ("claim-not-in-dispute", "/lines/1/claim_id")),
            ({"worker_id": colleague}, ("claim-of-another-worker", "/lines/1/worker_id")),
            ({"worker_id": roster.lines[0]["worker_id"]}, ("claim-of-another-worker", "/lines/1/worker_id")),
            ({"claimed_fen": 200_001}, ("claim-differs", "/lines/1/claimed_fen")),
            ({"claimed_fen": 199_999, "advanced_fen": 1}, ("claim-differs", "/lines/1/claimed_fen"))):
        assert refused(relief, with_line(roster, **changed)) == expected, changed


def test_arrears_that_are_not_verified_name_why(relief: Desk, roster: Roster) -> None:
    dispute = roster.town.read({"id": roster.dispute_id})
    roster.town.step("hold_session", dispute, finding(300_000, wages_undisputed=False))
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.body)
    assert (told["status"], told["code"]) == (409, "arrears-not-verified")
    assert "工资数额有争议" in told["detail"]["zh"]
    assert "the wages are disputed" in told["detail"]["en"]


def test_a_dispute_that_has_ended_is_not_advanced(relief: Desk, roster: Roster) -> None:
    dispute = roster.town.read({"id": roster.dispute_id})
    roster.town.step("withdraw_dispute", dispute, {"reason": "已自行解决"})
    assert refused(relief, roster.body)[0] == "arrears-not-verified"


def test_no_more_than_the_employer_acknowledges_over_all_advances(relief: Desk, roster: Roster) -> None:
    dispute = roster.town.read({"id": roster.dispute_id})
    roster.town.step("hold_session", dispute, finding(250_000))
    first, second = roster.lines
    assert refused(relief, roster.body) == ("advance-above-acknowledged", "/total_fen")
    relief.must("propose_wage_advance", DIRECTOR, body=roster.part(first))
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.part({**second, "advanced_fen": 150_001}))
    assert told["code"] == "advance-above-acknowledged"
    relief.must("propose_wage_advance", DIRECTOR, body=roster.part({**second, "advanced_fen": 150_000}))


def test_a_second_advance_of_a_dispute_is_for_other_claims(relief: Desk, roster: Roster) -> None:
    first, second = roster.lines
    relief.must("propose_wage_advance", DIRECTOR, body=roster.part(first))
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.part({**first, "advanced_fen": 1}))
    assert told["code"] == "claim-already-advanced"
    relief.must("propose_wage_advance", DIRECTOR, body=roster.part(second))


def test_claims_that_mediation_has_asked_for_wait_for_its_request(relief: Desk, roster: Roster) -> None:
    dispute = roster.town.read({"id": roster.dispute_id})
    roster.town.step("request_wage_advance", dispute, {"total_fen": 300_000})
    assert refused(relief, roster.body) == ("advance-requested", "/lines/0/claim_id")
    relief.hear(roster.town.mediation.told())
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.body)
    assert told["code"] == "claim-already-advanced"


def test_nothing_is_proposed_while_mediation_is_away(relief: Desk, roster: Roster,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    ask = type(relief.outside).ask

    def away(desks: Any, service: str, operation: str, query: dict[str, Any]) -> Any:
        if service == "mediation":
            raise Unavailable("mediation")
        return ask(desks, service, operation, query)

    monkeypatch.setattr(type(relief.outside), "ask", away)
    assert relief.refused("propose_wage_advance", DIRECTOR, body=roster.body)["status"] == 503
    monkeypatch.undo()
    assert propose(relief, roster).now["state"] == "PROPOSED"


# -- limits over all advances ----------------------------------------------------------------------------------


def parts(relief: Desk, roster: Roster) -> list[Case]:
    """An advance for each line."""
    return [Case(relief, relief.must("propose_wage_advance", DIRECTOR, body=roster.part(line)))
            for line in roster.lines]


def test_a_total_above_the_cap_does_not_pass_in_parts(relief: Desk, roster: Roster,
                                                      limits: Callable[..., None]) -> None:
    limits(most_total_fen=299_999)
    first, second = roster.lines
    made = Case(relief, relief.must("propose_wage_advance", DIRECTOR, body=roster.part(second)))
    told = relief.refused("propose_wage_advance", DIRECTOR, body=roster.part(first))
    assert told["code"] == "advance-above-cap"
    assert "同案" in told["detail"]["zh"]
    made.must("refuse_wage_advance", GROUP, reason="资金不足", alternatives=["PAYMENT_ORDER"])
    relief.must("propose_wage_advance", DIRECTOR, body=roster.part(first))


def test_a_limit_that_was_lowered_holds_at_the_approval(relief: Desk, roster: Roster,
                                                        limits: Callable[..., None]) -> None:
    first, second = parts(relief, roster)
    limits(most_total_fen=299_999)
    assert first.refused("approve_wage_advance", GROUP) == "advance-above-cap"
    second.must("refuse_wage_advance", GROUP, reason="资金不足", alternatives=["PAYMENT_ORDER"])
    first.must("approve_wage_advance", GROUP)


def test_an_emergency_above_the_cap_does_not_pass_in_parts(relief: Desk, roster: Roster,
                                                           limits: Callable[..., None]) -> None:
    limits(most_emergency_fen=250_000)
    first, second = parts(relief, roster)
    first.must("approve_emergency_advance", CHAIR)
    status, told = second.do("approve_emergency_advance", CHAIR)
    assert (status, told["code"]) == (409, "advance-above-cap")
    assert "¥1,000.00" in told["detail"]["zh"]
    assert "领导小组" in told["detail"]["zh"]
    assert "leading group" in told["detail"]["en"]
    assert second.read()["state"] == "PROPOSED"
    first.must("ratify_wage_advance", GROUP)
    assert second.refused("approve_emergency_advance", CHAIR) == "advance-above-cap"  # it is not repaid yet
    second.must("approve_wage_advance", GROUP)
    assert second.now["is_emergency"] is False


@pytest.mark.parametrize("is_ratified", [True, False])
def test_an_emergency_takes_room_until_it_is_ratified_and_repaid(relief: Desk, roster: Roster, is_ratified: bool,
                                                                 limits: Callable[..., None]) -> None:
    limits(most_emergency_fen=250_000)
    first, second = parts(relief, roster)
    first.secure()
    first.pay(fund(relief)["id"])
    first.must("record_repayment", caller(Role.CASHIER), amount_fen=100_000, receipt_no="SJ-1")
    if is_ratified:
        first.must("ratify_wage_advance", GROUP)
        second.must("approve_emergency_advance", CHAIR)
    else:
        assert second.refused("approve_emergency_advance", CHAIR) == "advance-above-cap"


def test_another_dispute_of_the_employer_is_no_way_round(relief: Desk, desk: DeskOf, roster: Roster,
                                                         limits: Callable[..., None]) -> None:
    limits(most_emergency_fen=350_000)
    other = Roster(desk("membership"), [100_000])
    other.employer_id = roster.employer_id
    cases = [request(relief, one) for one in (roster, other)]
    cases[0].must("approve_emergency_advance", CHAIR)
    assert cases[1].refused("approve_emergency_advance", CHAIR) == "advance-above-cap"
