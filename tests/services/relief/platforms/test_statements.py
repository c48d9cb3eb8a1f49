"""The statement of a settlement as the partner and the union open it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.relief.application.platforms import statements
from tests.services.relief.platforms.settling import Clock, Desks, Sold
from tests.services.relief.platforms.shop import CASHIER, Shop, days_to, month


def test_the_statement_opens_in_a_spreadsheet_and_sums(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, 2_001)
    till_no = '=HYPERLINK("x")'
    sold.shop.must_sell(sold.shop.sale(sold.card, 33, till_no=till_no))
    on_day(days_to(1))
    settlement = sold.shop.draft_settlement(month())
    settlement.must("dispute_settlement", sold.shop.clerk, lines=[
        {"line_id": sold.sales[1]["id"], "reason": "金额不符"}])
    path = {"settlement_id": settlement["id"]}
    book = load_workbook(BytesIO(sold.relief.must("download_settlement", sold.shop.clerk, path=path)))
    told = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert told["结算单 settlement"] == settlement["settlement_no"]
    rows = list(book.worksheets[1].iter_rows(min_row=2))
    assert {row[2].value for row in rows} >= {f"'{till_no}", sold.sales[0]["till_no"]}
    assert all(row[2].data_type == "s" for row in rows)
    for column, name, heading in ((6, "total_fen", "总额(元) total"), (7, "union_fen", "工会应付(元) union pays"),
                                  (8, "partner_fen", "商户让利(元) partner gives up")):
        fen = sum(round(Decimal(str(row[column].value)) * 100) for row in rows)
        assert fen == settlement[name] == round(Decimal(str(told[heading])) * 100)
    assert [row[9].value for row in rows if row[5].value == "DISPUTED"] == ["金额不符"]
    other = Shop(sold.relief, "PHARMACY")
    assert sold.relief.do("download_settlement", other.clerk, path=path)[0] == 404
    empty = sold.relief.must("download_settlement", CASHIER, path=path, query={"outlet_id": other.outlet_id})
    assert load_workbook(BytesIO(empty)).worksheets[1].max_row == 1


def test_a_statement_that_is_too_long_is_asked_for_by_outlet(desk: Desks, on_day: Clock,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    sold = Sold(desk, 100, 200)
    on_day(days_to(1))
    monkeypatch.setattr(statements, "MOST_LINES", 1)
    problem = sold.relief.refused("download_settlement", CASHIER, path={
        "settlement_id": sold.shop.draft_settlement(month())["id"]})
    assert (problem["code"], problem["params"]["count"]) == ("statement-too-long", 2)
