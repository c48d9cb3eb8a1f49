"""The roles of an assistance centre (岗位). Who may do what stands in the contract tables, by these codes."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Code, with its Chinese and English name."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Role:
        role = str.__new__(cls, code)
        role._value_ = code
        role.zh, role.en = zh, en
        return role

    WINDOW_CLERK = "R1", "窗口接待员", "window clerk"
    DUTY_CADRE = "R2", "值班干部", "duty cadre"
    HOTLINE_AGENT = "R3", "热线坐席", "hotline agent"
    GRASSROOTS_OFFICER = "R4", "基层工会干部", "grassroots officer"
    SURVEYOR = "R5", "入户调查员", "household surveyor"
    TOWNSHIP_REVIEWER = "R6", "街镇/系统工会审核员", "township or sector reviewer"
    COUNTY_REVIEWER = "R7", "县区级审核员", "county reviewer"
    CENTRE_DIRECTOR = "R8", "中心主任", "centre director"
    CHAIR = "R9", "主席/分管副主席", "chair or vice-chair"
    LEADING_GROUP = "R10", "领导小组", "leading group"
    CASHIER = "R11", "财务", "cashier"
    AUDITOR = "R12", "经审/审计", "auditor"
    JOB_COUNSELLOR = "R13", "就业指导员", "job counsellor"
    TRAINING_ADMIN = "R14", "培训管理员/考评员", "training administrator or examiner"
    LEGAL_AID_OFFICER = "R15", "法律援助管理员", "legal-aid officer"
    LAWYER = "R16", "律师", "lawyer"
    MEDIATOR = "R17", "调解员", "mediator"
    COORDINATOR = "R18", "协理员", "coordinator"
    LABOUR_SUPERVISOR = "R19", "劳动法律监督员", "labour-law supervisor"
    EXCHANGE_OFFICER = "R20", "交换专员", "exchange officer"
    STATISTICIAN = "R21", "统计员", "statistician"
    PARTNER_CLERK = "R22", "合作商户结算员", "partner clerk"
    PRIVACY_OFFICER = "R23", "个人信息保护负责人", "privacy officer"
    SYSTEM_ADMIN = "R24", "系统管理员", "system administrator"
    WORKER = "R25", "职工本人", "worker"
