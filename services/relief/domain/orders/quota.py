"""Quotas of a campaign (活动限量), for example 冬储菜: what a member may order of a class of goods.

A winter's store is many days' food, so a campaign may have quotas of its own in place of the daily ones. They are
decided with the campaign, by its own paper, and do not change while it takes orders.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from services.relief.domain.orders.refusals import SeasonQuotaExceeded, SeasonQuotaTwice
from services.relief.domain.platforms.redemption import check_item

UNITS, PERIODS = ("GRAM", "PIECE"), ("DAY", "CAMPAIGN")
UNIT_NAMES = {"GRAM": ("克", "g"), "PIECE": ("件", "pieces")}
PERIOD_NAMES = {"DAY": ("每日", "a day"), "CAMPAIGN": ("本次活动", "in the campaign")}


def check_quotas(platform: str, quotas: Sequence[Mapping[str, Any]]) -> None:
    """One a class, of what the platform sells. Raises SeasonQuotaTwice, ItemClassNotHere."""
    known: set[str] = set()
    for n, quota in enumerate(quotas):
        check_item(platform, quota["item_class"], None, (), at=f"/quotas/{n}")
        if quota["item_class"] in known:
            raise SeasonQuotaTwice(pointer=f"/quotas/{n}/item_class", item_class=quota["item_class"])
        known.add(quota["item_class"])


def weighed(daily: Collection[str], quotas: Sequence[Mapping[str, Any]]) -> list[str]:
    """The classes whose weight a quota counts: the campaign's in grams, and the daily ones it does not replace."""
    own = {quota["item_class"]: quota["unit"] for quota in quotas}
    return [item_class for item_class in daily if item_class not in own] + [
        item_class for item_class, unit in own.items() if unit == "GRAM"]


def measure(unit: str, quantity: int, weight_g: int | None) -> int:
    """So many of a thing in the quota's unit."""
    return quantity * (weight_g or 0) if unit == "GRAM" else quantity


def check_season(quota: Mapping[str, Any], campaign: str, used: int, asked: int) -> None:
    """Raises SeasonQuotaExceeded."""
    if asked and used + asked > quota["per_member"]:
        (unit_zh, unit_en), (period_zh, period_en) = UNIT_NAMES[quota["unit"]], PERIOD_NAMES[quota["period"]]
        raise SeasonQuotaExceeded(pointer="/items", campaign=campaign, item_class=quota["item_class"], used=used,
                                  asked=asked, most=quota["per_member"], unit_zh=unit_zh, unit_en=unit_en,
                                  period_zh=period_zh, period_en=period_en, document=quota["document_no"])
