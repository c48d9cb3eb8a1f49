"""The account that a batch is paid from: the special account (专户) of its fund."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.refusals import FundAccountMissing
from services.relief.domain.payments.bank import Payer

#: formats that name the account to be debited; for the others the bank knows it from its contract with the centre
NAMING = ("PAIN001",)


def payer_of(fund: FundAccount | Row[Any], file_format: str) -> Payer | None:
    """None for a format that does not name it. Raises FundAccountMissing."""
    if file_format not in NAMING:
        return None
    if fund.account_number is None:
        raise FundAccountMissing(pointer="/file_format", fund_no=fund.fund_no, format=file_format)
    return Payer(str(fund.account_name), fund.account_number, str(fund.bank_name), str(fund.bank_code))
