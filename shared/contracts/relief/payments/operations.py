"""What can be asked of relief about payments (资金发放), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.payments import schemas as s
from shared.contracts.relief.who import AUDITOR, CASHIER, CHAIR, DIRECTOR, EXCHANGE, GROUP, MONEY
from shared.contracts.table import ask, change, create, download, listing

BATCHES, BATCH = "/payment-batches", "/payment-batches/<batch_id>"
FILE, RETURN, CORRECTION = "/payment-files/<file_id>", "/payment-returns/<return_id>", "/payment-corrections"
#: who may take names away with amounts
NAMES = (CASHIER, DIRECTOR, AUDITOR)
#: and who with whole IDs: they file the list with the accounts, or enter it into the national system
IDENTITIES = (CASHIER, EXCHANGE)

OPERATIONS = (
    create("draft_payment_batch", BATCHES, "起草发放批次", "Draft a payment batch", s.NewBatch, s.Batch,
           [CASHIER, DIRECTOR]),
    ask("get_payment_batch", BATCH, "查看发放批次", "Read a payment batch", s.Batch, MONEY),
    listing("list_payment_batches", BATCHES, "列出发放批次", "List payment batches", s.Batch, MONEY,
            query=s.BatchQuery),
    create("add_payment_lines", f"{BATCH}/lines", "提交发放名册", "Add lines to a batch", s.NewLines, s.Accepted,
           [CASHIER, DIRECTOR], most_bytes=s.MOST_LIST_BYTES),
    change("remove_payment_lines", f"{BATCH}/remove-lines", "移出发放明细", "Take lines out of a batch",
           s.LineIds, s.Batch, [CASHIER, DIRECTOR]),
    change("check_payment_batch", f"{BATCH}/check", "核对发放批次", "Have a batch checked against the vault", Empty,
           s.Batch, [CASHIER]),
    change("approve_payment_batch", f"{BATCH}/approve", "批准发放批次", "Approve a batch", Empty, s.Batch,
           [DIRECTOR, CHAIR, GROUP]),
    change("send_payment_batch", f"{BATCH}/send", "确认已送银行", "Confirm that the bank has the files", s.Sending,
           s.Batch, [CASHIER]),
    change("cancel_payment_batch", f"{BATCH}/cancel", "撤销发放批次", "Cancel a batch that was not sent", s.Reason,
           s.Batch, [CASHIER, DIRECTOR, CHAIR]),
    change("reconcile_payment_batch", f"{BATCH}/reconcile", "与银行对账", "Reconcile with the bank's statement",
           s.Statement, s.Batch, [CASHIER, AUDITOR]),
    change("archive_payment_batch", f"{BATCH}/archive", "归档发放批次", "Archive a batch", Empty, s.Batch,
           [AUDITOR, DIRECTOR]),
    ask("get_payment_line", "/payment-lines/<line_id>", "查看发放明细", "Read a payment line", s.Line, MONEY),
    listing("list_payment_lines", "/payment-lines", "列出发放明细", "List payment lines", s.Line, MONEY,
            query=s.LineQuery),
    ask("get_bank_file", FILE, "查看银行代发文件信息", "Read what is known of a bank file", s.BankFile, MONEY),
    listing("list_bank_files", "/payment-files", "列出银行代发文件", "List bank files", s.BankFile, MONEY,
            query=s.FileQuery),
    download("download_bank_file", f"{FILE}/content", "下载银行代发文件(留痕)", "Download a bank file (audited)",
             s.MEDIA_TYPES, [CASHIER]),
    download("download_batch_names", f"{BATCH}/real-names", "下载批次实名制名册(留痕)",
             "The real-name list of a settled batch (audited)", s.MEDIA_TYPES[:2], NAMES, query=s.NamesQuery),
    download("download_fund_names", "/funds/<fund_id>/real-names", "下载资金账户实名制名册(留痕)",
             "The real-name list of what a fund paid in a period (audited)", s.MEDIA_TYPES[:2], NAMES,
             query=s.FundNamesQuery),
    download("download_batch_identities", f"{BATCH}/real-names/identified", "下载批次实名制名册(证件号全号,留痕)",
             "The real-name list of a settled batch with whole IDs (audited)", s.MEDIA_TYPES[1:2], IDENTITIES,
             query=s.IdentitiesQuery),
    download("download_fund_identities", "/funds/<fund_id>/real-names/identified",
             "下载资金账户实名制名册(证件号全号,留痕)",
             "The real-name list of what a fund paid in a period with whole IDs (audited)", s.MEDIA_TYPES[1:2],
             IDENTITIES, query=s.FundIdentitiesQuery),
    create("load_bank_return", "/payment-returns", "导入银行回盘文件", "Load the bank's return file", s.NewReturn,
           s.ReturnFile, [CASHIER], most_bytes=s.MOST_RETURN_BYTES),
    ask("get_bank_return", RETURN, "查看银行回盘文件", "Read a return file", s.ReturnFile, MONEY),
    listing("list_bank_returns", "/payment-returns", "列出银行回盘文件", "List return files", s.ReturnFile, MONEY,
            query=s.ReturnQuery),
    create("propose_payment_correction", CORRECTION, "提出发放结果更正", "Propose what the bank's paper says of a line",
           s.NewCorrection, s.Correction, [CASHIER]),
    create("propose_payment_recovery", "/payment-recoveries", "提出错发追回", "Propose that a wrong payment came back",
           s.NewRecovery, s.Correction, [DIRECTOR]),
    listing("list_payment_recoveries", "/payment-recoveries", "列出错发追回(含分期)",
            "List what came back of wrong payments, part by part", s.Correction, MONEY, query=s.RecoveryQuery),
    create("propose_payment_write_off", "/payment-write-offs", "提出错发款核销",
           "Propose to write off the rest of a wrong payment", s.NewWriteOff, s.Correction, [GROUP]),
    ask("get_payment_correction", f"{CORRECTION}/<correction_id>", "查看发放更正", "Read a correction", s.Correction,
        MONEY),
    listing("list_payment_corrections", CORRECTION, "列出发放更正", "List corrections", s.Correction, MONEY,
            query=s.CorrectionQuery),
    change("confirm_payment_correction", f"{CORRECTION}/<correction_id>/confirm", "确认发放更正",
           "Confirm a correction", Empty, s.Correction, [CASHIER, AUDITOR]),
    change("refuse_payment_correction", f"{CORRECTION}/<correction_id>/refuse", "不予更正", "Refuse a correction",
           s.Reason, s.Correction, [CASHIER, AUDITOR]),
)
