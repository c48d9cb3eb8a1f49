"""What an auditor reads, from either database, and what the rules say of each source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from services.relief.domain.funds.purposes import PURPOSES, SOURCES, PurposeDenied
from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.relief.funds.conftest import Desks
from tests.services.relief.funds.money import (
    THIS,
    book,
    budget,
    closing,
    confirm,
    correct,
    due,
    settle,
    transfer,
)
from tests.services.relief.funds.test_files import download, fen
from tests.services.relief.samples import AUDITOR, CASHIER, CHAIR, assert_sound, fund, receive


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def test_a_year_and_its_reports_are_the_same_on_either_database(two: Desks, on_day: Callable[[int], None]) -> None:
    relief = two[0]
    union, warmth = fund(relief, fen=0), fund(relief, "WARMTH_FUND", fen=0)
    receive(relief, union["id"], 9_000, "SJ-1")
    correct(relief, receive(relief, union["id"], 77, "SJ-2"))
    budget(relief, union["id"], living=5_000)
    moved = transfer(relief, union, warmth, 2_000)
    relief.must("approve_transfer", CHAIR, path={"transfer_id": moved["id"]}, version=1)
    dues = [due(1_000), due(500)]
    book(relief, union["id"], dues)
    settle(relief, union["id"], dues[:1])
    on_day((date(THIS + 1, 2, 1) - today()).days)
    closed = confirm(relief, closing(relief, union["id"], THIS, _open(relief, union["id"])))
    assert (closed["figures"]["available_fen"], closed["carried_fen"]) == (5_500, 500)
    told = relief.must("get_yearly_statement", AUDITOR, query={"year": str(THIS)})
    assert [row["figures"]["closing_fen"] for row in told["funds"]] == [6_000, 2_000]
    assert [row["is_closed"] for row in told["funds"]] == [True, False]
    assert told["total"]["closing_fen"] == 8_000
    [use, out] = relief.must("trace_funds", AUDITOR, path={"fund_id": union["id"]}, query={"sort": "-number"})["items"]
    assert (use["about_id"], use["amount_fen"], out["about_kind"], out["amount_fen"]) == (
        dues[0].about_id, 1_000, "FundTransfer", 2_000)
    execution = relief.must("get_budget_execution", AUDITOR, query={"year": str(THIS), "source": "UNION"})
    assert execution["total"] == {"approved_fen": 5_000, "committed_fen": 1_500, "paid_fen": 1_000,
                                  "remaining_fen": 3_500}
    balance = relief.must("get_overall_trial_balance", AUDITOR)
    assert (balance["difference_fen"], balance["funds_count"], balance["disagreeing"]) == (0, 2, [])
    file = download(relief, "download_yearly_statement", year=THIS)
    assert fen(file.sheets["年度决算"][-1][5]) == 0
    ledger = download(relief, "download_fund_ledger", union["id"], date_from=date(THIS, 1, 1))
    assert fen(ledger.sheets["明细账"][-1][10]) == 6_000
    for money in (union, warmth):
        assert_sound(two[1], money["id"])


def _open(relief: Desk, fund_id: str) -> str:
    [left] = relief.must("list_open_reservations", AUDITOR, path={"fund_id": fund_id}, query={"year": str(THIS)})[
        "items"]
    return str(left["id"])


def test_the_ledger_is_filtered_by_kind_period_purpose_and_matter(relief: Desk, on_day: Callable[[int], None]) -> None:
    money, dues = fund(relief, fen=1_000), [due(10), due(20)]
    book(relief, money["id"], dues[:1])
    book(relief, money["id"], dues[1:], "MEDICAL")
    settle(relief, money["id"], dues)
    on_day(2)
    receive(relief, money["id"], 5, "SJ-9")

    def found(**query: str) -> list[int]:
        return [entry["number"] for entry in relief.must(
            "list_ledger_entries", CASHIER, path={"fund_id": money["id"]}, query={"sort": "number", **query})["items"]]

    assert found(kind="RESERVED") == [2, 3]
    assert found(purpose="MEDICAL") == [3, 5]
    assert found(about_id=dues[0].about_id) == [2, 4]
    assert found(about_kind="Receipt") == [1, 6]
    assert found(document_no="SJ-9") == found(date_from=str(today())) == [6]
    assert found(date_to=str(today() - timedelta(days=1))) == [1, 2, 3, 4, 5]
    assert found(sort="-amount_fen", limit="2") == [1, 5]
    assert found(year=str(THIS + 1)) == []


def test_funds_are_found_by_place_and_closed_year(relief: Desk) -> None:
    one = fund(relief, fen=0, first_year=THIS - 1)
    fund(relief, "SPONSOR", fen=0)
    confirm(relief, closing(relief, one["id"], THIS - 1))

    def found(**query: str) -> int:
        return len(relief.must("list_funds", AUDITOR, query=query)["items"])

    assert (found(), found(closed_year=str(THIS - 1)), found(org_path="/37/3702/"), found(org_path="/37/3701/")) == (
        2, 1, 2, 0)


# -- purposes --------------------------------------------------------------------------------------------------


def matrix(relief: Desk, **query: str) -> dict[tuple[str, str], dict[str, Any]]:
    cells = relief.must("get_purpose_matrix", AUDITOR, query=query)["cells"]
    return {(cell["source"], cell["purpose"]): cell for cell in cells}


def test_the_matrix_has_no_hole_and_every_cell_its_document(relief: Desk) -> None:
    cells = matrix(relief)
    assert set(cells) == set(product(SOURCES, PURPOSES))
    assert all(cell["document"] and cell["certainty"] and cell["zh"] and cell["en"] for cell in cells.values())
    assert {cells[source, "FACILITY"]["verdict"] for source in SOURCES} == {"DENY"}


def test_the_matrix_is_of_a_place_and_a_day(relief: Desk) -> None:
    here, hainan = (matrix(relief, source="CENTRAL", division=code) for code in ("370202", "460100"))
    assert len(here) == len(PURPOSES)
    assert (here["CENTRAL", "TRAINING"]["verdict"], hainan["CENTRAL", "TRAINING"]["verdict"]) == ("ALLOW", "DENY")
    assert matrix(relief, division="460100", on="2015-12-31")["CENTRAL", "TRAINING"]["verdict"] == "ALLOW"
    fiscal = [matrix(relief, source="LOCAL_FISCAL", division=code)["LOCAL_FISCAL", "FESTIVAL"]["verdict"]
              for code in ("370202", "532504")]
    assert fiscal == ["NEED_APPROVAL", "ALLOW"]  # Mile has warmth-giving in its own level's fiscal budget
    problem = relief.refused("get_purpose_matrix", AUDITOR, query={"on": "1999-01-01"})
    assert (problem["status"], problem["code"]) == (422, "rule-missing")


@pytest.mark.parametrize(("source", "purpose", "names"), [
    ("CENTRAL", "FESTIVAL", "总工发〔2015〕20号"), ("UNION", "FACILITY", "海南省2016年"),
    ("SPONSOR", "LIVING", "公益事业捐赠法第18条"),
])
def test_money_whose_purpose_forbids_is_refused_naming_the_document(relief: Desk, source: str, purpose: str,
                                                                    names: str) -> None:
    money = fund(relief, source, **({"intents": ["STUDENT"]} if source == "SPONSOR" else {}))
    with pytest.raises(PurposeDenied, match=names):
        book(relief, money["id"], [due(1)], purpose)


def test_donors_money_is_spent_until_the_day_they_named(relief: Desk, on_day: Callable[[int], None]) -> None:
    money = fund(relief, "SPONSOR", intent_until=str(today() + timedelta(days=1)), intent_note="限本学年使用")
    on_day(1)
    book(relief, money["id"], [due(1)])
    on_day(2)
    with pytest.raises(PurposeDenied, match="捐赠协议"):
        book(relief, money["id"], [due(1)])
    told = relief.must("list_fund_purposes", AUDITOR, path={"fund_id": money["id"]})["purposes"]
    assert {row["verdict"] for row in told} == {"DENY"}
    assert "the donors' time ended" in told[0]["en"]


def test_donors_money_whose_day_has_passed_is_not_opened(relief: Desk) -> None:
    body = {"source": "SPONSOR", "name": "捐赠", "intent_until": str(today() - timedelta(days=1))}
    told = relief.refused("open_fund", CASHIER, body=body)
    assert (told["code"], told["errors"][0]["pointer"]) == ("fund-intent-over", "/intent_until")
    relief.must("open_fund", CASHIER, body={**body, "intent_until": str(today())})


def test_only_donors_bind_money_to_a_day(relief: Desk) -> None:
    body = {"source": "UNION", "name": "工会经费", "intent_until": str(today())}
    assert relief.refused("open_fund", CASHIER, body=body)["code"] == "intent-not-for-source"
