"""Texts as they are compared: people write the same number or name in several ways."""

from __future__ import annotations

import unicodedata

#: spaces, control and format characters: nobody sees them, so they make no other text
_UNSEEN = ("Z", "C")
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・.", "·"))


def same_text(text: str) -> str:
    """One text for all ways of writing the number of a paper or a bill (文号、票据号): full width or half, upper case
    or lower, with spaces or without. For comparing only; what was written is what is kept and shown.
    """
    while (plain := _plain(text)) != text:  # what is taken out may stand between marks whose order then changes
        text = plain
    return text


def _plain(text: str) -> str:
    seen = (c for c in unicodedata.normalize("NFKC", text).upper() if unicodedata.category(c)[0] not in _UNSEEN)
    return unicodedata.normalize("NFKC", "".join(seen))


def same_name(name: str) -> str:
    """A name as banks and cadres alike write it: `same_text` with one middle dot (买买提·阿不都)."""
    return same_text(name).translate(_DOTS)
