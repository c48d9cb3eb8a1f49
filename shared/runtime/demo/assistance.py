"""A family from relief to work of its own (张丽珍案例的路子), and the cadre who keeps in touch with it (结对帮扶).

School for the child, a shop front free of rent for tailoring, customers sent to it; when the street is torn down, a
low-rent flat and other work take the place of the shop.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.cast import Cast, hire
from shared.runtime.demo.job_fair import active_file

PLANS, PAIRS = "/v1/relief/assistance-plans", "/v1/relief/pair-ups"


def step(kind: str, tier: str, what: str, days: int) -> dict[str, Any]:
    return {"kind": kind, "tier": tier, "what": what, "due_on": str(today() + timedelta(days=days))}


def first_plan(cast: Cast, file: Any, number: int) -> Any:
    """School and a shop front; the shop is lost when the street is torn down."""
    plan = cast["R4"].does(PLANS, {"file_id": file["id"], "goal": "一年内靠手艺自立", "steps": [
        step("SCHOOLING", "EMERGENCY", "经社区居委会联系,孩子就近入学", 20),
        step("SHOPFRONT", "ROOT_CAUSE", "提供免租门面,开办缝纫铺", 60),
        step("REFERRAL", "ROOT_CAUSE", "介绍周边单位的缝补订单", 120)]}, key=f"demo plan {number}")
    path = f"{PLANS}/{plan['id']}"
    cast["R4"].changes(path, "start")
    school, shop, customers = plan["steps"]
    for one, outcome in ((school, "孩子已入学"), (shop, "缝纫铺开张")):
        _settle(cast, path, one, "finish", {"outcome": outcome})
    _settle(cast, path, customers, "drop", {"reason": "所在街道拆迁,店铺关闭"})
    return cast["R4"].reads(path)


def _settle(cast: Cast, path: str, one: Any, how: str, body: Any) -> Any:
    """A step done or dropped; the version is the plan's."""
    version = cast["R4"].reads(path)["version"]
    return cast["R4"].does(f"{path}/steps/{one['id']}/{how}", body, version=version)


def second_plan(cast: Cast, plan: Any) -> Any:
    """The revised plan: a flat and other work, achieved."""
    revised = cast["R4"].changes(f"{PLANS}/{plan['id']}", "revise", {
        "reason": "拆迁后重新安排", "goal": "安居并以婚庆布景为业", "steps": [
            step("HOUSING", "SAFEGUARD", "申请廉租住房", 60),
            step("REFERRAL", "ROOT_CAUSE", "介绍婚庆背景布制作", 90)]})
    path = f"{PLANS}/{revised['id']}"
    cast["R4"].changes(path, "start")
    for one, outcome in zip(revised["steps"], ("入住廉租房", "长期承接婚庆背景布"), strict=True):
        _settle(cast, path, one, "finish", {"outcome": outcome})
    return cast["R8"].changes(path, "achieve", {"outcome": "收入稳定,能够自立"})


def pair(cast: Cast, file: Any, number: int) -> Any:
    """A cadre of section level visits, and hands the household over to another."""
    made = cast["R8"].does(PAIRS, {"file_id": file["id"], "cadre_id": cast["R2"].reads("/v1/me")["id"],
                                   "rank": "SECTION"}, key=f"demo pair {number}")
    path = f"{PAIRS}/{made['id']}"
    cast["R2"].changes(path, "contacts", {"kind": "VISIT", "note": "入户走访,孩子成绩良好"})
    cast["R2"].changes(path, "contacts", {"kind": "PHONE", "note": "了解订单情况"})
    return cast["R8"].changes(path, "hand-over", {"cadre_id": cast["R9"].reads("/v1/me")["id"], "rank": "DIVISION",
                                                  "reason": "干部岗位调整"})


def tell(cast: Cast, shift_clock: Callable[[int], None], number: int = 0) -> Any:
    """The whole of it; the plan that was achieved."""
    person = 450_000 + number
    (worker,) = hire(cast, None, range(person, person + 1))
    file = active_file(cast, worker, 1_000_000 + number, shift_clock)
    pair(cast, file, number)
    return second_plan(cast, first_plan(cast, file, number))
