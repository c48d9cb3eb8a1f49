"""The end of a year: nothing is left open behind it, nothing is entered into it, and what was there goes over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from services.relief.application.payments.reserving import reserve
from services.relief.domain.funds.closing import CLOSING, YearClosing
from services.relief.domain.funds.fund import FundAccount
from shared.kernel.clock import now, today
from shared.kernel.errors import SamePerson, WrongState
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import (
    THIS,
    book,
    budget,
    closing,
    confirm,
    correct,
    due,
    let_go,
    line_ids,
    settle,
    work,
)
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR, DIRECTOR, assert_sound, fund, get_fund, receive

NEXT = THIS + 1
Clock = Callable[[int], None]
DAY = date(2026, 1, 20)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def next_year(on_day: Clock) -> Callable[[], None]:
    """Moves the clock to 20 January of the next year."""
    return lambda: on_day((date(NEXT, 1, 20) - today()).days)


def code(relief: Desk, operation: str, who: Any, **rest: Any) -> str:
    return str(relief.refused(operation, who, **rest)["code"])


def figures(relief: Desk, fund_id: str, year: int) -> dict[str, Any]:
    told = relief.must("get_fund_statement", AUDITOR, path={"fund_id": fund_id}, query={"year": str(year)})["figures"]
    return {**told, **{row["kind"]: row["amount_fen"] for row in (*told["came"], *told["went"])},
            **{row["purpose"]: row["amount_fen"] for row in told["paid"]}}


# -- the closing by itself -------------------------------------------------------------------------------------

COMMANDS: dict[str, Callable[[YearClosing], object]] = {
    "confirm": lambda c: c.confirm({}, "auditor", DAY), "refuse": lambda c: c.refuse("r", "auditor", DAY)}
WAYS = {"PROPOSED": [], "CLOSED": ["confirm"], "REFUSED": ["refuse"]}


def made_in(state: str) -> YearClosing:
    made = YearClosing(new_id(), "/37/", new_id(), 2025, "cashier", now())
    for command in WAYS[state]:
        COMMANDS[command](made)
    return made


def test_the_table_has_these_states_and_commands() -> None:
    assert (set(WAYS), set(COMMANDS)) == (CLOSING.states, CLOSING.commands)


@pytest.mark.parametrize(("state", "command"), [*product(WAYS, COMMANDS)])
def test_a_move_is_made_or_refused_by_the_table(state: str, command: str) -> None:
    made = made_in(state)
    if state == "PROPOSED":
        COMMANDS[command](made)
        return
    with pytest.raises(WrongState):
        COMMANDS[command](made)
    assert made.state == state


def test_whoever_proposed_does_not_confirm() -> None:
    with pytest.raises(SamePerson):
        made_in("PROPOSED").confirm({}, "cashier", DAY)


# -- closing ---------------------------------------------------------------------------------------------------


def test_a_closed_year_goes_over_and_takes_nothing_more(relief: Desk, next_year: Callable[[], None]) -> None:
    money, paid = fund(relief, fen=10_000), due(3_000)
    book(relief, money["id"], [paid])
    settle(relief, money["id"], [paid])
    next_year()
    receive(relief, money["id"], 50)
    made = confirm(relief, closing(relief, money["id"], THIS))
    assert (made["state"], made["figures"]["closing_fen"], made["figures"]["available_fen"]) == ("CLOSED", 7_000, 7_000)
    kept = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": money["id"]}, query={"limit": "2"})["items"]
    assert [(e["kind"], e["year"], e["amount_fen"]) for e in kept] == [
        ("CARRIED_IN", NEXT, 7_000), ("CARRIED_OUT", THIS, 7_000)]
    late = {"amount_fen": 1, "receipt_no": "SJ-LATE", "year": THIS}
    assert code(relief, "receive_funds", CASHIER, path={"fund_id": money["id"]}, body=late) == "fund-year-closed"
    late = {"amount_fen": 1, "document_no": "LX-LATE", "year": THIS}
    assert code(relief, "receive_interest", CASHIER, path={"fund_id": money["id"]}, body=late) == "fund-year-closed"
    after = get_fund(relief, money["id"])
    assert (after["closed_year"], after["available_fen"]) == (THIS, 7_050)
    [event] = relief.told("year_closed")
    assert event["data"] == {"fund_no": money["fund_no"], "source": "UNION", "year": THIS, "carried_fen": 7_000}
    assert_sound(relief, money["id"])
    assert (figures(relief, money["id"], NEXT)["opening_fen"], figures(relief, money["id"], NEXT)["closing_fen"]) == (
        7_000, 7_050)


def test_late_receipts_belong_to_the_year_before_while_it_is_open(relief: Desk, next_year: Callable[[], None]) -> None:
    money = fund(relief, fen=100)
    next_year()
    body = {"amount_fen": 20, "document_no": "LX-Q4", "year": THIS}
    relief.must("receive_interest", CASHIER, path={"fund_id": money["id"]}, body=body)
    assert (figures(relief, money["id"], THIS)["INTEREST"], figures(relief, money["id"], THIS)["closing_fen"]) == (
        20, 120)
    confirm(relief, closing(relief, money["id"], THIS), CHAIR)
    assert figures(relief, money["id"], NEXT)["opening_fen"] == 120
    assert_sound(relief, money["id"])


def test_a_year_with_open_reservations_is_not_closed(relief: Desk, next_year: Callable[[], None]) -> None:
    money, dues = fund(relief, fen=10_000), [due(1_000), due(2_000), due(3_000)]
    budget(relief, money["id"], living=10_000)
    book(relief, money["id"], dues)
    settle(relief, money["id"], dues[:1])
    next_year()
    book(relief, money["id"], [due(500)])  # of the new year: of no concern
    problem = relief.refused("propose_year_closing", CASHIER, body={"fund_id": money["id"], "year": THIS})
    assert problem["code"] == "year-has-open-reservations"
    assert "¥50.00" in problem["detail"]["en"]
    let_go(relief, dues[1])
    query = {"year": str(THIS)}
    [left] = relief.must("list_open_reservations", AUDITOR, path={"fund_id": money["id"]}, query=query)["items"]
    assert (left["amount_fen"], left["about_id"], left["purpose"]) == (3_000, dues[2].about_id, "LIVING")
    unsaid = {"fund_id": money["id"], "year": THIS, "carried_line_ids": [left["id"]]}
    problem = relief.refused("propose_year_closing", CASHIER, body=unsaid)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("year-carried-reason-missing", "/carried_reason")
    made = closing(relief, money["id"], THIS, left["id"])
    assert (made["carried_count"], made["carried_fen"]) == (1, 3_000)
    made = confirm(relief, made)
    [carried] = relief.must("list_carried_reservations", AUDITOR, path={"closing_id": made["id"]})["items"]
    assert (carried["id"], carried["amount_fen"]) == (left["id"], 3_000)
    assert (made["figures"]["reserved_fen"], made["figures"]["available_fen"]) == (5_000, 4_000)
    settle(relief, money["id"], dues[2:])
    assert made["figures"]["budget"] == [
        {"purpose": "LIVING", "approved_fen": 10_000, "committed_fen": 4_000, "paid_fen": 1_000}]
    assert get_fund(relief, money["id"])["available_fen"] == 5_500
    assert figures(relief, money["id"], NEXT)["LIVING"] == 3_000
    assert_sound(relief, money["id"])


@pytest.mark.parametrize("listed", ["twice", "unknown", "of the new year"])
def test_the_list_holds_the_open_reservations_and_nothing_else(relief: Desk, next_year: Callable[[], None],
                                                               listed: str) -> None:
    money = fund(relief, fen=10_000)
    book(relief, money["id"], [due(1_000)])
    [mine] = line_ids(relief, money["id"])
    next_year()
    book(relief, money["id"], [due(500)])
    other = next(one for one in line_ids(relief, money["id"]) if one != mine)
    more = {"twice": mine, "unknown": new_id(), "of the new year": other}[listed]
    body = {"fund_id": money["id"], "year": THIS, "carried_line_ids": [mine, more], "carried_reason": "年底未发放"}
    status, data = relief.do("propose_year_closing", CASHIER, body=body)
    assert (status, data.get("code")) == ((201, None) if listed == "twice" else (422, "reservation-not-open"))


def test_a_payment_that_came_back_since_the_proposal_stops_the_closing(relief: Desk,
                                                                       next_year: Callable[[], None]) -> None:
    money, one = fund(relief, fen=10_000), due(1_000)
    book(relief, money["id"], [one])
    settle(relief, money["id"], [one])
    next_year()
    made = closing(relief, money["id"], THIS)
    settle(relief, money["id"], [one], "RETURNED", "RESERVED")
    problem = relief.refused("confirm_year_closing", AUDITOR, path={"closing_id": made["id"]}, version=made["version"])
    assert problem["code"] == "year-has-open-reservations"
    relief.must("refuse_year_closing", AUDITOR, path={"closing_id": made["id"]}, version=1, body={"reason": "有退汇"})
    made = confirm(relief, closing(relief, money["id"], THIS, *line_ids(relief, money["id"])))
    assert made["figures"]["available_fen"] == 9_000
    assert_sound(relief, money["id"])


def test_years_end_one_after_the_other_and_only_when_they_are_over(relief: Desk, on_day: Clock) -> None:
    money = fund(relief, fen=100)

    def refused(year: int) -> str:
        return code(relief, "propose_year_closing", CASHIER, body={"fund_id": money["id"], "year": year})

    assert refused(THIS) == "fund-year-not-over"
    on_day((date(NEXT + 1, 1, 20) - today()).days)
    assert (refused(NEXT), refused(THIS - 1)) == ("fund-year-not-next", "fund-year-not-next")
    first = closing(relief, money["id"], THIS)
    assert refused(THIS) == "year-closing-under-way"
    confirm(relief, first)
    assert refused(THIS) == "fund-year-closed"
    confirm(relief, closing(relief, money["id"], NEXT))
    assert get_fund(relief, money["id"])["closed_year"] == NEXT
    assert figures(relief, money["id"], NEXT)["closing_fen"] == 100
    assert_sound(relief, money["id"])


def test_an_empty_year_is_closed_without_entries(relief: Desk, next_year: Callable[[], None]) -> None:
    money = fund(relief, fen=0)
    next_year()
    confirm(relief, closing(relief, money["id"], THIS))
    assert (get_fund(relief, money["id"])["entries_count"], get_fund(relief, money["id"])["closed_year"]) == (0, THIS)


def test_last_years_books_may_be_kept_here_and_closed(relief: Desk) -> None:
    money = fund(relief, fen=0, first_year=THIS - 1)
    body = {"amount_fen": 700, "receipt_no": "SJ-OLD", "year": THIS - 1}
    relief.must("receive_funds", CASHIER, path={"fund_id": money["id"]}, body=body)
    confirm(relief, closing(relief, money["id"], THIS - 1))
    assert figures(relief, money["id"], THIS)["opening_fen"] == 700
    for year in (THIS - 2, THIS + 1):
        body = {"source": "UNION", "name": "工会经费", "first_year": year}
        assert code(relief, "open_fund", DIRECTOR, body=body) == "fund-year-not-open"


@pytest.mark.parametrize("year", [THIS - 1, THIS + 1])
def test_nothing_is_entered_into_a_year_that_is_not_kept(relief: Desk, year: int) -> None:
    body = {"amount_fen": 1, "receipt_no": "SJ-X", "year": year}
    assert code(relief, "receive_funds", CASHIER, path={"fund_id": fund(relief)["id"]}, body=body) == \
        "fund-year-not-open"


def test_the_budget_of_a_closed_year_is_fixed(relief: Desk, next_year: Callable[[], None]) -> None:
    money = fund(relief, fen=100)
    made = budget(relief, money["id"], living=100)
    next_year()
    confirm(relief, closing(relief, money["id"], THIS))
    body = {"lines": [{"purpose": "LIVING", "amount_fen": 200}], "reason": "追加"}
    assert code(relief, "propose_budget_revision", CASHIER, path={"budget_id": made["id"]}, version=made["version"],
                body=body) == "fund-year-closed"


def test_a_mistake_of_a_closed_year_is_reversed_in_the_new_one(relief: Desk, next_year: Callable[[], None]) -> None:
    money = fund(relief, fen=0)
    wrong = receive(relief, money["id"], 100)
    receive(relief, money["id"], 900)
    next_year()
    confirm(relief, closing(relief, money["id"], THIS))
    correct(relief, wrong)
    assert (figures(relief, money["id"], NEXT)["REVERSED"], figures(relief, money["id"], NEXT)["closing_fen"]) == (
        100, 900)
    assert_sound(relief, money["id"])


def test_two_people_close_a_year(relief: Desk, next_year: Callable[[], None]) -> None:
    both = caller(Role.CASHIER, Role.AUDITOR)
    money = fund(relief, fen=100)
    next_year()
    made = relief.must("propose_year_closing", both, body={"fund_id": money["id"], "year": THIS})
    assert code(relief, "confirm_year_closing", both, path={"closing_id": made["id"]}, version=1) == \
        "separation-of-duty"
    assert get_fund(relief, money["id"])["closed_year"] is None


def test_a_year_in_figures(relief: Desk) -> None:
    money, dues = fund(relief, fen=10_000), [due(1_000), due(2_000), due(500)]
    book(relief, money["id"], dues[:2])
    book(relief, money["id"], dues[2:], "MEDICAL")
    settle(relief, money["id"], dues)
    settle(relief, money["id"], dues[:1], "RETURNED", "RESERVED")
    settle(relief, money["id"], dues[1:2], "RECOVERED", "RECOVERED")
    told = figures(relief, money["id"], THIS)
    wanted = {"opening_fen": 0, "RECEIVED": 10_000, "PAID": 3_500, "LIVING": 3_000, "MEDICAL": 500, "RETURNED": 1_000,
              "RECOVERED": 2_000, "reserved_fen": 1_000, "available_fen": 8_500, "closing_fen": 9_500}
    assert {name: told[name] for name in wanted} == wanted
    whole = relief.must("get_yearly_statement", AUDITOR, query={"source": "UNION"})
    assert whole["total"]["closing_fen"] == whole["funds"][0]["figures"]["closing_fen"] == 9_500
    row = get_fund(relief, money["id"])
    assert told["closing_fen"] == row["available_fen"] + row["reserved_fen"]


def test_a_freeze_is_seen_in_lists_and_its_reasons_stay_in_the_trail(relief: Desk) -> None:
    money = fund(relief)
    for reason in ("票据不符", "重复领取"):
        version = get_fund(relief, money["id"])["version"]
        frozen = relief.must("freeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=version,
                             body={"reason": reason})
        [listed] = relief.must("list_funds", CHAIR, query={"state": "FROZEN"})["items"]
        assert listed["frozen_reason"] == reason
        relief.must("unfreeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=frozen["version"])
    trail = relief.must("list_audit_entries", caller(Role.SYSTEM_ADMIN), query={"subject_id": money["id"]})["items"]
    assert "票据不符" in str(trail)
    assert "重复领取" in str(trail)


def test_what_a_transaction_did_before_it_paid_stays_in_the_trail(relief: Desk) -> None:
    """Reserving must not wipe out what the audit says of the other changes of its transaction."""
    money, other = fund(relief, fen=1_000), fund(relief, "SPONSOR")
    with work(relief, AUDITOR) as unit:
        unit.load(FundAccount, other["id"]).freeze("先冻结后预占")
        for _ in range(2):
            reserve(unit, money["id"], "LIVING", [due(100)], is_collective=False)
    trail = relief.must("list_audit_entries", caller(Role.SYSTEM_ADMIN), query={"subject_id": other["id"]})["items"]
    assert "先冻结后预占" in str(trail)
    assert get_fund(relief, money["id"])["reserved_fen"] == 200
