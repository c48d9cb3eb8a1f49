"""Mediation session (调解会): what was said, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CAUSES = ("BANK_TRANSFER_DELAY", "EMPLOYER_INSOLVENT", "EMPLOYER_ABSCONDED", "PAY_DISPUTED", "OTHER")


@dataclass(eq=False)
class Session:
    """`employer_acknowledges_fen` is None when the employer acknowledges nothing. Who led it is `recorded_by`."""

    id: str
    number: int
    held_on: date
    minutes: str
    cause: str
    wages_undisputed: bool
    employer_acknowledges_fen: int | None
    short_term_inability: bool
    recorded_by: str
