"""A bank file in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.relief.adapters.bank.pain001 import pain001_file
from services.relief.adapters.bank.tables import csv_file, xlsx_file
from services.relief.domain.payments.bank import BankLine, FileHead
from shared.sheets.xlsx import MEDIA_TYPE

#: format → the function, the ending of the name, the media type
FORMATS: dict[str, tuple[Callable[[FileHead, Iterable[BankLine]], bytes], str, str]] = {
    "CSV": (csv_file, "csv", "text/csv; charset=utf-8"),
    "XLSX": (xlsx_file, "xlsx", MEDIA_TYPE),
    "PAIN001": (pain001_file, "xml", "application/xml"),
}
