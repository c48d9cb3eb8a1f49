"""From confirmed order to the door: packing, dispatch, delivery, return, and the driver's list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from services.relief.adapters.orders import orders
from services.relief.application.goods.holding import held_target
from services.relief.application.orders.card import free_card
from services.relief.application.orders.stock import check_fresh, move, release
from services.relief.application.watch.deaths import died_on
from services.relief.domain.orders.order import Order
from shared.kernel.clock import today
from shared.kernel.errors import WorkerDeceased
from shared.service.dispatch import Asked
from shared.sheets.sheet import Sheet
from shared.sheets.xlsx import download
from shared.store.reading import Reading, within
from shared.store.work import Work

HEADINGS = ("街道(乡镇)", "订单号", "收货人", "电话", "地址", "物品", "签收")
MOST = 2_000


def confirm_order(work: Work, asked: Asked) -> Order:
    order = _for_the_living(work, asked)
    order.confirm()
    return order


def pack_order(work: Work, asked: Asked) -> Order:
    order = _for_the_living(work, asked)
    order.pack()
    check_fresh(work, order)
    return order


def dispatch_order(work: Work, asked: Asked) -> Order:
    order = _for_the_living(work, asked)
    order.dispatch(asked.body["vehicle"], today())
    check_fresh(work, order)
    move(work, order, "DISPATCHED")
    return order


def deliver_order(work: Work, asked: Asked) -> Order:
    order = _target(work, asked)
    order.deliver(asked.body["signature_no"], today())
    return order


def bring_order_back(work: Work, asked: Asked) -> Order:
    """Donated goods that come back are held until they are looked at."""
    order = _target(work, asked)
    order.bring_back(asked.body["reason"])
    release(work, order, "RETURNED")
    free_card(work, order)
    return order


def download_delivery_route(reading: Reading, asked: Asked) -> dict[str, Any]:
    """What a driver needs and no more: no prices, no grade, no worker. Kept in the audit trail."""
    columns, state = orders.c, asked.query["state"]
    query = select(Order).where(within(orders, reading.caller), columns.state == state)
    if "township" in asked.query:
        query = query.where(columns.township == asked.query["township"])
    found = reading.session.scalars(query.order_by(columns.township, columns.order_no).limit(MOST)).all()
    reading.note("download_delivery_route", "Order", "route", {"state": state, "rows": len(found)})
    return download(f"配送清单-{today()}", Sheet("清单", HEADINGS, _rows(found)))


def _rows(found: Any) -> Iterator[tuple[str, ...]]:
    for order in found:
        things = ";".join(f"{line.title} × {line.quantity}" for line in order.lines)
        yield order.township, order.order_no, order.recipient, order.phone, order.address, things, ""


def _for_the_living(work: Work, asked: Asked) -> Order:
    """What somebody who has died ordered goes no further; it is cancelled. Raises WorkerDeceased."""
    order = _target(work, asked)
    if died_on(work, order.worker_id):
        raise WorkerDeceased(worker_id=order.worker_id)
    return order


def _target(work: Work, asked: Asked) -> Order:
    return held_target(work, Order, asked.path["order_id"])
