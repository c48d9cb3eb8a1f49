"""What relief tells of funds (帮扶资金)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Fen, Strict, Text
from shared.contracts.relief.funds.codes import SOURCES
from shared.contracts.relief.told import told


class FundTold(Strict):
    fund_no = Text(19, required=True)


class FundOpened(FundTold):
    source = Choice(SOURCES, required=True)


class FundsReceived(FundOpened):
    amount_fen = Fen(required=True)


EVENTS = (
    told("fund_opened", FundOpened, "资金账户已开立", "Fund opened"),
    told("funds_received", FundsReceived, "资金已到账", "Funds received"),
    told("fund_frozen", FundTold, "资金账户已冻结", "Fund frozen"),
    told("fund_unfrozen", FundTold, "资金账户已解冻", "Freeze lifted"),
)
