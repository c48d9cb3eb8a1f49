"""Reception's tables."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import registry

from services.reception.domain.referrals import VisitReferral
from services.reception.domain.visit import Answer, Visit
from services.reception.domain.window import Window
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Instant, Json

metadata = MetaData()
mappers = registry(metadata=metadata)

visits = aggregate_table(
    "visits",
    metadata,
    Column("visit_no", String(19), nullable=False, unique=True),
    Column("channel", String(20), nullable=False),
    Column("window_code", String(32)),
    key("worker_id", index=True),
    Column("display_name", Encrypted("visits.display_name")),
    Column("headcount", Integer, nullable=False),
    Column("representatives", Json, nullable=False),
    Column("categories", Json, nullable=False),
    Column("summary", Encrypted("visits.summary"), nullable=False),
    Column("urgency", String(20), nullable=False),
    Column("first_handler", String(80)),
    Column("registered_on", Date, nullable=False, index=True),
    Column("notice_due_on", Date, nullable=False),
    Column("risk_level", String(20)),
    key("employer_id"),
    Column("cause_hint", String(40)),
    Column("missing_documents", Json, nullable=False),
    Column("documents_asked_on", Date),
    Column("documents_due_on", Date),
    Column("documents_submitted_on", Date),
    Column("closed_on", Date),
    Column("rate_due_on", Date),
    Column("result_score", Integer),
    Column("attitude_score", Integer),
    Column("rating_comment", Encrypted("visits.rating_comment")),
    Column("rated_by", String(80)),
    Column("rated_on", Date),
    Column("reopened_on", Date),
    Column("reopen_reason", String(300)),
)
Index("visits_awaiting_documents", visits.c.state, visits.c.documents_due_on)

visit_referrals = Table(
    "visit_referrals",
    metadata,
    key("referral_id", primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, index=True),
    Column("service", String(20), nullable=False),
    Column("matter", String(40), nullable=False),
    Column("routed_on", Date, nullable=False),
    Column("accept_due_on", Date),
    Column("state", String(20), nullable=False),
    key("record_id"),
    Column("note", String(300)),
)

answers = Table(
    "visit_answers",
    metadata,
    key("answer_id", primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, index=True),
    Column("text", Encrypted("visit_answers.text"), nullable=False),
    Column("answered_by", String(80), nullable=False),
    Column("answered_at", Instant, nullable=False),
)

windows = aggregate_table(
    "windows",
    metadata,
    Column("code", String(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(60), nullable=False),
    Column("host", String(20), nullable=False),
)
windows.append_constraint(UniqueConstraint(windows.c.org_path, windows.c.code))

map_aggregate(mappers, Window, windows)
mappers.map_imperatively(VisitReferral, visit_referrals)
mappers.map_imperatively(Answer, answers)
map_aggregate(mappers, Visit, visits,
              referrals=parts(VisitReferral, visit_referrals.c.referral_id),
              answers=parts(Answer, answers.c.answer_id))
