"""Numbers of care cards (卡号): opaque, and a wrong digit shows."""

from __future__ import annotations

import secrets

LENGTH = 16
#: issuers of bank cards do not begin with 9, so no till takes a care card for one
PREFIX = "9"


def new_card_no() -> str:
    """A number that says nothing about its holder: 9, fourteen random digits, and a check digit (Luhn)."""
    body = f"{PREFIX}{secrets.randbelow(10 ** (LENGTH - 2)):0{LENGTH - 2}d}"
    return body + check_digit(body)


def is_card_no(text: str) -> bool:
    """Whether this can be a number: length, beginning and check digit."""
    fits = len(text) == LENGTH and text.isascii() and text.isdigit() and text.startswith(PREFIX)
    return fits and text[-1] == check_digit(text[:-1])


def check_digit(body: str) -> str:
    """The Luhn digit that follows `body`."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
