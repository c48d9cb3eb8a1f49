"""What a sheet holds, whatever file it is written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: what a spreadsheet takes for the beginning of a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Yuan:
    """An amount in fen, shown in yuan: a decimal number, never a float."""

    fen: int

    @property
    def amount(self) -> Decimal:
        return Decimal(self.fen).scaleb(-2)


@dataclass(frozen=True)
class Share:
    """A share in basis points, shown in per cent."""

    bp: int

    @property
    def part(self) -> Decimal:
        return Decimal(self.bp).scaleb(-4)


@dataclass(frozen=True)
class Sheet:
    """`widths` are of the columns, in characters. A row that begins with None is a total, shown in bold.

    Without headings there is no heading row. A bare sheet is for a program to read: values and nothing else.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    is_bare: bool = False


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it: in the file, in what is copied from it, or saved as CSV."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
