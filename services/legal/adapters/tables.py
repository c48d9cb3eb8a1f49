"""Legal's tables."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Text
from sqlalchemy.orm import registry

from services.legal.domain.aid import AidCase, Applicant, Stage
from services.legal.domain.consultation import Consultation
from services.legal.domain.duty import DutyCall
from services.legal.domain.lawyer import Lawyer
from services.legal.domain.recovery import RecoveryCase
from shared.store.mapping import aggregate_table, key, map_aggregate, part_table, parts
from shared.store.referrals import referral_table
from shared.store.types import Fen, Json

metadata = MetaData()
mappers = registry(metadata=metadata)


aid_cases = aggregate_table(
    "aid_cases",
    metadata,
    Column("matter", String(20), nullable=False),
    Column("source", String(10), nullable=False),
    Column("summary", Text, nullable=False),
    Column("applied_by", String(80), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("decision_due_on", Date, nullable=False),
    key("employer_id", index=True),
    key("dispute_id", index=True),
    key("visit_id", index=True),
    Column("limitation_on", Date),
    Column("basis", String(30)),
    Column("means_evidence", String(500)),
    Column("is_provisional", Boolean, nullable=False),
    Column("supplement_items", Json, nullable=False),
    Column("supplement_asked_on", Date),
    Column("supplement_due_on", Date, index=True),
    Column("decided_by", String(80)),
    Column("decided_on", Date),
    Column("reason", String(500)),
    Column("objection", String(500)),
    Column("objection_due_on", Date),
    Column("case_no", String(19), unique=True),
    Column("assign_due_on", Date),
    key("lawyer_id", index=True),
    Column("lawyer_account_id", String(80), index=True),
    Column("assigned_on", Date),
    Column("ground", String(20)),
    Column("result", String(20)),
    Column("costs_fen", Fen, nullable=False),
    Column("closed_on", Date),
    Column("follow_up", String(1000)),
)

applicants = part_table(
    "applicants",
    metadata,
    "aid_cases",
    key("worker_id", nullable=False, index=True),
    Column("is_migrant", Boolean, nullable=False),
)

stages = part_table(
    "stages",
    metadata,
    "aid_cases",
    Column("stage", String(30), nullable=False),
    Column("reached_on", Date, nullable=False),
    Column("note", String(1000), nullable=False),
    Column("reported_by", String(80), nullable=False),
)

lawyers = aggregate_table(
    "lawyers",
    metadata,
    Column("name", String(60), nullable=False),
    Column("account_id", String(80), nullable=False, unique=True),
    Column("licence_no", String(30), nullable=False),
    Column("duty_days", String(7), nullable=False),
    Column("client_employer_ids", Json, nullable=False),
)

duty_calls = aggregate_table(
    "duty_calls",
    metadata,
    key("visit_id", nullable=False, unique=True),
    Column("visit_no", String(19), nullable=False),
    Column("headcount", Integer, nullable=False),
    key("employer_id"),
    Column("risk_level", String(10), nullable=False),
    key("lawyer_id"),
    Column("lawyer_account_id", String(80)),
    Column("note", String(1000)),
)

recovery_cases = aggregate_table(
    "recovery_cases",
    metadata,
    Column("case_no", String(19), nullable=False, unique=True),
    key("advance_id", nullable=False, unique=True),
    Column("advance_no", String(19), nullable=False),
    key("dispute_id", nullable=False, index=True),
    key("employer_id", nullable=False, index=True),
    Column("balance_fen", Fen, nullable=False),
    Column("repay_due_on", Date, nullable=False),
    Column("claim_basis", String(20)),
    Column("court", String(100)),
    Column("sought_on", Date),
    Column("notify_due_on", Date),
    Column("order_no", String(60)),
    Column("issued_on", Date),
    Column("object_due_on", Date),
    Column("note", String(1000)),
    Column("ended_on", Date),
)

consultations = aggregate_table(
    "consultations",
    metadata,
    Column("channel", String(20), nullable=False),
    Column("topic", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("minutes", Text, nullable=False),
    Column("answered_by", String(80), nullable=False),
    Column("held_on", Date, nullable=False),
    key("worker_id", index=True),
    key("visit_id", index=True),
)

referrals = referral_table(metadata)

mappers.map_imperatively(Applicant, applicants)
mappers.map_imperatively(Stage, stages)
map_aggregate(mappers, AidCase, aid_cases, applicants=parts(Applicant, applicants.c.number),
              stages=parts(Stage, stages.c.number))
map_aggregate(mappers, Lawyer, lawyers)
map_aggregate(mappers, DutyCall, duty_calls)
map_aggregate(mappers, RecoveryCase, recovery_cases)
map_aggregate(mappers, Consultation, consultations)
