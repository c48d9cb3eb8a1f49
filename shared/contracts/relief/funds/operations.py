"""What can be asked of relief about funds (帮扶资金), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty, PageQuery
from shared.contracts.relief.funds import matters as m
from shared.contracts.relief.funds import reports as r
from shared.contracts.relief.funds import schemas as s
from shared.contracts.relief.who import AUDITOR, CASHIER, CHAIR, COUNTY, DIRECTOR, GROUP, MONEY, TOWNSHIP
from shared.contracts.table import ask, change, create, download, listing

FUND, BUDGET, TRANSFER = "/funds/<fund_id>", "/budgets/<budget_id>", "/fund-transfers/<transfer_id>"
REVERSAL, CLOSING = "/entry-reversals/<reversal_id>", "/year-closings/<closing_id>"
XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)
MAKERS, APPROVERS, CONFIRMERS = (CASHIER, DIRECTOR), (CHAIR, GROUP), (AUDITOR, CHAIR)

ACCOUNTS = (
    create("open_fund", "/funds", "开立资金账户", "Open a fund account", s.NewFund, s.Fund, MAKERS),
    ask("get_fund", FUND, "查看资金账户", "Read a fund account", s.Fund, MONEY),
    listing("list_funds", "/funds", "列出资金账户", "List fund accounts", s.Fund, MONEY, query=s.FundQuery),
    change("set_fund_account", f"{FUND}/account", "登记专户", "Enter the special account at the bank",
           s.FundBankAccount, s.Fund, MAKERS),
    change("set_fund_floor", f"{FUND}/floor", "登记年度最低额", "Enter what is to come in at least each year",
           s.FundFloor, s.Fund, MAKERS),
    ask("list_fund_purposes", f"{FUND}/purposes", "查看资金用途规定", "What a fund may be spent on, by which rule",
        s.FundPurposes, MONEY),
    create("receive_funds", f"{FUND}/receipts", "登记资金到账", "Enter money received", s.Receipt, s.LedgerEntry,
           [CASHIER]),
    create("receive_interest", f"{FUND}/interest", "登记利息", "Enter interest of the special account", s.Interest,
           s.LedgerEntry, [CASHIER]),
    listing("list_ledger_entries", f"{FUND}/entries", "查看明细账", "List ledger entries", s.LedgerEntry, MONEY,
            query=s.LedgerQuery),
    ask("get_trial_balance", f"{FUND}/trial-balance", "试算平衡", "Trial balance", s.TrialBalance, MONEY),
    ask("verify_ledger", f"{FUND}/verification", "校验明细账链", "Verify a fund's ledger", s.LedgerVerdict, MONEY,
        query=s.VerificationQuery),
    change("freeze_fund", f"{FUND}/freeze", "冻结资金账户", "Freeze a fund account", s.Reason, s.Fund, [AUDITOR]),
    change("unfreeze_fund", f"{FUND}/unfreeze", "解冻资金账户", "Lift the freeze", Empty, s.Fund, [AUDITOR]),
)
BUDGETS = (
    create("draft_budget", "/budgets", "编制年度预算", "Draft a yearly budget", m.NewBudget, m.Budget, MAKERS),
    ask("get_budget", BUDGET, "查看年度预算", "Read a budget", m.Budget, MONEY),
    listing("list_budgets", "/budgets", "列出年度预算", "List budgets", m.Budget, MONEY, query=m.BudgetQuery),
    change("edit_budget", f"{BUDGET}/lines", "修改预算草案", "Change a draft's lines", m.Lines, m.Budget, MAKERS),
    change("submit_budget", f"{BUDGET}/submit", "提交预算", "Submit a budget", Empty, m.Budget, MAKERS),
    change("send_back_budget", f"{BUDGET}/send-back", "退回预算", "Send a budget back", s.Reason, m.Budget, APPROVERS),
    change("approve_budget", f"{BUDGET}/approve", "批准预算", "Approve a budget", Empty, m.Budget, APPROVERS),
    change("propose_budget_revision", f"{BUDGET}/revision", "提出预算调整", "Propose a revision", m.Revision, m.Budget,
           MAKERS),
    change("refuse_budget_revision", f"{BUDGET}/refuse-revision", "退回预算调整", "Refuse a revision", s.Reason,
           m.Budget, APPROVERS),
    change("approve_budget_revision", f"{BUDGET}/approve-revision", "批准预算调整", "Approve a revision", Empty,
           m.Budget, APPROVERS),
)
TRANSFERS = (
    create("propose_transfer", "/fund-transfers", "提出资金拨转", "Propose a transfer between funds", m.NewTransfer,
           m.Transfer, [CASHIER]),
    ask("get_transfer", TRANSFER, "查看资金拨转", "Read a transfer", m.Transfer, MONEY),
    listing("list_transfers", "/fund-transfers", "列出资金拨转", "List transfers", m.Transfer, MONEY,
            query=m.TransferQuery),
    change("approve_transfer", f"{TRANSFER}/approve", "批准资金拨转", "Approve a transfer: the money moves", Empty,
           m.Transfer, APPROVERS),
    change("refuse_transfer", f"{TRANSFER}/refuse", "不予拨转", "Refuse a transfer", s.Reason, m.Transfer, APPROVERS),
)
REVERSALS = (
    create("propose_reversal", "/entry-reversals", "提出冲正", "Propose to reverse a mistaken entry", m.NewReversal,
           m.Reversal, [CASHIER]),
    ask("get_reversal", REVERSAL, "查看冲正", "Read a reversal", m.Reversal, MONEY),
    listing("list_reversals", "/entry-reversals", "列出冲正", "List reversals", m.Reversal, MONEY,
            query=m.ReversalQuery),
    change("confirm_reversal", f"{REVERSAL}/confirm", "确认冲正", "Confirm: the opposite entry is made", Empty,
           m.Reversal, CONFIRMERS),
    change("refuse_reversal", f"{REVERSAL}/refuse", "不予冲正", "Refuse a reversal", s.Reason, m.Reversal, CONFIRMERS),
)
CLOSINGS = (
    listing("list_open_reservations", f"{FUND}/open-reservations", "列出未了结预占",
            "List what is reserved and neither paid nor given back", m.OpenReservation, MONEY,
            query=m.ReservationQuery),
    create("propose_year_closing", "/year-closings", "提出年终结账", "Propose to close a year", m.NewYearClosing,
           m.YearClosing, [CASHIER]),
    ask("get_year_closing", CLOSING, "查看年终结账", "Read a closing", m.YearClosing, MONEY),
    listing("list_year_closings", "/year-closings", "列出年终结账", "List closings", m.YearClosing, MONEY,
            query=m.ClosingQuery),
    listing("list_carried_reservations", f"{CLOSING}/carried", "查看结转清单", "List what a closing carries over",
            m.Reservation, MONEY, query=PageQuery),
    change("confirm_year_closing", f"{CLOSING}/confirm", "确认年终结账", "Confirm: the year is closed", Empty,
           m.YearClosing, CONFIRMERS),
    change("refuse_year_closing", f"{CLOSING}/refuse", "退回年终结账", "Refuse a closing", s.Reason, m.YearClosing,
           CONFIRMERS),
)
REPORTS = (
    ask("get_overall_trial_balance", "/trial-balance", "全部账户试算平衡", "Trial balance over all funds",
        r.OverallTrialBalance, MONEY, query=r.FundsQuery),
    ask("get_fund_statement", f"{FUND}/statement", "年度决算", "A fund's year in figures", r.FundStatement, MONEY,
        query=r.YearQuery),
    ask("get_yearly_statement", "/yearly-statement", "全部账户年度决算", "All funds' year in figures",
        r.YearlyStatement, MONEY, query=r.YearFundsQuery),
    ask("get_budget_execution", "/budget-execution", "预算执行情况", "How far budgets are used", r.BudgetExecution,
        MONEY, query=r.YearFundsQuery),
    ask("get_purpose_matrix", "/purpose-matrix", "资金用途矩阵", "What each source may be spent on", r.PurposeMatrix,
        (*MONEY, COUNTY, TOWNSHIP), query=r.MatrixQuery),
    download("download_fund_ledger", f"{FUND}/ledger-file", "下载明细账", "A fund's ledger as a spreadsheet", XLSX,
             MONEY, query=r.FileQuery),
    download("download_yearly_statement", "/yearly-statement-file", "下载年度决算", "All funds' year as a spreadsheet",
             XLSX, MONEY, query=r.YearFundsQuery),
    download("download_budget_execution", "/budget-execution-file", "下载预算执行情况",
             "Budget execution as a spreadsheet", XLSX, MONEY, query=r.YearFundsQuery),
    listing("trace_funds", f"{FUND}/trace", "资金去向", "Where each fen went, first in, first out", r.TracedUse, MONEY,
            query=r.TraceQuery),
)
OPERATIONS = (*ACCOUNTS, *BUDGETS, *TRANSFERS, *REVERSALS, *CLOSINGS, *REPORTS)
