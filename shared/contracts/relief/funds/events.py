"""What relief tells of funds (帮扶资金)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Fen, Id, Strict, Text, Whole
from shared.contracts.relief.funds.codes import ENTRY_KINDS, FIRST_PURPOSES, SOURCES
from shared.contracts.relief.told import told

#: what a correction can be told of since the first version; a write-off of a wrong payment is never corrected
KINDS_V1 = tuple(kind for kind in ENTRY_KINDS if kind != "UNRECOVERED")


class FundTold(Strict):
    fund_no = Text(19, required=True)


class FundOpened(FundTold):
    source = Choice(SOURCES, required=True)


class FundsReceived(FundOpened):
    amount_fen = Fen(required=True)


class MoneyMoved(FundTold):
    """How many parts, and what they come to."""

    count = Whole(1, required=True)
    amount_fen = Fen(required=True)


class SpentWithoutBudgetV1(FundTold):
    """It named the purposes there were then; not told any longer."""

    year = Whole(required=True)
    purpose = Choice(FIRST_PURPOSES, required=True)


class SpentWithoutBudget(FundTold):
    """`purpose` is a text from the second version on: more of them need no new version."""

    year = Whole(required=True)
    purpose = Text(32, required=True)


class YearClosed(FundOpened):
    """`carried_fen` is what was available and went over into the next year."""

    year = Whole(required=True)
    carried_fen = Fen(least=0, required=True)


class BudgetTold(Strict):
    budget_id = Id(required=True)
    budget_no = Text(19, required=True)
    fund_id = Id(required=True)
    year = Whole(required=True)
    total_fen = Fen(least=0, required=True)


class BudgetRevised(BudgetTold):
    edition = Whole(2, required=True)


class FundsTransferred(Strict):
    transfer_id = Id(required=True)
    transfer_no = Text(19, required=True)
    from_fund_id = Id(required=True)
    to_fund_id = Id(required=True)
    amount_fen = Fen(required=True)


class EntryReversed(Strict):
    reversal_id = Id(required=True)
    fund_id = Id(required=True)
    entry_id = Id(required=True)
    kind = Choice(KINDS_V1, required=True)
    amount_fen = Fen(required=True)


EVENTS = (
    told("fund_opened", FundOpened, "资金账户已开立", "Fund opened"),
    told("funds_received", FundsReceived, "资金已到账", "Funds received"),
    told("fund_frozen", FundTold, "资金账户已冻结", "Fund frozen"),
    told("fund_unfrozen", FundTold, "资金账户已解冻", "Freeze lifted"),
    told("interest_received", FundsReceived, "利息已入账", "Interest entered"),
    told("funds_reserved", MoneyMoved, "资金已预占", "Funds reserved"),
    told("funds_released", MoneyMoved, "预占已释放", "Reserved funds released"),
    told("spent_without_budget", SpentWithoutBudgetV1, "无预算支出", "Spending without an approved budget began"),
    told("spent_without_budget", SpentWithoutBudget, "无预算支出", "Spending without an approved budget began",
         version=2),
    told("budget_approved", BudgetTold, "年度预算已批准", "Budget approved"),
    told("budget_revised", BudgetRevised, "年度预算已调整", "Budget revised"),
    told("funds_transferred", FundsTransferred, "资金已拨转", "Funds transferred"),
    told("entry_reversed", EntryReversed, "分录已冲正", "Ledger entry reversed"),
    told("year_closed", YearClosed, "年度已结账", "Financial year closed"),
)
