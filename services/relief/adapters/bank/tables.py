"""Bank files as CSV and XLSX. The same lines give the same bytes, so that a file sent twice is known by its hash."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook

from services.relief.domain.payments.bank import BankLine, FileHead, harmless, reference, yuan

COLUMNS = ("报文号", "明细编号", "户名", "账号", "开户行", "金额(元)", "用途")
#: a zip's own first day, in place of the moment of writing
EPOCH = (1980, 1, 1, 0, 0, 0)


def _rows(head: FileHead, lines: Iterable[BankLine]) -> Iterator[list[str]]:
    for line in lines:
        yield [head.message_id, reference(line.line_id), harmless(line.holder), line.number, harmless(line.bank_name),
               yuan(line.amount_fen), harmless(head.purpose)]


def csv_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark: without it a Chinese Excel reads the names as GBK and garbles them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(head, lines))
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(head: FileHead, lines: Iterable[BankLine]) -> bytes:
    """Account numbers are text, amounts numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("代发")
    sheet.append(COLUMNS)
    for row in _rows(head, lines):
        sheet.append([*row[:5], Decimal(row[5]), row[6]])
    made = head.made_at.replace(tzinfo=None, microsecond=0)
    book.properties.creator, book.properties.created = "bangfu", made
    raw = io.BytesIO()
    book.save(raw)
    return _settled(raw.getvalue(), made)


def _settled(raw: bytes, made: datetime) -> bytes:
    """The workbook without the moment at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda one: one.filename):
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _with_date(content, made)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_date(content: bytes, made: datetime) -> bytes:
    begin, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
    start = content.index(b">", begin) + 1
    return content[:start] + f"{made.isoformat()}Z".encode() + content[end:]
