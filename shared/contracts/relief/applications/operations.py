"""What can be asked of relief about programmes, applications and campaigns, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty, PageQuery
from shared.contracts.relief.applications import campaign_schemas as c
from shared.contracts.relief.applications import schemas as s
from shared.contracts.relief.who import (
    AUDITOR,
    CASHIER,
    CHAIR,
    CLERK,
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    GROUP,
    OFFICER,
    TOWNSHIP,
    WORKER,
)
from shared.contracts.table import ask, change, create, listing

STAFF = (OFFICER, TOWNSHIP, COUNTY, DIRECTOR, CHAIR, GROUP, AUDITOR)
APPROVERS = (DIRECTOR, CHAIR, GROUP)
APPLICATION, CAMPAIGN = "/applications/<application_id>", "/campaigns/<campaign_id>"

OPERATIONS = (
    ask("get_relief_programmes", "/programmes", "查看救助项目和标准", "The programmes in force, with their rules",
        s.ProgrammesInForce, [*STAFF, CLERK, CASHIER, WORKER], query=s.ProgrammeQuery),
    create("apply_for_relief", "/applications", "提交救助申请", "Apply for relief", s.NewApplication, s.Application,
           [OFFICER, WORKER]),
    ask("get_relief_application", APPLICATION, "查看救助申请", "Read an application", s.Application,
        [*STAFF, EXCHANGE, WORKER]),
    listing("list_relief_applications", "/applications", "列出救助申请", "List applications", s.Summary,
            [*STAFF, CASHIER, EXCHANGE, WORKER], query=s.ApplicationQuery),
    ask("get_relief_payment", f"{APPLICATION}/payment", "查看款项进度", "Where the money is", s.Payment,
        [*STAFF, CASHIER, WORKER]),
    listing("list_relief_notices", "/relief-notices", "查看救助公示(脱敏)", "Public notices of relief, masked",
            s.PublicNotice, [*STAFF, CLERK], query=PageQuery),
    change("return_relief_application", f"{APPLICATION}/return", "一次性告知补正", "Say once what is missing",
           s.Missing, s.Application, [TOWNSHIP]),
    change("supplement_relief_application", f"{APPLICATION}/supplement", "补正材料", "Supply what was missing",
           s.Supplement, s.Application, [OFFICER, WORKER]),
    change("accept_relief_application", f"{APPLICATION}/accept", "受理", "Accept as complete",
           Empty, s.Application, [TOWNSHIP]),
    change("add_other_aid", f"{APPLICATION}/other-aid", "登记其他救助", "Enter aid of others that was found",
           s.OtherAid, s.Application, [TOWNSHIP, COUNTY, EXCHANGE]),
    change("compute_relief", f"{APPLICATION}/compute", "测算救助额度", "Compute what may be given",
           Empty, s.Application, [COUNTY]),
    change("propose_relief", f"{APPLICATION}/propose", "拟定救助金额", "Propose an amount",
           s.Proposal, s.Application, [COUNTY]),
    change("post_relief_notice", f"{APPLICATION}/notice", "公示拟救助对象", "Post the public notice",
           s.ApplicationNotice, s.Application, [OFFICER, TOWNSHIP]),
    change("object_to_relief", f"{APPLICATION}/object", "登记公示异议", "Enter an objection",
           s.ApplicationReason, s.Application, [OFFICER, TOWNSHIP, COUNTY]),
    change("approve_relief", f"{APPLICATION}/approve", "审批救助", "Approve, and reserve the money",
           s.Approval, s.Application, APPROVERS),
    change("reject_relief", f"{APPLICATION}/reject", "不予救助", "Reject with a reason",
           s.ApplicationReason, s.Application, [COUNTY, *APPROVERS]),
    change("withdraw_relief", f"{APPLICATION}/withdraw", "撤回申请", "Withdraw", s.ApplicationReason, s.Application,
           [OFFICER, DIRECTOR, WORKER]),
    change("hand_over_goods", f"{APPLICATION}/hand-over", "发放实物", "Hand over goods", s.ReceiptSigned, s.Application,
           [OFFICER]),
    change("confirm_relief_receipt", f"{APPLICATION}/receipt", "确认收到", "Confirm the receipt", s.ReceiptSigned,
           s.Application, [OFFICER, WORKER]),
    change("propose_relief_recovery", f"{APPLICATION}/propose-recovery", "提出追回", "Propose a recovery",
           s.ApplicationReason, s.Application, [DIRECTOR]),
    change("confirm_relief_recovery", f"{APPLICATION}/confirm-recovery", "确认追回", "Confirm a recovery",
           Empty, s.Application, [AUDITOR]),

    create("draft_campaign", "/campaigns", "拟定集中慰问名单", "Draft a campaign with its list", c.NewCampaign,
           c.Campaign, [COUNTY, DIRECTOR]),
    ask("get_campaign", CAMPAIGN, "查看集中慰问", "Read a campaign and its progress", c.Campaign, [*STAFF, CASHIER]),
    listing("list_campaigns", "/campaigns", "列出集中慰问", "List campaigns", c.Campaign, [*STAFF, CASHIER],
            query=c.CampaignQuery),
    listing("list_campaign_lines", f"{CAMPAIGN}/lines", "查看慰问名单(脱敏)", "The list, masked", c.CampaignLine,
            [*STAFF, CASHIER], query=c.CampaignLineQuery),
    change("exclude_from_campaign", f"{CAMPAIGN}/exclusions", "移出名单", "Take a household off the list",
           c.Exclusion, c.Campaign, [COUNTY, DIRECTOR]),
    change("approve_campaign", f"{CAMPAIGN}/approve", "审批集中慰问", "Approve the whole list", c.CampaignApproval,
           c.Campaign, APPROVERS),
    change("cancel_campaign", f"{CAMPAIGN}/cancel", "取消集中慰问", "Cancel a draft", c.CampaignReason, c.Campaign,
           APPROVERS),
    change("stop_campaign", f"{CAMPAIGN}/stop", "停止预占其余名单", "Give up what is not yet reserved",
           c.CampaignReason, c.Campaign, APPROVERS),
    change("release_campaign_lines", f"{CAMPAIGN}/releases", "释放已预占而不再发放的款项",
           "Give back what is reserved for households that will not be paid", c.Releases, c.Campaign, APPROVERS),
)
