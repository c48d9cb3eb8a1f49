"""What relief tells of applications and campaigns (救助申请、集中慰问): ids, types and sums, never what the need is.

Only the newest version of an event is told.
"""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole, listed
from shared.contracts.relief.applications.codes import FACTS, FESTIVALS, TIERS, TYPES
from shared.contracts.relief.funds.codes import SOURCES
from shared.contracts.relief.told import told


class ReliefTold(Strict):
    application_id = Id(required=True)
    application_no = Text(19, required=True)
    relief_type = Choice(TYPES, required=True)


class ReliefApplied(ReliefTold):
    worker_id = Id(required=True)
    file_id = Id(required=True, allow_none=True)


class ReliefReturned(ReliefTold):
    missing = listed(Choice(FACTS), 1, len(FACTS), required=True)


class ReliefComputed(ReliefTold):
    cap_fen = Fen(least=0, required=True)
    rule_set = Text(40, required=True)


class ReliefAmount(ReliefTold):
    amount_fen = Fen(required=True)


class ReliefReserved(ReliefAmount):
    fund_id = Id(required=True)


class ReliefPartlyRecovered(ReliefAmount):
    recovered_fen = Fen(required=True)
    owed_fen = Fen(required=True)


class ReliefNoticePosted(ReliefTold):
    notice_until = Day(required=True)


class ReliefPaid(ReliefAmount):
    """`month` is YYYY-MM, for those who count by source and month."""

    worker_id = Id(required=True)
    file_id = Id(required=True, allow_none=True)
    tier = Choice(TIERS, required=True)
    fund_source = Choice(SOURCES, required=True)
    month = Text(7, required=True)
    paid_on = Day(required=True)


class ReliefRecoveryStarted(ReliefAmount):
    worker_id = Id(required=True)


class OfCampaign(Strict):
    campaign_id = Id(required=True)
    campaign_no = Text(19, required=True)
    relief_type = Choice(TYPES, required=True)
    year = Whole(required=True)


class CampaignToldV1(OfCampaign):
    occasion = Choice(FESTIVALS, required=True)


class CampaignTold(OfCampaign):
    """From the second version on the occasion is a text: more of them need no new version."""

    occasion = Text(20, required=True)


class Totals(Strict):
    households = Whole(required=True)
    total_fen = Fen(least=0, required=True)


class Approved(Totals):
    fund_id = Id(required=True)


class Stalled(Strict):
    done = Whole(required=True)
    households = Whole(required=True)


class CampaignPaidLine(Strict):
    worker_id = Id(required=True)
    amount_fen = Fen(required=True)


class Paid(Strict):
    """`amount_fen` is the sum of these lines; a long list comes in several events."""

    fund_source = Choice(SOURCES, required=True)
    tier = Choice(TIERS, required=True)
    month = Text(7, required=True)
    paid_on = Day(required=True)
    amount_fen = Fen(required=True)
    lines = listed(CampaignPaidLine, 1, 1_000, required=True)


class CampaignTotalsV1(CampaignToldV1, Totals):
    pass


class CampaignApprovedV1(CampaignToldV1, Approved):
    pass


class CampaignStalledV1(CampaignToldV1, Stalled):
    pass


class CampaignPaidV1(CampaignToldV1, Paid):
    pass


class CampaignTotals(CampaignTold, Totals):
    pass


class CampaignApproved(CampaignTold, Approved):
    pass


class CampaignStalled(CampaignTold, Stalled):
    pass


class CampaignPaid(CampaignTold, Paid):
    pass


EVENTS = (
    told("relief_applied", ReliefApplied, "已申请救助", "Relief applied for", "PERSONAL"),
    told("relief_returned", ReliefReturned, "已一次性告知补正", "Applicant told what is missing"),
    told("relief_computed", ReliefComputed, "救助额度已测算", "Relief computed"),
    told("relief_proposed", ReliefAmount, "救助金额已拟定", "Relief proposed"),
    told("relief_notice_posted", ReliefNoticePosted, "拟救助对象已公示", "Public notice of relief posted"),
    told("relief_objected", ReliefTold, "救助公示有异议", "Relief objected to"),
    told("relief_approved", ReliefAmount, "救助已批准", "Relief approved"),
    told("relief_rejected", ReliefTold, "不予救助", "Relief rejected"),
    told("relief_withdrawn", ReliefTold, "救助申请已撤回", "Application withdrawn"),
    told("relief_reserved", ReliefReserved, "救助款已预占", "Money for relief reserved"),
    told("relief_paid", ReliefPaid, "救助款已发放", "Relief paid", "PERSONAL"),
    told("relief_instalments_stopped", ReliefAmount, "分次发放已停止", "Further instalments stopped"),
    told("relief_payment_failed", ReliefTold, "救助款发放失败", "Payment of relief failed"),
    told("relief_payment_returned", ReliefTold, "救助款被退回", "Payment of relief came back"),
    told("relief_closed", ReliefAmount, "救助已办结", "Relief closed"),
    told("relief_recovery_started", ReliefRecoveryStarted, "已启动追回救助款", "Recovery of relief began", "PERSONAL"),
    told("relief_partly_recovered", ReliefPartlyRecovered, "救助款已部分追回", "Part of relief recovered"),
    told("relief_recovered", ReliefAmount, "救助款已追回", "Relief recovered"),
    told("relief_written_off", ReliefAmount, "未追回的救助款已核销", "Relief that never comes back written off"),
    told("relief_campaign_drafted", CampaignTotalsV1, "集中慰问名单已拟定", "Campaign drafted"),
    told("relief_campaign_approved", CampaignApprovedV1, "集中慰问已批准", "Campaign approved"),
    told("relief_campaign_stalled", CampaignStalledV1, "集中慰问资金不足,暂停预占", "Campaign waits for money"),
    told("relief_campaign_reserved", CampaignTotalsV1, "集中慰问款已全部预占", "Campaign reserved"),
    told("relief_campaign_paid", CampaignPaidV1, "慰问款已发放", "Campaign money paid", "PERSONAL"),
    told("relief_campaign_cancelled", CampaignToldV1, "集中慰问已取消", "Campaign cancelled"),
    told("relief_campaign_drafted", CampaignTotals, "集中慰问名单已拟定", "Campaign drafted", version=2),
    told("relief_campaign_approved", CampaignApproved, "集中慰问已批准", "Campaign approved", version=2),
    told("relief_campaign_stalled", CampaignStalled, "集中慰问资金不足,暂停预占", "Campaign waits for money",
         version=2),
    told("relief_campaign_reserved", CampaignTotals, "集中慰问款已全部预占", "Campaign reserved", version=2),
    told("relief_campaign_paid", CampaignPaid, "慰问款已发放", "Campaign money paid", "PERSONAL", 2),
    told("relief_campaign_cancelled", CampaignTold, "集中慰问已取消", "Campaign cancelled", version=2),
)
