"""Care-relay stations (爱心接力站): built with an employer, each with its focus; its cards are taken there only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.kernel.ids import new_id
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.platforms.shop import DIRECTOR, Record, Shop, card


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


def test_a_station_names_its_employer_and_its_focus(relief: Desk, desk: Callable[[str], Desk]) -> None:
    employer_id = people.employer(desk("membership"))
    body = {"kind": "RELAY_STATION", "name": "爱心接力站一站", "employer_id": employer_id, "focus": "农民工子女"}
    made = Record(relief, "partner", relief.must("register_partner", DIRECTOR, body=body))
    assert (made["employer_id"], made["focus"]) == (employer_id, "农民工子女")
    for wrong, code in (({"employer_id": None}, "station-incomplete"), ({"focus": None}, "station-incomplete"),
                        ({"employer_id": new_id()}, "employer-unknown"), ({"kind": "PHARMACY"}, "partner-no-station")):
        assert relief.refused("register_partner", DIRECTOR, body={**body, **wrong})["code"] == code
    assert len(relief.must("list_partners", DIRECTOR)["items"]) == 1
    second = people.employer(desk("membership"), "第二建筑公司")
    made.must("set_station_terms", DIRECTOR, employer_id=second, focus="就业岗位")
    assert (made["employer_id"], made["focus"]) == (second, "就业岗位")
    assert made.refused("set_station_terms", DIRECTOR, employer_id=new_id(), focus="就业岗位") == "employer-unknown"
    shop = Record(relief, "partner", Shop(relief).partner)
    assert shop.refused("set_station_terms", DIRECTOR, employer_id=second, focus="就业岗位") == "partner-no-station"


@pytest.mark.parametrize("kind", ["SUPERMARKET", "PHARMACY"])
def test_a_relay_card_is_taken_at_stations_only(relief: Desk, desk: Callable[[str], Desk], kind: str) -> None:
    station, elsewhere = Shop(relief, "RELAY_STATION"), Shop(relief, kind)
    relay = card(relief, desk("membership"), "RELAY")
    assert elsewhere.refused(elsewhere.sale(relay)) == "care-card-other-platform"
    assert station.must_sell(station.sale(relay))["card_id"] == relay["id"]
    shopping = card(relief, desk("membership"))
    assert station.refused(station.sale(shopping)) == "care-card-other-platform"
