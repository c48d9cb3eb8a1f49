"""Mediation's tables."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Text
from sqlalchemy.orm import registry

from services.mediation.domain.advancing import Advance
from services.mediation.domain.agreeing import Obligation
from services.mediation.domain.dispute import Dispute
from services.mediation.domain.incident import Action, Incident
from services.mediation.domain.mediator import Mediator
from services.mediation.domain.roster import Claim
from services.mediation.domain.session import Session
from shared.store.mapping import aggregate_table, key, map_aggregate, part_table, parts
from shared.store.referrals import referral_table
from shared.store.types import Fen, Instant, Json

metadata = MetaData()
mappers = registry(metadata=metadata)


disputes = aggregate_table(
    "disputes",
    metadata,
    Column("kind", String(20), nullable=False),
    key("employer_id", nullable=False, index=True),
    Column("form", String(10), nullable=False),
    Column("summary", Text, nullable=False),
    Column("applied_on", Date, nullable=False),
    Column("opened_by", String(80), nullable=False),
    Column("acceptance_due_on", Date, nullable=False),
    Column("mediation_due_on", Date, nullable=False, index=True),
    key("visit_id", index=True),
    key("incident_id", index=True),
    Column("knew_on", Date),
    Column("termination_on", Date),
    Column("limitation_on", Date),
    Column("has_consent", Boolean, nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("claimed_fen", Fen, nullable=False),
    Column("is_collective", Boolean, nullable=False),
    Column("representative_ids", Json, nullable=False),
    Column("case_no", String(19), unique=True),
    Column("accepted_on", Date),
    key("chief_mediator_id"),
    Column("mediator_ids", Json, nullable=False),
    Column("mediator_account_ids", Json, nullable=False),
    key("duty_lawyer_id"),
    Column("agreement_no", String(19), unique=True),
    Column("signatures", Json, nullable=False),
    Column("effective_on", Date),
    Column("review_due_on", Date),
    Column("confirmation_due_on", Date),
    Column("performed_on", Date),
    Column("is_at_risk", Boolean, nullable=False),
    key("aid_application_id"),
    Column("reason", String(500)),
    Column("closed_on", Date),
    Column("outcome", String(20)),
)

claims = part_table(
    "claims",
    metadata,
    "disputes",
    key("worker_id", nullable=False, index=True),
    Column("claimed_fen", Fen, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    key("request_id"),
    Column("advance_state", String(20)),
    Column("advanced_fen", Fen, nullable=False),
)

sessions = part_table(
    "sessions",
    metadata,
    "disputes",
    Column("held_on", Date, nullable=False),
    Column("minutes", Text, nullable=False),
    Column("cause", String(30), nullable=False),
    Column("wages_undisputed", Boolean, nullable=False),
    Column("employer_acknowledges_fen", Fen),
    Column("short_term_inability", Boolean, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)

advances = part_table(
    "advances",
    metadata,
    "disputes",
    Column("total_fen", Fen, nullable=False),
    Column("reason", String(30), nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    key("advance_id", index=True),
    Column("advance_no", String(19)),
    Column("repaid_fen", Fen, nullable=False),
    Column("refusal", String(500)),
)

obligations = part_table(
    "obligations",
    metadata,
    "disputes",
    Column("kind", String(20), nullable=False),
    Column("amount_fen", Fen, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("done_fen", Fen, nullable=False),
    Column("done_on", Date),
)

mediators = aggregate_table(
    "mediators",
    metadata,
    Column("name", String(60), nullable=False),
    Column("account_id", String(80), nullable=False, unique=True),
    Column("is_chief", Boolean, nullable=False),
)

incidents = aggregate_table(
    "incidents",
    metadata,
    Column("headcount", Integer, nullable=False),
    Column("risk_level", String(10), nullable=False),
    key("visit_id", unique=True),
    Column("visit_no", String(19)),
    key("employer_id", index=True),
    Column("cause", String(30), nullable=False),
)

incident_actions = part_table(
    "incident_actions",
    metadata,
    "incidents",
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    Column("text", String(500), nullable=False),
)

referrals = referral_table(metadata)

for part, table in ((Claim, claims), (Session, sessions), (Advance, advances), (Obligation, obligations),
                    (Action, incident_actions)):
    mappers.map_imperatively(part, table)
map_aggregate(mappers, Mediator, mediators)
map_aggregate(mappers, Incident, incidents, actions=parts(Action, incident_actions.c.number))
map_aggregate(mappers, Dispute, disputes, claims=parts(Claim, claims.c.number),
              sessions=parts(Session, sessions.c.number), advances=parts(Advance, advances.c.number),
              obligations=parts(Obligation, obligations.c.number))
