"""The rule file of care platforms: what it says, what is refused when it is read, and a place's own rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.relief.rules import platforms
from shared.kernel.clock import today
from shared.kernel.dated import RuleGap, RuleOverlap, RuleTableError
from tests.services.desks import Desk
from tests.services.relief.platforms.shop import DIRECTOR, Shop, card

DAY = date(2026, 5, 6)
PLACE = "370202"
QUOTA = {"item_class": "GRAIN", "most_g": 1_000, "jurisdiction": PLACE, "effective_from": date(2020, 1, 1),
         "document": "区总工会通知", "certainty": "D"}


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write a local rule file with these lists."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setenv("BANGFU_RULES", str(folder))

    def write(**lists: Any) -> None:
        content = {"quotas": [], "cards": [], "general": [], **lists}
        (folder / "platforms.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    return write


def test_the_shipped_quotas_are_those_of_the_documented_service() -> None:
    found = {rule.item_class: (rule.most_g, rule.certainty) for rule in platforms.rules().quotas(DAY, PLACE)}
    assert found == {"GRAIN": (500, "D"), "VEGETABLES": (2_500, "D")}


def test_a_place_has_its_own_quota_from_a_day_on(local: Callable[..., None], desk: Callable[[str], Desk]) -> None:
    local(quotas=[QUOTA])
    assert {rule.item_class: rule.most_g for rule in platforms.rules().quotas(DAY, PLACE)} == {
        "GRAIN": 1_000, "VEGETABLES": 2_500}
    assert platforms.rules().quotas(DAY, "370203")[0].most_g == 500
    assert platforms.rules().quotas(date(2019, 12, 31), PLACE)[0].most_g == 500
    relief = desk("relief")
    shop, mine = Shop(relief), card(relief, desk("membership"))
    grain = {"items": [{"item_class": "GRAIN", "amount_fen": 100, "weight_g": 1_000}], "total_fen": 100}
    shop.must_sell({**shop.sale(mine), **grain})
    use = relief.must("get_care_card_use", DIRECTOR, path={"card_id": mine["id"]}, query={"on": str(today())})
    assert (use["quotas"][0]["used_g"], use["quotas"][0]["document"]) == (1_000, "区总工会通知")


@pytest.mark.parametrize(("quotas", "error", "named"), [
    ([{**QUOTA, "effective_to": date(2022, 12, 31)}, {**QUOTA, "effective_from": date(2023, 2, 1)}], RuleGap,
     "2023-01-01 to 2023-01-31"),
    ([QUOTA, {**QUOTA, "effective_from": date(2023, 1, 1)}], RuleOverlap, "2023-01-01"),
    ([{**QUOTA, "most_g": 0.5}], RuleTableError, "0.5"), ([{**QUOTA, "item_class": "GOLD"}], RuleTableError, "GOLD"),
    ([{**QUOTA, "certainty": "SURE"}], RuleTableError, "SURE"),
    ([{**QUOTA, "jurisdiction": "CN", "effective_from": date(2010, 1, 1), "effective_to": date(2025, 1, 1)}], RuleGap,
     "2025-01-02"),
])
def test_a_faulty_file_is_refused_and_named(local: Callable[..., None], quotas: list[dict[str, Any]],
                                            error: type[Exception], named: str) -> None:
    local(quotas=quotas)
    with pytest.raises(error, match=named):
        platforms.rules()


def test_everybody_sees_the_rules_of_their_place(local: Callable[..., None], desk: Callable[[str], Desk]) -> None:
    local(quotas=[QUOTA])
    relief = desk("relief")
    shown = relief.must("get_care_rules", DIRECTOR, query={"on": "2026-05-06"})
    assert {row["item_class"]: row["most_g"] for row in shown["quotas"]} == {"GRAIN": 1_000, "VEGETABLES": 2_500}
    assert [row["kind"] for row in shown["cards"]] == ["SHOPPING", "MEDICINE", "MEDICAL", "RELAY"]
    assert (shown["offline_days"], shown["certainty"]) == (3, "D")
    assert relief.refused("get_care_rules", DIRECTOR, query={"on": "2009-12-31"})["code"] == "rule-missing"


def test_a_day_before_every_rule_is_a_hole() -> None:
    with pytest.raises(RuleGap, match="card SHOPPING"):
        platforms.rules().card("SHOPPING", date(2009, 12, 31), PLACE)


def test_no_share_of_any_partner_stands_in_the_code() -> None:
    """Shares are data of agreements."""
    home = Path(platforms.__file__).parents[1]
    files = [file for part in ("domain", "application") for file in home.glob(f"{part}/platforms/*.py")]
    files.append(home / "rules/platforms.yaml")
    assert len(files) > 15
    for file in files:
        text = file.read_text("utf-8")
        assert not any(share in text.replace("_", "") for share in ("8800", "8500", "8000", "1200", "1500")), file
