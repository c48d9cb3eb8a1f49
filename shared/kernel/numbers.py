"""Numbers of papers (票据号、收据号、文号) as they are compared: people write the same one in several ways."""

from __future__ import annotations

import unicodedata

#: spaces, control and format characters: nobody sees them, so they make no other number
_UNSEEN = ("Z", "C")


def comparable(number: str) -> str:
    """One text for all ways of writing a number: full width or half, upper case or lower, with spaces or without.

    For comparing only; what was written is what is kept and shown.
    """
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(c for c in unicodedata.normalize("NFKC", plain) if unicodedata.category(c)[0] not in _UNSEEN)
