"""Fact (统计事实): one counted event. Which events count, what is kept of them, and what makes two the same.

`quantity` is persons, visitors, obligations or rows, as the indicator that uses it says. A kind that is told `once` a
subject (a dispute is accepted once) is counted once even if it were told again; the others once an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class FactKind:
    """What is kept of one kind of event. Names are fields of its data; no `day` means the day it was told."""

    type: str
    subject: str | None = None
    day: str | None = None
    quantity: str | None = None
    amount: str | None = None
    person: str | None = None
    code: str | None = None
    scores: bool = False
    once: bool = True
    unless_null: str | None = None


KINDS = {kind.type: kind for kind in (
    FactKind("reception.visit_registered", day="registered_on", quantity="headcount", code="channel"),
    FactKind("reception.visit_closed", day="closed_on", once=False),
    FactKind("reception.satisfaction_rated", scores=True, once=False),
    FactKind("mediation.dispute_applied", "dispute_id", code="kind"),
    FactKind("mediation.dispute_accepted", "dispute_id", "accepted_on", quantity="headcount", code="kind"),
    FactKind("mediation.mediation_agreed", "dispute_id", quantity="obligations_count"),
    FactKind("mediation.mediation_failed", "dispute_id", "failed_on"),
    FactKind("mediation.mediation_performed", "dispute_id", "performed_on", quantity="headcount"),
    FactKind("mediation.mediation_defaulted", "dispute_id"),
    # a matter that was never accepted has no case number and is no closed case either
    FactKind("mediation.dispute_closed", "dispute_id", "closed_on", quantity="headcount", code="outcome",
             unless_null="case_no"),
    FactKind("relief.wage_advance_disbursed", "advance_id", "disbursed_on", amount="total_fen"),
    FactKind("relief.wage_advance_repaid", "advance_id", "repaid_on", amount="amount_fen", once=False),
    FactKind("jobs.job_fair_held", day="held_on", quantity="visitors"),
    FactKind("jobs.intention_recorded", person="worker_id", code="is_migrant", once=False),
    FactKind("jobs.placement_confirmed", "placement_id", "confirmed_on", person="worker_id"),
    FactKind("legal.legal_aid_granted", "application_id", code="basis"),
    FactKind("legal.legal_aid_case_closed", "application_id", code="result"),
    FactKind("exchange.agency_batch_imported", "batch_id", quantity="total", code="agency"),
)}


@dataclass(frozen=True)
class Fact:
    """One row. `dedupe` with `type` is unique."""

    type: str
    dedupe: str
    subject_id: str
    happened_on: date
    quantity: int | None
    amount_fen: int | None
    person_id: str | None
    code: str | None
    result_score: int | None
    attitude_score: int | None


def fact_of(event_type: str, subject: str, sequence: int, told_at: datetime, data: Mapping[str, Any]) -> Fact | None:
    """The fact an event makes, or None where it counts for nothing. `event_type` is without its version."""
    kind = KINDS[event_type]
    if kind.unless_null and data[kind.unless_null] is None:
        return None
    subject_id = data[kind.subject] if kind.subject else subject
    return Fact(
        event_type, subject_id if kind.once else f"{subject_id}:{sequence}", subject_id,
        data[kind.day] if kind.day else told_at.date(),
        _of(data, kind.quantity), _of(data, kind.amount), _of(data, kind.person), _code(_of(data, kind.code)),
        data["result_score"] if kind.scores else None, data["attitude_score"] if kind.scores else None)


def _of(data: Mapping[str, Any], name: str | None) -> Any:
    return data[name] if name else None


def _code(value: Any) -> str | None:
    return value if value is None else str(value).upper()[:60]
