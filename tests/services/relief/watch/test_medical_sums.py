"""DUP-4: relief, mutual aid and declared aid for medical bills together, beside what the household paid itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.watch import watch_runs
from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.relief.applications.matters import BILL, apply
from tests.services.relief.means.payments import paid
from tests.services.relief.mutual_aid import aid
from tests.services.relief.watch.searching import active, search

OWN_PAID, RELIEF = 1_300_000, 900_000
REST = OWN_PAID - RELIEF
Pays = Callable[[Desk, "House", int], None]


class House:
    """The head and the active file of a household, covered by mutual aid."""

    def __init__(self, desk: Callable[[str], Desk], on_day: Callable[[int], None]) -> None:
        self.relief = desk("relief")
        self.unit = aid.Unit(desk("membership"), 1)
        self.head = self.unit.worker_ids[0]
        [self.file] = active(self.relief, on_day, self.head)


@pytest.fixture
def house(desk: Callable[[str], Desk], on_day: Callable[[int], None]) -> House:
    return House(desk, on_day)


def looked_for(relief: Desk) -> list[dict[str, Any]]:
    """What today's search finds when it runs anew: covering a unit has let it run before."""
    with relief.database.write() as connection:
        connection.execute(watch_runs.delete())
    return search(relief, "DUP-4")


def city_pays(relief: Desk, house: House, fen: int) -> None:
    house.unit.covered(relief, "CITY_CRITICAL")
    claim = aid.file_claim(relief, "CITY_CRITICAL", house.head, "CRITICAL_ILLNESS")
    claim.submit()
    rows = [aid.status_row(claim, "APPROVED", fen), aid.status_row(claim, "PAID", fen)]
    relief.must("import_scheme_file", aid.EXCHANGE, body=aid.status_file("S-1", *rows))


def declared(relief: Desk, house: House, fen: int, *payers: str, state: str = "PAID", same: bool = True) -> None:
    others = [{"payer": payer, "amount_fen": fen, "is_same_need": same} for payer in payers or ("CIVIL_AFFAIRS",)]
    case = apply(relief, house.head, "MEDICAL", need={**BILL, "own_paid_fen": 5_000_000}, other_aid=others)
    with relief.database.write() as connection:
        connection.execute(update(relief_applications).where(relief_applications.c.id == case.now["id"]).values(
            state=state, file_id=house.file.now["id"]))


@pytest.mark.parametrize("gives", [city_pays, declared])
def test_each_other_source_counts_with_relief(house: House, gives: Pays) -> None:
    paid(house.relief, house.head, RELIEF, today(), "MEDICAL")
    gives(house.relief, house, REST + 1)
    (finding,) = looked_for(house.relief)
    assert finding["file_id"] == house.file.now["id"]
    for said in (finding["explanation_zh"], finding["explanation_en"]):
        assert [fen for fen in ("¥13,000.01", "¥9,000.00", "¥4,000.01") if fen not in said] == []


@pytest.mark.parametrize("gives", [city_pays, declared])
def test_to_the_fen_of_the_bill_is_no_finding(house: House, gives: Pays) -> None:
    paid(house.relief, house.head, RELIEF, today(), "MEDICAL")
    gives(house.relief, house, REST)
    assert looked_for(house.relief) == []


def test_what_this_union_paid_as_mutual_aid_counts_once(house: House) -> None:
    """It has a payment line and a claim; the claim counts, less what was recovered of it."""
    house.unit.covered(house.relief, "CITY_CRITICAL")
    claim = aid.file_claim(house.relief, "CITY_CRITICAL", house.head, "CRITICAL_ILLNESS")
    claim.submit()
    rows = [aid.status_row(claim, "APPROVED", REST + 1), aid.status_row(claim, "PAID", REST + 1)]
    house.relief.must("import_scheme_file", aid.EXCHANGE, body=aid.status_file("S-1", *rows))
    more = {"about_kind": "MutualAidClaim", "about_id": claim.now["id"], "about_part": "benefit"}
    paid(house.relief, house.head, REST + 1, today(), "MEDICAL", recovered_fen=1, **more)
    paid(house.relief, house.head, RELIEF, today(), "MEDICAL")
    assert looked_for(house.relief) == []


def test_what_was_declared_and_is_known_counts_once(house: House) -> None:
    paid(house.relief, house.head, RELIEF, today(), "MEDICAL")
    city_pays(house.relief, house, REST)
    declared(house.relief, house, REST, "MUTUAL_AID")
    assert looked_for(house.relief) == []


@pytest.mark.parametrize("more", [{"same": False}, {"state": "WITHDRAWN"}, {"state": "RECOVERED"}])
def test_what_met_another_need_or_was_not_decided_does_not_count(house: House, more: dict[str, Any]) -> None:
    paid(house.relief, house.head, RELIEF, today(), "MEDICAL")
    declared(house.relief, house, REST + 1, **more)
    assert looked_for(house.relief) == []


def test_without_relief_there_is_nothing_to_find(house: House) -> None:
    city_pays(house.relief, house, OWN_PAID + 1)
    assert looked_for(house.relief) == []


def test_what_came_back_does_not_count(house: House) -> None:
    paid(house.relief, house.head, OWN_PAID + 1, today(), "MEDICAL", recovered_fen=1)
    assert looked_for(house.relief) == []
