"""What can be asked of relief about mutual aid (职工医疗互助), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.mutual_aid import schemas as s
from shared.contracts.relief.who import (
    AUDITOR,
    CASHIER,
    CHAIR,
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    GROUP,
    MONEY,
    OFFICER,
    TOWNSHIP,
    WORKER,
)
from shared.contracts.table import ask, change, create, listing

UNITS = (OFFICER, TOWNSHIP, COUNTY, DIRECTOR, CHAIR, CASHIER, AUDITOR)
#: an illness is nobody's business but theirs who handle the claim
HEALTH = (OFFICER, COUNTY, DIRECTOR, WORKER)
CLAIMS = (*HEALTH, GROUP, CASHIER, AUDITOR, EXCHANGE)
ENROLMENT, CLAIM = "/mutual-aid/enrolments/<enrolment_id>", "/mutual-aid/claims/<claim_id>"
SHARE, ACCOUNT = "/mutual-aid/union-shares/<share_id>", "/mutual-aid/scheme-accounts/<account_id>"
FILE = "/mutual-aid/scheme-files/<scheme_file_id>"

OPERATIONS = (
    ask("get_mutual_aid_plans", "/mutual-aid/plans", "查看互助保障方案", "The plans a unit can enrol in", s.Plans,
        (*UNITS, EXCHANGE), query=s.PlanQuery),
    create("enrol_unit", "/mutual-aid/enrolments", "申报单位参保名单", "Enrol a unit by its list",
           s.NewEnrolment, s.Enrolment, [OFFICER]),
    ask("get_enrolment", ENROLMENT, "查看参保批次", "Read an enrolment", s.Enrolment, (*UNITS, GROUP)),
    listing("list_enrolments", "/mutual-aid/enrolments", "列出参保批次", "List enrolments", s.Enrolment,
            (*UNITS, GROUP), query=s.EnrolmentQuery),
    listing("list_participants", f"{ENROLMENT}/participants", "列出批次参保人", "List the workers of an enrolment",
            s.Participant, UNITS, query=s.ParticipantQuery),
    listing("list_participations", "/mutual-aid/participations", "列出职工参保记录", "List workers' participations",
            s.Participant, (*UNITS, WORKER), query=s.ParticipantQuery),
    change("pay_enrolment_fee", f"{ENROLMENT}/fee", "登记缴费", "Enter the fee of an enrolment",
           s.Fee, s.Enrolment, [CASHIER]),
    change("cancel_enrolment", f"{ENROLMENT}/cancel", "取消参保批次", "Cancel an enrolment",
           s.AidReason, s.Enrolment, [OFFICER]),
    create("approve_union_share", f"{ENROLMENT}/union-share", "批准工会承担的参保费",
           "Approve the union's share of a fee from a fund", s.Approval, s.UnionShare, [DIRECTOR, GROUP]),
    ask("get_union_share", SHARE, "查看工会承担的参保费", "Read a union's share", s.UnionShare, MONEY),
    listing("list_union_shares", "/mutual-aid/union-shares", "列出工会承担的参保费", "List unions' shares of fees",
            s.UnionShare, MONEY, query=s.UnionShareQuery),
    change("release_union_share", f"{SHARE}/release", "释放工会承担的参保费", "Give a reserved share back to its fund",
           s.AidReason, s.UnionShare, [DIRECTOR, GROUP]),
    create("enter_scheme_account", "/mutual-aid/scheme-accounts", "登记方案收款账户",
           "Enter the account to which fees of a plan are paid", s.NewSchemeAccount, s.SchemeAccount, [CASHIER]),
    ask("get_scheme_account", ACCOUNT, "查看方案收款账户", "Read a scheme's account", s.SchemeAccount, MONEY),
    listing("list_scheme_accounts", "/mutual-aid/scheme-accounts", "列出方案收款账户", "List schemes' accounts",
            s.SchemeAccount, MONEY, query=s.SchemeAccountQuery),
    change("set_scheme_account", f"{ACCOUNT}/account", "变更方案收款账户", "Change a scheme's account",
           s.SchemeBankAccount, s.SchemeAccount, [CASHIER]),
    create("file_mutual_aid_claim", "/mutual-aid/claims", "申报理赔", "File a claim", s.NewClaim, s.Claim, [OFFICER]),
    ask("get_mutual_aid_claim", CLAIM, "查看理赔", "Read a claim", s.Claim, HEALTH),
    listing("list_mutual_aid_claims", "/mutual-aid/claims", "列出理赔", "List claims", s.ClaimRow, CLAIMS,
            query=s.ClaimQuery),
    ask("get_claim_computation", f"{CLAIM}/computation", "理赔测算", "The benefit, step by step",
        s.Computation, HEALTH),
    change("check_claim_documents", f"{CLAIM}/documents", "审核理赔材料", "Check the documents of a claim",
           s.Documents, s.Claim, [COUNTY]),
    change("submit_mutual_aid_claim", f"{CLAIM}/submit", "报送理赔", "Submit a claim to the scheme",
           Empty, s.Claim, [COUNTY]),
    change("approve_mutual_aid_claim", f"{CLAIM}/approve", "批准给付", "Approve a claim on a plan of this union",
           s.Approval, s.Claim, [DIRECTOR, GROUP]),
    change("decline_mutual_aid_claim", f"{CLAIM}/decline", "不予给付", "Decline a claim",
           s.AidReason, s.Claim, [COUNTY, DIRECTOR]),
    create("import_scheme_file", "/mutual-aid/scheme-files", "导入上级互助状态文件", "Import a scheme's status file",
           s.NewSchemeFile, s.SchemeFile, [EXCHANGE]),
    ask("get_scheme_file", FILE, "查看状态文件", "Read a status file", s.SchemeFile,
        (EXCHANGE, COUNTY, DIRECTOR, AUDITOR)),
    listing("list_scheme_files", "/mutual-aid/scheme-files", "列出状态文件", "List status files", s.SchemeFile,
            (EXCHANGE, COUNTY, DIRECTOR, AUDITOR), query=s.SchemeFileQuery),
)
