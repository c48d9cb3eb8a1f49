"""Texts as people write them: what differs by width, case and spaces only is the same."""

from __future__ import annotations

import re
import unicodedata

_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・.", "·"))


def same_text(text: str) -> str:
    """A number of a paper or a bill (文号、票据号) for comparing: NFKC, without spaces, in capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold().upper()


def same_name(name: str) -> str:
    """A name as banks and cadres alike write it: `same_text` with one middle dot (买买提·阿不都)."""
    return same_text(name).translate(_DOTS)
