"""A settlement as a workbook (对账单) that the partner and the union lay side by side."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONEY = "#,##0.00"
HEADINGS = ("网点编号 outlet", "网点 name", "流水号 till number", "日期 day", "类别 kind", "状态 state",
            "总额(元) total", "工会承担(元) union", "商户让利(元) partner", "异议 dispute", "处理 resolution")


def workbook(summary: Iterable[tuple[str, Any]], lines: Iterable[Sequence[Any]]) -> bytes:
    """Two sheets: the summary as pairs, and the lines in the order of HEADINGS. Amounts in yuan are Decimal."""
    book = Workbook(write_only=True)
    head = book.create_sheet("汇总 summary")
    head.column_dimensions["A"].width, head.column_dimensions["B"].width = 32, 40
    for pair in summary:
        head.append([_cell(head, value) for value in pair])
    sheet = book.create_sheet("明细 lines")
    sheet.freeze_panes = "A2"
    sheet.append(HEADINGS)
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def yuan(fen: int) -> Decimal:
    """An amount for a cell, exact to the fen."""
    return Decimal(fen).scaleb(-2)


def _cell(sheet: Any, value: Any) -> Any:
    """Money with two digits; text as text, even where it begins like a formula."""
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = MONEY
        return cell
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value
