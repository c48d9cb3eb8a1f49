"""The ledger of a fund (资金明细账): double entry, append-only, hash-chained.

Every entry moves one amount from a credit account to a debit account, so debits and credits are equal by construction.
Entries are never changed or removed; a mistake is answered by an entry of the opposite kind.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

#: CARRIED stands between two years; it is empty as soon as a year is closed
ACCOUNTS = ("SOURCE", "AVAILABLE", "RESERVED", "RECEIVABLE", "PAID_OUT", "WRITTEN_OFF", "CARRIED")

#: kind → (debit account, credit account)
KINDS: Mapping[str, tuple[str, str]] = {
    "RECEIVED": ("AVAILABLE", "SOURCE"),          # 到账
    "RESERVED": ("RESERVED", "AVAILABLE"),        # 预占
    "RELEASED": ("AVAILABLE", "RESERVED"),        # 释放
    "PAID": ("PAID_OUT", "RESERVED"),             # 发放
    "RETURNED": ("RESERVED", "PAID_OUT"),         # 退汇
    "RECOVERED": ("AVAILABLE", "PAID_OUT"),       # 追回
    "ADVANCED": ("RECEIVABLE", "AVAILABLE"),      # 垫付
    "REPAID": ("AVAILABLE", "RECEIVABLE"),        # 归还
    "WRITTEN_OFF": ("WRITTEN_OFF", "RECEIVABLE"),  # 核销
    "LATE_REPAID": ("AVAILABLE", "WRITTEN_OFF"),  # 核销后收回
    "UNRECOVERED": ("WRITTEN_OFF", "PAID_OUT"),   # 错发款核销
    "INTEREST": ("AVAILABLE", "SOURCE"),          # 利息
    "TRANSFERRED_IN": ("AVAILABLE", "SOURCE"),    # 拨入
    "TRANSFERRED_OUT": ("SOURCE", "AVAILABLE"),   # 拨出
    "REVERSED": ("SOURCE", "AVAILABLE"),          # 冲正(收入)
    "REINSTATED": ("AVAILABLE", "SOURCE"),        # 冲正(拨出)
    "CARRIED_OUT": ("CARRIED", "AVAILABLE"),      # 结转下年
    "CARRIED_IN": ("AVAILABLE", "CARRIED"),       # 上年结转
}
#: what an auditor's freeze stops
PAYING = frozenset({"RESERVED", "PAID", "ADVANCED", "TRANSFERRED_OUT"})
#: what may still be entered for the year before, while that is open
LATE = frozenset({"RECEIVED", "INTEREST"})
#: a year's end in two entries: entered by `FundAccount.close_year` only
CARRYING = frozenset({"CARRIED_OUT", "CARRIED_IN"})
#: kinds that always have one purpose
PURPOSE_OF = {"ADVANCED": "WAGE_ADVANCE", "REPAID": "WAGE_ADVANCE", "WRITTEN_OFF": "WAGE_ADVANCE",
              "LATE_REPAID": "WAGE_ADVANCE"}
START = "0" * 64
#: what an entry's hash covers: the first edition knew neither year nor purpose
EDITION = 2


@dataclass(frozen=True)
class Posting:
    """What is to be entered: the amount, the paper it rests on, and the matter. `about_part` names the part of the
    matter (a claim, a receipt), so that no part is entered twice. `purpose` is what the money is spent on, if on
    anything."""

    amount_fen: int
    document_no: str
    about_kind: str
    about_id: str
    about_part: str
    purpose: str | None = None


@dataclass(eq=False)
class LedgerEntry:
    """One line of the ledger. `year` is the financial year (会计年度) whose books it belongs to."""

    id: str
    fund_id: str
    org_path: str
    number: int
    kind: str
    debit: str
    credit: str
    amount_fen: int
    document_no: str
    about_kind: str
    about_id: str
    about_part: str
    actor: str
    at: datetime
    previous_hash: str
    year: int
    purpose: str | None = None
    edition: int = EDITION
    hash: str = ""

    def seal(self) -> LedgerEntry:
        """Chain the entry to the one before."""
        self.hash = self.digest()
        return self

    def digest(self) -> str:
        return digest_of(self)


#: what a hash covers, by edition; sorted, as the text that is hashed has them
SAID = {2: sorted(field.name for field in fields(LedgerEntry) if field.name != "hash")}
SAID[1] = [name for name in SAID[2] if name not in ("year", "purpose", "edition")]
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest_of(entry: Any) -> str:
    """SHA-256 over everything an entry, or its row, says and the hash before it."""
    said = {name: getattr(entry, name) for name in SAID.get(entry.edition, SAID[2])}
    said["at"] = entry.at.isoformat()
    return hashlib.sha256(_text(said).encode()).hexdigest()


def account_sums(entries: Iterable[tuple[str, str, int]]) -> dict[str, tuple[int, int]]:
    """Account → (Σ debits, Σ credits) in fen, from triples of debit account, credit account and amount."""
    sums = dict.fromkeys(ACCOUNTS, (0, 0))
    for debit, credit, amount_fen in entries:
        sums[debit] = (sums[debit][0] + amount_fen, sums[debit][1])
        sums[credit] = (sums[credit][0], sums[credit][1] + amount_fen)
    return sums


def chain_faults(entries: Iterable[Any], fund_id: str, count: int, head: str | None, *, first: int = 1,
                 previous: str = START) -> Iterator[str]:
    """What is wrong with a fund's chain, a sentence each; nothing when it is whole. `entries` come by number, from
    `first`, which follows the hash `previous`, to `count`; `head` is the hash it must end with, if known."""
    number = first - 1
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"entry {number} is missing"
            number = entry.number
        elif entry.previous_hash != previous or digest_of(entry) != entry.hash:
            yield f"entry {number} ({entry.kind}, {entry.document_no}) was changed"
        yield from _entry_faults(entry, fund_id, number)
        previous = entry.hash
    if number != count or head not in (None, previous):
        yield f"the ledger ends at entry {number}, the fund says {count}"


def _entry_faults(entry: Any, fund_id: str, number: int) -> Iterator[str]:
    if entry.edition == 1 and (entry.year != entry.at.year or entry.purpose):
        yield f"entry {number} cannot say its year or purpose"
    if entry.fund_id != fund_id or KINDS.get(entry.kind) != (entry.debit, entry.credit) or entry.amount_fen < 1:
        yield f"entry {number} is no entry of this fund"
