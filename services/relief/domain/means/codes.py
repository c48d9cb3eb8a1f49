"""Codes of the means test (家计调查), each with its Chinese and English name for the explanation."""

from __future__ import annotations

#: G1 (2016–2018) knew households in dibao and at its edge; G2 (from 2019) deep and relative hardship
GENERATIONS = ("G1", "G2")
GRADES = ("DEEP", "RELATIVE", "ACCIDENT", "DIBAO", "DIBAO_EDGE", "NONE")
#: what a file is graded by today
GRADES_G2 = ("DEEP", "RELATIVE", "ACCIDENT", "NONE")
ABILITIES = ("ABLE", "PARTLY", "UNABLE")
STUDIES = ("NONE", "COMPULSORY", "HIGHER")
EMPLOYMENTS = ("EMPLOYED", "SELF_EMPLOYED", "NONE", "RETIRED")
VETOES = ("HIGH_FEE_SCHOOL", "OWNS_BUSINESS", "SECOND_HOME", "MOTOR_VEHICLE", "REFUSES_VERIFICATION",
          "CONCEALS_INCOME", "REFUSES_WORK")
MISSING = ("RESIDENCE", "MEMBERSHIP", "LABOUR_RELATION")

INCOMES = {
    "WAGES": ("工资性收入", "wages"),
    "BUSINESS_NET": ("经营净收入", "net business income"),
    "PROPERTY_NET": ("财产净收入", "net property income"),
    "TRANSFER_NET": ("转移净收入", "net transfer income"),
    "PENSION": ("养老金", "pension"),
    "BASIC_RESIDENT_PENSION": ("城乡居民基础养老金", "basic part of the resident pension"),
    "GOVERNMENT_RELIEF": ("政府救助金(含低保金)", "government relief (dibao included)"),
    "UNION_LIVING": ("工会生活救助", "union living relief"),
    "UNION_MEDICAL": ("工会医疗救助", "union medical relief"),
    "UNION_EDUCATION": ("工会助学救助", "union education relief"),
    "UNION_OTHER": ("工会其他救助", "other union relief"),
    "FESTIVAL_CONSOLATION": ("节日慰问金", "festival consolation money"),
    "IMPUTED_WAGE": ("按最低工资核算的收入", "imputed minimum wage"),
    "OTHER": ("其他应计入收入", "other countable income"),
}
EXPENSES = {
    "ILLNESS": ("疾病支出", "illness"),
    "DISABILITY": ("残疾支出", "disability"),
    "EDUCATION": ("非义务教育支出", "education beyond compulsory"),
    "COMPULSORY_EDUCATION": ("义务教育支出", "compulsory education"),
    "HOUSING": ("住房支出", "housing"),
    "CARE": ("长期照护支出", "long-term care"),
    "WORK_COST": ("必要就业成本", "necessary cost of working"),
    "OTHER": ("其他刚性支出", "other rigid expenditure"),
}
EVENTS = {
    "NATURAL_DISASTER": ("自然灾害", "natural disaster"),
    "SAFETY_ACCIDENT": ("重大安全事故", "major safety accident"),
    "EPIDEMIC": ("重大疫情", "major epidemic"),
    "SECURITY_INCIDENT": ("社会安全事件", "social-security incident"),
    "MAJOR_ILLNESS": ("突发重大疾病", "sudden major illness"),
    "TRAFFIC_ACCIDENT": ("交通事故", "traffic accident"),
    "OTHER": ("其他意外", "other accident"),
}
GRADE_NAMES = {
    "DEEP": ("深度困难", "deep hardship"),
    "RELATIVE": ("相对困难", "relative hardship"),
    "ACCIDENT": ("意外致困", "accident-caused hardship"),
    "DIBAO": ("低保户", "dibao household"),
    "DIBAO_EDGE": ("低保边缘户", "household at the edge of dibao"),
    "NONE": ("不符合", "not in hardship"),
}
VETO_NAMES = {
    "HIGH_FEE_SCHOOL": ("子女就读高收费私立学校或自费留学", "child in a high-fee school or abroad at own cost"),
    "OWNS_BUSINESS": ("控股、实际控制企业,或开店雇工", "controls a company, owns a shop or hires others"),
    "SECOND_HOME": ("两套及以上住房", "two or more dwellings"),
    "MOTOR_VEHICLE": ("拥有或经常使用机动车(残疾代步车除外)", "owns or regularly uses a motor vehicle"),
    "REFUSES_VERIFICATION": ("拒绝核对", "refuses verification"),
    "CONCEALS_INCOME": ("隐瞒收入或家庭变化、提供虚假材料", "conceals income or changes, false papers"),
    "REFUSES_WORK": ("有劳动能力无正当理由拒绝就业", "able, but refuses work without good reason"),
}
MISSING_NAMES = {
    "RESIDENCE": ("未在本市长期居住", "does not live in the city for the long term"),
    "MEMBERSHIP": ("本人未加入工会", "is no union member"),
    "LABOUR_RELATION": ("事实劳动关系不足规定时间", "too short a factual labour relation"),
}
#: what money of a purpose (资金用途) is as income of the household; other purposes are no relief to it
RELIEF_INCOMES = {"LIVING": "UNION_LIVING", "MEDICAL": "UNION_MEDICAL", "STUDENT": "UNION_EDUCATION",
                  "FESTIVAL": "FESTIVAL_CONSOLATION", "TEMPORARY": "UNION_OTHER", "ACCIDENT": "UNION_OTHER"}
#: declared and paid out by the union too: the greater of the two counts
UNION_INCOMES = tuple(dict.fromkeys(RELIEF_INCOMES.values()))
