"""How money is spread: over households (Gini, HHI, the top tenth), over festivals, and thinly (撒芝麻盐).

Whole numbers throughout; shares are basis points, rounded half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel.money import BASIS_POINTS

#: ascending pairs of an amount in fen and how many households got just that
Histogram = Sequence[tuple[int, int]]
Window = tuple[date, date]


def share_bp(part: int, whole: int) -> int | None:
    """`part` of `whole` in basis points; None of nothing."""
    return None if whole == 0 else (2 * part * BASIS_POINTS + whole) // (2 * whole)


def gini_bp(histogram: Histogram) -> int | None:
    """Gini coefficient: 0 when all got the same, towards 10,000 when one got all."""
    count, total = households(histogram), total_fen(histogram)
    weighted = before = 0
    for amount_fen, many in histogram:
        # the ranks before+1 … before+many of those who got this amount
        weighted += amount_fen * many * (2 * before + many + 1)
        before += many
    return share_bp(weighted - (count + 1) * total, count * total)


def hhi_bp(histogram: Histogram) -> int | None:
    """Herfindahl–Hirschman index: 10,000 when one got all."""
    return share_bp(sum(amount_fen**2 * many for amount_fen, many in histogram), total_fen(histogram) ** 2)


def top_tenth_share_bp(histogram: Histogram) -> int | None:
    """The share of the tenth (rounded up) of households that got most."""
    left = -(-households(histogram) // 10)
    top_fen = 0
    for amount_fen, many in reversed(histogram):
        taken = min(left, many)
        top_fen += amount_fen * taken
        left -= taken
    return share_bp(top_fen, total_fen(histogram))


def households(histogram: Histogram) -> int:
    return sum(many for _, many in histogram)


def total_fen(histogram: Histogram) -> int:
    return sum(amount_fen * many for amount_fen, many in histogram)


def windows(year: int, festivals: Iterable[date], lead_days: int) -> list[Window]:
    """The days of a year that lie before a festival, up to and including it, as runs that do not overlap."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    runs = sorted((max(first, day - timedelta(days=lead_days)), min(last, day)) for day in festivals)
    found: list[Window] = []
    for start, end in ((start, end) for start, end in runs if start <= end):
        if found and start <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def days_in(runs: Iterable[Window]) -> int:
    return sum((end - start).days + 1 for start, end in runs)


def days_of(year: int) -> int:
    return days_in([(date(year, 1, 1), date(year, 12, 31))])


@dataclass(frozen=True)
class Paid:
    """What was paid in a year, as the ledger's lines tell: counts of payments, what was recovered of them in part, and
    the households' sums net of it (fen). Payments that came back whole are not among them."""

    payments: int
    small_payments: int
    festival_payments: int
    recovered_fen: int
    histogram: Histogram


@dataclass(frozen=True)
class Thresholds:
    """From which values on people should look: basis points, and fen for a small payment."""

    small_fen: int
    festival_bp: int
    top_tenth_bp: int
    sesame_bp: int


@dataclass(frozen=True)
class Spread:
    """The figures of one unit and year; see the contract for their meaning."""

    payments: int
    households: int
    amount_fen: int
    recovered_fen: int
    festival_share_bp: int | None
    festival_index_bp: int | None
    gini_bp: int | None
    hhi_bp: int | None
    top_tenth_share_bp: int | None
    small_payments_share_bp: int | None
    mean_per_household_fen: int | None
    mean_in_dibao_bp: int | None
    signals: tuple[str, ...]


def spread_of(paid: Paid, year: int, runs: Sequence[Window], dibao_fen: int, limits: Thresholds) -> Spread:
    """All figures. The mean is rounded down; it is for reading and decides nothing."""
    many, amount_fen = households(paid.histogram), total_fen(paid.histogram)
    festival, small = share_bp(paid.festival_payments, paid.payments), share_bp(paid.small_payments, paid.payments)
    top = top_tenth_share_bp(paid.histogram)
    reached = (("FESTIVAL_BUNCHING", festival, limits.festival_bp), ("CONCENTRATED", top, limits.top_tenth_bp),
               ("SESAME", small, limits.sesame_bp))
    return Spread(
        paid.payments, many, amount_fen, paid.recovered_fen, festival,
        share_bp(paid.festival_payments * days_of(year), paid.payments * days_in(runs)),
        gini_bp(paid.histogram), hhi_bp(paid.histogram), top, small, amount_fen // many if many else None,
        share_bp(amount_fen, many * dibao_fen),
        tuple(signal for signal, value, limit in reached if value is not None and value >= limit))
