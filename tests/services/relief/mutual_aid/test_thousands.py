"""A factory of thousands in one request."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import insert, select

from services.membership.adapters.tables import metadata
from shared.kernel.ids import new_id
from tests.services.desks import Desk
from tests.services.relief.mutual_aid.aid import OFFICER, Unit

MANY = 5_000


def crowd(membership: Desk, unit: Unit, count: int) -> list[str]:
    """`count` more workers like the unit's first, entered without the door."""
    workers = metadata.tables["workers"]
    with membership.database.write() as connection:
        first = connection.execute(select(workers).where(workers.c.id == unit.worker_ids[0])).mappings().one()
        rows = [{**first, "id": new_id(), "id_index": new_id()} for _ in range(count)]
        connection.execute(insert(workers), rows)
    return [row["id"] for row in rows]


def test_a_factory_of_five_thousand_enrols_and_renews(desk: Callable[[str], Desk],
                                                      on_day: Callable[[int], None]) -> None:
    relief, membership = desk("relief"), desk("membership")
    unit = Unit(membership, 1)
    unit.worker_ids = crowd(membership, unit, MANY)
    old = unit.covered(relief, "CITY_CRITICAL")
    assert (old.now["persons"], old.now["fee_fen"], old.now["state"]) == (MANY, MANY * 5_000, "WAITING")
    on_day(365)
    new = unit.covered(relief, "CITY_CRITICAL", renews_id=old.now["id"])
    assert new.now["state"] == "IN_FORCE"
    page = relief.must("list_participants", OFFICER, path={"enrolment_id": new.now["id"]}, query={"limit": 200})
    assert len(page["items"]) == 200
    assert all(row["is_waiting_waived"] for row in page["items"])
