"""Where each fen of a fund went, page by page: both rows of spans are laid out by the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, case, func, select
from sqlalchemy.orm import aliased

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.domain.funds.trace import MERGED, RECEIPTS, USES, Span, beside
from shared.kernel.errors import NotFound
from shared.service.dispatch import Asked
from shared.store.paging import cut, ordered
from shared.store.reading import Reading

E = ledger_entries.c


def trace_funds(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund = reading.row(funds, asked.path["fund_id"])
    uses, receipts = _uses(fund["id"]), _receipts(fund["id"])
    only = _receipt(reading, receipts, asked.query["receipt_no"]) if "receipt_no" in asked.query else None
    page = {**asked.query, "sort": asked.query.get("sort") or "number"}
    u: Any = uses.c
    query = ordered(select(uses).where(*_overlapping(uses, only)), [u.number], u.id, page)
    found = cut(reading.all(query), [u.number], u.id, page)
    paid_by = [only] if only else _receipts_of(reading, receipts, found["items"])
    return {**found, "items": [_told(row, paid_by) for row in found["items"]]}


def _uses(fund_id: str) -> Subquery:
    """Every use of the fund's money, net of what came back, with the end of its span on the line of fen."""
    # an advance is repaid as a whole, so its workers are one use; every other part of a matter is a use of its own
    part = case((E.about_kind.in_(MERGED), ""), else_=E.about_part)
    signed = case(USES, value=E.kind) * E.amount_fen
    by_matter = select(
        E.about_kind, E.about_id, part.label("about_part"), func.max(E.purpose).label("purpose"),
        func.min(E.number).label("number"), func.min(E.id).label("id"), func.sum(signed).label("fen"),
    ).where(E.fund_id == fund_id, E.kind.in_(USES)).group_by(E.about_kind, E.about_id, part).subquery()
    m = by_matter.c
    return select(by_matter, func.sum(m.fen).over(order_by=m.number).label("end")).where(m.fen > 0).subquery()


def _receipts(fund_id: str) -> Subquery:
    """Every receipt that was not reversed, with the end of its span."""
    undone = aliased(ledger_entries)
    is_undone = select(undone.c.id).where(undone.c.about_id == E.id, undone.c.kind == "REVERSED").exists()
    return select(
        E.id, E.number, E.kind, E.document_no, E.about_kind, E.about_id, E.amount_fen.label("fen"),
        func.sum(E.amount_fen).over(order_by=E.number).label("end"),
    ).where(E.fund_id == fund_id, E.kind.in_(RECEIPTS), ~is_undone).subquery()


def _overlapping(spans: Subquery, with_row: Row[Any] | None) -> list[ColumnElement[bool]]:
    if with_row is None:
        return []
    return _between(spans, int(with_row.end) - with_row.fen, int(with_row.end))


def _between(spans: Subquery, start: int, end: int) -> list[ColumnElement[bool]]:
    return [spans.c.end > start, spans.c.end - spans.c.fen < end]


def _receipt(reading: Reading, receipts: Subquery, receipt_no: str) -> Row[Any]:
    found = reading.all(select(receipts).where(receipts.c.document_no == receipt_no).limit(1))
    if not found:
        raise NotFound(pointer="/receipt_no", id=receipt_no)
    return found[0]


def _receipts_of(reading: Reading, receipts: Subquery, uses: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """The receipts beside a page of uses."""
    if not uses:
        return []
    spans = [_span(use) for use in uses]
    where = _between(receipts, min(span.start for span in spans), max(span.end for span in spans))
    return reading.all(select(receipts).where(*where).order_by(receipts.c.number))


def _span(row: Row[Any]) -> Span:
    return Span(row.id, int(row.end) - int(row.fen), int(row.end))


def _told(use: Row[Any], receipts: Sequence[Row[Any]]) -> dict[str, Any]:
    by_id = {receipt.id: receipt for receipt in receipts}
    parts = [{"kind": by_id[key].kind, "receipt_no": by_id[key].document_no, "about_kind": by_id[key].about_kind,
              "about_id": by_id[key].about_id, "amount_fen": fen}
             for key, fen in beside(_span(use), [_span(receipt) for receipt in receipts])]
    return {**use._mapping, "amount_fen": sum(part["amount_fen"] for part in parts), "receipts": parts}
