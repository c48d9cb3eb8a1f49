"""What can be asked of legal, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.legal import schemas as s
from shared.contracts.table import ask, between_services, change, create, listing
from shared.kernel.roles import Role

OFFICERS = (Role.LEGAL_AID_OFFICER,)
LAWYERS = (Role.LAWYER, Role.LEGAL_AID_OFFICER)
WINDOW = (Role.WINDOW_CLERK, Role.LEGAL_AID_OFFICER)
APPLICANTS = (Role.WORKER, Role.WINDOW_CLERK, Role.MEDIATOR, Role.LEGAL_AID_OFFICER)
ASSIGNERS = (Role.LEGAL_AID_OFFICER, Role.CENTRE_DIRECTOR)
READERS = (Role.WINDOW_CLERK, Role.DUTY_CADRE, Role.CENTRE_DIRECTOR, Role.CHAIR, Role.AUDITOR, Role.LEGAL_AID_OFFICER,
           Role.MEDIATOR)

AID = "/aid-cases/<application_id>"
DUTY = "/duty-calls/<duty_id>"
RECOVERY = "/recovery-cases/<recovery_id>"

OPERATIONS = (
    create("apply_legal_aid", "/aid-cases", "申请法律援助", "Apply for legal aid", s.NewAidCase, s.AidCase, APPLICANTS),
    ask("get_aid_case", AID, "查看援助案件", "Read an aid case", s.AidCase, [*READERS, Role.LAWYER, Role.WORKER]),
    listing("list_aid_cases", "/aid-cases", "列出援助案件", "List aid cases", s.AidCaseRow,
            [*READERS, Role.LAWYER, Role.WORKER], query=s.AidCaseQuery),
    change("ask_supplement", f"{AID}/ask-supplement", "一次性告知补正", "Tell once what is missing",
           s.Supplement, s.AidCase, OFFICERS),
    change("supplement_aid", f"{AID}/supplement", "已补正", "What was missing is here",
           Empty, s.AidCase, [*WINDOW, Role.WORKER]),
    change("withdraw_aid", f"{AID}/withdraw", "撤回援助申请", "Withdraw the application",
           s.Reason, s.AidCase, [*WINDOW, Role.WORKER]),
    change("grant_aid", f"{AID}/grant", "准予援助", "Grant legal aid", s.Grant, s.AidCase, OFFICERS),
    change("grant_aid_urgently", f"{AID}/grant-urgently", "先行提供援助", "Grant first, check afterwards",
           s.UrgentGrant, s.AidCase, OFFICERS),
    change("verify_means", f"{AID}/verify-means", "补办经济困难核查", "The means check put off by an urgent grant",
           s.Grant, s.AidCase, OFFICERS),
    change("refuse_aid", f"{AID}/refuse", "不予援助", "Refuse legal aid", s.Reason, s.AidCase, OFFICERS),
    change("object_refusal", f"{AID}/objection", "对不予援助提出异议", "Object to the refusal",
           s.Reason, s.AidCase, [Role.WORKER, Role.WINDOW_CLERK]),
    change("decide_objection", f"{AID}/objection/decide", "处理异议", "Decide the objection",
           s.ObjectionDecision, s.AidCase, [Role.CENTRE_DIRECTOR]),
    change("assign_lawyer", f"{AID}/lawyer", "指派律师", "Assign a lawyer", s.LawyerChoice, s.AidCase, OFFICERS),
    change("start_aid", f"{AID}/start", "开始承办", "Start the case", Empty, s.AidCase, LAWYERS),
    change("report_stage", f"{AID}/stages", "报告办案阶段", "Report a stage", s.StageReport, s.AidCase, LAWYERS),
    change("terminate_aid", f"{AID}/terminate", "终止援助", "Terminate legal aid", s.Termination, s.AidCase, OFFICERS),
    change("close_aid", f"{AID}/close", "结案", "Close the case", s.Closing, s.AidCase, LAWYERS),
    change("follow_up_aid", f"{AID}/follow-up", "回访", "Follow up", s.Note, s.AidCase, OFFICERS),
    create("register_lawyer", "/lawyers", "登记律师", "Register a lawyer", s.NewLawyer, s.Lawyer, OFFICERS),
    ask("get_lawyer", "/lawyers/<lawyer_id>", "查看律师", "Read a lawyer", s.Lawyer, READERS),
    listing("list_lawyers", "/lawyers", "列出律师", "List lawyers", s.Lawyer, READERS, query=s.LawyerQuery),
    change("update_lawyer", "/lawyers/<lawyer_id>/update", "变更坐堂日和代理关系", "Change duty days and clients",
           s.LawyerUpdate, s.Lawyer, OFFICERS),
    change("retire_lawyer", "/lawyers/<lawyer_id>/retire", "律师退出名册", "Retire a lawyer",
           Empty, s.Lawyer, OFFICERS),
    ask("get_duty_call", DUTY, "查看值班律师任务", "Read a duty call", s.DutyCall, [*READERS, Role.LAWYER]),
    listing("list_duty_calls", "/duty-calls", "列出值班律师任务", "List duty calls", s.DutyCall,
            [*READERS, Role.LAWYER], query=s.DutyQuery),
    change("assign_duty_lawyer", f"{DUTY}/lawyer", "指派值班律师", "Send a duty lawyer",
           s.LawyerChoice, s.DutyCall, ASSIGNERS),
    change("attend_duty_call", f"{DUTY}/attend", "值班律师已到场", "The duty lawyer was there",
           s.Note, s.DutyCall, LAWYERS),
    change("cancel_duty_call", f"{DUTY}/cancel", "取消值班律师任务", "Cancel a duty call",
           s.Note, s.DutyCall, ASSIGNERS),
    ask("get_recovery_case", RECOVERY, "查看追偿案件", "Read a recovery case",
        s.RecoveryCase, [*READERS, Role.CASHIER]),
    listing("list_recovery_cases", "/recovery-cases", "列出追偿案件", "List recovery cases", s.RecoveryCase,
            [*READERS, Role.CASHIER], query=s.RecoveryQuery),
    change("seek_payment_order", f"{RECOVERY}/seek-order", "申请支付令", "Apply for a payment order",
           s.OrderSought, s.RecoveryCase, ASSIGNERS),
    change("record_payment_order", f"{RECOVERY}/issue-order", "支付令已发出", "The payment order is issued",
           s.OrderIssued, s.RecoveryCase, ASSIGNERS),
    change("record_recovery", f"{RECOVERY}/recover", "已追回", "The money is recovered",
           s.Note, s.RecoveryCase, ASSIGNERS),
    change("close_recovery", f"{RECOVERY}/close", "终结追偿", "End the recovery without the money",
           s.Note, s.RecoveryCase, ASSIGNERS),
    create("register_consultation", "/consultations", "登记咨询", "Register a consultation",
           s.NewConsultation, s.Consultation, [*WINDOW, Role.LAWYER, Role.DUTY_CADRE]),
    ask("get_consultation", "/consultations/<consultation_id>", "查看咨询", "Read a consultation",
        s.Consultation, [*READERS, Role.LAWYER]),
    listing("list_consultations", "/consultations", "列出咨询", "List consultations", s.Consultation,
            [*READERS, Role.LAWYER], query=s.ConsultationQuery),
    between_services("describe_lawyers", "律师概况", "Facts about lawyers", s.LawyersFacts, s.LawyerIds),
)
