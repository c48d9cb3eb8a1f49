"""What the report counts beside 起, 人次, 人 and 户. Unlike units cannot be added: that is a TypeError."""

from __future__ import annotations

from shared.kernel.counts import Cases, Count, Persons, PersonTimes
from shared.kernel.money import BASIS_POINTS


class Sessions(Count):
    """Fairs and the like that were held (场)."""

    unit_zh = "场"


class Lists(Count):
    """Lists that came from other agencies (批)."""

    unit_zh = "批"


class Items(Count):
    """Obligations of agreements and other single things (项)."""

    unit_zh = "项"


class Fen(Count):
    """Money (分)."""

    unit_zh = "分"


UNITS: dict[str, type[Count]] = {
    kind.unit_zh: kind for kind in (Cases, PersonTimes, Persons, Sessions, Lists, Items, Fen)
}


def rate_bp(numerator: Count, denominator: Count) -> int | None:
    """The ratio in basis points, halves up; None when there is nothing to divide by. Raises TypeError for two units."""
    if type(numerator) is not type(denominator):
        raise TypeError(f"a ratio of {type(numerator).__name__} to {type(denominator).__name__} says nothing")
    if not denominator:
        return None
    return (2 * int(numerator) * BASIS_POINTS + int(denominator)) // (2 * int(denominator))
