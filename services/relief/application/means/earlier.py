"""Earlier relief: what the union paid to a household in 12 months counts in its next test (既往救助计入收入)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from services.relief.adapters.payments import payment_lines
from services.relief.domain.means.codes import RELIEF_INCOMES
from shared.kernel.calendar import months_later


def relief_by_kind(connection: Connection, worker_ids: Sequence[str], on: date) -> dict[str, int]:
    """Fen paid to these workers in the 12 months up to and including `on`, by kind of income."""
    c = payment_lines.c
    paid = select(c.purpose, func.sum(c.amount_fen - c.recovered_fen)).where(
        c.state == "PAID", c.payee_kind == "WORKER", c.payee_id.in_(worker_ids), c.paid_on > year_before(on),
        c.paid_on <= on, c.purpose.in_(RELIEF_INCOMES)).group_by(c.purpose)
    found: dict[str, int] = {}
    for purpose, fen in connection.execute(paid):
        kind = RELIEF_INCOMES[purpose]
        found[kind] = found.get(kind, 0) + int(fen)
    return found


def year_before(on: date) -> date:
    """The same day a year earlier, or the last of its month."""
    return months_later(on, -12)
