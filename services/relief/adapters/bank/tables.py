"""Bank files as CSV and XLSX. The same lines give the same bytes, so that a file sent twice is known by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from services.relief.domain.payments.bank import BankLine, FileHead, reference
from shared.sheets import csv_file as as_csv
from shared.sheets import xlsx as as_xlsx
from shared.sheets.sheet import Sheet, Yuan

COLUMNS = ("报文号", "明细编号", "户名", "账号", "开户行", "金额(元)", "用途")


def csv_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    return as_csv.csv_file(_sheet(head, lines))


def xlsx_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    """Account numbers are text, amounts numbers."""
    return as_xlsx.workbook(_sheet(head, lines), made=head.made_at.replace(tzinfo=None, microsecond=0))


def _sheet(head: FileHead, lines: Iterable[BankLine]) -> Sheet:
    return Sheet("代发", COLUMNS, _rows(head, lines), is_bare=True)


def _rows(head: FileHead, lines: Iterable[BankLine]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        yield (head.message_id, reference(line.line_id), line.holder, line.number, line.bank_name,
               Yuan(line.amount_fen), head.purpose)
