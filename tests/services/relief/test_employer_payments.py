"""What employers paid workers themselves: nobody is advanced more than is left of their claim, no paper counts twice,
and a wrong entry is put right wherever it led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.relief.domain.advances import employer_payments as payments
from services.relief.domain.advances.refusals import EmployerPaidAboveClaim
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.contracts.relief.advances.codes import LINE_REFUSALS
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.relief.samples import CASHIER, DIRECTOR, GROUP, Case, Roster, assert_sound, fund, request

DeskOf = Callable[[str], Desk]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def roster(desk: DeskOf) -> Roster:
    return Roster(desk("membership"), [100_000, 200_000])


def _entry(*paid: tuple[str, int], evidence_no: str = "YH-9") -> dict[str, Any]:
    return {"payments": [{"claim_id": claim, "amount_fen": fen} for claim, fen in paid], "evidence_no": evidence_no}


def _reverse(relief: Desk, case: Case, who: Any = CASHIER, n: int = 0) -> tuple[int, Any]:
    entry = case.read()["employer_payments"][n]
    status, data = relief.do("reverse_employer_payment", who, version=case.now["version"], body={"reason": "看错行"},
                             path={"advance_id": case.now["id"], "payment_id": entry["id"]})
    case.read()
    return status, data


def _made(claims: list[tuple[int, int]]) -> WageAdvance:
    made = WageAdvance(new_id(), "/37/3702/370202/", "DF1", new_id(), new_id(), "-", sum(c[1] for c in claims), "p",
                       now())
    made.set_lines([{"claim_id": new_id(), "worker_id": new_id(), "claimed_fen": claimed, "advanced_fen": advanced}
                    for claimed, advanced in claims])
    return made


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2 * 10**6)), min_size=1,
                max_size=8))
def test_no_worker_gets_more_than_their_claim(lines: list[tuple[int, int, int]]) -> None:
    """Whatever the employer paid before the union: what is advanced is at most what is left of each claim; and taken
    back, all is as it was."""
    made = _made([(claimed, min(claimed, advanced)) for claimed, advanced, _ in lines])
    was = [(line.advanced_fen, line.is_refused) for line in made.lines], made.total_fen
    for line, (claimed, _, paid) in zip(made.lines, lines, strict=True):
        if not paid or not made.payable:
            continue
        if paid > claimed:
            with pytest.raises(EmployerPaidAboveClaim):
                payments.enter(made, {line.claim_id: paid}, "YH", (), "a", today())
        elif not (made.payable == [line] and paid == claimed):
            payments.enter(made, {line.claim_id: paid}, "YH", (), "a", today())
    assert all(line.advanced_fen + line.employer_paid_fen <= line.claimed_fen for line in made.payable)
    assert made.total_fen == sum(line.advanced_fen for line in made.payable)
    for entry in list(made.employer_payments):
        payments.reverse(made, entry.id, "-", "b", today())
        payments.know_again(made, entry.claim_id, 0, is_held=False)
    assert ([(line.advanced_fen, line.is_refused) for line in made.lines], made.total_fen) == was


def test_a_new_advance_knows_what_the_employer_has_paid(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", CASHIER, **_entry((first, 100_000), (second, 50_000)))
    case.must("refuse_wage_advance", DIRECTOR, reason="另行商议", alternatives=["ARBITRATION"])
    status, data = relief.do("propose_wage_advance", DIRECTOR, body=roster.body)
    assert (status, data["code"]) == (409, "claim-paid-by-employer")
    [line] = [{**line, "advanced_fen": 150_001} for line in roster.lines[1:]]
    assert relief.do("propose_wage_advance", DIRECTOR, body=roster.part(line))[1]["code"] == "claim-paid-by-employer"
    asked = relief.must("propose_wage_advance", DIRECTOR, body=roster.part({**line, "advanced_fen": 150_000}))
    assert asked["lines"][0]["employer_paid_fen"] == 50_000


def test_what_mediation_asks_for_leaves_out_who_was_paid(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", CASHIER, **_entry((first, 100_000), (second, 50_000)))
    case.must("refuse_wage_advance", DIRECTOR, reason="另行商议", alternatives=["ARBITRATION"])
    again = _ask_again(relief, roster)
    assert (again["state"], again["total_fen"]) == ("PROPOSED", 150_000)
    assert [(line["refused_because"], line["employer_paid_fen"]) for line in again["lines"]] == [
        ("EMPLOYER_PAID", 100_000), (None, 50_000)]


def test_when_all_is_paid_mediation_hears_so(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    case.must("record_employer_payment", CASHIER,
              **_entry(*((line["claim_id"], line["claimed_fen"]) for line in roster.lines)))
    again = _ask_again(relief, roster)
    assert (again["state"], again["refused_reason"]) == ("REFUSED", payments.EMPLOYER_PAID)


def _ask_again(relief: Desk, roster: Roster) -> dict[str, Any]:
    known = {row["id"] for row in _all(relief, roster)}
    assert relief.tell("mediation.wage_advance_requested.v1", roster.request) == "done"
    [new] = [row for row in _all(relief, roster) if row["id"] not in known]
    return new


def _all(relief: Desk, roster: Roster) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = relief.must("list_wage_advances", DIRECTOR,
                                             query={"dispute_id": roster.dispute_id})["items"]
    return rows


def test_no_more_than_is_owed_and_each_paper_once(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    assert case.refused("record_employer_payment", DIRECTOR, **_entry((second, 1), (first, 100_001))) == (
        "employer-paid-above-claim")
    assert case.read()["employer_payments"] == []
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 60_000), evidence_no="YH-9a"))
    for written in ("YH-9a", "yh-9A", "YH - 9A"):
        assert case.refused("record_employer_payment", DIRECTOR, **_entry((first, 1), evidence_no=written)) == (
            "employer-payment-paper-entered")
    assert case.refused("record_employer_payment", DIRECTOR, **_entry((first, 40_001))) == "employer-paid-above-claim"
    case.must("record_employer_payment", DIRECTOR, **_entry((second, 1), evidence_no="YH-9a"))
    assert case.now["total_fen"] == 40_000 + 199_999


def test_a_wrong_entry_is_reversed_by_somebody_else(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first = roster.lines[0]["claim_id"]
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 100_000)))
    assert (case.now["total_fen"], case.now["lines"][0]["refused_because"]) == (200_000, LINE_REFUSALS[0])
    assert _reverse(relief, case, DIRECTOR)[1]["code"] == "separation-of-duty"
    status, data = _reverse(relief, case)
    assert (status, data["total_fen"], data["lines"][0]["is_refused"]) == (200, 300_000, False)
    assert _reverse(relief, case)[1]["code"] == "employer-payment-reversed"
    assert relief.do("reverse_employer_payment", CASHIER, version=case.now["version"], body={"reason": "-"},
                     path={"advance_id": case.now["id"], "payment_id": new_id()})[1]["code"] == (
                         "employer-payment-unknown")
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 30_000)))  # the paper is free again
    assert case.now["total_fen"] == 270_000
    [told] = relief.told("wage_advance_employer_payment_reversed")
    assert (told["data"]["total_fen"], told["data"]["twice_fen"]) == (300_000, 0)


def test_what_was_left_out_of_an_approval_does_not_come_back_by_a_reversal(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 100_000), (second, 50_000)))
    case.must("approve_wage_advance", GROUP)
    for n in (0, 1):
        assert _reverse(relief, case, n=n)[0] == 200
    assert (case.now["total_fen"], case.now["lines"][0]["is_refused"]) == (150_000, True)


def test_a_reversal_puts_right_what_another_advance_took_over(relief: Desk, roster: Roster) -> None:
    case = request(relief, roster)
    first, second = (line["claim_id"] for line in roster.lines)
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 100_000), (second, 50_000)))
    case.must("refuse_wage_advance", DIRECTOR, reason="另行商议", alternatives=["ARBITRATION"])
    again = Case(relief, _ask_again(relief, roster))
    assert _reverse(relief, case)[0] == 200
    assert _reverse(relief, case, n=1)[0] == 200
    assert (again.read()["total_fen"], case.now["state"]) == (300_000, "REFUSED")
    assert [line["employer_paid_fen"] for line in again.now["lines"]] == [0, 0]


def test_a_reversal_leaves_a_claim_to_the_advance_that_took_it(relief: Desk, roster: Roster) -> None:
    """A claim left out of one advance was asked for in another since: it is advanced once."""
    case = request(relief, roster)
    first = roster.lines[0]["claim_id"]
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 60_000), evidence_no="A"))
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 40_000), evidence_no="B"))
    assert _reverse(relief, case)[0] == 200
    assert case.now["lines"][0]["advanced_fen"] == 60_000
    case.must("record_employer_payment", DIRECTOR, **_entry((first, 60_000), evidence_no="A"))
    case.must("approve_wage_advance", GROUP)
    assert _reverse(relief, case, n=1)[0] == 200  # left out for good here, so 40,000 may be asked for elsewhere
    line = {**roster.lines[0], "advanced_fen": 40_000}
    other = relief.must("propose_wage_advance", DIRECTOR, body=roster.part(line))
    assert _reverse(relief, case, n=3)[0] == 200
    assert case.now["lines"][0]["is_refused"]
    [seen] = Case(relief, other).read()["lines"]
    assert (seen["employer_paid_fen"], seen["advanced_fen"]) == (0, 40_000)


def test_what_was_paid_twice_is_put_right(relief: Desk, roster: Roster) -> None:
    money, case = fund(relief), request(relief, roster)
    case.secure()
    case.pay(money["id"])
    case.must("record_employer_payment", DIRECTOR, **_entry((roster.lines[1]["claim_id"], 50_000)))
    assert case.now["twice_fen"] == 50_000
    assert _reverse(relief, case)[0] == 200
    assert (case.now["twice_fen"], case.now["outstanding_fen"]) == (0, 300_000)
    assert_sound(relief, money["id"])


def test_entries_stay_as_they_are(relief: Desk, roster: Roster) -> None:
    request(relief, roster).must("record_employer_payment", DIRECTOR, **_entry((roster.lines[0]["claim_id"], 1)))
    for statement in ("UPDATE employer_payments SET amount_fen = 2", "DELETE FROM employer_payments"):
        with pytest.raises(DBAPIError, match="append-only"), relief.database.engine.begin() as connection:
            connection.execute(text(statement))
