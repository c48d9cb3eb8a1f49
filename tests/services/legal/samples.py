"""Legal-aid cases as the domain makes them, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from services.legal.domain.aid import AidCase
from services.legal.domain.duty import DutyCall
from services.legal.domain.lawyer import Lawyer
from services.legal.domain.recovery import RecoveryCase
from shared.kernel.clock import SHANGHAI
from shared.kernel.ids import new_id
from tests.services.desks import PLACE

ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
EMPLOYER = new_id()
CASE_NO = "FY3702022026000001X"


def applied(matter: str = "WAGE", migrants: Sequence[bool] = (True,), **rest: Any) -> AidCase:
    """An application that has just come in."""
    return AidCase.apply(new_id(), PLACE, "clerk", NOW, matter=matter, source="WINDOW", summary="拖欠工资",
                         received_on=ON, applicants={new_id(): one for one in migrants}, employer_id=EMPLOYER, **rest)


def granted(**rest: Any) -> AidCase:
    case = applied(**rest)
    case.grant(CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", ON)
    return case


def assigned(**rest: Any) -> AidCase:
    case = granted(**rest)
    case.assign(lawyer(), [], ON)
    return case


def lawyer(account_id: str = "lawyer", clients: Sequence[str] = ()) -> Lawyer:
    return Lawyer(new_id(), PLACE, "王律师", account_id, "13702201010000001", NOW, "135", list(clients))


def recovery(balance_fen: int = 600) -> RecoveryCase:
    return RecoveryCase.open(new_id(), PLACE, CASE_NO, NOW, advance_id=new_id(), advance_no="DF1", dispute_id=new_id(),
                             employer_id=EMPLOYER, balance_fen=balance_fen, repay_due_on=date(2026, 2, 20))


def duty_call() -> DutyCall:
    return DutyCall.open(new_id(), PLACE, new_id(), "LF37020220260000011", 43, EMPLOYER, "HIGH", NOW)


def told(aggregate: Any, name: str) -> list[dict[str, Any]]:
    """What an aggregate has told under this name."""
    return [happened.data for happened in aggregate.happened if happened.event == name]
