"""Campaigns in kind for tests, driven by commands."""

from __future__ import annotations

from typing import Any

from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import COUNTY, DIRECTOR, KEEPER

CHAIR = caller(Role.CHAIR)
REASON = {"reason": "活动结束"}




def body_of(*package: tuple[dict[str, Any], int], **more: Any) -> dict[str, Any]:
    return {"title": "送米面油", "occasion": "SPRING_FESTIVAL", "year": today().year + 1,
            "package": [{"lot_id": lot["id"], "quantity": quantity} for lot, quantity in package], **more}


class Parcels:
    """One campaign in kind; it remembers the record as it stands."""

    def __init__(self, relief: Desk, *package: tuple[dict[str, Any], int], **more: Any) -> None:
        self.relief = relief
        self.now: dict[str, Any] = relief.must("draft_goods_campaign", COUNTY, body=body_of(*package, **more))

    @property
    def path(self) -> dict[str, str]:
        return {"campaign_id": self.now["id"]}

    def must(self, operation: str, who: Any = DIRECTOR, **body: Any) -> dict[str, Any]:
        self.now = self.relief.must(operation, who, path=self.path, body=body, version=self.now["version"])
        return self.now

    def refused(self, operation: str, who: Any = DIRECTOR, **body: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.relief.refused(operation, who, path=self.path, body=body,
                                                    version=self.now["version"])
        return found

    def approve(self) -> dict[str, Any]:
        return self.must("approve_goods_campaign", document_no="WZ-1")

    def lines(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.relief.must("list_goods_campaign_lines", KEEPER, path=self.path,
                                                       query={"sort": "number", **query})["items"]
        return found

    def states(self) -> list[str]:
        return [line["state"] for line in self.lines()]

    def hand_over(self, *lines: dict[str, Any]) -> dict[str, Any]:
        return self.must("hand_over_packages", KEEPER, lines=[given(line) for line in lines])

    def not_handed(self, *lines: dict[str, Any]) -> str:
        return str(self.refused("hand_over_packages", KEEPER, lines=[given(line) for line in lines])["code"])


def given(line: dict[str, Any]) -> dict[str, Any]:
    return {"line_id": line["id"], "relation": "FAMILY", "receiver": "王小明", "signature_no": "QS-1"}
