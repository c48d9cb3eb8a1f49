"""What relief tells of donated goods (捐赠物资)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole
from shared.contracts.relief.goods import codes
from shared.contracts.relief.told import told


class LotTold(Strict):
    lot_id = Id(required=True)
    receipt_no = Text(19, required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    quantity = Whole(0, codes.MOST, required=True)


class DonationReceived(LotTold):
    received_on = Day(required=True)


class IssueTold(Strict):
    """Who received the goods is not told."""

    issue_id = Id(required=True)
    issue_no = Text(19, required=True)
    lot_id = Id(required=True)
    goods_class = Choice(codes.CLASSES, required=True)
    quantity = Whole(1, codes.MOST, required=True)


class StockAdjusted(Strict):
    adjustment_id = Id(required=True)
    lot_id = Id(required=True)
    kind = Choice(codes.ADJUSTMENTS, required=True)
    difference = Whole(-codes.MOST, codes.MOST, required=True)


class GoodsCampaignTold(Strict):
    campaign_id = Id(required=True)
    campaign_no = Text(19, required=True)
    occasion = Choice(codes.OCCASIONS, required=True)
    year = Whole(required=True)


class GoodsCampaignListed(GoodsCampaignTold):
    households = Whole(0, required=True)


class GoodsCampaignFinished(GoodsCampaignListed):
    """`households` have their package; the packages of `released` households are free again."""

    released = Whole(0, required=True)


EVENTS = (
    told("donation_received", DonationReceived, "已接收捐赠物资", "Donated goods received"),
    told("goods_shelved", LotTold, "捐赠物资已上架", "Donated goods shelved"),
    told("goods_issued", IssueTold, "捐赠物资已发放", "Donated goods issued"),
    told("goods_returned", IssueTold, "捐赠物资已退回", "Donated goods returned"),
    told("goods_expired", LotTold, "捐赠物资已过期", "Donated goods expired"),
    told("stock_adjusted", StockAdjusted, "库存已调整", "Stock adjusted"),
    told("goods_campaign_drafted", GoodsCampaignListed, "已拟定实物慰问名单", "Campaign in kind drafted"),
    told("goods_campaign_approved", GoodsCampaignListed, "实物慰问已审批", "Campaign in kind approved"),
    told("goods_campaign_cancelled", GoodsCampaignTold, "实物慰问已取消", "Campaign in kind cancelled"),
    told("goods_campaign_finished", GoodsCampaignFinished, "实物慰问已结束", "Campaign in kind finished"),
)
