"""Limitation of arbitration (仲裁时效, 劳动争议调解仲裁法 art. 27)."""

from __future__ import annotations

from datetime import date

from shared.kernel.deadlines import due


def limitation_on(kind: str, knew_on: date | None, termination_on: date | None) -> date | None:
    """The last day to go to arbitration; None when it does not run, or when it began is not known.

    Pay: none while the employment lasts, one year after its end. Everything else: one year from the day the claimant
    knew. Interruptions only make it later, so they are left out: an alarm may come too early, never too late.
    """
    start_on = termination_on if kind == "WAGE" else knew_on
    return due("D-07", start_on).due_on if start_on else None
