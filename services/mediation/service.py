"""Mediation (争议调解) on the bus."""

from __future__ import annotations

from services.mediation.adapters.tables import metadata
from services.mediation.application import deadlines, disputes, incidents, mediators, reactions, reading, sessions
from shared.contracts.mediation import CONTRACT
from shared.contracts.referrals import VISIT_ROUTED
from shared.service import referrals
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[disputes, sessions, reading, mediators, incidents, referrals],
    reactions={
        VISIT_ROUTED: referrals.keep_referrals,
        "reception.incident_reported.v1": reactions.open_reported_incident,
        "relief.wage_advance_proposed.v1": reactions.advance_proposed,
        "relief.wage_advance_refused.v1": reactions.advance_refused,
        "relief.wage_advance_approved.v1": reactions.advance_approved,
        "relief.wage_advance_disbursed.v1": reactions.advance_disbursed,
        "relief.wage_advance_repaid.v1": reactions.advance_repaid,
        "relief.wage_advance_overdue.v1": reactions.advance_overdue,
        "relief.wage_advance_written_off.v1": reactions.advance_written_off,
        "legal.legal_aid_granted.v1": reactions.note_legal_aid,
    },
    ticks=[deadlines.fail_overdue_mediations, deadlines.default_overdue_agreements],
)
