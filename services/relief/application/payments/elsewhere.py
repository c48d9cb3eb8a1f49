"""Whether the worker of a list's line belongs to the unit whose money it is (组织范围): registered there, or in a file
there. Applications and claims ask it when they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.payments.entitled import told
from services.relief.domain.payments.batch import LIST_MATTER
from services.relief.domain.payments.line import Fault
from services.relief.domain.payments.refusals import PayeeElsewhere
from shared.kernel.org import is_within
from shared.store.work import Work

ELSEWHERE = "PAYEE_ELSEWHERE"
F, M = hardship_files.c, hardship_members.c


def faults(work: Work, rows: Sequence[Row[Any]], home_of: Mapping[str, str | None]) -> dict[str, Fault]:
    """Line id → PAYEE_ELSEWHERE. `home_of`: payee → where a worker is registered, None for others."""
    away = {row.id: (row, str(home_of[row.payee_id])) for row in rows if row.about_kind == LIST_MATTER
            and home_of.get(row.payee_id) and not is_within(str(home_of[row.payee_id]), row.org_path)}
    filed = _filed(work, {row.payee_id for row, _ in away.values()})
    return {line_id: Fault(ELSEWHERE, told(PayeeElsewhere(home=home, place=row.org_path)))
            for line_id, (row, home) in away.items()
            if not is_within(filed.get(row.payee_id, home), row.org_path)}


def _filed(work: Work, worker_ids: set[str]) -> dict[str, str]:
    """Worker → the place of the open file of the household."""
    if not worker_ids:
        return {}
    found = select(M.worker_id, F.org_path).join_from(hardship_members, hardship_files, F.id == M.file_id).where(
        M.worker_id.in_(worker_ids), M.is_open)
    return {row.worker_id: row.org_path for row in work.peek(found)}
