"""Recovery of wage advances the employer did not repay."""

from __future__ import annotations

from typing import Any

from services.legal.adapters.tables import recovery_cases
from services.legal.domain.recovery import RecoveryCase
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

FILTERS = ("state", "advance_id", "dispute_id", "employer_id")


def get_recovery_case(reading: Reading, asked: Asked) -> Any:
    return reading.row(recovery_cases, asked.path["recovery_id"])


def list_recovery_cases(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [recovery_cases.c[name] == asked.query[name] for name in FILTERS if name in asked.query]
    sort = [recovery_cases.c.created_at, recovery_cases.c.repay_due_on, recovery_cases.c.balance_fen]
    return reading.page(recovery_cases, asked.query, sort=sort, where=where)


def seek_payment_order(work: Work, asked: Asked) -> RecoveryCase:
    case = _target(work, asked)
    case.seek_order(today=today(), **asked.body)
    return case


def record_payment_order(work: Work, asked: Asked) -> RecoveryCase:
    case = _target(work, asked)
    case.issue_order(today=today(), **asked.body)
    return case


def record_recovery(work: Work, asked: Asked) -> RecoveryCase:
    case = _target(work, asked)
    case.recover(asked.body["note"], today())
    return case


def close_recovery(work: Work, asked: Asked) -> RecoveryCase:
    case = _target(work, asked)
    case.close(asked.body["note"], today())
    return case


def _target(work: Work, asked: Asked) -> RecoveryCase:
    return work.target(RecoveryCase, asked.path["recovery_id"])
