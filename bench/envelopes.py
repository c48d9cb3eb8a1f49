"""Real events in their envelopes, made by the product's own code."""

from __future__ import annotations

from typing import Any

from shared.contracts.membership import CONTRACT
from shared.kernel.aggregate import Aggregate
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.runtime.demo.people import uscc
from shared.service.ticks import new_traceparent
from shared.store.engine import Database
from shared.store.outbox import outbox_row
from shared.store.work import Work

PLACE = "/37/3702/370202/"
EVENT = "employer_registered"


class NoOutside:
    """Nothing is asked of other services here."""

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        raise LookupError(f"{service}.{operation}")


def outbox_rows(database: Database, count: int) -> list[dict[str, Any]]:
    """The rows that registering `count` employers leaves in the outbox."""
    caller = Caller(new_id(), "测试窗口", ("R1",), (PLACE,), PLACE)
    return [_row(Work(database, CONTRACT, caller, "register_employer", traceparent=new_traceparent(),
                      outside=NoOutside()), number) for number in range(count)]


def _row(work: Work, number: int) -> dict[str, Any]:
    employer = Aggregate()
    employer.id, employer.org_path, employer.version = new_id(), PLACE, 1
    employer.record(EVENT, uscc=uscc(number))
    return outbox_row(work, employer, employer.happened[0])
