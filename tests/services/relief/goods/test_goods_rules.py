"""The dated rules of goods and school places: by class, day and place; faulty files are refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.relief.domain.goods.refusals import ExpiryMissing, HouseholdLimit, NotDisinfected
from services.relief.domain.goods.states import CLASSES
from services.relief.rules import goods as goods_rules
from services.relief.rules import schools as school_rules
from shared.kernel.dated import RuleGap, RuleOverlap, RuleTableError

DAY = date(2026, 5, 6)
ROW = """
  - goods_class: CLOTHES
    needs_disinfection: true
    needs_expiry: false
    most: {most}
    days: 90
    jurisdiction: "{place}"
    effective_from: {first}
    effective_to: {last}
    document: 本地规定
    certainty: D
"""


def local(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> None:
    (folder / "goods.yaml").write_text("goods:" + "".join(rows), "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(folder))


def row(place: str, first: str, last: str = "null", most: str = "3") -> str:
    return ROW.format(place=place, first=first, last=last, most=most)


def test_every_class_has_a_rule_from_the_first_garden_on() -> None:
    for goods_class in CLASSES:
        assert goods_rules.goods().on(goods_class, DAY).certainty == "D"
        assert goods_rules.goods().on(goods_class, date(2008, 1, 1))
    with pytest.raises(RuleGap, match="CLOTHES"):
        goods_rules.goods().on("CLOTHES", date(2007, 12, 31))


def test_a_place_may_have_its_own_limit_for_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, row("3702", "2026-01-01", "2026-06-30"))
    rules = goods_rules.goods()
    assert rules.on("CLOTHES", DAY, "370202").most == 3
    assert rules.on("CLOTHES", date(2026, 7, 1), "370202").most == rules.on("CLOTHES", DAY, "440100").most == 12


def test_a_file_with_a_hole_or_two_rules_for_a_day_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path, monkeypatch, row("3702", "2026-01-01", "2026-06-30"), row("3702", "2026-07-02"))
    with pytest.raises(RuleGap, match=r"CLOTHES / 3702: no rule from 2026-07-01 to 2026-07-01"):
        goods_rules.goods()
    local(tmp_path, monkeypatch, row("3702", "2026-01-01", "2026-07-02"), row("3702", "2026-07-02"))
    with pytest.raises(RuleOverlap, match="2026-07-02"):
        goods_rules.goods()


@pytest.mark.parametrize("most", ["0", "-1", "many"])
def test_a_limit_is_a_whole_number_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    local(tmp_path, monkeypatch, row("3702", "2026-01-01", most=most))
    with pytest.raises(RuleTableError):
        goods_rules.goods()


def test_what_a_rule_refuses() -> None:
    clothes, food = (goods_rules.goods().on(goods_class, DAY) for goods_class in ("CLOTHES", "FOOD"))
    with pytest.raises(NotDisinfected):
        clothes.check_disinfected(None)
    food.check_disinfected(None)
    with pytest.raises(ExpiryMissing):
        food.check_expiry(None)
    clothes.check_limit(11, 1)
    with pytest.raises(HouseholdLimit):
        clothes.check_limit(11, 2)


def test_the_order_in_which_places_are_given() -> None:
    assert school_rules.order_of(school_rules.SCHOOLS.row("place_order", DAY)) == "DISTANCE"
    assert school_rules.SCHOOLS.value("offer_days", DAY) == 7
