"""A province's fiscal money apart from a city's or county's own (财政级次): told, kept apart, ruled apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.rules.programmes import programmes
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.funds.money import transfer
from tests.services.relief.samples import CASHIER, DIRECTOR, Roster, fund, get_fund, request

DAY = date(2026, 5, 6)


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def roster(desk: Callable[[str], Desk]) -> Roster:
    return Roster(desk("membership"), [2_000])


def opened(relief: Desk, org_path: str, **more: Any) -> dict[str, Any]:
    director = caller(Role.CENTRE_DIRECTOR, org_path=org_path)
    made: dict[str, Any] = relief.must("open_fund", director, body={
        "source": "LOCAL_FISCAL", "name": "地方财政", **more})
    return made


@pytest.mark.parametrize(("org_path", "more", "level"), [
    ("/37/", {}, "PROVINCIAL"), ("/37/3702/", {}, "LOCAL"), ("/37/3702/370202/street/", {}, "LOCAL"),
    ("/37/3702/370202/", {"fiscal_level": "PROVINCIAL"}, "PROVINCIAL"), ("/37/", {"fiscal_level": "LOCAL"}, "LOCAL"),
])
def test_the_level_is_the_unions_own_unless_told(relief: Desk, org_path: str, more: dict[str, str], level: str) -> None:
    assert opened(relief, org_path, **more)["fiscal_level"] == level


def test_other_sources_have_no_level(relief: Desk) -> None:
    assert fund(relief, "CENTRAL")["fiscal_level"] is None
    refused = relief.refused("open_fund", DIRECTOR, body={"source": "UNION", "name": "-", "fiscal_level": "LOCAL"})
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("fiscal-level-not-for-source", "/fiscal_level")
    relief.refused("open_fund", DIRECTOR, body={"source": "LOCAL_FISCAL", "name": "-", "fiscal_level": "CITY"})


def test_funds_are_listed_by_level(relief: Desk) -> None:
    passed_down, own = fund(relief, "LOCAL_FISCAL", fiscal_level="PROVINCIAL"), fund(relief, "LOCAL_FISCAL")
    found = {level: [one["id"] for one in relief.must("list_funds", CASHIER, query={"fiscal_level": level})["items"]]
             for level in ("PROVINCIAL", "LOCAL")}
    assert found == {"PROVINCIAL": [passed_down["id"]], "LOCAL": [own["id"]]}


def test_a_place_may_open_its_own_money_for_advances_never_the_provinces(
        relief: Desk, roster: Roster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As shipped both are closed; a city's rule reaches its own money only."""
    row = {"sources": ["LOCAL_FISCAL"], "fiscal_levels": ["LOCAL"], "purposes": ["WAGE_ADVANCE"], "verdict": "ALLOW",
           "zh": "市级应急资金", "en": "the city's emergency money", "jurisdiction": "3702", "certainty": "X",
           "effective_from": date(2020, 1, 1), "document": "青岛〔2020〕9号"}
    (tmp_path / "fund_purposes.yaml").write_text(yaml.safe_dump({"purposes": [row]}), "utf-8")
    case = request(relief, roster)
    case.secure()
    passed_down, own = fund(relief, "LOCAL_FISCAL", fiscal_level="PROVINCIAL"), fund(relief, "LOCAL_FISCAL")
    asked = {money["id"]: {"fund_id": money["id"], "document_no": "DF-1"} for money in (passed_down, own)}
    for body in asked.values():
        assert case.refused("disburse_wage_advance", CASHIER, **body) == "fund-purpose-denied"
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path))
    status, told = case.do("disburse_wage_advance", CASHIER, **asked[passed_down["id"]])
    assert (status, told["code"], "LOCAL_FISCAL:PROVINCIAL" in told["detail"]["en"]) == (
        409, "fund-purpose-denied", True)
    case.must("disburse_wage_advance", CASHIER, **asked[own["id"]])
    assert get_fund(relief, passed_down["id"])["available_fen"] == 10_000_000


def test_money_does_not_change_its_level_by_a_transfer(relief: Desk) -> None:
    passed_down, own = fund(relief, "LOCAL_FISCAL", fiscal_level="PROVINCIAL"), fund(relief, "LOCAL_FISCAL")
    for giver, taker in ((passed_down, own), (own, passed_down)):
        refused = relief.refused("propose_transfer", CASHIER, body={
            "from_fund_id": giver["id"], "to_fund_id": taker["id"], "amount_fen": 1, "reason": "拨补",
            "document_no": "BK-1"})
        assert refused["code"] == "transfer-crosses-fiscal-levels"
    assert transfer(relief, passed_down, fund(relief, "LOCAL_FISCAL", fiscal_level="PROVINCIAL"), 1)["id"]


def test_what_the_provinces_money_asks_of_households_is_not_asked_of_local_money() -> None:
    """平顶山 2019: central and provincial money for files of the national level only."""
    found = {money: programmes().condition(money, DAY, "410402") for money in (
        "CENTRAL", "LOCAL_FISCAL:PROVINCIAL", "LOCAL_FISCAL:LOCAL")}
    assert {money: rule and rule.file_levels for money, rule in found.items()} == {
        "CENTRAL": ("NATIONAL",), "LOCAL_FISCAL:PROVINCIAL": ("NATIONAL",), "LOCAL_FISCAL:LOCAL": None}
    assert programmes().condition("LOCAL_FISCAL:PROVINCIAL", DAY, "370202") is None
