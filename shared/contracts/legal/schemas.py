"""What goes in and out of legal. Amounts are whole fen."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Whole,
    listed,
)

MATTERS = ("WAGE", "WORK_INJURY", "SOCIAL_INSURANCE", "LABOUR_RELATION", "SEVERANCE", "COMPENSATION",
           "LABOUR_CONTRACT", "UNION_RIGHTS", "OTHER")
BASES = ("EXEMPT_RELIEF", "EXEMPT_MIGRANT_WAGE", "EXEMPT_WORK_INJURY", "UNION_FILED", "PLEDGE", "VERIFIED")
AID_STATES = ("RECEIVED", "INCOMPLETE", "WITHDRAWN", "GRANTED", "REFUSED", "OBJECTED", "ASSIGNED", "IN_PROGRESS",
              "TERMINATED", "CLOSED", "FOLLOWED_UP")
URGENT_GROUNDS = ("LIMITATION", "PRESERVATION", "ADVANCE_EXECUTION")
#: 法律援助法 art. 48
TERMINATION_GROUNDS = ("FRAUD", "CONCEALMENT", "ILLEGAL_USE", "MEANS_CHANGED", "CASE_ENDED", "OWN_LAWYER",
                       "RECIPIENT_ASKED", "OTHER")
STAGES = ("ADVICE", "DOCUMENT_DRAFTED", "MEDIATION", "ARBITRATION_FILED", "ARBITRATION_HEARD", "AWARD", "SUIT_FILED",
          "SUIT_HEARD", "JUDGMENT", "EXECUTION")
RESULTS = ("WON", "PARTLY_WON", "LOST", "SETTLED", "WITHDRAWN", "OTHER")
RECOVERY_STATES = ("OPEN", "ORDER_SOUGHT", "ORDER_ISSUED", "RECOVERED", "CLOSED")
DUTY_STATES = ("OPEN", "ASSIGNED", "ATTENDED", "CANCELLED")
CHANNELS = ("WINDOW", "HOTLINE", "LETTER", "WEB", "HOME_VISIT", "OUTREACH")
OUTCOMES = ("ADVICE", "DRAFT_DOC", "APPLY_AID", "MEDIATION", "OTHER")


class NewAidCase(Strict):
    """An application for legal aid (法律援助申请)."""

    matter = Choice(MATTERS, required=True)
    summary = Text(2000, required=True)
    applicant_ids = listed(Id(), 1, 2000, required=True, metadata={"description": "workers"})
    employer_id = Id(load_default=None, allow_none=True)
    dispute_id = Id(load_default=None, allow_none=True)
    visit_id = Id(load_default=None, allow_none=True)
    limitation_on = Day(load_default=None, allow_none=True)
    received_on = Day(load_default=None, allow_none=True, metadata={"description": "default today"})
    org_path = OrgPath()


class Supplement(Strict):
    """What is missing; it is told once."""

    items = listed(Text(200), 1, 30, required=True)
    due_on = Day(required=True, metadata={"description": "after this day the application counts as withdrawn"})


class Grant(Strict):
    """On which basis aid is granted; `means_evidence` unless a migrant worker's exemption applies."""

    basis = Choice(BASES, required=True)
    means_evidence = Text(500, load_default=None, allow_none=True)


class UrgentGrant(Strict):
    ground = Choice(URGENT_GROUNDS, required=True)


class Reason(Strict):
    reason = Text(500, required=True, metadata={"description": "no personal data"})


class ObjectionDecision(Strict):
    """`basis` when the objection is upheld, `reason` when it is not."""

    is_upheld = Flag(required=True)
    basis = Choice(BASES, load_default=None, allow_none=True)
    means_evidence = Text(500, load_default=None, allow_none=True)
    reason = Text(500, load_default=None, allow_none=True)


class LawyerChoice(Strict):
    lawyer_id = Id(required=True)


class StageReport(Strict):
    stage = Choice(STAGES, required=True)
    reached_on = Day(required=True)
    note = Text(1000, required=True)


class Termination(Strict):
    ground = Choice(TERMINATION_GROUNDS, required=True)
    reason = Text(500, required=True)


class Closing(Strict):
    result = Choice(RESULTS, required=True)
    costs_fen = Fen(least=0, load_default=0)


class Note(Strict):
    note = Text(1000, required=True)


class Applicant(Strict):
    worker_id = Id(required=True)
    is_migrant = fields.Boolean(required=True)


class Stage(Strict):
    stage = Choice(STAGES, required=True)
    reached_on = Day(required=True)
    note = Text(1000, required=True)
    reported_by = Text(80, required=True)


class AidCaseRow(Record):
    """A legal-aid case (法律援助案件) as lists show it."""

    matter = Choice(MATTERS, required=True)
    source = Choice(("WINDOW", "MEDIATION"), required=True)
    state = Choice(AID_STATES, required=True)
    case_no = Text(19, required=True, allow_none=True)
    employer_id = Id(required=True, allow_none=True)
    dispute_id = Id(required=True, allow_none=True)
    visit_id = Id(required=True, allow_none=True)
    limitation_on = Day(required=True, allow_none=True)
    received_on = Day(required=True)
    decision_due_on = Day(required=True, metadata={"description": "D-34"})
    basis = Choice(BASES, required=True, allow_none=True)
    is_provisional = fields.Boolean(required=True, metadata={"description": "the means check is still to come"})
    decided_on = Day(required=True, allow_none=True)
    assign_due_on = Day(required=True, allow_none=True, metadata={"description": "D-35"})
    lawyer_id = Id(required=True, allow_none=True)
    assigned_on = Day(required=True, allow_none=True)
    result = Choice(RESULTS, required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    created_at = Moment(required=True)


class AidCase(AidCaseRow):
    """A legal-aid case with its applicants and stages."""

    summary = Text(2000, required=True)
    applied_by = Text(80, required=True)
    means_evidence = Text(500, required=True, allow_none=True)
    supplement_items = listed(Text(200), 0, 30, required=True)
    supplement_due_on = Day(required=True, allow_none=True)
    decided_by = Text(80, required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    objection = Text(500, required=True, allow_none=True)
    objection_due_on = Day(required=True, allow_none=True, metadata={"description": "D-17"})
    ground = Choice(TERMINATION_GROUNDS, required=True, allow_none=True)
    costs_fen = Fen(least=0, required=True)
    follow_up = Text(1000, required=True, allow_none=True)
    applicants = listed(Applicant, 1, 2000, required=True)
    stages = listed(Stage, 0, 1000, required=True)


class AidCaseQuery(PageQuery):
    state = Choice(AID_STATES)
    dispute_id = Id()
    visit_id = Id()
    worker_id = Id()
    lawyer_id = Id()
    case_no = Text(19)


class NewLawyer(Strict):
    """A lawyer (律师) of the roster. `duty_weekdays`: 1 is Monday."""

    name = Text(60, required=True)
    account_id = Text(80, required=True)
    licence_no = Text(30, required=True)
    duty_weekdays = listed(Whole(1, 7), 0, 7, load_default=list)
    client_employer_ids = listed(Id(), 0, 200, load_default=list, metadata={
        "description": "employers the lawyer acts for at present"})
    org_path = OrgPath()


class LawyerUpdate(Strict):
    duty_weekdays = listed(Whole(1, 7), 0, 7, required=True)
    client_employer_ids = listed(Id(), 0, 200, required=True)


class Lawyer(Record):
    name = Text(60, required=True)
    account_id = Text(80, required=True)
    licence_no = Text(30, required=True)
    duty_weekdays = listed(Whole(1, 7), 0, 7, required=True)
    client_employer_ids = listed(Id(), 0, 200, required=True)
    state = Choice(("ACTIVE", "RETIRED"), required=True)


class LawyerQuery(PageQuery):
    state = Choice(("ACTIVE", "RETIRED"))
    on_duty_on = Day(metadata={"description": "those who sit on the weekday of this date"})


class DutyCall(Record):
    """A duty call (值班律师到场)."""

    visit_id = Id(required=True)
    visit_no = Text(19, required=True)
    headcount = Whole(required=True)
    employer_id = Id(required=True, allow_none=True)
    risk_level = Text(10, required=True)
    lawyer_id = Id(required=True, allow_none=True)
    note = Text(1000, required=True, allow_none=True)
    state = Choice(DUTY_STATES, required=True)
    created_at = Moment(required=True)


class DutyQuery(PageQuery):
    state = Choice(DUTY_STATES)
    visit_id = Id()


class OrderSought(Strict):
    """The application for a payment order (支付令)."""

    claim_basis = Choice(("CLAIM_ASSIGNMENT", "UNDERTAKING"), required=True)
    court = Text(100, required=True)
    sought_on = Day(required=True)


class OrderIssued(Strict):
    order_no = Text(60, required=True)
    served_on = Day(required=True)


class RecoveryCase(Record):
    """A recovery case (追偿案件) about an overdue wage advance."""

    case_no = Text(19, required=True)
    advance_id = Id(required=True)
    advance_no = Text(19, required=True)
    dispute_id = Id(required=True)
    employer_id = Id(required=True)
    balance_fen = Fen(least=0, required=True)
    repay_due_on = Day(required=True)
    state = Choice(RECOVERY_STATES, required=True)
    claim_basis = Choice(("CLAIM_ASSIGNMENT", "UNDERTAKING"), required=True, allow_none=True)
    court = Text(100, required=True, allow_none=True)
    sought_on = Day(required=True, allow_none=True)
    notify_due_on = Day(required=True, allow_none=True, metadata={"description": "D-12-notify"})
    order_no = Text(60, required=True, allow_none=True)
    issued_on = Day(required=True, allow_none=True)
    object_due_on = Day(required=True, allow_none=True, metadata={"description": "D-12-object"})
    note = Text(1000, required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    created_at = Moment(required=True)


class RecoveryQuery(PageQuery):
    state = Choice(RECOVERY_STATES)
    advance_id = Id()
    dispute_id = Id()
    employer_id = Id()


class NewConsultation(Strict):
    """A consultation (咨询) that was answered."""

    channel = Choice(CHANNELS, required=True)
    topic = Choice(MATTERS, required=True)
    outcome = Choice(OUTCOMES, required=True)
    minutes = Text(5000, required=True)
    held_on = Day(load_default=None, allow_none=True, metadata={"description": "default today"})
    worker_id = Id(load_default=None, allow_none=True)
    visit_id = Id(load_default=None, allow_none=True)
    org_path = OrgPath()


class Consultation(Record):
    channel = Choice(CHANNELS, required=True)
    topic = Choice(MATTERS, required=True)
    outcome = Choice(OUTCOMES, required=True)
    minutes = Text(5000, required=True)
    answered_by = Text(80, required=True)
    held_on = Day(required=True)
    worker_id = Id(required=True, allow_none=True)
    visit_id = Id(required=True, allow_none=True)
    created_at = Moment(required=True)


class ConsultationQuery(PageQuery):
    topic = Choice(MATTERS)
    worker_id = Id()
    visit_id = Id()


class LawyerIds(Strict):
    lawyer_ids = listed(Id(), 1, 200, required=True)


class LawyerFacts(Strict):
    """What other services may know of a lawyer."""

    lawyer_id = Id(required=True)
    account_id = Text(80, required=True)
    state = Choice(("ACTIVE", "RETIRED"), required=True)
    client_employer_ids = listed(Id(), 0, 200, required=True)


class LawyersFacts(Strict):
    """Only those that exist are listed."""

    lawyers = listed(LawyerFacts, 0, 200, required=True)
