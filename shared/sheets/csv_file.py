"""A sheet as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from shared.sheets.sheet import Sheet, Yuan, harmless


def csv_file(sheet: Sheet) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark: without it a Chinese Excel reads the names as GBK and garbles them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.headings)
    writer.writerows([_told(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _told(value: Any) -> Any:
    if isinstance(value, Yuan):
        return value.amount
    return harmless(value) if isinstance(value, str) else value
