"""What can be asked of relief, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief import file_schemas as f
from shared.contracts.relief import schemas as s
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

CASHIER, AUDITOR, DIRECTOR = Role.CASHIER, Role.AUDITOR, Role.CENTRE_DIRECTOR
CHAIR, GROUP, COUNTY, TOWNSHIP = Role.CHAIR, Role.LEADING_GROUP, Role.COUNTY_REVIEWER, Role.TOWNSHIP_REVIEWER
OFFICER, SURVEYOR, EXCHANGE, WORKER = Role.GRASSROOTS_OFFICER, Role.SURVEYOR, Role.EXCHANGE_OFFICER, Role.WORKER
MONEY = (CASHIER, AUDITOR, DIRECTOR, CHAIR, GROUP)
ADVANCES = (*MONEY, Role.MEDIATOR, Role.LEGAL_AID_OFFICER)
FILES = (OFFICER, SURVEYOR, TOWNSHIP, COUNTY, DIRECTOR, CHAIR, AUDITOR, EXCHANGE, WORKER)

FUND, ADVANCE, FILE = "/funds/<fund_id>", "/wage-advances/<advance_id>", "/hardship-files/<file_id>"

FUNDS = (
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

WAGE_ADVANCES = (
    create("propose_wage_advance", "/wage-advances", "提出工资垫付", "Propose a wage advance", s.NewAdvance, s.Advance,
           [DIRECTOR]),
    ask("get_wage_advance", ADVANCE, "查看工资垫付", "Read a wage advance", s.Advance, ADVANCES),
    listing("list_wage_advances", "/wage-advances", "列出工资垫付", "List wage advances", s.Advance, ADVANCES,
            query=s.AdvanceQuery),
    change("approve_emergency_advance", f"{ADVANCE}/approve-emergency", "应急审批垫付", "Approve as an emergency",
           Empty, s.Advance, [CHAIR]),
    change("approve_wage_advance", f"{ADVANCE}/approve", "集体审批垫付", "Approve by the leading group",
           Empty, s.Advance, [GROUP]),
    change("ratify_wage_advance", f"{ADVANCE}/ratify", "追认应急垫付", "Ratify an emergency approval",
           Empty, s.Advance, [GROUP]),
    change("refuse_wage_advance", f"{ADVANCE}/refuse", "不予垫付", "Refuse a wage advance",
           s.Refusal, s.Advance, [DIRECTOR, CHAIR, GROUP]),
    change("sign_undertaking", f"{ADVANCE}/undertaking", "登记归还承诺书", "Enter the employer's undertaking",
           s.Undertaking, s.Advance, [DIRECTOR]),
    change("disburse_wage_advance", f"{ADVANCE}/disburse", "发放垫付款", "Pay the workers",
           s.Disbursement, s.Advance, [CASHIER]),
    change("record_repayment", f"{ADVANCE}/repayments", "登记归还", "Enter a repayment",
           s.NewRepayment, s.Advance, [CASHIER]),
    change("start_recovery", f"{ADVANCE}/recovery", "启动追偿", "Start recovery", s.Recovery, s.Advance, [DIRECTOR]),
    change("propose_write_off", f"{ADVANCE}/propose-write-off", "提出核销", "Propose a write-off",
           s.WriteOff, s.Advance, [GROUP]),
    change("confirm_write_off", f"{ADVANCE}/confirm-write-off", "确认核销", "Confirm a write-off",
           Empty, s.Advance, [AUDITOR]),
)

HARDSHIP_FILES = (
    create("open_hardship_file", "/hardship-files", "建立档案草稿", "Open a hardship file",
           f.NewFile, f.HardshipFile, [OFFICER, WORKER]),
    ask("get_hardship_file", FILE, "查看档案", "Read a hardship file", f.HardshipFile, FILES),
    listing("list_hardship_files", "/hardship-files", "列出档案", "List hardship files", f.HardshipFile, FILES,
            query=f.FileQuery),
    change("submit_hardship_file", f"{FILE}/submit", "提交建档申请", "Submit a file",
           f.Submission, f.HardshipFile, [OFFICER, WORKER]),
    change("survey_household", f"{FILE}/survey", "入户调查签字", "Sign the household survey",
           f.Survey, f.HardshipFile, [SURVEYOR]),
    change("request_verification", f"{FILE}/request-verification", "发起信息核对", "Request verification",
           Empty, f.HardshipFile, [TOWNSHIP, EXCHANGE]),
    change("receive_report", f"{FILE}/report", "登记核对报告", "Enter the verification report",
           f.Report, f.HardshipFile, [EXCHANGE]),
    ask("get_means_test", f"{FILE}/means-test", "家计调查测算", "The means test, step by step",
        f.MeansTest, [COUNTY, DIRECTOR, AUDITOR, WORKER]),
    change("assess_hardship_file", f"{FILE}/assess", "认定困难等级", "Confirm the grade",
           f.GradeDecision, f.HardshipFile, [COUNTY]),
    change("post_file_notice", f"{FILE}/notice", "张贴公示", "Post the public notice",
           f.Notice, f.HardshipFile, [OFFICER, TOWNSHIP]),
    change("object_to_file", f"{FILE}/object", "登记公示异议", "Enter an objection", f.FileReason, f.HardshipFile,
           [Role.WINDOW_CLERK, OFFICER, TOWNSHIP, COUNTY, WORKER]),
    change("approve_hardship_file", f"{FILE}/approve", "批准建档", "Approve a file",
           Empty, f.HardshipFile, [COUNTY, DIRECTOR]),
    change("refuse_hardship_file", f"{FILE}/refuse", "不予建档", "Refuse a file",
           f.FileReason, f.HardshipFile, [COUNTY]),
    change("update_file_facts", f"{FILE}/facts", "变更家庭收支", "Change the household's facts",
           f.NewFacts, f.HardshipFile, [OFFICER]),
    change("start_file_review", f"{FILE}/review", "启动复核", "Start a review",
           f.ReviewReason, f.HardshipFile, [COUNTY, DIRECTOR]),
    change("keep_hardship_file", f"{FILE}/keep", "复核后保留", "Keep after review",
           f.Keep, f.HardshipFile, [COUNTY]),
    change("propose_file_exit", f"{FILE}/propose-exit", "拟脱困", "Propose the exit",
           f.NewFacts, f.HardshipFile, [COUNTY]),
    change("contest_file_exit", f"{FILE}/contest-exit", "对脱困提出异议", "Contest the exit",
           f.FileReason, f.HardshipFile, [OFFICER, WORKER]),
    change("confirm_file_exit", f"{FILE}/confirm-exit", "确认脱困", "Confirm the exit",
           Empty, f.HardshipFile, [DIRECTOR]),
    change("suspend_hardship_file", f"{FILE}/suspend", "暂停档案", "Suspend a file",
           f.FileReason, f.HardshipFile, [COUNTY]),
    change("resume_hardship_file", f"{FILE}/resume", "恢复并复核", "Resume with a review",
           f.ReviewReason, f.HardshipFile, [COUNTY]),
    change("cancel_hardship_file", f"{FILE}/cancel", "注销档案", "Cancel a file",
           f.Cancellation, f.HardshipFile, [DIRECTOR]),
)

OPERATIONS = FUNDS + WAGE_ADVANCES + HARDSHIP_FILES
