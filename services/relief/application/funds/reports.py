"""What an auditor reads of a year: a fund's statement, all funds' statements, and how far the budgets are used."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.funds import funds
from services.relief.application.funds import figures
from services.relief.domain.funds.floor import YearFloor, new_money_fen
from services.relief.domain.funds.statement import YearStatement
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.store.reading import Reading


def get_fund_statement(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund, year = reading.row(funds, asked.path["fund_id"]), year_of(asked)
    return of_fund(fund, year, figures.statement_of(reading.connection, fund["id"], year))


def get_yearly_statement(reading: Reading, asked: Asked) -> dict[str, Any]:
    year, whole, rows = year_of(asked), YearStatement(), []
    for fund, one in figures.statements(reading, year, asked.query):
        whole.add(one)
        rows.append(of_fund(fund._mapping, year, one))
    return {"year": year, "funds": rows, "total": shown(whole)}


def of_fund(fund: Any, year: int, one: YearStatement) -> dict[str, Any]:
    """A fund's statement with what it is a statement of."""
    is_closed = fund["closed_year"] is not None and year <= fund["closed_year"]
    return {"fund_id": fund["id"], "fund_no": fund["fund_no"], "name": fund["name"], "source": fund["source"],
            "org_path": fund["org_path"], "year": year, "is_closed": is_closed, "figures": shown(one),
            "floor": floor_of(fund, year, one)}


def floor_of(fund: Any, year: int, one: YearStatement) -> YearFloor | None:
    """The year held against the fund's floor; None where it has none."""
    if fund["floor_fen"] is None or not fund["floor_from"] <= year <= fund["floor_to"]:
        return None
    return YearFloor(fund["floor_fen"], new_money_fen(one), fund["floor_document"], year < today().year)


def shown(one: YearStatement) -> dict[str, Any]:
    return {"opening_fen": one.opening_fen, "came": amounts(one.came), "went": amounts(one.went),
            "paid": [{"purpose": name, "amount_fen": fen} for name, fen in sorted(one.paid.items())],
            "written_off_fen": one.written_off_fen, "reserved_fen": one.reserved_fen,
            "available_fen": one.available_fen, "receivable_fen": one.receivable_fen, "closing_fen": one.closing_fen,
            "entries_count": one.entries_count}


def amounts(by_kind: dict[str, int]) -> list[dict[str, Any]]:
    return [{"kind": kind, "amount_fen": fen} for kind, fen in by_kind.items()]


def get_budget_execution(reading: Reading, asked: Asked) -> dict[str, Any]:
    year, rows = year_of(asked), []
    for fund, line in figures.execution(reading, year, asked.query):
        rows.append({"fund_id": line.fund_id, "fund_no": fund.fund_no, "name": fund.name, "source": fund.source,
                     "purpose": line.purpose, "is_budgeted": line.approved_fen is not None,
                     "approved_fen": line.approved_fen or 0, "committed_fen": line.committed_fen,
                     "paid_fen": line.paid_fen, "remaining_fen": line.remaining_fen or 0})
    total = {name: sum(row[name] for row in rows)
             for name in ("approved_fen", "committed_fen", "paid_fen", "remaining_fen")}
    return {"year": year, "lines": rows, "total": total}


def get_purpose_matrix(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The whole matrix as it stands on a day in a division."""
    on = asked.query.get("on") or today()
    division = asked.query.get("division") or division_of(reading.caller.org_path)
    rules = fund_rules.purposes().all(on, division)
    if "source" in asked.query:
        rules = [rule for rule in rules if rule.source == asked.query["source"]]
    return {"on": on, "division": division, "cells": rules}


def year_of(asked: Asked) -> int:
    """The year asked for; this one if none was."""
    year: int = asked.query.get("year") or today().year
    return year
