"""What can be asked of relief about care platforms (爱心平台), and who may ask.

A partner's clerk (R22) is granted at the place of the partner, or of one outlet, and sees what lies there. A till of
the partner's own may do the same with an API client that has the scope `relief:redeem`.
"""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.platforms import schemas as s
from shared.contracts.relief.platforms import till as t
from shared.contracts.relief.who import (
    AUDITOR,
    CASHIER,
    CHAIR,
    CLERK,
    COUNTY,
    DIRECTOR,
    MONEY,
    OFFICER,
    PARTNER,
    WORKER,
)
from shared.contracts.table import ask, change, create, download, listing

REDEEM = "relief:redeem"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS = (*MONEY, PARTNER, OFFICER, COUNTY)
CARDS = (CLERK, OFFICER, COUNTY, DIRECTOR, CHAIR, AUDITOR, CASHIER, WORKER)
VISITS = (PARTNER, COUNTY, DIRECTOR, WORKER)
THE_PARTNER, OUTLET = "/partners/<partner_id>", "/outlets/<outlet_id>"
AGREEMENT, CARD = "/partner-agreements/<agreement_id>", "/care-cards/<card_id>"
REDEMPTION, SETTLEMENT = "/redemptions/<redemption_id>", "/care-settlements/<settlement_id>"

PARTNERS = (
    create("register_partner", "/partners", "登记合作商户", "Register a partner", s.NewPartner, s.Partner, [DIRECTOR]),
    ask("get_partner", THE_PARTNER, "查看合作商户", "Read a partner", s.Partner, READERS),
    listing("list_partners", "/partners", "列出合作商户", "List partners", s.Partner, READERS, query=s.PartnerQuery),
    change("set_partner_account", f"{THE_PARTNER}/account", "登记结算账户", "Enter the partner's bank account",
           s.PartnerAccount, s.Partner, [DIRECTOR, CASHIER]),
    change("set_station_terms", f"{THE_PARTNER}/station", "登记接力站共建单位和侧重",
           "Enter with whom a care-relay station is built, and its focus", s.StationTerms, s.Partner, [DIRECTOR]),
    change("confirm_partner_account", f"{THE_PARTNER}/account/confirm", "确认结算账户",
           "Confirm the account that a colleague entered", Empty, s.Partner, [DIRECTOR, CASHIER]),
    change("suspend_partner", f"{THE_PARTNER}/suspend", "暂停合作", "Suspend a partner", s.PlatformReason, s.Partner,
           [DIRECTOR]),
    change("resume_partner", f"{THE_PARTNER}/resume", "恢复合作", "Resume with a partner", Empty, s.Partner,
           [DIRECTOR]),
    change("end_partner", f"{THE_PARTNER}/end", "终止合作", "End with a partner", s.PlatformReason, s.Partner,
           [DIRECTOR]),
    create("add_outlets", f"{THE_PARTNER}/outlets", "导入网点名单", "Add or rename outlets by list", s.NewOutlets,
           s.OutletsAdded, [DIRECTOR, OFFICER]),
    ask("get_outlet", OUTLET, "查看网点", "Read an outlet", s.Outlet, READERS),
    listing("list_outlets", "/outlets", "列出网点", "List outlets", s.Outlet, READERS, query=s.OutletQuery),
    change("close_outlet", f"{OUTLET}/close", "停用网点", "Close an outlet", Empty, s.Outlet, [DIRECTOR]),
    change("reopen_outlet", f"{OUTLET}/reopen", "启用网点", "Reopen an outlet", Empty, s.Outlet, [DIRECTOR]),
    create("draft_agreement", f"{THE_PARTNER}/agreements", "起草合作协议", "Draft an edition of the agreement",
           s.NewAgreement, s.Agreement, [DIRECTOR]),
    ask("get_partner_agreement", AGREEMENT, "查看合作协议", "Read an agreement", s.Agreement, READERS),
    listing("list_partner_agreements", "/partner-agreements", "列出合作协议", "List agreements", s.Agreement, READERS,
            query=s.AgreementQuery),
    change("sign_agreement", f"{AGREEMENT}/sign", "签署合作协议", "Sign an agreement", s.Signing, s.Agreement, [CHAIR]),
    change("withdraw_agreement", f"{AGREEMENT}/withdraw", "撤回协议草稿", "Withdraw a draft", s.PlatformReason,
           s.Agreement, [DIRECTOR]),
    change("terminate_agreement", f"{AGREEMENT}/terminate", "终止合作协议", "Terminate an agreement", s.Ending,
           s.Agreement, [DIRECTOR]),
)

CARD_ROWS = (
    create("request_care_card", "/care-cards", "申领爱心卡", "Ask for a care card", s.NewCard, s.Card,
           [OFFICER, WORKER]),
    ask("get_care_card", CARD, "查看爱心卡", "Read a care card", s.Card, CARDS),
    listing("list_care_cards", "/care-cards", "列出爱心卡", "List care cards", s.Card, CARDS, query=s.CardQuery),
    ask("get_care_card_use", f"{CARD}/use", "查看用卡情况", "What was used of limits and quotas", s.CardUse, CARDS,
        query=s.UseQuery),
    ask("get_care_rules", "/care-rules", "查看爱心平台规则", "Quotas and limits, by which documents", s.CareRules,
        (*CARDS, PARTNER), query=s.UseQuery),
    change("issue_care_card", f"{CARD}/issue", "发放爱心卡", "Issue a care card", s.CardIssue, s.Card,
           [COUNTY, DIRECTOR]),
    change("activate_care_card", f"{CARD}/activate", "启用爱心卡", "Activate a care card", s.CardActivation, s.Card,
           [CLERK, OFFICER, WORKER]),
    change("freeze_care_card", f"{CARD}/freeze", "挂失爱心卡", "Freeze a lost card", s.PlatformReason, s.Card,
           [CLERK, OFFICER, WORKER]),
    change("unfreeze_care_card", f"{CARD}/unfreeze", "解除挂失", "Unfreeze a card found again", Empty, s.Card,
           [CLERK, OFFICER]),
    change("replace_care_card", f"{CARD}/replace", "补卡", "Replace a card", s.PlatformReason, s.Card,
           [COUNTY, DIRECTOR]),
    change("cancel_care_card", f"{CARD}/cancel", "注销爱心卡", "Cancel a card", s.PlatformReason, s.Card, [DIRECTOR]),
)

TILL = (
    create("redeem", f"{OUTLET}/redemptions", "刷卡核销", "Redeem at a till", t.NewRedemption, t.Redemption, [PARTNER],
           client_scope=REDEEM),
    create("charge_term", f"{OUTLET}/term-charges", "报送学期费用", "Send a school's invoice of a term",
           t.NewTermCharge, t.Redemption, [PARTNER]),
    ask("get_redemption", REDEMPTION, "查看核销", "Read a redemption", t.Redemption, (*READERS, WORKER),
        client_scope=REDEEM),
    listing("list_redemptions", "/redemptions", "列出核销", "List redemptions", t.Redemption, (*READERS, WORKER),
            query=t.RedemptionQuery),
    change("reverse_redemption", f"{REDEMPTION}/reverse", "当日退货", "Reverse on the same day", s.PlatformReason,
           t.Redemption, [PARTNER], client_scope=REDEEM),
    change("propose_sale_reversal", f"{REDEMPTION}/propose-reversal", "提出退货", "Propose a later reversal",
           s.PlatformReason, t.Redemption, [PARTNER, CASHIER]),
    change("confirm_sale_reversal", f"{REDEMPTION}/confirm-reversal", "确认退货", "Confirm a reversal", Empty,
           t.Redemption, [CASHIER, DIRECTOR]),
    change("reject_reversal", f"{REDEMPTION}/reject-reversal", "不同意退货", "Reject a reversal", Empty, t.Redemption,
           [CASHIER, DIRECTOR]),
    create("record_care_visit", f"{OUTLET}/visits", "登记优待就诊", "Record a visit at preferential terms",
           t.NewVisit, t.Visit, [PARTNER], client_scope=REDEEM),
    listing("list_care_visits", "/care-visits", "列出优待就诊", "List visits at preferential terms", t.Visit, VISITS,
            query=t.VisitQuery),
)

SETTLEMENTS = (
    create("draft_settlement", "/care-settlements", "编制结算单", "Draft a month's settlement", t.NewSettlement,
           t.Settlement, [CASHIER]),
    ask("get_unsettled", "/care-unsettled", "查看未结金额", "What is redeemed and in no settlement, by month",
        t.Unsettled, (*MONEY, PARTNER)),
    ask("get_settlement", SETTLEMENT, "查看结算单", "Read a settlement", t.Settlement, (*MONEY, PARTNER)),
    listing("list_settlements", "/care-settlements", "列出结算单", "List settlements", t.Settlement,
            (*MONEY, PARTNER), query=t.SettlementQuery),
    listing("list_settlement_lines", f"{SETTLEMENT}/lines", "查看结算明细", "List a settlement's lines",
            t.SettlementLine, (*MONEY, PARTNER), query=t.LineQuery),
    download("download_settlement", f"{SETTLEMENT}/statement", "下载对账单", "Download the statement", [XLSX],
             (*MONEY, PARTNER), query=t.StatementQuery),
    change("dispute_settlement", f"{SETTLEMENT}/dispute", "对明细提出异议", "Dispute lines", t.Objections, t.Settlement,
           [PARTNER]),
    change("resolve_settlement_line", f"{SETTLEMENT}/resolve", "处理明细异议", "Resolve a disputed line", t.Resolution,
           t.Settlement, [CASHIER, DIRECTOR]),
    change("confirm_settlement", f"{SETTLEMENT}/confirm", "商户确认结算单", "Confirm for the partner", Empty,
           t.Settlement, [PARTNER]),
    change("approve_settlement", f"{SETTLEMENT}/approve", "审批结算单", "Approve a settlement", Empty, t.Settlement,
           [DIRECTOR, CHAIR]),
    change("reserve_settlement", f"{SETTLEMENT}/reserve", "预占结算资金", "Reserve a settlement's money",
           t.SettlementFunds, t.Settlement, [CASHIER]),
    change("release_settlement", f"{SETTLEMENT}/release", "释放结算资金", "Give the reserved money back", Empty,
           t.Settlement, [CASHIER]),
    change("cancel_settlement", f"{SETTLEMENT}/cancel", "作废结算单", "Cancel a settlement", s.PlatformReason,
           t.Settlement, [CASHIER, DIRECTOR]),
)

OPERATIONS = (*PARTNERS, *CARD_ROWS, *TILL, *SETTLEMENTS)
