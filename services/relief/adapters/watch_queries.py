"""What the ledger's payment lines tell of a year, summed by the database: no query returns a row per payment.

Sums are net: what a payee still has (LEFT_FEN). A line that the bank returned waits again and one that was recovered
whole is not PAID any more, so neither is counted; of one recovered in part the rest is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, extract, func, or_, select
from sqlalchemy.sql import Select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import LEFT_FEN, payment_lines
from services.relief.domain.watch.spread import Histogram, Paid, Window

LINES, MEMBERS, FILES = payment_lines.c, hardship_members.c, hardship_files.c


@dataclass(frozen=True)
class Scope:
    """The payments of a year below a path, for one purpose or all; `windows` are the days round festivals."""

    org_path: str
    year: int
    purpose: str | None
    windows: tuple[Window, ...]

    @property
    def where(self) -> list[ColumnElement[bool]]:
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        found = [LINES.state == "PAID", LINES.payee_kind == "WORKER", LINES.paid_on.between(first, last),
                 LINES.purpose != "WAGE_ADVANCE", LINES.org_path.like(f"{self.org_path}%")]
        return [*found, LINES.purpose == self.purpose] if self.purpose else found


#: lines with the open file of their payee, if there is one
_WITH_FILES = payment_lines.outerjoin(
    hardship_members, and_(MEMBERS.worker_id == LINES.payee_id, MEMBERS.is_open)).outerjoin(
    hardship_files, FILES.id == MEMBERS.file_id)
_HOUSEHOLD = func.coalesce(MEMBERS.file_id, LINES.payee_id)


def months_of(connection: Connection, scope: Scope) -> dict[int, tuple[int, int]]:
    """Month of the payment → payments and net fen; what came back later is taken off the month it was paid in."""
    month = extract("month", LINES.paid_on)
    query = select(month, func.count(), func.sum(LEFT_FEN)).where(*scope.where).group_by(month)
    return {int(found): (many, int(fen)) for found, many, fen in connection.execute(query)}


def tiers_of(connection: Connection, scope: Scope) -> dict[str, tuple[int, int]]:
    """Tier of the measure → payments and net fen."""
    query = select(LINES.tier, func.count(), func.sum(LEFT_FEN)).where(*scope.where).group_by(LINES.tier)
    return {tier: (many, int(fen)) for tier, many, fen in connection.execute(query)}


def paid_of(connection: Connection, scope: Scope, small_fen: int) -> Paid:
    """The whole scope."""
    counts = connection.execute(select(*_counts(scope, small_fen)).where(*scope.where)).one()
    of_household = select(func.sum(LEFT_FEN).label("fen")).select_from(_WITH_FILES).where(
        *scope.where).group_by(_HOUSEHOLD).subquery()
    query = select(of_household.c.fen, func.count()).group_by(of_household.c.fen).order_by(of_household.c.fen)
    histogram = [(int(fen), many) for fen, many in connection.execute(query)]
    return _paid([int(count or 0) for count in counts], histogram)


def paid_by_path(connection: Connection, scope: Scope, small_fen: int) -> dict[str, Paid]:
    """The same for the units one level below; a household counts where its file lies, else where the fund lies."""
    path = func.coalesce(FILES.org_path, LINES.org_path).label("path")
    counts = select(path, *_counts(scope, small_fen)).select_from(_WITH_FILES).where(*scope.where).group_by(path)
    found: dict[str, list[int]] = {}
    for place, *numbers in connection.execute(counts):
        sums = found.setdefault(_below(scope.org_path, place), [0] * 4)
        sums[:] = [one + int(more or 0) for one, more in zip(sums, numbers, strict=True)]
    histograms: dict[str, dict[int, int]] = {}
    for place, fen, many in connection.execute(_by_path(scope, path)):
        of_unit = histograms.setdefault(_below(scope.org_path, place), {})
        of_unit[int(fen)] = of_unit.get(int(fen), 0) + many
    return {unit: _paid(sums, sorted(histograms[unit].items())) for unit, sums in found.items()}


def households_of(connection: Connection, scope: Scope, month: int | None, is_most: bool,
                  limit: int) -> list[dict[str, Any]]:
    """The households that got most, or least: by their open file, persons without one by themselves."""
    fen = func.sum(LEFT_FEN).label("amount_fen")
    where = [*scope.where, extract("month", LINES.paid_on) == month] if month else scope.where
    query = select(MEMBERS.file_id, FILES.file_no, _HOUSEHOLD.label("household"), func.count().label("payments"),
                   fen).select_from(_WITH_FILES).where(*where).group_by(MEMBERS.file_id, FILES.file_no, _HOUSEHOLD)
    rows = connection.execute(query.order_by(fen.desc() if is_most else fen, _HOUSEHOLD).limit(limit))
    return [{"file_id": row.file_id, "file_no": row.file_no, "worker_id": None if row.file_id else row.household,
             "payments": row.payments, "amount_fen": int(row.amount_fen)} for row in rows]


def _paid(counts: Sequence[int], histogram: Histogram) -> Paid:
    payments, small, festival, recovered_fen = counts
    return Paid(payments, small, festival, recovered_fen, histogram)


def _by_path(scope: Scope, path: Any) -> Select[Any]:
    of_household = select(path, func.sum(LEFT_FEN).label("fen")).select_from(_WITH_FILES).where(
        *scope.where).group_by(path, _HOUSEHOLD).subquery()
    grouped = (of_household.c.path, of_household.c.fen)
    return select(*grouped, func.count()).group_by(*grouped)


def _counts(scope: Scope, small_fen: int) -> Iterator[ColumnElement[int]]:
    """Payments, small ones (by what was paid), those round festivals, and the fen recovered of them."""
    round_festivals = or_(*[LINES.paid_on.between(start, end) for start, end in scope.windows])
    yield func.count()
    yield func.sum(case((LINES.amount_fen <= small_fen, 1), else_=0))
    yield func.sum(case((round_festivals, 1), else_=0))
    yield func.sum(LINES.recovered_fen)


def _below(org_path: str, place: str) -> str:
    """The unit one level below `org_path` in which `place` lies; `org_path` itself for what lies there or elsewhere."""
    if not place.startswith(org_path) or place == org_path:
        return org_path
    return f"{org_path}{place.removeprefix(org_path).split('/')[0]}/"
