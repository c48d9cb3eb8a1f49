"""What can be asked of exchange, and who may ask."""

from __future__ import annotations

from shared.contracts.exchange import schemas as s
from shared.contracts.table import ask, change, create, download, listing
from shared.kernel.roles import Role

OFFICER = (Role.EXCHANGE_OFFICER,)
SIGNING = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER, Role.TOWNSHIP_REVIEWER, Role.EXCHANGE_OFFICER)
CHECKING = (Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER, Role.EXCHANGE_OFFICER)
READING = (Role.EXCHANGE_OFFICER, Role.AUDITOR, Role.PRIVACY_OFFICER)
SEND, FETCH = "exchange:batches", "exchange:outbound"
PAPER, BATCH = "/authorisations/<authorisation_id>", "/agency-batches/<batch_id>"

OPERATIONS = (
    create("register_authorisation", "/authorisations", "登记授权书", "Register an authorisation",
           s.NewAuthorisation, s.Authorisation, SIGNING),
    ask("get_authorisation", PAPER, "查看授权书", "Read an authorisation", s.Authorisation, [*SIGNING, *READING]),
    listing("list_authorisations", "/authorisations", "列出授权书", "List authorisations", s.AuthorisationLine,
            [*SIGNING, *READING], query=s.AuthorisationQuery),
    change("revoke_authorisation", f"{PAPER}/revoke", "撤回授权", "Revoke an authorisation", s.Reason, s.Authorisation,
           [*SIGNING, Role.PRIVACY_OFFICER]),
    create("receive_batch", "/agency-batches", "接收交换批次", "Receive a list from an agency", s.NewBatch, s.Batch,
           OFFICER, client_scope=SEND),
    ask("get_batch", BATCH, "查看交换批次", "Read a batch", s.Batch, READING, client_scope=SEND),
    listing("list_batches", "/agency-batches", "列出交换批次", "List batches", s.Batch, READING, query=s.BatchQuery,
            client_scope=SEND),
    listing("list_batch_errors", f"{BATCH}/errors", "列出批次错误行", "List the row errors of a batch", s.RowError,
            READING, query=s.PageQuery, client_scope=SEND),
    listing("list_batch_rows", f"{BATCH}/rows", "列出批次行(脱敏)", "List the rows of a batch, masked", s.AgencyRow,
            READING, query=s.RowQuery),
    change("release_batch", f"{BATCH}/release", "解除隔离并装载", "Load a batch that was set aside", s.Reason, s.Batch,
           OFFICER),
    change("discard_batch", f"{BATCH}/discard", "作废隔离批次", "Discard a batch that was set aside", s.Reason, s.Batch,
           OFFICER),
    create("check_person", "/checks", "核对(凭授权书,留痕)", "Check a person by authorisation (audited)", s.Check,
           s.CheckResult, CHECKING),
    listing("list_verifications", "/verifications", "列出核对任务", "List the households to be verified",
            s.Verification, READING, query=s.VerificationQuery),
    download("download_verification_list", "/verifications/list", "下载核对名单(证件号全号,留痕)",
             "The list of people to be verified, whole IDs (audited)", s.XLSX_TYPE, OFFICER, query=s.ListQuery),
    create("load_verification_report", "/verification-reports", "上传核对报告", "Load the agencies' report",
           s.NewReport, s.LoadedReport, OFFICER, most_bytes=s.MOST_REPORT_BYTES * 2),
    listing("list_outbound_records", "/outbound-records", "列出外发记录", "List the facts for agencies",
            s.OutboundRecord, READING, query=s.OutboundQuery, client_scope=FETCH),
)
