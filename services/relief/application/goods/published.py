"""What everybody may see: receipts, and what became of the goods (公益事业捐赠法 art. 16, 22)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select, true

from services.relief.adapters.goods import donation_lots, stock_movements
from services.relief.application.goods.stock import sum_of
from services.relief.domain.goods.donor import shown_name
from services.relief.domain.goods.lot import DonationLot
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.paging import cut, ordered
from shared.store.reading import Reading

FLOWS = ("received", "issued", "disposed")


def get_public_goods_summary(reading: Reading, asked: Asked) -> dict[str, Any]:
    """By month and class. Nothing in it says who gave or who received."""
    year, m = asked.query.get("year") or today().year, stock_movements.c
    first, last = today().replace(year, 1, 1), today().replace(year, 12, 31)
    month = func.substr(cast(m.moved_on, String), 1, 7).label("month")
    query = select(month, m.goods_class, *[sum_of(flow) for flow in FLOWS]).where(
        m.moved_on.between(first, last), _below(m.org_path, asked)).group_by(month, m.goods_class)
    rows = [dict(row._mapping) for row in reading.all(query.order_by(month, m.goods_class))]
    return {"year": year, "items": [row for row in rows if any(row[flow] for flow in FLOWS)]}


def list_public_receipts(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Receipts, newest first; a donor finds the own one by its number."""
    lots, page = donation_lots.c, asked.query
    where = [lots[n] == page[n] for n in ("receipt_no", "goods_class") if n in page]
    query = select(DonationLot).where(_below(lots.org_path, asked), *where)
    sort = [lots.received_on, lots.receipt_no]
    found = reading.session.scalars(ordered(query, sort, lots.id, page)).all()
    told = cut(found, sort, lots.id, page)
    return {**told, "items": [_published(lot) for lot in told["items"]]}


def _published(lot: DonationLot) -> dict[str, Any]:
    names = ("id", "receipt_no", "org_path", "received_on", "goods_class", "title", "unit", *FLOWS)
    return {**{name: getattr(lot, name) for name in names}, "donor": shown_name(lot)}


def _below(column: Any, asked: Asked) -> ColumnElement[bool]:
    return column.like(f"{asked.query['org_path']}%") if "org_path" in asked.query else true()
