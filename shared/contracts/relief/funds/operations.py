"""What can be asked of relief about funds (帮扶资金), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.funds import schemas as s
from shared.contracts.relief.who import AUDITOR, CASHIER, DIRECTOR, MONEY
from shared.contracts.table import ask, change, create, listing

FUND = "/funds/<fund_id>"

OPERATIONS = (
    create("open_fund", "/funds", "开立资金账户", "Open a fund account", s.NewFund, s.Fund, [CASHIER, DIRECTOR]),
    ask("get_fund", FUND, "查看资金账户", "Read a fund account", s.Fund, MONEY),
    listing("list_funds", "/funds", "列出资金账户", "List fund accounts", s.Fund, MONEY, query=s.FundQuery),
    ask("list_fund_purposes", f"{FUND}/purposes", "查看资金用途规定", "What a fund may be spent on, by which rule",
        s.FundPurposes, MONEY),
    create("receive_funds", f"{FUND}/receipts", "登记资金到账", "Enter money received", s.Receipt, s.LedgerEntry,
           [CASHIER]),
    listing("list_ledger_entries", f"{FUND}/entries", "查看明细账", "List ledger entries", s.LedgerEntry, MONEY,
            query=s.LedgerQuery),
    ask("get_trial_balance", f"{FUND}/trial-balance", "试算平衡", "Trial balance", s.TrialBalance, MONEY),
    ask("verify_ledger", f"{FUND}/verification", "校验明细账链", "Verify a fund's ledger", s.LedgerVerdict, MONEY),
    change("freeze_fund", f"{FUND}/freeze", "冻结资金账户", "Freeze a fund account", s.Reason, s.Fund, [AUDITOR]),
    change("unfreeze_fund", f"{FUND}/unfreeze", "解冻资金账户", "Lift the freeze", Empty, s.Fund, [AUDITOR]),
)
