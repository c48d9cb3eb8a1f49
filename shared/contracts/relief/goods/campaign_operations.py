"""What can be asked of campaigns in kind (实物集中慰问), and who may ask."""

from __future__ import annotations

from shared.contracts.relief.goods import campaign_schemas as c
from shared.contracts.relief.who import AUDITOR, CHAIR, CLERK, COUNTY, DIRECTOR, GROUP, OFFICER
from shared.contracts.table import ask, change, create, download, listing

KEEPERS, DRAFTERS, APPROVERS = (CLERK, OFFICER), (COUNTY, DIRECTOR), (DIRECTOR, CHAIR, GROUP)
READERS = (*KEEPERS, COUNTY, *APPROVERS, AUDITOR)
CAMPAIGN = "/goods-campaigns/<campaign_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OPERATIONS = (
    create("draft_goods_campaign", "/goods-campaigns", "拟定实物慰问名单", "Draft a campaign in kind with its list",
           c.NewGoodsCampaign, c.GoodsCampaign, DRAFTERS),
    ask("get_goods_campaign", CAMPAIGN, "查看实物慰问", "Read a campaign in kind and its progress", c.GoodsCampaign,
        READERS),
    listing("list_goods_campaigns", "/goods-campaigns", "列出实物慰问", "List campaigns in kind", c.GoodsCampaign,
            READERS, query=c.GoodsCampaignQuery),
    listing("list_goods_campaign_lines", f"{CAMPAIGN}/lines", "查看实物慰问名单(脱敏)", "The list, masked",
            c.GoodsCampaignLine, READERS, query=c.GoodsLineQuery),
    download("download_goods_campaign_list", f"{CAMPAIGN}/signature-list", "下载慰问物资签收单",
             "The list to print and sign", [XLSX], READERS),
    change("exclude_from_goods_campaign", f"{CAMPAIGN}/exclusions", "移出实物慰问名单", "Take a household off the list",
           c.Exclusion, c.GoodsCampaign, DRAFTERS),
    change("approve_goods_campaign", f"{CAMPAIGN}/approve", "审批实物慰问并预占库存",
           "Approve the list, and reserve every package", c.GoodsApproval, c.GoodsCampaign, APPROVERS),
    change("cancel_goods_campaign", f"{CAMPAIGN}/cancel", "取消实物慰问", "Cancel a draft", c.CampaignReason,
           c.GoodsCampaign, APPROVERS),
    create("hand_over_packages", f"{CAMPAIGN}/hand-overs", "登记入户发放", "Hand over packages", c.HandOver,
           c.GoodsCampaign, KEEPERS),
    change("finish_goods_campaign", f"{CAMPAIGN}/finish", "结束实物慰问并释放余量",
           "Finish, and free what nobody has taken", c.CampaignReason, c.GoodsCampaign, APPROVERS),
)
