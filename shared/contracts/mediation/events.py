"""What mediation tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole, listed
from shared.contracts.mediation.schemas import CAUSES, KINDS, OUTCOMES
from shared.contracts.table import Event


class CollectiveIncidentOpened(Strict):
    incident_id = Id(required=True)
    visit_id = Id(required=True, allow_none=True)
    headcount = Whole(required=True)


class CollectiveIncidentMoved(Strict):
    incident_id = Id(required=True)
    visit_id = Id(required=True, allow_none=True)


class DisputeApplied(Strict):
    dispute_id = Id(required=True)
    kind = Choice(KINDS, required=True)
    visit_id = Id(required=True, allow_none=True)
    employer_id = Id(required=True)


class DisputeAccepted(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    kind = Choice(KINDS, required=True)
    headcount = Whole(1, required=True)
    is_collective = fields.Boolean(required=True)
    visit_id = Id(required=True, allow_none=True)
    employer_id = Id(required=True)
    accepted_on = Day(required=True)


class DisputeNotAccepted(Strict):
    dispute_id = Id(required=True)
    visit_id = Id(required=True, allow_none=True)
    reason = Text(500, required=True)


class MediatorsAssigned(Strict):
    dispute_id = Id(required=True)
    chief_mediator_id = Id(required=True)
    duty_lawyer_id = Id(required=True, allow_none=True)


class MediationSessionHeld(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    cause = Choice(CAUSES, required=True)
    wages_undisputed = fields.Boolean(required=True)


class AdvanceLine(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    advanced_fen = Fen(required=True)


class WageAdvanceRequested(Strict):
    """The lines sum to `total_fen`; none is above its claim."""

    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    employer_id = Id(required=True)
    reason = Choice(CAUSES, required=True)
    total_fen = Fen(required=True)
    requested_by = Text(80, required=True)
    lines = listed(AdvanceLine, 1, 2000, required=True)


class MediationAgreed(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    visit_id = Id(required=True, allow_none=True)
    agreement_no = Text(19, required=True)
    obligations_count = Whole(1, required=True)
    effective_on = Day(required=True)


class MediationExtended(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    due_on = Day(required=True)


class MediationFailed(Strict):
    """`has_consent`: legal aid may hear of the case."""

    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    visit_id = Id(required=True, allow_none=True)
    employer_id = Id(required=True)
    kind = Choice(KINDS, required=True)
    claimant_ids = listed(Id(), 1, 2000, required=True)
    claimed_fen = Fen(required=True)
    limitation_on = Day(required=True, allow_none=True)
    has_consent = fields.Boolean(required=True)
    failed_on = Day(required=True)


class MediationPerformed(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    visit_id = Id(required=True, allow_none=True)
    headcount = Whole(1, required=True)
    performed_on = Day(required=True)


class MediationDefaulted(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True)
    visit_id = Id(required=True, allow_none=True)
    employer_id = Id(required=True)


class MediationWithdrawn(Strict):
    """Without a case number when it had not been accepted yet."""

    dispute_id = Id(required=True)
    case_no = Text(19, required=True, allow_none=True)
    visit_id = Id(required=True, allow_none=True)


class ReferredToArbitration(Strict):
    dispute_id = Id(required=True)
    case_no = Text(19, required=True, allow_none=True)
    limitation_on = Day(required=True, allow_none=True)


class DisputeClosed(Strict):
    """Without a case number when it was never accepted: such a case counts neither as accepted nor as closed."""

    dispute_id = Id(required=True)
    case_no = Text(19, required=True, allow_none=True)
    visit_id = Id(required=True, allow_none=True)
    outcome = Choice(OUTCOMES, required=True)
    headcount = Whole(required=True)
    closed_on = Day(required=True)


def _event(name: str, schema: type[Strict], zh: str, en: str, data_class: str = "INTERNAL") -> Event:
    return Event("mediation", name, 1, schema, zh, en, data_class)


EVENTS = (
    _event("collective_incident_opened", CollectiveIncidentOpened, "群体性事件已立项", "Collective incident opened"),
    _event("collective_incident_calmed", CollectiveIncidentMoved, "群体性事件已平息", "Collective incident calmed"),
    _event("collective_incident_closed", CollectiveIncidentMoved, "群体性事件已结束", "Collective incident closed"),
    _event("dispute_applied", DisputeApplied, "已申请调解", "Mediation applied for"),
    _event("dispute_accepted", DisputeAccepted, "争议已受理", "Dispute accepted"),
    _event("dispute_not_accepted", DisputeNotAccepted, "争议不予受理", "Dispute not accepted"),
    _event("mediators_assigned", MediatorsAssigned, "调解员已指派", "Mediators assigned"),
    _event("mediation_session_held", MediationSessionHeld, "调解会已召开", "Mediation session held"),
    _event("wage_advance_requested", WageAdvanceRequested, "已申请工资垫付", "Wage advance requested", "PERSONAL"),
    _event("mediation_agreed", MediationAgreed, "已达成调解协议", "Mediation agreed"),
    _event("mediation_extended", MediationExtended, "调解期限已延长", "Mediation extended"),
    _event("mediation_failed", MediationFailed, "调解不成", "Mediation failed", "PERSONAL"),
    _event("mediation_performed", MediationPerformed, "调解协议已履行", "Agreement performed"),
    _event("mediation_defaulted", MediationDefaulted, "调解协议逾期未履行", "Agreement in default"),
    _event("mediation_withdrawn", MediationWithdrawn, "调解申请已撤回", "Application withdrawn"),
    _event("referred_to_arbitration", ReferredToArbitration, "已引导仲裁", "Shown the way to arbitration"),
    _event("dispute_closed", DisputeClosed, "争议已结案", "Dispute closed"),
)
