"""Where each fen went (资金去向): receipts and uses laid side by side, first in, first out.

Receipts stand one after the other on a line of fen, in the order of their entries; so do the uses, each net of what
came back. A use was paid from the receipts that lie beside it. The answer follows from the ledger alone, in whole fen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: kind of entry → what it adds to a use
USES = {"PAID": 1, "RETURNED": -1, "RECOVERED": -1, "ADVANCED": 1, "REPAID": -1, "LATE_REPAID": -1,
        "TRANSFERRED_OUT": 1, "REINSTATED": -1}
#: kinds of matters that are one use as a whole: what comes back names another part than what went
MERGED = ("WageAdvance",)
#: kinds that are receipts; one that was reversed is none
RECEIPTS = ("RECEIVED", "INTEREST", "TRANSFERRED_IN")


@dataclass(frozen=True)
class Span:
    """A receipt or a use: the fen from `start` up to, but without, `end`. `key` says which."""

    key: str
    start: int
    end: int


def beside(use: Span, receipts: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """The receipts that paid a use, with the fen each gave; together they make the use."""
    for receipt in receipts:
        fen = min(use.end, receipt.end) - max(use.start, receipt.start)
        if fen > 0:
            yield receipt.key, fen
