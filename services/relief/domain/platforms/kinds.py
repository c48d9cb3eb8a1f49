"""What kinds of platforms, cards and goods there are, and which go together."""

from __future__ import annotations

from collections.abc import Mapping

PLATFORM_KINDS = ("SUPERMARKET", "PHARMACY", "HOSPITAL", "SCHOOL", "RELAY_STATION")
CARD_KINDS = ("SHOPPING", "MEDICINE", "MEDICAL", "RELAY")
ITEM_CLASSES = ("GRAIN", "VEGETABLES", "FOOD", "NECESSITY", "MEDICINE", "MEDICAL_SUPPLY", "SERVICE")
#: 爱心购物卡 in 爱心超市, 爱心购药卡 in 爱心药店, 医疗优待卡 in 爱心医院, 爱心接力卡 at 爱心接力站
PLATFORM_OF_CARD: Mapping[str, str] = {"SHOPPING": "SUPERMARKET", "MEDICINE": "PHARMACY", "MEDICAL": "HOSPITAL",
                                       "RELAY": "RELAY_STATION"}
#: what can be had on a card; a hospital only records visits, a school only sends invoices
ITEMS_OF_PLATFORM: Mapping[str, tuple[str, ...]] = {
    "SUPERMARKET": ("GRAIN", "VEGETABLES", "FOOD", "NECESSITY"),
    "PHARMACY": ("MEDICINE", "MEDICAL_SUPPLY"),
    "RELAY_STATION": ("GRAIN", "VEGETABLES", "FOOD", "NECESSITY", "SERVICE"),
    "HOSPITAL": (),
    "SCHOOL": (),
}
#: for what a fund pays the union's part
PURPOSE_OF_PLATFORM: Mapping[str, str] = {"SUPERMARKET": "LIVING", "RELAY_STATION": "LIVING", "PHARMACY": "MEDICAL",
                                          "HOSPITAL": "MEDICAL", "SCHOOL": "STUDENT"}
#: 爱心接力站, built with an employer, each with a focus of its own
STATION = "RELAY_STATION"
WITHOUT_SHARES = ("HOSPITAL",)
#: what a care supermarket can do (网络、呼叫、仓储、物流、社区服务), and what each is called
CAPABILITIES = ("WEB", "CALL", "WAREHOUSE", "LOGISTICS", "COMMUNITY_SERVICE")
CAPABILITY_NAMES: Mapping[str, tuple[str, str]] = {
    "WEB": ("网络", "web"), "CALL": ("呼叫", "call"), "WAREHOUSE": ("仓储", "warehouse"),
    "LOGISTICS": ("物流", "logistics"), "COMMUNITY_SERVICE": ("社区服务", "community service")}
WITH_CAPABILITIES = "SUPERMARKET"
