"""Reads the first sheet of a file from outside (CSV, XLSX) as rows of text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook

MOST_UNPACKED_BYTES = 200_000_000


class Unreadable(ValueError):
    """Why a sheet cannot be read, in both languages; `row` counts from 1, 0 is the whole file."""

    def __init__(self, row: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.row, self.zh, self.en = row, zh, en


def read_rows(file_format: str, content: bytes, most_rows: int) -> Iterable[Sequence[str]]:
    """`file_format` is CSV or XLSX. Raises Unreadable."""
    return _csv(content) if file_format == "CSV" else _xlsx(content, most_rows)


def named(rows: Iterable[Sequence[str]], columns: Mapping[str, Sequence[str]],
          required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each row that is not empty, by the names of `columns`, which say how they may be headed.

    Raises Unreadable when a column of `required` is missing.
    """
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row))
    _, header = next(numbered, (1, ()))
    at = _places(header, columns, required)
    for number, row in numbered:
        yield number, {name: row[place] if place < len(row) else "" for name, place in at.items()}


def _places(header: Sequence[str], columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> dict[str, int]:
    told = [cell.strip().lower() for cell in header]
    at = {name: told.index(known) for name, names in columns.items() for known in names if known in told}
    missing = [columns[name] for name in required if name not in at]
    if missing:
        raise Unreadable(1, f"缺少列:{'、'.join(one[0] for one in missing)}",
                         f"columns are missing: {', '.join(one[1] for one in missing)}")
    return at


def _csv(content: bytes) -> Iterator[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")  # as many offices write it
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Unreadable(0, "不是规范的 CSV", f"it is no proper CSV: {error}") from None


def _xlsx(content: bytes, most_rows: int) -> list[list[str]]:
    try:
        return _cells(content, most_rows)
    except Unreadable:
        raise
    except Exception:  # openpyxl passes on whatever goes wrong in a file that is none
        raise Unreadable(0, "不是 XLSX 工作簿", "it is no XLSX workbook") from None


def _cells(content: bytes, most_rows: int) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise Unreadable(0, "文件展开后过大", "it is too large when unpacked")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        rows = islice(book.worksheets[0].iter_rows(values_only=True), most_rows + 2)
        return [[_cell(value) for value in row] for row in rows]
    finally:
        book.close()


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
