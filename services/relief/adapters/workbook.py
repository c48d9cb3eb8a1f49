"""Spreadsheets (XLSX) that an auditor opens in Excel. Rows go to disk as they come, so a long sheet needs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YUAN_FORMAT, SHARE_FORMAT, DAY_FORMAT, TIME_FORMAT = "#,##0.00", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
#: what a spreadsheet takes for the beginning of a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOLD = Font(bold=True)


@dataclass(frozen=True)
class Yuan:
    """An amount in fen, shown in yuan: a decimal number, never a float."""

    fen: int


@dataclass(frozen=True)
class Share:
    """A share in basis points, shown in per cent."""

    bp: int


@dataclass(frozen=True)
class Sheet:
    """`widths` are of the columns, in characters. A row that begins with None is a total, shown in bold."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    for n, width in enumerate(sheet.widths):
        page.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n]].width = width
    page.freeze_panes = "A2"
    page.append([_bold(page, _cell(page, heading)) for heading in sheet.headings])
    for row in sheet.rows:
        cells = [_cell(page, value) for value in row]
        page.append([_bold(page, cell) for cell in cells] if row[0] is None else cells)


def _bold(page: Any, cell: Any) -> Any:
    if not isinstance(cell, Cell):
        cell = WriteOnlyCell(page, cell)
    cell.font = BOLD
    return cell


def _cell(page: Any, value: Any) -> Any:
    """What goes into a cell: text that cannot be read as a formula, or a number with its format."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Yuan):
        return _formatted(page, Decimal(value.fen).scaleb(-2), YUAN_FORMAT)
    if isinstance(value, Share):
        return _formatted(page, Decimal(value.bp).scaleb(-4), SHARE_FORMAT)
    if isinstance(value, datetime):
        return _formatted(page, value.replace(tzinfo=None, microsecond=0), TIME_FORMAT)
    return _formatted(page, value, DAY_FORMAT) if isinstance(value, date) else value


def _formatted(page: Any, value: Any, number_format: str) -> Any:
    cell = WriteOnlyCell(page, value)
    cell.number_format = number_format
    return cell


def plain(text: str) -> str:
    """Text that a spreadsheet shows and never runs."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
