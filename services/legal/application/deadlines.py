"""What falls due by itself in legal aid."""

from __future__ import annotations

from sqlalchemy import select

from services.legal.adapters.tables import aid_cases
from services.legal.domain.aid import AidCase
from shared.kernel.clock import today
from shared.store.work import Work

BATCH = 100
NOT_SUPPLEMENTED = "逾期未补正,视为撤回申请(法律援助法第43条) / not supplemented in time (art. 43)"


def lapse_unsupplemented(work: Work) -> None:
    """Applications whose supplement has not come in time count as withdrawn."""
    late = select(AidCase).where(aid_cases.c.state == "INCOMPLETE", aid_cases.c.supplement_due_on < today())
    for case in work.all(late.order_by(aid_cases.c.supplement_due_on, aid_cases.c.id).limit(BATCH)):
        case.withdraw(NOT_SUPPLEMENTED)
