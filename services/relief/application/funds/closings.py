"""The end of a fund's year. What is still reserved must be released before, or go over by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.fund_matters import carried_reservations, year_closings
from services.relief.adapters.payments import payment_lines
from services.relief.application.funds import charging
from services.relief.application.funds.figures import statement_of
from services.relief.application.funds.ledger import keep
from services.relief.domain.funds.closing import YearClosing, require_listed
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.refusals import CarriedWithoutReason, ClosingUnderWay
from services.relief.domain.funds.statement import YearStatement
from shared.kernel.clock import SHANGHAI, now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.paging import cut, ordered
from shared.store.reading import Reading
from shared.store.work import Work

#: states of a payment line in which it holds no reservation any more
SETTLED = ("PAID", "RELEASED", "RECOVERED")
COPIED = ("id", "purpose", "about_kind", "about_id", "about_part", "amount_fen")


def open_reservations(fund_id: str, year: int) -> list[ColumnElement[bool]]:
    """The condition on payment lines: reserved by the end of a year, and neither paid nor given back since."""
    c = payment_lines.c
    return [c.fund_id == fund_id, c.state.notin_(SETTLED), c.created_at < datetime(year + 1, 1, 1, tzinfo=SHANGHAI)]


def list_open_reservations(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund = reading.record(FundAccount, asked.path["fund_id"])
    c, year = payment_lines.c, asked.query.get("year", today().year)
    return reading.page(payment_lines, asked.query, sort=[c.created_at, c.amount_fen],
                        where=open_reservations(fund.id, year))


def propose_year_closing(work: Work, asked: Asked) -> YearClosing:
    body = asked.body
    fund = work.load(FundAccount, body["fund_id"], lock=True)
    fund.check_closable(body["year"], now())
    _require_none_yet(work, fund, body["year"])
    lines = _open_lines(work, fund.id, body["year"])
    require_listed(body["year"], {line["id"]: line["amount_fen"] for line in lines}, body["carried_line_ids"],
                   is_exact=True)
    if lines and not body["carried_reason"]:
        raise CarriedWithoutReason(pointer="/carried_reason", count=len(lines))
    closing = YearClosing(new_id(), fund.org_path, fund.id, body["year"], work.caller.account_id, now(),
                          body["carried_reason"], len(lines), sum(line["amount_fen"] for line in lines))
    work.add(closing)
    work.session.flush()
    insert_rows(work.session.connection(), carried_reservations, lines, {"closing_id": closing.id})
    return closing


def _require_none_yet(work: Work, fund: FundAccount, year: int) -> None:
    c = year_closings.c
    known = select(c.id).where(c.fund_id == fund.id, c.year == year, c.state != "REFUSED")
    if work.session.execute(known).first():
        raise ClosingUnderWay(pointer="/year", fund_no=fund.fund_no, year=year)


def _open_lines(work: Work, fund_id: str, year: int) -> list[dict[str, Any]]:
    columns = [payment_lines.c[name] for name in COPIED]
    return [dict(row._mapping) for row in work.session.execute(
        select(*columns).where(*open_reservations(fund_id, year))).all()]


def confirm_year_closing(work: Work, asked: Asked) -> YearClosing:
    """A payment that the bank returned since the proposal is open again: then the list must be made anew."""
    closing = work.target(YearClosing, asked.path["closing_id"])
    fund = work.load(FundAccount, closing.fund_id, lock=True)
    open_lines = {line["id"]: line["amount_fen"] for line in _open_lines(work, fund.id, closing.year)}
    require_listed(closing.year, open_lines, _listed(work, closing), is_exact=False)
    figures = statement_of(work.session.connection(), fund.id, closing.year)
    closing.confirm(_snapshot(work, closing, figures), work.caller.account_id, today())
    keep(work, fund.close_year(closing.year, figures.available_fen, closing.id, work.caller.account_id, now()))
    return closing


def _snapshot(work: Work, closing: YearClosing, figures: YearStatement) -> dict[str, Any]:
    """The year as it was closed: its statement and its budget, which a payment that comes back later still moves."""
    lines = charging.lines_of(work, closing.fund_id, [closing.year]).values()
    budget = [{"purpose": line.purpose, "approved_fen": line.approved_fen, "committed_fen": line.committed_fen,
               "paid_fen": line.paid_fen} for line in lines if line.approved_fen or line.committed_fen]
    return {**asdict(figures), "closing_fen": figures.closing_fen, "available_fen": figures.available_fen,
            "budget": sorted(budget, key=lambda line: str(line["purpose"]))}


def _listed(work: Work, closing: YearClosing) -> set[str]:
    c = carried_reservations.c
    ids: Iterable[str] = work.session.execute(select(c.id).where(c.closing_id == closing.id)).scalars()
    return set(ids)


def refuse_year_closing(work: Work, asked: Asked) -> YearClosing:
    closing = work.target(YearClosing, asked.path["closing_id"])
    closing.refuse(asked.body["reason"], work.caller.account_id, today())
    return closing


def get_year_closing(reading: Reading, asked: Asked) -> YearClosing:
    return reading.record(YearClosing, asked.path["closing_id"])


def list_year_closings(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = year_closings.c
    where = [c[name] == asked.query[name] for name in ("fund_id", "year", "state") if name in asked.query]
    return reading.page(YearClosing, asked.query, sort=[c.created_at, c.year], where=where)


def list_carried_reservations(reading: Reading, asked: Asked) -> dict[str, Any]:
    closing, c = reading.record(YearClosing, asked.path["closing_id"]), carried_reservations.c
    query = ordered(select(carried_reservations).where(c.closing_id == closing.id), [c.amount_fen], c.id, asked.query)
    return cut(reading.all(query), [c.amount_fen], c.id, asked.query)
