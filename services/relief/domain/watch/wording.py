"""What a finding says, in Chinese and in English. Names that end in _fen are shown as yuan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.kernel.money import format_yuan

#: categories of civil affairs' relief, as people say them
CATEGORIES = {
    "DIBAO": ("低保", "dibao"),
    "EXTREME_POVERTY": ("特困供养", "extreme poverty"),
    "BORDERLINE": ("低保边缘", "near dibao"),
    "RIGID_EXPENSE": ("刚性支出困难", "hardship by unavoidable expenses"),
    "TEMPORARY": ("临时救助", "temporary relief"),
}
TEXTS = {
    "DUP-1": ("两份在档档案的成员曾同在档案 {old_file_no} 中,可能是同一家庭(一户一档):另一份为 {other_file_no}。"
              "请核对后合并,或说明分户。",
              "Members of two open files once stood together in file {old_file_no}, perhaps one household (one "
              "household, one file): the other is {other_file_no}. Merge them, or say that the household split."),
    "DUP-2": ("{year} 年同一需求({purpose})由 {payers} 方(资金账户或其他渠道)给予共 {paid_fen},超过上限 {cap_fen}。"
              "请复核是否重复。",
              "In {year} the same need ({purpose}) was met by {payers} payers (funds or others), {paid_fen} in all, "
              "above the cap of {cap_fen}. Check whether it was met twice."),
    "DUP-3": ("{year} 年助学资助发放 {times} 次,共 {paid_fen};每年不超过 {most} 次。请核对是否为同一学生。",
              "Student aid was paid {times} times in {year}, {paid_fen} in all, more than {most} a year. Check whether "
              "it was for one student."),
    "DUP-4": ("{year} 年医疗类所得共 {paid_fen}(救助 {relief_fen},互助给付 {mutual_fen},其他渠道 {others_fen}),"
              "超过家庭登记的自付医疗支出 {own_paid_fen}。请核对票据和理赔({claims})。",
              "What was given for medical bills in {year} comes to {paid_fen} (relief {relief_fen}, mutual aid "
              "{mutual_fen}, others {others_fen}), above the {own_paid_fen} that the household paid itself. Check the "
              "bills and the claims ({claims})."),
    "FRD-1": ("档案 {file_no} 因虚假申报注销。建档以来已发放救助 {payments} 笔,尚有 {paid_fen} 未追回。"
              "各救助申请的追回已提出,请审计员确认;集中慰问等其他款项请逐笔追缴,款项退回后凭收据登记追回。",
              "The file {file_no} was cancelled for a false declaration. Since its opening {payments} payment(s) were "
              "made, {paid_fen} of it is not back. The recovery of each application is proposed, for the auditor to "
              "confirm; what campaigns paid is to be asked back, and entered by its receipt when it comes."),
    "DEC-1": ("职工已于 {died_on} 死亡,名下尚有:未办结救助申请 {applications} 件,爱心卡 {cards} 张,"
              "医疗互助参保 {enrolments} 份,未送达订单 {orders} 件,所在家庭的结对帮扶 {pair_ups} 对。"
              "请逐项了结或改由家庭其他成员办理。",
              "The worker died on {died_on}. Still open: {applications} relief application(s), {cards} care card(s), "
              "{enrolments} mutual-aid cover(s), {orders} order(s) not delivered, {pair_ups} pair-up(s) with the "
              "household. End each, or go on with another member of the household."),
    "BLD-1": ("会员在民政救助名单上({category},{since} 起;名单截至 {data_date}),未建困难职工档案。"
              "名单只供参考、不作认定:请上门核实,符合条件的协助申请建档。",
              "A union member stands on civil affairs' relief list ({category}, since {since}; the list is of "
              "{data_date}) and there is no file. The list decides nothing: visit them, and help to apply if it fits."),
    "BLD-2": ("档案为深度困难,未见享受低保的记录(应保未保)。请协助申请低保。",
              "The household is in deep hardship and not known to receive dibao. Help it to apply."),
    "BLD-3": ("在档 {days} 天,最近一次救助:{last_aid}。请回访。",
              "The file has been active for {days} days; last aid: {last_aid}. Follow up."),
    "BLD-4": ("零就业家庭,自 {since} 起失业,已满 {months} 个月(≥ {least}),未建困难职工档案,也未就业安置。"
              "请就业与帮扶联合上门:帮助就业,并了解家庭困难。",
              "In a household without anybody at work the job seeker has been unemployed since {since}, {months} "
              "months (≥ {least}), without a file and without a placement. Jobs and relief visit together."),
    "BLD-5": ("{year} 年医疗互助给付共 {paid_fen}(≥ {least_fen}),未建困难职工档案。请上门了解。",
              "Mutual aid of {paid_fen} (≥ {least_fen}) was paid in {year} and there is no file. Invite them."),
    "BLD-6": ("被拖欠工资 {owed_fen}(≥ {least_fen},即 {months} 个月低保标准),未建困难职工档案。请了解家庭情况。",
              "Wages of {owed_fen} (≥ {least_fen}, {months} months of dibao) were owed and there is no file. "
              "Ask how the household fares."),
}


def words(code: str, figures: Mapping[str, Any]) -> tuple[str, str]:
    """The explanation in both languages."""
    shown = {name: format_yuan(value) if name.endswith("_fen") else value for name, value in figures.items()}
    shown.setdefault("orders", 0)  # findings of before orders were counted
    shown["claims"] = shown.get("claims") or "-"
    category, last_aid = shown.get("category"), shown.get("last_aid")
    names = CATEGORIES.get(str(category), (category, category))
    zh, en = TEXTS[code]
    return (zh.format(**{**shown, "last_aid": last_aid or "无", "category": names[0]}),
            en.format(**{**shown, "last_aid": last_aid or "none", "category": names[1]}))
