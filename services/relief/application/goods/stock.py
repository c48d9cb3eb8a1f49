"""The stock ledger (库存流水): every movement of a lot is a row, written in the transaction that changes the lot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from services.relief.adapters.bulk import inserting
from services.relief.adapters.goods import donation_lots, stock_movements
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.stock import COUNTERS, KINDS, Movement
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading, within
from shared.store.work import Work


def keep(work: Work, lot: DonationLot, movements: Iterable[Movement | None]) -> None:
    """Write what the lot's stock has done."""
    rows = [{"id": new_id(), "lot_id": lot.id, "number": moved.number, "org_path": lot.org_path,
             "goods_class": lot.goods_class, "kind": moved.kind, "quantity": moved.quantity,
             "about_kind": moved.about_kind, "about_id": moved.about_id, "actor": work.caller.account_id,
             "moved_on": today(), "at": now()} for moved in movements if moved]
    if rows:
        work.at_the_end(inserting(stock_movements, rows))  # after the lot's own row, which may be new


def sum_of(counter: str) -> ColumnElement[Any]:
    """What the movements add up to for a counter."""
    signs = {kind: effect[counter] for kind, effect in KINDS.items() if counter in effect}
    signed = case(*[(stock_movements.c.kind == kind, sign * stock_movements.c.quantity)
                    for kind, sign in signs.items()], else_=0)
    return func.coalesce(func.sum(signed), 0).label(counter)


def get_goods_stock(reading: Reading, asked: Asked) -> dict[str, Any]:
    """By place and class, from the lots' counters, each checked against the movements."""
    lots, moved = _by_lots(reading, asked), _by_movements(reading, asked)
    items = []
    for place, counters in sorted(lots.items()):
        agrees = moved.get(place, dict.fromkeys(COUNTERS, 0)) == counters
        items.append({"org_path": place[0], "goods_class": place[1], **counters, "agrees": agrees,
                      "on_hand": counters["received"] - counters["issued"] - counters["disposed"]})
    return {"items": items, "agrees": all(item["agrees"] for item in items) and set(moved) <= set(lots)}


def _by_lots(reading: Reading, asked: Asked) -> dict[tuple[str, str], dict[str, int]]:
    sums = [func.sum(donation_lots.c[name]).label(name) for name in COUNTERS]
    return _grouped(reading, asked, donation_lots, sums)


def _by_movements(reading: Reading, asked: Asked) -> dict[tuple[str, str], dict[str, int]]:
    return _grouped(reading, asked, stock_movements, [sum_of(name) for name in COUNTERS])


def _grouped(reading: Reading, asked: Asked, table: Any, sums: list[Any]) -> dict[tuple[str, str], dict[str, int]]:
    place = (table.c.org_path, table.c.goods_class)
    query = select(*place, *sums).where(within(table, reading.caller)).group_by(*place)
    if "goods_class" in asked.query:
        query = query.where(table.c.goods_class == asked.query["goods_class"])
    return {(str(row.org_path), str(row.goods_class)): {name: int(getattr(row, name)) for name in COUNTERS}
            for row in reading.all(query)}


def list_stock_movements(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = stock_movements.c
    where = [columns[n] == asked.query[n] for n in ("lot_id", "goods_class", "kind") if n in asked.query]
    page = reading.page(stock_movements, asked.query, sort=[columns.at, columns.number], where=where)
    return {**page, "items": [row._mapping for row in page["items"]]}
