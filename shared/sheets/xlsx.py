"""Sheets as a workbook (XLSX). Rows go to disk as they come, so a long sheet needs no memory."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from shared.sheets.settled import settled
from shared.sheets.sheet import Share, Sheet, Yuan, harmless

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YUAN_FORMAT, SHARE_FORMAT, DAY_FORMAT, TIME_FORMAT = "#,##0.00", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
BOLD = Font(bold=True)


def download(name: str, *sheets: Sheet) -> dict[str, Any]:
    """A workbook as the answer of a download. `name` is without the ending."""
    return {"file_name": f"{name}.xlsx", "media_type": MEDIA_TYPE, "content": workbook(*sheets)}


def workbook(*sheets: Sheet, made: datetime | None = None) -> bytes:
    """The file. With the moment it is `made` told, the same sheets give the same bytes."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    if made is not None:
        book.properties.creator, book.properties.created = "bangfu", made
    file = BytesIO()
    book.save(file)
    return file.getvalue() if made is None else settled(file.getvalue(), made)


def _write(page: Any, sheet: Sheet) -> None:
    for n, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(n)].width = width
    is_dressed = not sheet.is_bare
    if sheet.headings:
        page.freeze_panes = "A2" if is_dressed else None
        page.append([_cell(page, heading, is_dressed, is_bold=is_dressed) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value, is_dressed, is_bold=row[0] is None) for value in row])


def _cell(page: Any, value: Any, is_dressed: bool, is_bold: bool) -> Any:
    if value is None:
        return None
    told, number_format = _told(value)
    cell = WriteOnlyCell(page, told)
    if isinstance(told, str):
        cell.data_type = "s"  # text, even where it reads like one of a spreadsheet's own errors
    elif is_dressed and number_format:
        cell.number_format = number_format
    if is_bold:
        cell.font = BOLD
    return cell


def _told(value: Any) -> tuple[Any, str | None]:
    """What goes into a cell, and how a number is shown."""
    if isinstance(value, str):
        return harmless(value), None
    if isinstance(value, Yuan):
        return value.amount, YUAN_FORMAT
    if isinstance(value, Share):
        return value.part, SHARE_FORMAT
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0), TIME_FORMAT
    return value, DAY_FORMAT if isinstance(value, date) else None
