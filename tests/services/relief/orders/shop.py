"""Catalogues, offers and orders for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.goods.stores import DIRECTOR, KEEPER, step
from tests.services.relief.platforms.shop import Shop

AGENT, PARTNER = caller(Role.HOTLINE_AGENT), caller(Role.PARTNER_CLERK)
ADDRESS = {"recipient": "孙秀英", "phone": "13800138001", "address": "幸福路8号2单元301", "township": "台东街道"}
PAID = {"source": "PARTNER", "goods_class": "FOOD", "title": "冬储白菜",
        "member_fen": 3_000, "hardship_fen": 1_000, "available": 5}


def catalogue(relief: Desk, kind: str = "NEW_YEAR_GOODS", days: int = 400, **more: Any) -> dict[str, Any]:
    body = {"kind": kind, "name": "送年货", "opens_on": str(today()), "closes_on": str(today() + timedelta(days=days)),
            **more}
    return step(relief, "open_catalogue", relief.must("plan_catalogue", DIRECTOR, body=body), DIRECTOR)


def offer(relief: Desk, of: dict[str, Any], lot: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A donated item of a lot, or a partner's, who can do everything unless `partner_id` names another."""
    donated = {"source": "DONATED", "title": "棉衣"}
    item = {**donated, "goods_class": lot["goods_class"], "lot_id": lot["id"]} if lot else {
        **PAID, "partner_id": more.pop("partner_id", None) or Shop(relief).partner["id"]}
    found: dict[str, Any] = relief.must("add_offer", KEEPER, body={"catalogue_id": of["id"], **item, **more})
    return found


def body_of(worker_id: str | None, *items: tuple[dict[str, Any], int], **more: Any) -> dict[str, Any]:
    named = {"worker_id": worker_id} if worker_id else {}
    return {**named, **ADDRESS, "items": [{"offer_id": of["id"], "quantity": n} for of, n in items], **more}


def order(relief: Desk, worker_id: str | None, *items: tuple[dict[str, Any], int], by: Caller = AGENT,
          **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("place_order", by, body=body_of(worker_id, *items, **more))
    return found


def not_ordered(relief: Desk, worker_id: str | None, *items: tuple[dict[str, Any], int], by: Caller = AGENT,
                **more: Any) -> str:
    return str(relief.refused("place_order", by, body=body_of(worker_id, *items, **more))["code"])


def dispatched(relief: Desk, made: dict[str, Any]) -> dict[str, Any]:
    made = step(relief, "confirm_order", made, AGENT)
    made = step(relief, "pack_order", made, PARTNER)
    return step(relief, "dispatch_order", made, PARTNER, vehicle="鲁B-12345")
