"""Findings: who looks into them, and what came of it."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.watch import findings
from services.relief.domain.watch.finding import Finding
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

FILTERS = ("code", "state", "subject_id", "file_id", "assigned_to", "is_overdue")


def get_finding(reading: Reading, asked: Asked) -> Finding:
    return reading.record(Finding, asked.path["finding_id"])


def list_findings(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = findings.c
    where = [columns[name] == asked.query[name] for name in FILTERS if name in asked.query]
    return reading.page(Finding, asked.query, where=where,
                        sort=[columns.created_at, columns.finding_no, columns.due_on, columns.code])


def assign_finding(work: Work, asked: Asked) -> Finding:
    finding = _target(work, asked)
    finding.assign(asked.body["account_id"])
    return finding


def confirm_finding(work: Work, asked: Asked) -> Finding:
    finding = _target(work, asked)
    finding.confirm(asked.body["reason"], work.caller.account_id)
    return finding


def dismiss_finding(work: Work, asked: Asked) -> Finding:
    finding = _target(work, asked)
    finding.dismiss(asked.body["reason"], work.caller.account_id)
    return finding


def resolve_finding(work: Work, asked: Asked) -> Finding:
    finding = _target(work, asked)
    finding.resolve(asked.body["action"], asked.body["note"], work.caller.account_id)
    return finding


def _target(work: Work, asked: Asked) -> Finding:
    return work.target(Finding, asked.path["finding_id"])
