"""What goes to the bank and comes back, whatever the format of the file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

MOST_YUAN = Decimal(2**53) / 100


@dataclass(frozen=True)
class Payer:
    """The account that is debited. `bank_code` is its bank's number in CNAPS (联行号)."""

    holder: str
    number: str
    bank_name: str
    bank_code: str


@dataclass(frozen=True)
class FileHead:
    """What a file says of itself. `message_id` is at most 35 characters and never used for another file.

    `purpose` is what the payee's bank shows (用途), in Chinese. Without a payer only formats can be written that name
    none.
    """

    message_id: str
    made_at: datetime
    payer: Payer | None
    purpose: str


@dataclass(frozen=True)
class BankLine:
    """The least the bank needs: whom, which account, how much, and our id of the line."""

    line_id: str
    holder: str
    number: str
    bank_name: str
    amount_fen: int


@dataclass(frozen=True)
class ToldLine:
    """A line of a return file. `row` is its place in the file; an amount is not told in every format."""

    row: int
    line_id: str
    outcome: str
    on: date | None
    amount_fen: int | None
    reason: str | None


@dataclass(frozen=True)
class ReturnTold:
    """A return file. `whole` is an outcome that it tells for all lines of the message at once; `count` and `sum_fen`
    are the control figures of the message it answers, where the format has them."""

    message_id: str
    lines: Sequence[ToldLine]
    whole: str | None = None
    on: date | None = None
    reason: str | None = None
    count: int | None = None
    sum_fen: int | None = None


def reference(line_id: str) -> str:
    """A line's id as the bank gets it: ISO 20022 allows 35 characters."""
    return line_id.replace("-", "")


def line_id_of(text: str) -> str:
    """The id of a reference. Raises ValueError."""
    return str(uuid.UUID(hex=text.strip()))


def yuan(fen: int) -> str:
    """1234567 becomes 12345.67."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen_of(text: str) -> int:
    """12,345.67 becomes 1234567. Raises ValueError: no amount, or parts of a fen."""
    try:
        amount = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite() or not 0 <= amount <= MOST_YUAN or amount * 100 != int(amount * 100):
        raise ValueError(text)
    return int(amount * 100)
