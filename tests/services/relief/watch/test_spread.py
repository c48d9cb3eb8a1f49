"""The report on a year's money, for a unit and for the units below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.households import draft
from tests.services.relief.means.payments import paid
from tests.services.relief.payments import bank
from tests.services.relief.samples import fund

DIRECTOR = caller(Role.CENTRE_DIRECTOR)
STATISTICIAN = caller(Role.STATISTICIAN, org_path="/37/3702/")
SUMMER, FESTIVAL = date(2025, 7, 1), date(2025, 1, 20)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def fund_id(relief: Desk) -> str:
    return str(fund(relief, fen=0)["id"])


def spread(relief: Desk, who: Any = DIRECTOR, **query: Any) -> Any:
    return relief.must("get_spread", who, query={"year": "2025", **query})


def test_a_year_without_payments_has_no_shares(relief: Desk) -> None:
    found = spread(relief)
    assert (found["payments"], found["gini_bp"], found["signals"]) == (0, None, [])
    assert (len(found["months"]), len(found["steps_zh"])) == (12, 1)
    assert found["org_path"] == PLACE
    assert relief.must("get_spread_by_unit", DIRECTOR, query={"year": "2025"})["units"] == []


def test_months_festivals_and_thin_spreading(relief: Desk, fund_id: str) -> None:
    """Eight of ten payments of ¥300 fall before Spring Festival, two of ¥4,000 in summer."""
    for _ in range(8):
        paid(relief, new_id(), 30_000, FESTIVAL, fund_id=fund_id)
    for _ in range(2):
        paid(relief, new_id(), 400_000, SUMMER, fund_id=fund_id)
    found = spread(relief)
    assert (found["payments"], found["households"], found["amount_fen"]) == (10, 10, 1_040_000)
    assert (found["festival_share_bp"], found["small_payments_share_bp"]) == (8_000, 8_000)
    assert found["top_tenth_share_bp"] == 3_846
    assert found["mean_per_household_fen"] == 104_000
    assert found["mean_in_dibao_bp"] == 10_400
    assert found["signals"] == ["FESTIVAL_BUNCHING", "SESAME"]
    months = {row["month"]: row for row in found["months"]}
    assert (months[1]["payments"], months[1]["amount_fen"], months[7]["payments"]) == (8, 240_000, 2)
    assert (months[1]["has_festival_window"], months[7]["has_festival_window"]) == (True, False)
    assert any("80.00 %" in step and "60.00 %" in step for step in found["steps_zh"])
    assert len(found["steps_zh"]) == len(found["steps_en"]) == 4


def test_what_does_not_count(relief: Desk, fund_id: str) -> None:
    """Reserved money, advances on wages, partners, other years; another purpose where one is asked for."""
    paid(relief, new_id(), 100, SUMMER, fund_id=fund_id)
    paid(relief, new_id(), 100, SUMMER, "MEDICAL", fund_id=fund_id)
    paid(relief, new_id(), 100, SUMMER, fund_id=fund_id, state="SENT")
    paid(relief, new_id(), 100, SUMMER, "WAGE_ADVANCE", fund_id=fund_id)
    paid(relief, new_id(), 100, SUMMER, fund_id=fund_id, payee_kind="PARTNER")
    paid(relief, new_id(), 100, date(2024, 12, 31), fund_id=fund_id)
    assert spread(relief)["payments"] == 2
    assert spread(relief, purpose="MEDICAL")["payments"] == 1
    assert spread(relief, year="2024")["payments"] == 1


def test_sums_are_net_of_what_came_back(relief: Desk, fund_id: str) -> None:
    """Half of one came back, all of another; of a third the rest was written off, which was given."""
    half, rest = new_id(), new_id()
    paid(relief, half, 40_000, SUMMER, fund_id=fund_id, recovered_fen=39_000)
    paid(relief, new_id(), 70_000, SUMMER, fund_id=fund_id, recovered_fen=70_000, state="RECOVERED")
    paid(relief, rest, 500_000, FESTIVAL, fund_id=fund_id, recovered_fen=100_000, written_off_fen=400_000)
    found = spread(relief)
    assert (found["payments"], found["amount_fen"], found["recovered_fen"]) == (2, 401_000, 139_000)
    assert {row["month"]: row["amount_fen"] for row in found["months"] if row["payments"]} == {1: 400_000, 7: 1_000}
    assert found["small_payments_share_bp"] == 5_000  # ¥5,000 was no small payment
    assert any("1,390.00" in step for step in found["steps_en"])
    [unit] = relief.must("get_spread_by_unit", DIRECTOR, query={"year": "2025"})["units"]
    assert (unit["amount_fen"], unit["recovered_fen"]) == (401_000, 139_000)
    households = relief.must("get_spread_by_household", DIRECTOR, query={"year": "2025"})["households"]
    assert [(one["worker_id"], one["amount_fen"]) for one in households] == [(rest, 400_000), (half, 1_000)]


def test_a_payment_that_the_bank_returned_is_in_no_sum(relief: Desk, desk: Callable[[str], Desk]) -> None:
    """Through a batch and the bank's files: what is returned waits again, twice told it is taken off once."""
    money = fund(relief)
    batch = bank.filled(relief, money, bank.lines(bank.workers(desk("membership"), 2)))
    batch.send()
    [file] = batch.files()
    sent = batch.content(file["id"])
    batch.told(bank.answer(sent, lambda _line: "成功"))
    year = {"year": str(today().year)}
    assert spread(relief, **year)["amount_fen"] == 20_000
    one = batch.rows()[0]["id"]
    returned = bank.answer(sent, lambda line: "退汇" if line.replace("-", "") == one.replace("-", "") else None)
    for _ in range(2):
        batch.load(returned)
        batch.settle()
    found = spread(relief, **year)
    assert (found["payments"], found["amount_fen"]) == (1, 10_000)


def test_a_household_counts_once(relief: Desk, desk: Callable[[str], Desk], fund_id: str) -> None:
    head, spouse = (people.worker(desk("membership"), None) for _ in range(2))
    draft(relief, head, spouse)
    for one in (head, spouse, new_id()):
        paid(relief, one, 100, SUMMER, fund_id=fund_id)
    found = spread(relief)
    assert (found["payments"], found["households"], found["gini_bp"]) == (3, 2, 1_667)


def test_units_below_add_up_to_the_whole(relief: Desk, fund_id: str) -> None:
    places = {PLACE: 300, "/37/3702/370203/": 500, "/37/3702/370203/street/": 50, "/37/3702/": 7, "/37/3799/": 999}
    for place, fen in places.items():
        paid(relief, new_id(), fen, SUMMER, fund_id=fund_id, org_path=place)
    found = relief.must("get_spread_by_unit", STATISTICIAN, query={"year": "2025"})
    units = {unit["org_path"]: unit["amount_fen"] for unit in found["units"]}
    assert list(units.items()) == [("/37/3702/370203/", 550), (PLACE, 300), ("/37/3702/", 7)]
    whole = spread(relief, STATISTICIAN)
    assert (whole["amount_fen"], whole["payments"]) == (sum(units.values()), 4)
    below = relief.must("get_spread_by_unit", STATISTICIAN, query={"year": "2025", "org_path": "/37/3702/370203/"})
    assert [unit["org_path"] for unit in below["units"]] == ["/37/3702/370203/", "/37/3702/370203/street/"]


def test_who_got_most_and_who_least(relief: Desk, desk: Callable[[str], Desk], fund_id: str) -> None:
    head, spouse = (people.worker(desk("membership"), None) for _ in range(2))
    file = draft(relief, head, spouse).now
    alone = new_id()
    for worker_id, fen, day in ((head, 300, SUMMER), (spouse, 400, FESTIVAL), (alone, 600, SUMMER)):
        paid(relief, worker_id, fen, day, fund_id=fund_id)
    household = {"file_id": file["id"], "file_no": file["file_no"], "worker_id": None, "payments": 2, "amount_fen": 700}
    single = {"file_id": None, "file_no": None, "worker_id": alone, "payments": 1, "amount_fen": 600}

    def asked(**query: str) -> Any:
        return relief.must("get_spread_by_household", DIRECTOR, query={"year": "2025", **query})

    assert asked()["households"] == [household, single]
    assert asked(order="LEAST")["households"] == [single, household]
    assert asked(month="7")["households"] == [single, {**household, "payments": 1, "amount_fen": 300}]
    assert asked(purpose="MEDICAL") == {"year": 2025, "org_path": PLACE, "households": [], "has_more": False}
    assert relief.refused("get_spread_by_household", DIRECTOR, query={"month": "13"})["status"] == 422


def test_a_long_list_of_households_is_cut_and_says_so(relief: Desk, fund_id: str) -> None:
    for fen in range(1, 102):
        paid(relief, new_id(), fen, SUMMER, fund_id=fund_id)
    found = relief.must("get_spread_by_household", DIRECTOR, query={"year": "2025"})
    assert (len(found["households"]), found["has_more"]) == (100, True)
    assert found["households"][0]["amount_fen"] == 101


@pytest.mark.parametrize(("query", "status", "code"), [
    ({"org_path": "/37/3799/"}, 404, "not-found"),
    ({"year": "1999"}, 422, "content-invalid"),
    ({"year": "2031"}, 422, "rule-missing"),
    ({"year": "x"}, 422, "content-invalid"),
    ({"purpose": "CHOCOLATE"}, 422, "content-invalid"),
])
@pytest.mark.parametrize("operation", ["get_spread", "get_spread_by_unit", "get_spread_by_household"])
def test_what_cannot_be_asked(relief: Desk, operation: str, query: dict[str, str], status: int, code: str) -> None:
    told = relief.refused(operation, DIRECTOR, query=query)
    assert (told["status"], told["code"]) == (status, code)
