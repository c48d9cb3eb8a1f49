"""The ledger of a fund (资金明细账): double entry, append-only, hash-chained.

Every entry moves one amount from a credit account to a debit account, so debits and credits are equal by construction.
Entries are never changed or removed; a mistake is answered by an entry of the opposite kind.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

ACCOUNTS = ("SOURCE", "AVAILABLE", "RESERVED", "RECEIVABLE", "PAID_OUT", "WRITTEN_OFF")

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
}
#: what an auditor's freeze stops
PAYING = frozenset({"RESERVED", "PAID", "ADVANCED"})
START = "0" * 64


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
    """One line of the ledger."""

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
    hash: str = ""

    def seal(self) -> LedgerEntry:
        """Chain the entry to the one before."""
        self.hash = self.digest()
        return self

    def digest(self) -> str:
        """SHA-256 over everything the entry says and the hash before it."""
        said = {name: value for name, value in asdict(self).items() if name != "hash"} | {"at": self.at.isoformat()}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def account_sums(entries: Iterable[tuple[str, str, int]]) -> dict[str, tuple[int, int]]:
    """Account → (Σ debits, Σ credits) in fen, from triples of debit account, credit account and amount."""
    sums = dict.fromkeys(ACCOUNTS, (0, 0))
    for debit, credit, amount_fen in entries:
        sums[debit] = (sums[debit][0] + amount_fen, sums[debit][1])
        sums[credit] = (sums[credit][0], sums[credit][1] + amount_fen)
    return sums


def chain_faults(entries: Iterable[LedgerEntry], fund_id: str, count: int, head: str) -> Iterator[str]:
    """What is wrong with a fund's chain, a sentence each; nothing when it is whole. `entries` come by number."""
    previous, number = START, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"entry {number} is missing"
            number = entry.number
        elif entry.previous_hash != previous or entry.digest() != entry.hash:
            yield f"entry {number} ({entry.kind}, {entry.document_no}) was changed"
        if entry.fund_id != fund_id or KINDS.get(entry.kind) != (entry.debit, entry.credit) or entry.amount_fen < 1:
            yield f"entry {number} is no entry of this fund"
        previous = entry.hash
    if (number, previous) != (count, head):
        yield f"the ledger ends at entry {number}, the fund says {count}"
