"""Whatever somebody typed, no cell of a sheet runs; an amount is exact to the fen in every kind of file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from shared.sheets.csv_file import csv_file
from shared.sheets.sheet import FORMULA_STARTS, Share, Sheet, Yuan, harmless
from shared.sheets.xlsx import workbook

AMOUNTS = st.lists(st.integers(-10**14, 10**14), min_size=1, max_size=50)
TYPED = ("=1+1", "+1", "@x", "-1", "\t=1", "#N/A", "12345678901234567890", "张三", "")


def cells(content: bytes) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def fen(value: object) -> Decimal:
    return Decimal(str(value)) * 100


@settings(max_examples=5, deadline=None)
@given(AMOUNTS)
def test_an_amount_in_a_workbook_is_exact_to_the_fen(amounts: list[int]) -> None:
    """Up to a trillion yuan: a spreadsheet itself holds fifteen digits."""
    rows = cells(workbook(Sheet("s", ("金额",), [(Yuan(one),) for one in amounts])))
    assert [fen(cell.value) for (cell,) in rows[1:]] == amounts
    assert {cell.number_format for (cell,) in rows[1:]} == {"#,##0.00"}


@given(AMOUNTS)
def test_an_amount_in_a_csv_has_two_digits_and_no_exponent(amounts: list[int]) -> None:
    text = csv_file(Sheet("s", ("金额",), [(Yuan(one),) for one in amounts])).decode("utf-8-sig")
    told = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert [fen(one) for one in told] == amounts
    assert all(one[-3] == "." and "E" not in one for one in told)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30), st.sampled_from(FORMULA_STARTS))
def test_text_never_begins_like_a_formula(text: str, start: str) -> None:
    assert not harmless(start + text).startswith(FORMULA_STARTS)
    assert harmless(f"a{text}") == f"a{text}"


@pytest.mark.parametrize("is_bare", [False, True])
def test_every_text_stays_text(is_bare: bool) -> None:
    rows = cells(workbook(Sheet("s", ("=h",), [(one,) for one in TYPED], is_bare=is_bare)))
    assert {cell.data_type for (cell,) in rows if cell.value is not None} == {"s"}
    assert [cell.value or "" for (cell,) in rows[1:]] == [harmless(one) for one in TYPED]


def test_headings_and_totals_stand_out_and_a_bare_sheet_is_plain() -> None:
    made = [("a", Share(2_500), datetime(2026, 5, 6, 9, 30, 1, 5, tzinfo=UTC)), (None, Yuan(1), "=2")]
    book = load_workbook(io.BytesIO(workbook(Sheet("s", ("一", "二", "三"), made, (9,)),
                                             Sheet("t", ("一",), [("a",)], is_bare=True), Sheet("u", (), [("a",)]))))
    dressed, bare, headless = (list(page.iter_rows()) for page in book)
    assert [[cell.font.b for cell in row] for row in dressed] == [[True] * 3, [False] * 3, [False, True, True]]
    assert [(str(cell.value), cell.number_format) for cell in dressed[1][1:]] == [
        ("0.25", "0.00%"), ("2026-05-06 09:30:01", "yyyy-mm-dd hh:mm:ss")]
    assert [page.freeze_panes for page in book] == ["A2", None, None]
    assert not bare[0][0].font.b
    assert [len(headless), headless[0][0].value] == [1, "a"]


def test_a_workbook_is_the_same_whenever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    made = datetime(2026, 5, 6, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    first = workbook(Sheet("s", ("一",), [("a",)]), made=made)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert workbook(Sheet("s", ("一",), iter([("a",)])), made=made) == first
    assert workbook(Sheet("s", ("一",), [("b",)]), made=made) != first
