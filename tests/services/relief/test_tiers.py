"""Every measure has its tier (应急、保障、根本): by a dated rule, kept with the record, told and listed by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.domain.applications.kinds import TIERS
from services.relief.domain.measures import MEASURES
from services.relief.rules import tiers
from shared.contracts.relief.applications import codes
from shared.kernel.clock import today
from shared.kernel.dated import RuleTableError
from shared.kernel.ids import new_id
from shared.kernel.parameters import RULES_VARIABLE
from tests.services.desks import Desk
from tests.services.relief.goods.stores import KEEPER, give, shelved
from tests.services.relief.means.payments import paid
from tests.services.relief.mutual_aid.aid import COUNTY, Unit, file_claim
from tests.services.relief.payments import bank
from tests.services.relief.platforms.settling import Sold
from tests.services.relief.platforms.shop import CASHIER, days_to, month
from tests.services.relief.samples import DIRECTOR, Roster, fund, propose

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]
ROW: dict[str, Any] = {"zh": "地方规定", "en": "local", "jurisdiction": "3702", "effective_from": date(2020, 1, 1),
                       "document": "青岛〔2020〕7号", "certainty": "X"}


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


def local(folder: Path, monkeypatch: pytest.MonkeyPatch, measures: list[str], tier: str) -> None:
    rows = [{**ROW, "measures": measures, "tier": tier}]
    (folder / "tiers.yaml").write_text(yaml.safe_dump({"tiers": rows}), "utf-8")
    monkeypatch.setenv(RULES_VARIABLE, str(folder))


def test_every_measure_has_a_tier_every_day_since_2010() -> None:
    assert codes.TIERS == TIERS
    for measure, year in product(MEASURES, (2010, 2026, 2040)):
        assert tiers.tiers().rule(measure, date(year, 1, 1), "370202").tier in TIERS


@pytest.mark.parametrize(("measures", "tier"), [(["DINNER"], "EMERGENCY"), (["WAGE_ADVANCE"], "URGENT")])
def test_a_file_with_unknown_codes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measures: list[str],
                                              tier: str) -> None:
    local(tmp_path, monkeypatch, measures, tier)
    with pytest.raises(RuleTableError, match=r"tiers\.yaml"):
        tiers.tiers()


def listed(relief: Desk, operation: str, who: Any) -> dict[str, list[str]]:
    """Tier → the ids that the list shows for it."""
    return {tier: [one["id"] for one in relief.must(operation, who, query={"tier": tier})["items"]] for tier in TIERS}


def test_an_advance_is_an_emergency_and_a_place_may_rule_otherwise(relief: Desk, desk: DeskOf, tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    before = propose(relief, Roster(desk("membership"), [2_000])).now
    local(tmp_path, monkeypatch, ["WAGE_ADVANCE"], "SAFEGUARD")
    after = propose(relief, Roster(desk("membership"), [2_000])).now
    assert (before["tier"], after["tier"]) == ("EMERGENCY", "SAFEGUARD")
    assert listed(relief, "list_wage_advances", DIRECTOR) == {
        "EMERGENCY": [before["id"]], "SAFEGUARD": [after["id"]], "ROOT_CAUSE": []}


def test_goods_settlements_and_claims_have_theirs(relief: Desk, desk: DeskOf, on_day: OnDay) -> None:
    unit = Unit(desk("membership"), 12)
    issue = give(relief, shelved(relief), 1, worker_id=unit.worker_ids[0])
    enrolled = unit.covered(relief, "ACCIDENT_DAILY")
    claim = file_claim(relief, enrolled.now["plan"], unit.worker_ids[0], "ACCIDENT", days=3).now
    sold = Sold(desk, 10_000)
    on_day(days_to(1))
    settlement = sold.approved(month())
    for record, operation, who, tier in ((issue, "list_goods_issues", KEEPER, "EMERGENCY"),
                                         (claim, "list_mutual_aid_claims", COUNTY, "SAFEGUARD"),
                                         (settlement.now, "list_settlements", CASHIER, "SAFEGUARD")):
        assert record["tier"] == tier
        assert listed(relief, operation, who) == {one: [record["id"]] if one == tier else [] for one in TIERS}
    settlement.must("reserve_settlement", CASHIER, fund_id=fund(relief)["id"], document_no="JS-1")
    [line] = bank.all_of(relief, "list_payment_lines", tier="SAFEGUARD")
    assert (line["about_id"], line["tier"]) == (settlement["id"], "SAFEGUARD")


def test_the_lines_of_a_list_go_by_its_purpose(relief: Desk, desk: DeskOf) -> None:
    workers, money = bank.workers(desk("membership"), 1), fund(relief)
    made = {purpose: bank.filled(relief, money, bank.lines(workers), purpose=purpose).rows()[0]["tier"]
            for purpose in ("LIVING", "TEMPORARY", "TRAINING")}
    assert made == {"LIVING": "SAFEGUARD", "TEMPORARY": "EMERGENCY", "TRAINING": "ROOT_CAUSE"}


def test_the_spread_of_money_by_tier_sums_to_the_whole(relief: Desk) -> None:
    fund_id, day = fund(relief, fen=0)["id"], today()
    for tier, fen, back in (("EMERGENCY", 100, 0), ("EMERGENCY", 300, 100), ("ROOT_CAUSE", 500, 0)):
        paid(relief, new_id(), fen, day, fund_id=fund_id, tier=tier, recovered_fen=back)
    found = relief.must("get_spread", DIRECTOR, query={"year": str(day.year)})
    assert [(one["tier"], one["payments"], one["amount_fen"], one["share_bp"]) for one in found["tiers"]] == [
        ("EMERGENCY", 2, 300, 3_750), ("SAFEGUARD", 0, 0, 0), ("ROOT_CAUSE", 1, 500, 6_250)]
    assert found["amount_fen"] == sum(one["amount_fen"] for one in found["tiers"]) == 800
    assert found["payments"] == sum(one["payments"] for one in found["tiers"])
    empty = relief.must("get_spread", DIRECTOR, query={"year": str(day.year - 1)})
    assert {one["share_bp"] for one in empty["tiers"]} == {None}
