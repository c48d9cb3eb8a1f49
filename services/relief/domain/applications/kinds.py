"""The codes of relief: types, whom a programme is for, schools, occasions, and tiers of assistance (帮扶层次)."""

from __future__ import annotations

TYPES = ("LIVING", "MEDICAL", "STUDENT", "FESTIVAL", "TEMPORARY", "TRAINING", "LEGAL_COST", "GOODS", "ACCIDENT")
#: the grades of a hardship file, and households without one
FILED, UNFILED = ("DEEP", "RELATIVE", "ACCIDENT"), "UNFILED"
WHOM = (*FILED, UNFILED)
#: 应急性, 保障性, 根本性
TIERS = ("EMERGENCY", "SAFEGUARD", "ROOT_CAUSE")
SCHOOL_LEVELS = ("KINDERGARTEN", "COMPULSORY", "SENIOR_HIGH", "VOCATIONAL", "HIGHER", "SPECIAL")
STUDENT_KINDS = ("ORDINARY", "MILITARY_ACADEMY", "FREE_TEACHER_TRAINING", "DIRECTED")
#: 元旦, 春节, 中秋: a household is visited once for each
FESTIVALS = ("NEW_YEAR", "SPRING_FESTIVAL", "MID_AUTUMN")
#: 生日, 患病, 丧事: visits of one person, which no campaign can list
VISITS = ("BIRTHDAY", "ILLNESS", "BEREAVEMENT")
#: 送清凉: whoever works in the heat of summer is visited once a year
SEASONS = ("SUMMER_HEAT",)
#: what a campaign can be for
GATHERED = (*FESTIVALS, *SEASONS)
OCCASIONS = (*GATHERED, *VISITS)
#: visits that come by the day of what happened, not once a year
VISITS_BY_DAY = ("ILLNESS", "BEREAVEMENT")
#: why a campaign visits somebody (慰问对象): the hardship of a household with a file, or, of those who are named, work
#: at the front line in heat or cold, the honour of a model worker, illness, work away from home
GROUNDS = {"HARDSHIP": "困难职工", "FRONT_LINE": "一线职工", "MODEL_WORKER": "劳动模范", "SICK": "患病职工",
           "MIGRANT": "农民工"}
NAMED_GROUNDS = tuple(one for one in GROUNDS if one != "HARDSHIP")
#: over what time, and over whom, earlier money counts against a ceiling
PERIODS = ("HOUSEHOLD_YEAR", "PERSON_YEAR", "STUDENT_YEAR", "HOUSEHOLD_EVER", "STUDENT_EVER", "OCCASION")
#: what a share is taken of: the paid-by-oneself part of a bill, own cost, or expenditure caused by an accident
BASES = ("own_paid_fen", "cost_fen", "hardship_fen")
#: whose written consent a large sum needs from outside of the centre
OUTSIDE = ("PROVINCE", "ACFTU")
PAYERS = ("CIVIL_AFFAIRS", "MEDICAL_INSURANCE", "MUTUAL_AID", "EDUCATION", "OTHER_UNION", "SOCIETY", "OTHER")
FACTS = ("bill_no", "bill_fen", "own_paid_fen", "cost_fen", "hardship_fen", "happened_on", "illness", "student_no",
         "student_kind", "school_level", "semester", "admission_no", "fee_no", "certificate_no", "occasion", "goods",
         "receipts")
#: what an applicant calls each fact, for the list of what is missing
FACT_NAMES = {
    "bill_no": ("票据号", "number of the bill"), "bill_fen": ("票据金额", "amount of the bill"),
    "own_paid_fen": ("个人自付金额", "part paid by oneself"), "cost_fen": ("本人支出", "own cost"),
    "hardship_fen": ("困难支出", "expenditure caused by the hardship"), "happened_on": ("发生日期", "day it happened"),
    "illness": ("病种", "illness"), "student_no": ("学籍号", "school roll number"),
    "student_kind": ("学生类别", "kind of student"), "school_level": ("就读阶段", "school level"),
    "semester": ("学期", "semester"), "admission_no": ("录取通知书编号", "admission letter"),
    "fee_no": ("缴费凭证编号", "fee statement"), "certificate_no": ("培训证书编号", "training certificate"),
    "occasion": ("慰问事由", "occasion"), "goods": ("物资", "goods"), "receipts": ("收据", "receipts"),
}
