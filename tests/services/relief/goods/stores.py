"""Stores of donated goods for tests, kept by commands as the people of a care garden would."""

from __future__ import annotations

from typing import Any

from shared.kernel.caller import Caller
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller

KEEPER, OTHER_KEEPER = caller(Role.WINDOW_CLERK), caller(Role.GRASSROOTS_OFFICER)
DIRECTOR, COUNTY = caller(Role.CENTRE_DIRECTOR), caller(Role.COUNTY_REVIEWER)
BOTH = caller(Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR)
NOBODY = Caller("public", "public")
#: which path field a record goes into, by a field only such records have
PATHS = {"receipt_no": "lot_id", "issue_no": "issue_id", "difference": "adjustment_id", "request_no": "request_id",
         "order_no": "order_id", "quota": "school_id", "closes_on": "catalogue_id", "ordered": "offer_id"}


def received(relief: Desk, quantity: int = 10, goods_class: str = "CLOTHES", **more: Any) -> dict[str, Any]:
    body = {"goods_class": goods_class, "title": "棉衣", "unit": "PIECE", "quantity": quantity, "condition": "GOOD",
            **more}
    found: dict[str, Any] = relief.must("receive_donation", KEEPER, body=body)
    return found


def step(relief: Desk, operation: str, record: dict[str, Any], who: Caller = KEEPER, **body: Any) -> dict[str, Any]:
    """A change of a record that has to succeed; the record after it."""
    found: dict[str, Any] = relief.must(operation, who, path=path_of(record), body=body,
                                        version=record["version"])
    return found


def refused(relief: Desk, operation: str, record: dict[str, Any], who: Caller = KEEPER, **body: Any) -> str:
    """The code with which a change is refused."""
    return str(relief.refused(operation, who, path=path_of(record), body=body,
                              version=record["version"])["code"])


def path_of(record: dict[str, Any]) -> dict[str, str]:
    return {next(name for field, name in PATHS.items() if field in record): record["id"]}


def shelved(relief: Desk, quantity: int = 10, goods_class: str = "CLOTHES", unusable: int = 0,
            **more: Any) -> dict[str, Any]:
    """A lot all the way onto the shelf."""
    lot = received(relief, quantity, goods_class, **more)
    if goods_class not in ("FOOD", "BOOK"):
        lot = step(relief, "disinfect_lot", lot, method="臭氧熏蒸", on=str(today()))
    grades = [{"grade": "A", "category": "成人", "quantity": quantity - unusable}] if quantity > unusable else []
    lot = step(relief, "sort_lot", lot, grades=grades, unusable=unusable)
    return step(relief, "shelve_lot", lot, shelf="A-1")


def give(relief: Desk, lot: dict[str, Any], quantity: int, **whom: Any) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("issue_goods", KEEPER, body={"lot_id": lot["id"], "quantity": quantity, **whom})
    return found


def not_given(relief: Desk, lot: dict[str, Any], quantity: int, **whom: Any) -> dict[str, Any]:
    """The problem with which an issue is refused."""
    found: dict[str, Any] = relief.refused("issue_goods", KEEPER,
                                           body={"lot_id": lot["id"], "quantity": quantity, **whom})
    return found


def adjust(relief: Desk, lot: dict[str, Any], **body: Any) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("propose_stock_adjustment", KEEPER,
                                        body={"lot_id": lot["id"], "reason": "破损", **body})
    return found


def read(relief: Desk, lot: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = relief.must("get_donation_lot", KEEPER, path={"lot_id": lot["id"]})
    return found


def assert_adds_up(relief: Desk) -> None:
    """Counters and movements agree at every place and for every class."""
    stock = relief.must("get_goods_stock", DIRECTOR)
    assert stock["agrees"], stock
