"""The year of all funds, and how far their budgets are used, as files for the auditor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from services.relief.application.funds import figures
from services.relief.application.funds.reports import floor_of, year_of
from services.relief.domain.funds.charge import BudgetLine
from services.relief.domain.funds.names import KINDS_ZH, PURPOSES_ZH, SOURCES_ZH
from services.relief.domain.funds.statement import IN, OUT, YearStatement
from shared.kernel.money import BASIS_POINTS
from shared.service.dispatch import Asked
from shared.sheets.sheet import Share, Sheet, Yuan
from shared.sheets.xlsx import download
from shared.store.reading import Reading

STATEMENT = ("账户编号", "名称", "来源", "组织", "是否结账", "期初(元)",
             *(f"{KINDS_ZH[kind]}(元)" for kind in (*IN, *OUT)),
             "期末(元)", "其中可用(元)", "其中预占(元)", "垫付应收(元)", "核销(元)", "年度下限(元)", "低于下限(元)")
BY_PURPOSE = ("账户编号", "名称", "用途", "发放(元)")
EXECUTION = ("账户编号", "名称", "来源", "年度", "用途", "是否有预算", "预算(元)", "已用(元)", "其中已发放(元)",
             "余额(元)", "执行率")
WIDTHS = (22, 24, 14, 22, 10) + (16,) * (len(STATEMENT) - 5)
Years = Sequence[tuple[Row[Any], YearStatement]]


def download_yearly_statement(reading: Reading, asked: Asked) -> dict[str, Any]:
    year = year_of(asked)
    years = list(figures.statements(reading, year, asked.query))
    return download(f"{year}年度资金决算", Sheet("年度决算", STATEMENT, _statements(years, year), WIDTHS),
                    Sheet("发放按用途", BY_PURPOSE, _purposes(years), (22, 24, 14, 18)))


def _statements(years: Years, year: int) -> Iterator[Sequence[Any]]:
    """Each fund's year, and their sum; a fund without a floor has one of nothing."""
    whole, floor_fen, short_fen = YearStatement(), 0, 0
    for fund, one in years:
        whole.add(one)
        floor = floor_of(fund._mapping, year, one)
        mine_fen, missing_fen = (floor.floor_fen, floor.short_fen) if floor else (0, 0)
        floor_fen, short_fen = floor_fen + mine_fen, short_fen + missing_fen
        is_closed = fund.closed_year is not None and year <= fund.closed_year
        yield (fund.fund_no, fund.name, SOURCES_ZH[fund.source], fund.org_path, "是" if is_closed else "否",
               *_amounts(one), Yuan(mine_fen), Yuan(missing_fen))
    yield (None, "合计", "", "", "", *_amounts(whole), Yuan(floor_fen), Yuan(short_fen))


def _amounts(one: YearStatement) -> Iterator[Yuan]:
    came, went = (one.came[kind] for kind in IN), (one.went[kind] for kind in OUT)
    left = (one.closing_fen, one.available_fen, one.reserved_fen, one.receivable_fen, one.written_off_fen)
    return (Yuan(fen) for fen in (one.opening_fen, *came, *went, *left))


def _purposes(years: Years) -> Iterator[Sequence[Any]]:
    for fund, one in years:
        for purpose, fen in sorted(one.paid.items()):
            yield fund.fund_no, fund.name, PURPOSES_ZH.get(purpose, "其他"), Yuan(fen)
    yield None, "合计", "", Yuan(sum(sum(one.paid.values()) for _, one in years))


def download_budget_execution(reading: Reading, asked: Asked) -> dict[str, Any]:
    year = year_of(asked)
    lines = list(figures.execution(reading, year, asked.query))
    return download(f"{year}年度预算执行", Sheet("预算执行", EXECUTION, _executed(lines),
                                            (22, 24, 14, 8, 14, 12, 16, 16, 16, 16, 10)))


def _executed(lines: Sequence[tuple[Row[Any], BudgetLine]]) -> Iterator[Sequence[Any]]:
    for fund, line in lines:
        yield (fund.fund_no, fund.name, SOURCES_ZH[fund.source], line.year, PURPOSES_ZH[line.purpose],
               "否" if line.approved_fen is None else "是", *_used([line]))
    yield (None, "合计", "", "", "", "", *_used([line for _, line in lines]))


def _used(lines: Sequence[BudgetLine]) -> Sequence[Any]:
    """Approved, used, paid, left and the share used. What was spent without a budget has nothing left to spend."""
    planned = [line for line in lines if line.approved_fen is not None]
    approved_fen = sum(line.approved_fen or 0 for line in planned)
    left_fen = sum(line.remaining_fen or 0 for line in planned)
    share = Share((approved_fen - left_fen) * BASIS_POINTS // approved_fen) if approved_fen else ""
    return (Yuan(approved_fen), Yuan(sum(line.committed_fen for line in lines)),
            Yuan(sum(line.paid_fen for line in lines)), Yuan(left_fen), share)
