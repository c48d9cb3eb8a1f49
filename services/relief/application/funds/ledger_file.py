"""A fund's ledger as a file for the auditor, with a running balance and the sums by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.application.funds.accounts import start_of
from services.relief.domain.funds.names import ACCOUNTS_ZH, KINDS_ZH, MATTERS_ZH, PURPOSES_ZH, part_zh
from services.relief.domain.funds.refusals import FileInParts, PeriodBackwards
from services.relief.domain.funds.statement import IN, OUT
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.sheets.sheet import Sheet, Yuan
from shared.sheets.xlsx import download
from shared.store.reading import Reading

#: more in one file would take longer than a caller waits
MOST_ENTRIES = 8_000
PAGE = 1_000
LEDGER = ("序号", "时间", "年度", "类型", "用途", "借方", "贷方", "金额(元)", "收入(元)", "支出(元)", "账面结余(元)",
          "凭证号", "事项", "事项编号", "部分", "经办账号")
WIDTHS = (8, 20, 6, 10, 12, 10, 10, 16, 16, 16, 16, 20, 18, 38, 38, 38)
BY_KIND = ("类型", "笔数", "金额(元)")
E = ledger_entries.c


def download_fund_ledger(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Raises PeriodBackwards, FileInParts."""
    fund = reading.row(funds, asked.path["fund_id"])
    first, last = period_of(asked.query)
    mine = E.fund_id == fund["id"]
    period = [mine, E.at >= start_of(first), E.at < start_of(last + timedelta(days=1))]
    part = asked.query.get("part")
    start, end = _bounds(reading, period, part)
    in_file = [*period, start <= E.number, end >= E.number]
    before_fen = _cash(_sums(reading, [mine, or_(E.at < start_of(first), and_(*period, start > E.number))]))
    reading.note("download_fund_ledger", "FundAccount", fund["id"], {"from": first, "to": last, "part": part})
    return download(f"{fund['fund_no']}-{first}-{last}{f'-{part}' if part else ''}",
                    Sheet("明细账", LEDGER, _rows(reading, in_file, first, before_fen), WIDTHS),
                    Sheet("汇总", BY_KIND, _by_kind(_sums(reading, in_file)), (14, 10, 18)))


def _bounds(reading: Reading, period: Sequence[ColumnElement[bool]], part: int | None) -> tuple[int, int]:
    """The first and the last number in the file; what comes while it is written is left out. Raises FileInParts."""
    [count] = reading.all(select(func.count().label("entries")).where(*period))
    parts = max(1, -(-count.entries // MOST_ENTRIES))
    if (part is None and parts > 1) or (part is not None and not 1 <= part <= parts):
        raise FileInParts(pointer="/part", count=count.entries, parts=parts, most=MOST_ENTRIES)
    skipped = ((part or 1) - 1) * MOST_ENTRIES
    most = min(MOST_ENTRIES, count.entries - skipped)
    numbers = select(E.number).where(*period).order_by(E.number).offset(skipped).limit(most).subquery().c.number
    [found] = reading.all(select(func.min(numbers).label("start"), func.max(numbers).label("end")))
    return found.start or 0, found.end or 0


def period_of(query: Mapping[str, Any]) -> tuple[date, date]:
    """The days asked for; from New Year to today unless told otherwise. Raises PeriodBackwards."""
    last = query.get("date_to") or today()
    first = query.get("date_from") or date(last.year, 1, 1)
    if last < first:
        raise PeriodBackwards(pointer="/date_to", first=str(first), last=str(last))
    return first, last


def _sums(reading: Reading, where: Sequence[ColumnElement[bool]]) -> list[Row[Any]]:
    """By kind: how many entries, and what they come to."""
    figures = func.count().label("entries"), func.sum(E.amount_fen).label("fen")
    return reading.all(select(E.kind, *figures).where(*where).group_by(E.kind).order_by(E.kind))


def _cash(sums: Sequence[Row[Any]]) -> int:
    """What the entries did to the money on the account."""
    return sum(int(row.fen) * _sign(row.kind) for row in sums)


def _sign(kind: str) -> int:
    return 1 if kind in IN else -1 if kind in OUT else 0


def _rows(reading: Reading, where: Sequence[ColumnElement[bool]], first: date,
          before_fen: int) -> Iterator[Sequence[Any]]:
    """The balance before, every entry, and the sums."""
    blank = ("",) * 5
    yield (0, first, "", "期初结余", "", "", "", "", "", "", Yuan(before_fen), *blank)
    came = went = 0
    for entry in _entries(reading, where):
        sign = _sign(entry.kind)
        came += entry.amount_fen if sign > 0 else 0
        went += entry.amount_fen if sign < 0 else 0
        yield _row(entry, sign, before_fen + came - went)
    yield (None, "", "", "合计", "", "", "", "", Yuan(came), Yuan(went), Yuan(before_fen + came - went), *blank)


def _row(entry: Row[Any], sign: int, balance_fen: int) -> Sequence[Any]:
    amount = Yuan(entry.amount_fen)
    return (entry.number, entry.at, entry.year, KINDS_ZH[entry.kind], PURPOSES_ZH.get(entry.purpose, ""),
            ACCOUNTS_ZH[entry.debit], ACCOUNTS_ZH[entry.credit], amount, amount if sign > 0 else "",
            amount if sign < 0 else "", Yuan(balance_fen), entry.document_no,
            MATTERS_ZH.get(entry.about_kind, entry.about_kind), entry.about_id, part_zh(entry.about_part), entry.actor)


def _entries(reading: Reading, where: Sequence[ColumnElement[bool]]) -> Iterator[Row[Any]]:
    """The entries by number, a page at a time."""
    number = 0
    while True:
        page = select(ledger_entries).where(*where, E.number > number).order_by(E.number).limit(PAGE)
        found = reading.all(page)
        yield from found
        if len(found) < PAGE:
            return
        number = found[-1].number


def _by_kind(sums: Sequence[Row[Any]]) -> Iterator[Sequence[Any]]:
    for row in sums:
        yield KINDS_ZH[row.kind], row.entries, Yuan(int(row.fen))
    yield None, sum(row.entries for row in sums), ""
