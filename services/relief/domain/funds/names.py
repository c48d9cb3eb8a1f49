"""What sources, purposes, accounts and kinds of entries are called on paper."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES_ZH: Mapping[str, str] = {
    "CENTRAL": "中央财政专项", "LOCAL_FISCAL": "地方财政", "ONE_DAY_DONATION": "一日捐",
    "MUTUAL_SURPLUS": "医疗互助结余", "UNION": "工会经费", "SPONSOR": "社会赞助", "WARMTH_FUND": "送温暖基金",
    "INTEREST": "专户利息"}
PURPOSES_ZH: Mapping[str, str] = {
    "WAGE_ADVANCE": "工资垫付", "LIVING": "生活救助", "MEDICAL": "医疗救助", "STUDENT": "助学", "FESTIVAL": "送温暖",
    "TEMPORARY": "临时救助", "TRAINING": "技能培训", "JOB_INTRODUCTION": "职业介绍", "LEGAL_COST": "法律援助费用",
    "GOODS": "实物帮扶", "ACCIDENT": "意外救助", "MUTUAL_AID_FEE": "互助保障参保费",
    "FACILITY": "设施建设"}
ACCOUNTS_ZH: Mapping[str, str] = {
    "SOURCE": "资金来源", "AVAILABLE": "可用", "RESERVED": "预占", "RECEIVABLE": "垫付应收", "PAID_OUT": "已发放",
    "WRITTEN_OFF": "已核销", "CARRIED": "年终结转"}
#: what an entry is about
MATTERS_ZH: Mapping[str, str] = {
    "Receipt": "资金到账", "PaymentBatch": "发放批次(名册)", "PaymentList": "名册发放", "ReliefApplication": "救助申请",
    "ReliefCampaign": "集中慰问", "CareSettlement": "商户结算", "MutualAidClaim": "互助理赔", "WageAdvance": "工资垫付",
    "FundTransfer": "资金拨转", "LedgerEntry": "冲正", "YearClosing": "年终结账"}
#: what the parts of matters are called that have words for names
PARTS_ZH: Mapping[str, str] = {
    "request": "第{}次提交的明细", "release": "移出的明细(自 {})", "reversal": "原分录冲正", "write-off": "核销"}


def part_zh(part: str) -> str:
    """A part of a matter as people read it; what is no word of ours stays as it is."""
    word, _, rest = part.partition(" ")
    return PARTS_ZH[word].format(rest) if word in PARTS_ZH else part


KINDS_ZH: Mapping[str, str] = {
    "RECEIVED": "到账", "RESERVED": "预占", "RELEASED": "释放", "PAID": "发放", "RETURNED": "退汇", "RECOVERED": "追回",
    "ADVANCED": "垫付", "REPAID": "垫付归还", "WRITTEN_OFF": "核销",
    "LATE_REPAID": "核销后收回", "UNRECOVERED": "错发款核销", "INTEREST": "利息", "TRANSFERRED_IN": "拨入",
    "TRANSFERRED_OUT": "拨出", "REVERSED": "冲正", "REINSTATED": "冲正转回", "CARRIED_OUT": "结转下年",
    "CARRIED_IN": "上年结转"}
