"""What legal tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole
from shared.contracts.legal.schemas import (
    BASES,
    CHANNELS,
    MATTERS,
    OUTCOMES,
    RESULTS,
    STAGES,
    TERMINATION_GROUNDS,
    URGENT_GROUNDS,
)
from shared.contracts.table import Event


class _Aid(Strict):
    application_id = Id(required=True)
    dispute_id = Id(required=True, allow_none=True)
    visit_id = Id(required=True, allow_none=True)


class LegalAidApplied(_Aid):
    """`worker_id` is the first of `headcount` applicants."""

    matter = Choice(MATTERS, required=True)
    worker_id = Id(required=True)
    headcount = Whole(1, required=True)


class LegalAidWithdrawn(_Aid):
    pass


class LegalAidGrantedProvisionally(_Aid):
    ground = Choice(URGENT_GROUNDS, required=True)


class LegalAidGranted(_Aid):
    basis = Choice(BASES, required=True)


class LegalAidRefused(_Aid):
    reason = Text(500, required=True)


class ObjectionDecided(Strict):
    application_id = Id(required=True)
    is_upheld = fields.Boolean(required=True)


class LawyerAssigned(Strict):
    application_id = Id(required=True)
    lawyer_id = Id(required=True)
    dispute_id = Id(required=True, allow_none=True)


class CaseStageReached(Strict):
    application_id = Id(required=True)
    stage = Choice(STAGES, required=True)
    reached_on = Day(required=True)


class LegalAidTerminated(_Aid):
    case_no = Text(19, required=True)
    ground = Choice(TERMINATION_GROUNDS, required=True)


class LegalAidCaseClosed(_Aid):
    case_no = Text(19, required=True)
    result = Choice(RESULTS, required=True)


class DutyLawyerCalled(Strict):
    """Told when the call is opened, without a lawyer, and again when one is sent."""

    duty_id = Id(required=True)
    visit_id = Id(required=True)
    lawyer_id = Id(required=True, allow_none=True)


class _Recovery(Strict):
    recovery_id = Id(required=True)
    advance_id = Id(required=True)


class RecoveryCaseMoved(_Recovery):
    dispute_id = Id(required=True)


class RecoveryOrderMoved(_Recovery):
    pass


class ConsultationRegistered(Strict):
    consultation_id = Id(required=True)
    channel = Choice(CHANNELS, required=True)
    topic = Choice(MATTERS, required=True)
    outcome = Choice(OUTCOMES, required=True)


def _event(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL") -> Event:
    return Event("legal", name, 1, schema, zh, en, data_class)


EVENTS = (
    _event("legal_aid_applied", LegalAidApplied, "已申请法律援助", "Legal aid applied for", "PERSONAL"),
    _event("legal_aid_withdrawn", LegalAidWithdrawn, "援助申请已撤回", "Application withdrawn"),
    _event("legal_aid_granted_provisionally", LegalAidGrantedProvisionally, "已先行提供援助", "Granted, check to come"),
    _event("legal_aid_granted", LegalAidGranted, "已准予援助", "Legal aid granted"),
    _event("legal_aid_refused", LegalAidRefused, "不予援助", "Legal aid refused"),
    _event("objection_decided", ObjectionDecided, "异议已处理", "Objection decided"),
    _event("lawyer_assigned", LawyerAssigned, "律师已指派", "Lawyer assigned"),
    _event("case_stage_reached", CaseStageReached, "办案阶段", "Stage of a case reached"),
    _event("legal_aid_terminated", LegalAidTerminated, "援助已终止", "Legal aid terminated"),
    _event("legal_aid_case_closed", LegalAidCaseClosed, "援助案件已结", "Aid case closed"),
    _event("duty_lawyer_called", DutyLawyerCalled, "已请值班律师", "Duty lawyer called"),
    _event("recovery_case_opened", RecoveryCaseMoved, "追偿已立案", "Recovery case opened"),
    _event("recovery_order_sought", RecoveryOrderMoved, "已申请支付令", "Payment order applied for"),
    _event("recovery_order_issued", RecoveryOrderMoved, "支付令已发出", "Payment order issued"),
    _event("recovery_case_recovered", RecoveryCaseMoved, "已追回", "Advance recovered"),
    _event("recovery_case_closed", RecoveryCaseMoved, "追偿已终结", "Recovery ended"),
    _event("consultation_registered", ConsultationRegistered, "咨询已登记", "Consultation registered"),
)
