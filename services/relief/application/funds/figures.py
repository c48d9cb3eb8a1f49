"""The figures of a year, from the ledger: one fund's, and all funds' within the caller's reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from services.relief.adapters.fund_matters import budget_lines
from services.relief.adapters.funds import funds, ledger_entries
from services.relief.domain.funds.charge import BudgetLine
from services.relief.domain.funds.statement import YearStatement, statement
from shared.store.reading import Reading, within

E = ledger_entries.c


def _sums(year: int) -> Select[Any]:
    is_before = (year > E.year).label("is_before")
    figures = func.sum(E.amount_fen).label("fen"), func.count().label("entries")
    return select(E.kind, E.purpose, is_before, *figures).where(year >= E.year).group_by(E.kind, E.purpose, is_before)


def _read(row: Row[Any]) -> tuple[str, str | None, bool, int, int]:
    return row.kind, row.purpose, bool(row.is_before), int(row.fen), row.entries


def statement_of(connection: Connection, fund_id: str, year: int) -> YearStatement:
    """A fund's year as its ledger has it."""
    return statement(_read(row) for row in connection.execute(_sums(year).where(E.fund_id == fund_id)).all())


def chosen(reading: Reading, query: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The condition on funds: the caller's reach, and the filters `source` and `org_path`."""
    where = [within(funds, reading.caller)]
    if "source" in query:
        where.append(funds.c.source == query["source"])
    if "org_path" in query:
        where.append(funds.c.org_path.like(f"{query['org_path']}%"))
    return where


def statements(reading: Reading, year: int, query: Mapping[str, Any]) -> Iterator[tuple[Row[Any], YearStatement]]:
    """Every chosen fund with its year, by number; funds that began later are left out."""
    where = [*chosen(reading, query), funds.c.first_year <= year]
    rows = reading.all(select(funds.c.id, funds.c.fund_no, funds.c.name, funds.c.source, funds.c.org_path,
                              funds.c.closed_year, funds.c.floor_fen, funds.c.floor_from, funds.c.floor_to,
                              funds.c.floor_document).where(*where).order_by(funds.c.fund_no))
    sums = _sums(year).add_columns(E.fund_id).join(funds, funds.c.id == E.fund_id).where(*where).group_by(E.fund_id)
    by_fund: dict[str, list[Row[Any]]] = {}
    for row in reading.all(sums):
        by_fund.setdefault(row.fund_id, []).append(row)
    for fund in rows:
        yield fund, statement(_read(row) for row in by_fund.get(fund.id, []))


def execution(reading: Reading, year: int, query: Mapping[str, Any]) -> Iterator[tuple[Row[Any], BudgetLine]]:
    """Every budget line of the chosen funds in a year that has a budget or was spent on."""
    b = budget_lines.c
    lines = select(funds.c.fund_no, funds.c.name, funds.c.source, *b).join(budget_lines, b.fund_id == funds.c.id)
    used = (b.approved_fen > 0) | (b.committed_fen > 0)
    for row in reading.all(lines.where(*chosen(reading, query), b.year == year, used).order_by(
            funds.c.fund_no, b.purpose)):
        yield row, BudgetLine(row.fund_id, row.year, row.purpose, row.approved_fen, row.committed_fen, row.paid_fen)
