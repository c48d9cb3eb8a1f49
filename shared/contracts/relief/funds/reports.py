"""What an auditor is told of funds: balances, statements, budget execution, and where each fen went."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Id, OrgPath, PageQuery, QueryWhole, Strict, Text, Whole, listed
from shared.contracts.relief.funds import codes
from shared.contracts.relief.funds.schemas import AccountSums, AskedYear, PurposeVerdict, Year
from shared.kernel.money import MAX_FEN

MOST_FUNDS = 100_000


def _amount() -> Fen:
    return Fen(least=0, required=True)


def _signed() -> Fen:
    """Corrections may take more out of a year than came in."""
    return Fen(least=-MAX_FEN, required=True)


class FundsQuery(Strict):
    source = Choice(codes.SOURCES)
    org_path = OrgPath(metadata={"description": "funds at or below this place"})


class YearQuery(Strict):
    year = AskedYear(metadata={"description": "a financial year; this one if none is given"})


class YearFundsQuery(FundsQuery):
    year = AskedYear(metadata={"description": "a financial year; this one if none is given"})


class OverallTrialBalance(Strict):
    """Trial balance over all funds. `disagreeing` names funds whose row says something else than their entries."""

    funds_count = Whole(0, required=True)
    accounts = listed(AccountSums, 0, len(codes.ACCOUNTS), required=True)
    difference_fen = _signed()
    disagreeing = fields.List(Text(19), required=True)


class KindAmount(Strict):
    kind = Choice(codes.ENTRY_KINDS, required=True)
    amount_fen = _amount()


class PaidFor(Strict):
    purpose = Text(32, required=True)
    amount_fen = _amount()


class Figures(Strict):
    """closing = opening + Σ came − Σ went = available + reserved."""

    opening_fen = _signed()
    came = listed(KindAmount, 0, len(codes.ENTRY_KINDS), required=True)
    went = listed(KindAmount, 0, len(codes.ENTRY_KINDS), required=True)
    paid = listed(PaidFor, 0, len(codes.PURPOSES) + 1, required=True)
    written_off_fen = _amount()
    reserved_fen = _signed()
    available_fen = _signed()
    receivable_fen = _signed()
    closing_fen = _signed()
    entries_count = Whole(0, 2**53, required=True)


class YearFloor(Strict):
    """The year held against the fund's floor (年度最低额): new money is receipts and transfers in, less corrected ones.
    While the year is not over it may still reach the floor."""

    floor_fen = Fen(required=True)
    came_fen = _signed()
    short_fen = _amount()
    is_over = fields.Boolean(required=True)
    document_no = Text(60, required=True)


class FundStatement(Strict):
    """A fund's year (年度决算). `floor` is null for a year without one."""

    fund_id = Id(required=True)
    fund_no = Text(19, required=True)
    name = Text(100, required=True)
    source = Choice(codes.SOURCES, required=True)
    org_path = OrgPath(required=True)
    year = Year(required=True)
    is_closed = fields.Boolean(required=True)
    figures = fields.Nested(Figures, required=True)
    floor = fields.Nested(YearFloor, required=True, allow_none=True)


class YearlyStatement(Strict):
    year = Year(required=True)
    funds = listed(FundStatement, 0, MOST_FUNDS, required=True)
    total = fields.Nested(Figures, required=True)


class ExecutionLine(Strict):
    """How far a budget line is used. Without an approved budget (`is_budgeted` false) it shows what was spent."""

    fund_id = Id(required=True)
    fund_no = Text(19, required=True)
    name = Text(100, required=True)
    source = Choice(codes.SOURCES, required=True)
    purpose = Choice(codes.PURPOSES, required=True)
    is_budgeted = fields.Boolean(required=True)
    approved_fen = _amount()
    committed_fen = _amount()
    paid_fen = _amount()
    remaining_fen = _amount()


class ExecutionTotal(Strict):
    approved_fen = _amount()
    committed_fen = _amount()
    paid_fen = _amount()
    remaining_fen = _amount()


class BudgetExecution(Strict):
    """Budget execution (预算执行)."""

    year = Year(required=True)
    lines = listed(ExecutionLine, 0, MOST_FUNDS, required=True)
    total = fields.Nested(ExecutionTotal, required=True)


class MatrixQuery(Strict):
    on = Day()
    division = Text(6, least=2, metadata={"description": "a division code, GB/T 2260"})
    source = Choice(codes.SOURCES)


class MatrixCell(PurposeVerdict):
    """`fiscal_level` is null but for LOCAL_FISCAL, which has a cell for each level."""

    source = Choice(codes.SOURCES, required=True)
    fiscal_level = Choice(codes.FISCAL_LEVELS, required=True, allow_none=True)


class PurposeMatrix(Strict):
    """What money of each source may be spent on (资金用途矩阵), with the document and its certainty."""

    on = Day(required=True)
    division = Text(6, required=True)
    cells = listed(MatrixCell, 0, (len(codes.SOURCES) + 1) * len(codes.PURPOSES), required=True)


class TraceQuery(PageQuery):
    receipt_no = Text(60, metadata={"description": "only what this receipt paid"})


class TracedReceipt(Strict):
    """A receipt, or the transfer it came by, and what it gave."""

    kind = Choice(codes.ENTRY_KINDS, required=True)
    receipt_no = Text(60, required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    amount_fen = Fen(required=True)


class TracedUse(Strict):
    """A matter that the fund's money went to, and the receipts that paid it, first in, first out."""

    id = Id(required=True)
    number = Whole(1, 2**53, required=True)
    about_kind = Text(40, required=True)
    about_id = Id(required=True)
    about_part = Text(60, least=0, required=True)
    purpose = Choice(codes.PURPOSES, required=True, allow_none=True)
    amount_fen = _amount()
    receipts = listed(TracedReceipt, 0, 100_000, required=True)


class FileQuery(Strict):
    """The days of a ledger file; from the beginning of the year to today unless given. A long one comes in parts."""

    date_from = Day()
    date_to = Day()
    part = QueryWhole(1, 100_000, metadata={"description": "which part of a long ledger"})
