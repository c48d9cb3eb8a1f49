"""Lists for people outside the product, as workbooks (XLSX)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet. Every cell is text: nothing that somebody typed is taken for a formula."""
    book = Workbook(write_only=True)
    page = book.create_sheet("清单")
    for row in (headings, *rows):
        cells = [WriteOnlyCell(page, value=value) for value in row]
        for cell in cells:
            cell.data_type = "s"
        page.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
