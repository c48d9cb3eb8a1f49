"""What can be asked of mediation, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.mediation import schemas as s
from shared.contracts.table import ask, between_services, change, create, listing
from shared.kernel.roles import Role

MEDIATORS = (Role.MEDIATOR,)
WINDOW = (Role.MEDIATOR, Role.WINDOW_CLERK)
HANDLERS = (Role.MEDIATOR, Role.DUTY_CADRE, Role.CENTRE_DIRECTOR)
READERS = (*WINDOW, Role.DUTY_CADRE, Role.CENTRE_DIRECTOR, Role.CHAIR, Role.LEADING_GROUP, Role.LEGAL_AID_OFFICER,
           Role.CASHIER, Role.AUDITOR)

ONE = "/disputes/<dispute_id>"
INCIDENT = "/incidents/<incident_id>"

OPERATIONS = (
    create("open_dispute", "/disputes", "申请调解(立案)", "Apply for mediation", s.NewDispute, s.Dispute,
           [*WINDOW, Role.WORKER]),
    ask("get_dispute", ONE, "查看争议案件", "Read a dispute", s.Dispute, [*READERS, Role.WORKER]),
    listing("list_disputes", "/disputes", "列出争议案件", "List disputes", s.DisputeRow, [*READERS, Role.WORKER],
            query=s.DisputeQuery),
    change("add_claimants", f"{ONE}/claimants", "登记当事人名册", "Add claimants to the roster",
           s.Roster, s.Dispute, WINDOW),
    change("choose_representatives", f"{ONE}/representatives", "推举代表人", "Choose representatives",
           s.Representatives, s.Dispute, WINDOW),
    change("accept_dispute", f"{ONE}/accept", "受理", "Accept a dispute", s.Acceptance, s.Dispute, MEDIATORS),
    change("reject_dispute", f"{ONE}/reject", "不予受理", "Reject a dispute", s.Reason, s.Dispute, MEDIATORS),
    change("assign_mediators", f"{ONE}/mediators", "指派调解员和值班律师", "Assign mediators and a duty lawyer",
           s.Assignment, s.Dispute, [Role.MEDIATOR, Role.CENTRE_DIRECTOR]),
    change("hold_session", f"{ONE}/sessions", "登记调解会", "Record a mediation session",
           s.NewSession, s.Dispute, MEDIATORS),
    change("request_wage_advance", f"{ONE}/wage-advances", "申请工资垫付", "Ask for a wage advance",
           s.AdvanceRequest, s.Dispute, MEDIATORS),
    change("agree", f"{ONE}/agreement", "达成调解协议", "Record the agreement", s.NewAgreement, s.Dispute, MEDIATORS),
    change("record_performance", f"{ONE}/performances", "登记履行", "Record a payment to the workers",
           s.Performance, s.Dispute, MEDIATORS),
    change("extend_mediation", f"{ONE}/extension", "双方同意延长调解", "Extend mediation by consent",
           s.Extension, s.Dispute, MEDIATORS),
    change("fail_mediation", f"{ONE}/fail", "调解不成", "Record that mediation failed",
           s.Failure, s.Dispute, MEDIATORS),
    change("withdraw_dispute", f"{ONE}/withdraw", "撤回申请", "Withdraw the application",
           s.Reason, s.Dispute, [*WINDOW, Role.WORKER]),
    change("refer_dispute", f"{ONE}/refer", "引导仲裁", "Show the way to arbitration", s.Reason, s.Dispute, MEDIATORS),
    change("close_dispute", f"{ONE}/close", "结案", "Close the case", Empty, s.Dispute, MEDIATORS),
    create("register_mediator", "/mediators", "登记调解员", "Register a mediator",
           s.NewMediator, s.Mediator, [Role.CENTRE_DIRECTOR]),
    ask("get_mediator", "/mediators/<mediator_id>", "查看调解员", "Read a mediator", s.Mediator, READERS),
    listing("list_mediators", "/mediators", "列出调解员", "List mediators", s.Mediator, READERS, query=s.MediatorQuery),
    change("retire_mediator", "/mediators/<mediator_id>/retire", "调解员退出名册", "Retire a mediator",
           Empty, s.Mediator, [Role.CENTRE_DIRECTOR]),
    create("open_incident", "/incidents", "上报群体性事件", "Open a collective incident",
           s.NewIncident, s.Incident, HANDLERS),
    ask("get_incident", INCIDENT, "查看群体性事件", "Read a collective incident", s.Incident, READERS),
    listing("list_incidents", "/incidents", "列出群体性事件", "List collective incidents", s.IncidentRow, READERS,
            query=s.IncidentQuery),
    change("record_action", f"{INCIDENT}/actions", "登记处置措施", "Record what was done",
           s.ActionNote, s.Incident, HANDLERS),
    change("calm_incident", f"{INCIDENT}/calm", "事件平息", "The incident has calmed down",
           s.ActionNote, s.Incident, HANDLERS),
    change("close_incident", f"{INCIDENT}/close", "事件结束", "Close the incident", s.ActionNote, s.Incident, HANDLERS),
    between_services("describe_disputes", "争议案件概况", "Facts about disputes", s.DisputesFacts, s.DisputeIds),
    between_services("describe_arrears", "欠薪核实情况", "What was found of the wages owed in a dispute", s.Arrears,
                     s.DisputeId),
)
