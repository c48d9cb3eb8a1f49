"""A fund with a floor per year: what its statement says when less comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.relief.funds.money import THIS, correct, transfer
from tests.services.relief.funds.test_files import download, fen
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR, fund, receive

FLOOR = {"floor_fen": 1_000_000_000, "from_year": THIS, "to_year": THIS + 4, "document_no": "区财〔2026〕1号"}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def floored(relief: Desk, of: dict[str, Any], **more: Any) -> tuple[int, Any]:
    now = relief.must("get_fund", AUDITOR, path={"fund_id": of["id"]})
    return relief.do("set_fund_floor", CASHIER, path={"fund_id": of["id"]}, body={**FLOOR, **more},
                     version=now["version"])


def floor(relief: Desk, of: dict[str, Any], year: int = THIS) -> Any:
    told = relief.must("get_fund_statement", AUDITOR, path={"fund_id": of["id"]}, query={"year": str(year)})
    return told["floor"]


def test_a_year_below_its_floor_is_told_to_the_fen(relief: Desk, on_day: Callable[[int], None]) -> None:
    special = fund(relief, "LOCAL_FISCAL", fen=0)
    assert floor(relief, special) is None
    status, told = floored(relief, special)
    assert (status, told["floor_fen"], told["floor_to"]) == (200, 1_000_000_000, THIS + 4)
    receive(relief, special["id"], 999_999_999, "SJ-1")
    relief.must("receive_interest", CASHIER, path={"fund_id": special["id"]},
                body={"amount_fen": 5, "document_no": "LX-1"})
    assert floor(relief, special) == {"floor_fen": 1_000_000_000, "came_fen": 999_999_999, "short_fen": 1,
                                      "is_over": False, "document_no": "区财〔2026〕1号"}
    receive(relief, special["id"], 1, "SJ-2")
    assert floor(relief, special)["short_fen"] == 0
    assert floor(relief, special, THIS + 4)["short_fen"] == 1_000_000_000
    assert (floor(relief, special, THIS - 1), floor(relief, special, THIS + 5)) == (None, None)
    on_day((date(THIS + 1, 1, 1) - today()).days)
    assert (today().year, floor(relief, special)["is_over"]) == (THIS + 1, True)


def test_corrected_receipts_do_not_count_and_transfers_in_do(relief: Desk) -> None:
    special, union = fund(relief, "WARMTH_FUND", fen=0), fund(relief, fen=5_000)
    floored(relief, special, floor_fen=3_000)
    correct(relief, receive(relief, special["id"], 3_000, "SJ-1"))
    assert floor(relief, special)["short_fen"] == 3_000
    moved = transfer(relief, union, special, 2_500)
    relief.must("approve_transfer", CHAIR, path={"transfer_id": moved["id"]}, version=1)
    assert floor(relief, special)["short_fen"] == 500


def test_all_funds_and_the_auditors_sheet_show_it(relief: Desk) -> None:
    special, union = fund(relief, "LOCAL_FISCAL", fen=1_000), fund(relief, fen=0)
    floored(relief, special, floor_fen=3_000)
    told = relief.must("get_yearly_statement", AUDITOR, query={"year": str(THIS)})["funds"]
    assert {row["fund_id"]: row["floor"] and row["floor"]["short_fen"] for row in told} == {
        special["id"]: 2_000, union["id"]: None}
    rows = download(relief, "download_yearly_statement", year=THIS).sheets["年度决算"]
    assert rows[0][-2:] == ("年度下限(元)", "低于下限(元)")
    assert sorted(fen(row[-1]) for row in rows[1:3]) == [0, 2_000]
    assert (fen(rows[-1][-2]), fen(rows[-1][-1])) == (3_000, 2_000)


def test_years_in_the_wrong_order_are_refused(relief: Desk) -> None:
    special = fund(relief, "LOCAL_FISCAL", fen=0)
    status, told = floored(relief, special, from_year=THIS + 1, to_year=THIS)
    assert (status, told["code"]) == (422, "fund-floor-years-reversed")
    assert floored(relief, special, floor_fen=0)[0] == 422
    assert floor(relief, special) is None
