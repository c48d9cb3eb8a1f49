"""A fund's year in figures (年度决算): what was there, what came, what went, what is left.

Money on the account (账面资金) is what is available or reserved; an advance has left it until it is repaid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

#: kinds that bring money onto the account, and those that take it off
IN = ("RECEIVED", "INTEREST", "TRANSFERRED_IN", "REINSTATED", "RETURNED", "RECOVERED", "REPAID", "LATE_REPAID")
OUT = ("PAID", "ADVANCED", "TRANSFERRED_OUT", "REVERSED")
#: how a kind moves what is reserved
RESERVING = {"RESERVED": 1, "RELEASED": -1, "PAID": -1, "RETURNED": 1}
#: how a kind moves what employers owe
LENDING = {"ADVANCED": 1, "REPAID": -1, "WRITTEN_OFF": -1}
NO_PURPOSE = "OTHER"


@dataclass
class YearStatement:
    """Figures in fen. `paid` is by purpose; closing = opening + Σ `came` − Σ `went`, and available + reserved."""

    opening_fen: int = 0
    came: dict[str, int] = field(default_factory=lambda: dict.fromkeys(IN, 0))
    went: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUT, 0))
    paid: dict[str, int] = field(default_factory=dict)
    written_off_fen: int = 0
    reserved_fen: int = 0
    receivable_fen: int = 0
    entries_count: int = 0

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + sum(self.came.values()) - sum(self.went.values())

    @property
    def available_fen(self) -> int:
        """What can be carried into the next year."""
        return self.closing_fen - self.reserved_fen

    def count(self, kind: str, purpose: str | None, fen: int, entries: int, *, is_before: bool) -> None:
        """Take in the entries of one kind and purpose, of the year or of those before."""
        self.reserved_fen += RESERVING.get(kind, 0) * fen
        self.receivable_fen += LENDING.get(kind, 0) * fen
        if is_before:
            self.opening_fen += fen if kind in IN else -fen if kind in OUT else 0
            return
        self.entries_count += entries
        if kind in self.came:
            self.came[kind] += fen
        if kind in self.went:
            self.went[kind] += fen
        if kind == "PAID":
            self.paid[purpose or NO_PURPOSE] = self.paid.get(purpose or NO_PURPOSE, 0) + fen
        if kind in ("WRITTEN_OFF", "UNRECOVERED"):
            self.written_off_fen += fen

    def add(self, other: YearStatement) -> None:
        """Sum up several funds."""
        self.opening_fen += other.opening_fen
        for mine, others in ((self.came, other.came), (self.went, other.went), (self.paid, other.paid)):
            for name, fen in others.items():
                mine[name] = mine.get(name, 0) + fen
        for name in ("written_off_fen", "reserved_fen", "receivable_fen", "entries_count"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def statement(rows: Iterable[tuple[str, str | None, bool, int, int]]) -> YearStatement:
    """From kind, purpose, whether before the year, sum in fen and number of entries."""
    made = YearStatement()
    for kind, purpose, is_before, fen, entries in rows:
        made.count(kind, purpose, fen, entries, is_before=is_before)
    return made
