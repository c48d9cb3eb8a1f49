"""What goes in and out of mediation. Amounts are whole fen."""

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

KINDS = ("WAGE", "INJURY_MEDICAL", "SEVERANCE", "COMPENSATION", "CONTRACT", "REINSTATE", "SI", "WORK_TIME", "OTHER")
STATES = ("APPLIED", "ACCEPTED", "REJECTED", "IN_MEDIATION", "AGREED", "FAILED", "WITHDRAWN", "PERFORMED", "DEFAULTED",
          "REFERRED")
CAUSES = ("BANK_TRANSFER_DELAY", "EMPLOYER_INSOLVENT", "EMPLOYER_ABSCONDED", "PAY_DISPUTED", "OTHER")
RISK_LEVELS = ("LOW", "MEDIUM", "HIGH")
INCIDENT_STATES = ("OPEN", "CALMED", "CLOSED")
OBLIGATION_KINDS = ("PAY_WORKERS", "REPAY_UNION")
PARTIES = ("EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL")
ADVANCE_STATES = ("REQUESTED", "PROPOSED", "APPROVED", "DISBURSED", "OVERDUE", "WRITTEN_OFF", "REPAID",
                  "REFUSED")
OUTCOMES = ("PERFORMED", "FAILED", "WITHDRAWN", "REFERRED", "REJECTED")


class NewClaim(Strict):
    """What one worker claims, and for which period."""

    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    period_from = Day(required=True)
    period_to = Day(required=True)


class NewDispute(Strict):
    """An application for mediation (调解申请), from an incident, from a visit or fresh."""

    kind = Choice(KINDS, required=True)
    employer_id = Id(required=True)
    form = Choice(("WRITTEN", "ORAL"), load_default="WRITTEN")
    summary = Text(2000, required=True)
    applied_on = Day(load_default=None, allow_none=True, metadata={"description": "the day it came in; default today"})
    knew_on = Day(load_default=None, allow_none=True, metadata={"description": "when the claimants knew (limitation)"})
    termination_on = Day(load_default=None, allow_none=True, metadata={"description": "when the employment ended"})
    visit_id = Id(load_default=None, allow_none=True)
    incident_id = Id(load_default=None, allow_none=True)
    has_consent = Flag(load_default=False, metadata={
        "description": "the claimants agree that legal aid hears of the case if mediation fails"})
    claimants = listed(NewClaim, 0, 1000, load_default=list)
    org_path = OrgPath()


class Roster(Strict):
    claimants = listed(NewClaim, 1, 1000, required=True)


class Representatives(Strict):
    worker_ids = listed(Id(), 1, 20, required=True)


class Acceptance(Strict):
    employer_willing = Flag(required=True)
    claimants_willing = Flag(required=True)


class Reason(Strict):
    reason = Text(500, required=True, metadata={"description": "no personal data"})


class Assignment(Strict):
    """Who mediates. `chief_mediator_id` takes the chair."""

    chief_mediator_id = Id(required=True)
    mediator_ids = listed(Id(), 0, 10, load_default=list)
    duty_lawyer_id = Id(load_default=None, allow_none=True)


class NewSession(Strict):
    """A mediation session (调解会) and its findings."""

    held_on = Day(required=True)
    minutes = Text(10000, required=True)
    cause = Choice(CAUSES, required=True)
    wages_undisputed = Flag(required=True)
    employer_acknowledges_fen = Fen(least=0, load_default=None, allow_none=True)
    short_term_inability = Flag(load_default=False)


class AdvanceRequest(Strict):
    """Ask relief to advance wages: `total_fen` in all, divided by what each worker claims."""

    total_fen = Fen(required=True)
    reason = Choice(CAUSES, load_default=None, allow_none=True)


class NewObligation(Strict):
    """What the employer owes: to the workers, or back to the union for wages it advanced."""

    kind = Choice(OBLIGATION_KINDS, required=True)
    amount_fen = Fen(required=True)
    due_on = Day(required=True)


class Signature(Strict):
    party = Choice(PARTIES, required=True)
    signed_on = Day(required=True)


class Signed(Strict):
    """A signature as it is kept."""

    party = Choice(PARTIES, required=True)
    signed_on = Text(10, required=True, metadata={"format": "date"})


class NewAgreement(Strict):
    obligations = listed(NewObligation, 1, 50, required=True)
    signatures = listed(Signature, 1, 10, required=True)
    effective_on = Day(required=True)
    represented_consent = Flag(load_default=False, metadata={
        "description": "the represented claimants agree; needed in a collective case"})


class Performance(Strict):
    """A payment of the employer to the workers."""

    obligation_id = Id(required=True)
    amount_fen = Fen(required=True)
    done_on = Day(required=True)
    evidence = Text(300, required=True, metadata={"description": "what proves it: bank list, receipts"})


class Extension(Strict):
    due_on = Day(required=True)
    employer_agrees = Flag(required=True)
    claimants_agree = Flag(required=True)


class Failure(Strict):
    reason = Text(500, required=True, metadata={"description": "no personal data"})
    has_consent = Flag(load_default=None, allow_none=True, metadata={
        "description": "the claimants agree that legal aid hears of it; default what was said at the application"})


class Claim(Strict):
    id = Id(required=True)
    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    period_from = Day(required=True)
    period_to = Day(required=True)
    advance_state = Choice(ADVANCE_STATES, required=True, allow_none=True)
    advanced_fen = Fen(least=0, required=True)


class Session(Strict):
    id = Id(required=True)
    held_on = Day(required=True)
    minutes = Text(10000, required=True)
    cause = Choice(CAUSES, required=True)
    wages_undisputed = fields.Boolean(required=True)
    employer_acknowledges_fen = Fen(least=0, required=True, allow_none=True)
    short_term_inability = fields.Boolean(required=True)
    recorded_by = Text(80, required=True)


class Advance(Strict):
    """A request for a wage advance, and how far relief has come with it."""

    id = Id(required=True)
    total_fen = Fen(required=True)
    reason = Choice(CAUSES, required=True)
    requested_by = Text(80, required=True)
    requested_on = Day(required=True)
    state = Choice(ADVANCE_STATES, required=True)
    advance_id = Id(required=True, allow_none=True)
    advance_no = Text(19, required=True, allow_none=True)
    repaid_fen = Fen(least=0, required=True)
    refusal = Text(500, required=True, allow_none=True)


class Obligation(Strict):
    id = Id(required=True)
    kind = Choice(OBLIGATION_KINDS, required=True)
    amount_fen = Fen(required=True)
    due_on = Day(required=True)
    done_fen = Fen(least=0, required=True)
    done_on = Day(required=True, allow_none=True)


class DisputeRow(Record):
    """A dispute case (争议案件) as lists show it."""

    kind = Choice(KINDS, required=True)
    employer_id = Id(required=True)
    case_no = Text(19, required=True, allow_none=True)
    state = Choice(STATES, required=True)
    headcount = Whole(required=True)
    is_collective = fields.Boolean(required=True)
    claimed_fen = Fen(least=0, required=True)
    visit_id = Id(required=True, allow_none=True)
    incident_id = Id(required=True, allow_none=True)
    applied_on = Day(required=True)
    accepted_on = Day(required=True, allow_none=True)
    acceptance_due_on = Day(required=True, metadata={"description": "D-02"})
    mediation_due_on = Day(required=True, metadata={"description": "D-03, or as extended"})
    limitation_on = Day(required=True, allow_none=True, metadata={"description": "D-07: last day for arbitration"})
    chief_mediator_id = Id(required=True, allow_none=True)
    duty_lawyer_id = Id(required=True, allow_none=True)
    agreement_no = Text(19, required=True, allow_none=True)
    effective_on = Day(required=True, allow_none=True)
    performed_on = Day(required=True, allow_none=True)
    is_at_risk = fields.Boolean(required=True)
    closed_on = Day(required=True, allow_none=True)
    outcome = Choice(OUTCOMES, required=True, allow_none=True)
    created_at = Moment(required=True)


class Dispute(DisputeRow):
    """A dispute case with its roster, sessions, advances and obligations."""

    form = Choice(("WRITTEN", "ORAL"), required=True)
    summary = Text(2000, required=True)
    knew_on = Day(required=True, allow_none=True)
    termination_on = Day(required=True, allow_none=True)
    has_consent = fields.Boolean(required=True)
    representative_ids = listed(Id(), 0, 20, required=True)
    mediator_ids = listed(Id(), 0, 11, required=True)
    aid_application_id = Id(required=True, allow_none=True)
    reason = Text(500, required=True, allow_none=True)
    review_due_on = Day(required=True, allow_none=True, metadata={"description": "D-05: arbitration review"})
    confirmation_due_on = Day(required=True, allow_none=True, metadata={"description": "D-06: judicial confirmation"})
    signatures = listed(Signed, 0, 10, required=True)
    claims = listed(Claim, 0, 2000, required=True)
    sessions = listed(Session, 0, 1000, required=True)
    advances = listed(Advance, 0, 100, required=True)
    obligations = listed(Obligation, 0, 50, required=True)


class DisputeQuery(PageQuery):
    state = Choice(STATES)
    employer_id = Id()
    case_no = Text(19)
    worker_id = Id()
    visit_id = Id()
    incident_id = Id()


class NewMediator(Strict):
    """A mediator (调解员) and the account they sign in with."""

    name = Text(60, required=True)
    account_id = Text(80, required=True)
    is_chief = Flag(load_default=False)
    org_path = OrgPath()


class Mediator(Record):
    name = Text(60, required=True)
    account_id = Text(80, required=True)
    is_chief = fields.Boolean(required=True)
    state = Choice(("ACTIVE", "RETIRED"), required=True)


class MediatorQuery(PageQuery):
    state = Choice(("ACTIVE", "RETIRED"))
    is_chief = fields.Boolean()


class NewIncident(Strict):
    """A collective incident (群体性事件)."""

    headcount = Whole(1, 100_000, required=True)
    risk_level = Choice(RISK_LEVELS, required=True)
    cause = Choice(CAUSES, load_default="OTHER")
    visit_id = Id(load_default=None, allow_none=True)
    employer_id = Id(load_default=None, allow_none=True)
    org_path = OrgPath()


class ActionNote(Strict):
    text = Text(500, required=True, metadata={"description": "what was done; no personal data"})


class Action(Strict):
    at = Moment(required=True)
    by = Text(80, required=True)
    text = Text(500, required=True)


class IncidentRow(Record):
    headcount = Whole(required=True)
    risk_level = Choice(RISK_LEVELS, required=True)
    cause = Choice(CAUSES, required=True)
    visit_id = Id(required=True, allow_none=True)
    visit_no = Text(19, required=True, allow_none=True)
    employer_id = Id(required=True, allow_none=True)
    state = Choice(INCIDENT_STATES, required=True)
    created_at = Moment(required=True)


class Incident(IncidentRow):
    actions = listed(Action, 0, 1000, required=True)


class IncidentQuery(PageQuery):
    state = Choice(INCIDENT_STATES)
    visit_id = Id()
    employer_id = Id()


class DisputeIds(Strict):
    dispute_ids = listed(Id(), 1, 200, required=True)


class DisputeFacts(Strict):
    """What other services may know of a dispute."""

    dispute_id = Id(required=True)
    org_path = OrgPath(required=True)
    employer_id = Id(required=True)
    state = Choice(STATES, required=True)
    limitation_on = Day(required=True, allow_none=True)
    mediator_account_ids = listed(Text(80), 0, 11, required=True)


class DisputesFacts(Strict):
    """Only those that exist are listed."""

    disputes = listed(DisputeFacts, 0, 200, required=True)


class DisputeId(Strict):
    dispute_id = Id(required=True)


class ArrearsClaim(Strict):
    claim_id = Id(required=True)
    worker_id = Id(required=True)
    claimed_fen = Fen(required=True)
    advance_state = Choice(ADVANCE_STATES, required=True, allow_none=True)


class Arrears(Strict):
    """Whether and how much wages can be advanced (欠薪核实情况). `obstacle_*` says why not, in two languages."""

    dispute_id = Id(required=True)
    org_path = OrgPath(required=True)
    employer_id = Id(required=True)
    state = Choice(STATES, required=True)
    advanceable_fen = Fen(least=0, required=True, metadata={
        "description": "the most in all: what is claimed, as far as the employer acknowledges it"})
    obstacle_zh = Text(500, required=True, allow_none=True)
    obstacle_en = Text(500, required=True, allow_none=True)
    claims = listed(ArrearsClaim, 0, 2000, required=True)
