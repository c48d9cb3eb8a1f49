"""What can be asked of membership, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty, PageQuery
from shared.contracts.membership import schemas as s
from shared.contracts.table import ask, between_services, change, create, listing
from shared.kernel.roles import Role

WINDOW = (Role.WINDOW_CLERK, Role.DUTY_CADRE, Role.GRASSROOTS_OFFICER)
CASE = (*WINDOW, Role.CENTRE_DIRECTOR, Role.MEDIATOR, Role.LEGAL_AID_OFFICER, Role.COUNTY_REVIEWER, Role.JOB_COUNSELLOR,
        Role.TOWNSHIP_REVIEWER, Role.CHAIR, Role.AUDITOR)
#: who handles what reception routes to membership (入会、服务卡、心理咨询)
REFERRAL_ROLES = (*WINDOW, Role.CENTRE_DIRECTOR)

#: who may say that a worker has died, or that it was recorded wrongly
OF_DEATHS = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)

OPERATIONS = (
    create("register_organisation", "/organisations", "登记工会组织", "Register a union organisation",
           s.NewOrganisation, s.Organisation, [Role.SYSTEM_ADMIN, Role.CHAIR]),
    ask("get_organisation", "/organisations/<organisation_id>", "查看工会组织", "Read a union organisation",
        s.Organisation, [*CASE, Role.SYSTEM_ADMIN]),
    listing("list_organisations", "/organisations", "列出工会组织", "List union organisations",
            s.Organisation, [*CASE, Role.SYSTEM_ADMIN], query=PageQuery),
    create("register_employer", "/employers", "登记用人单位", "Register an employer",
           s.NewEmployer, s.Employer, [*WINDOW, Role.MEDIATOR, Role.JOB_COUNSELLOR]),
    ask("get_employer", "/employers/<employer_id>", "查看用人单位", "Read an employer", s.Employer, CASE),
    listing("list_employers", "/employers", "列出用人单位", "List employers", s.Employer, CASE, query=s.EmployerQuery),
    create("register_worker", "/workers", "登记职工", "Register a worker",
           s.NewWorker, s.Worker, [*WINDOW, Role.MEDIATOR]),
    ask("get_worker", "/workers/<worker_id>", "查看职工(号码脱敏)", "Read a worker, numbers masked",
        s.Worker, [*CASE, Role.WORKER]),
    listing("list_workers", "/workers", "列出职工", "List workers", s.Worker, CASE, query=s.WorkerQuery),
    create("look_up_worker", "/workers/look-up", "按身份证号查找职工(留痕)", "Find a worker by ID number (audited)",
           s.LookUp, s.Worker, CASE),
    change("change_employer", "/workers/<worker_id>/employer", "变更用人单位", "Change a worker's employer",
           s.EmployerChange, s.Worker, [*WINDOW, Role.JOB_COUNSELLOR]),
    change("set_bank_card", "/workers/<worker_id>/bank-card", "登记本人银行卡", "Set the worker's own bank card",
           s.Card, s.Worker, [*WINDOW, Role.WORKER]),
    change("record_death", "/workers/<worker_id>/death", "登记职工死亡", "Record that a worker has died",
           s.Death, s.Worker, OF_DEATHS),
    change("correct_death", "/workers/<worker_id>/correct-death", "更正误登的死亡(须由他人办理)",
           "Take back a death that was recorded wrongly (by another person)", s.Reason, s.Worker, OF_DEATHS),
    create("apply_membership", "/memberships", "申请入会", "Apply for membership",
           s.MembershipApplication, s.Membership, [Role.GRASSROOTS_OFFICER, Role.WORKER]),
    ask("get_membership", "/memberships/<membership_id>", "查看会籍", "Read a membership",
        s.Membership, [*CASE, Role.WORKER]),
    change("admit_member", "/memberships/<membership_id>/admit", "批准入会", "Admit a member",
           Empty, s.Membership, [Role.GRASSROOTS_OFFICER]),
    change("refuse_member", "/memberships/<membership_id>/refuse", "不予入会", "Refuse an applicant",
           s.Reason, s.Membership, [Role.GRASSROOTS_OFFICER]),
    change("end_membership", "/memberships/<membership_id>/end", "终止会籍", "End a membership",
           s.Reason, s.Membership, [Role.GRASSROOTS_OFFICER]),
    between_services("describe_workers", "职工概况", "Facts about workers", s.WorkersFacts, s.WorkerIds),
    between_services("check_payees", "职工能否收款(姓名、证件、银行卡是否一致)",
                     "Whether workers can be paid: name, ID and card match", s.PayeesFacts, s.PayeeIds),
    between_services("reveal_payees", "取收款账户(留痕)", "Accounts of workers who are paid (audited)",
                     s.PayeeAccounts, s.PayeePurpose),
    between_services("name_payees", "取实名制名册姓名(留痕)", "Names of workers who were paid (audited)", s.PayeeNames,
                     s.PayeePurpose),
    between_services("identify_payees", "取实名制名册姓名与证件号全号(留痕)",
                     "Names and whole IDs of workers who were paid (audited)", s.PayeeIdentities, s.PayeePurpose),
    between_services("find_workers", "按身份证号或姓名查找职工编号", "Ids of workers by ID number or name",
                     s.FoundWorkers, s.FindWorkers),
    between_services("find_members", "按身份证号批量查找会员编号", "Ids of the union members among ID numbers",
                     s.ListedMembers, s.IdNumbers),
    between_services("describe_employers", "用人单位概况", "Facts about employers", s.EmployersFacts, s.EmployerIds),
)
