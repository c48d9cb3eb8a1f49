"""The end of a fund's year (年终结账): proposed by the cashier, confirmed by the auditor or the chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.funds.refusals import NotAnOpenReservation, OpenReservations
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

CONFIRMERS = (Role.AUDITOR, Role.CHAIR)
CLOSING = Machine("PROPOSED", [
    Move(("PROPOSED",), "confirm", "CLOSED", CONFIRMERS),
    Move(("PROPOSED",), "refuse", "REFUSED", CONFIRMERS),
])
MOST_NAMED = 20


@dataclass(eq=False)
class YearClosing(Aggregate):
    """One closing. `carried_count` and `carried_fen` are of the reservations that go over into the next year;
    `figures` are the year's statement as it was closed."""

    machine = CLOSING

    id: str
    org_path: str
    fund_id: str
    year: int
    proposed_by: str
    created_at: datetime
    carried_reason: str | None = None
    carried_count: int = 0
    carried_fen: int = 0
    figures: dict[str, Any] = field(default_factory=dict)
    decided_by: str | None = None
    decided_on: date | None = None
    refused_reason: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    def confirm(self, figures: dict[str, Any], by: str, on: date) -> None:
        """Raises SamePerson."""
        different(by, "确认结账 / confirming the closing", ("提出结账 / proposing it", self.proposed_by))
        self.move("confirm")
        self.figures, self.decided_by, self.decided_on = figures, by, on

    def refuse(self, reason: str, by: str, on: date) -> None:
        self.move("refuse")
        self.refused_reason, self.decided_by, self.decided_on = reason, by, on


def require_listed(year: int, open_lines: Mapping[str, int], listed: Sequence[str] | set[str], *,
                   is_exact: bool) -> None:
    """Every open reservation (id → fen) must be in the list; when `is_exact`, the list must hold nothing else.

    Raises OpenReservations, NotAnOpenReservation.
    """
    left = sorted(set(open_lines) - set(listed))
    if left:
        raise OpenReservations(year=year, count=len(left), total=format_yuan(sum(open_lines[one] for one in left)),
                               line_ids=", ".join(left[:MOST_NAMED]))
    unknown = sorted(set(listed) - set(open_lines)) if is_exact else []
    if unknown:
        raise NotAnOpenReservation(pointer="/carried_line_ids", line_id=unknown[0])
