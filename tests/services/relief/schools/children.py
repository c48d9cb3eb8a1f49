"""Children, schools and requests for tests."""

from __future__ import annotations

from typing import Any

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.goods.stores import DIRECTOR, KEEPER, step

#: a term that is never over while the tests run
TERM = f"{today().year}-AUTUMN"


def school(relief: Desk, name: str = "实验小学", *, quota: int = 5, division: str = "370202",
           **more: Any) -> dict[str, Any]:
    body = {**more, "term": TERM, "name": name, "stage": "PRIMARY", "division": division, "quota": quota}
    found: dict[str, Any] = relief.must("add_term_school", DIRECTOR, body=body)
    return found


def body_of(worker_id: str, child: int, **more: Any) -> dict[str, Any]:
    return {"worker_id": worker_id, "term": TERM, "stage": "PRIMARY", "division": "370202",
            "child_name": f"小朋友{child}", "child_id_number": people.resident_id(200_000 + child), **more}


def request_of(relief: Desk, worker_id: str, child: int, by: Caller = KEEPER, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("request_school_place", by, body=body_of(worker_id, child, **more))
    return found


def consented(relief: Desk, worker_id: str, child: int, **more: Any) -> dict[str, Any]:
    return step(relief, "consent_to_placement", request_of(relief, worker_id, child, **more), consent_no=f"TY-{child}",
                consented_on=str(today()))


def enrolled(relief: Desk, worker_id: str, child: int, at: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A child at school."""
    ways = [{"school_id": at["id"], "metres": 1}]
    offered = step(relief, "offer_school_place", consented(relief, worker_id, child, ways=ways, **more),
                   school_id=at["id"])
    return step(relief, "enrol_child", step(relief, "accept_school_place", offered))
