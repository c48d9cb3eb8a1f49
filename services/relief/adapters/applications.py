"""Tables of applications and campaigns. Lines of campaigns and held needs are plain rows, changed many at a time."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.campaign import ReliefCampaign
from services.relief.domain.applications.student_aid import StudentAid
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Fen, Instant, Json

relief_applications = aggregate_table(
    "relief_applications",
    metadata,
    Column("application_no", String(32), nullable=False, unique=True),
    Column("relief_type", String(20), nullable=False),
    Column("whom", String(20), nullable=False),
    Column("tier", String(20), nullable=False),
    key("person_id", nullable=False, index=True),
    key("worker_id", nullable=False, index=True),
    key("household_id", nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("submitted_by", String(80), nullable=False),
    key("file_id", ForeignKey("hardship_files.id"), index=True),
    Column("household", Json, nullable=False),
    Column("asked_fen", Fen),
    Column("sealed_need", Encrypted("relief_applications.sealed_need"), nullable=False),
    Column("sealed_other_aid", Encrypted("relief_applications.sealed_other_aid"), nullable=False),
    Column("need_key", String(160), nullable=False),
    Column("student_key", String(64), index=True),
    Column("school_year", Integer),
    Column("missing", Json, nullable=False),
    Column("returned_on", Date),
    Column("return_note", String(500)),
    Column("completed_by", String(80)),
    Column("cap_fen", Fen),
    Column("rule_set", String(40)),
    Column("document", String(200)),
    Column("certainty", String(4)),
    Column("computed_on", Date),
    Column("explanation_zh", Json, nullable=False),
    Column("explanation_en", Json, nullable=False),
    Column("counted_claims", Json, nullable=False, server_default="[]"),
    Column("findings", Json, nullable=False),
    Column("finding_note", String(500)),
    Column("proposed_fen", Fen),
    Column("proposed_by", String(80)),
    Column("notice_place", String(200)),
    Column("notice_until", Date),
    Column("objection", String(500)),
    Column("outside_document_no", String(60)),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("document_no", String(60)),
    key("fund_id", ForeignKey("funds.id")),
    Column("fund_source", String(32)),
    Column("paid_on", Date),
    Column("paid_fen", Fen, nullable=False, server_default="0"),
    Column("receipt_no", String(60)),
    Column("closed_on", Date),
    Column("recovered_fen", Fen, nullable=False, server_default="0"),
    Column("written_off_fen", Fen, nullable=False, server_default="0"),
    Column("recovery_reason", String(500)),
    Column("recovery_proposed_by", String(80)),
    Column("reason", String(500)),
)
relief_applications.append_constraint(CheckConstraint(
    "proposed_fen IS NULL OR (proposed_fen > 0 AND proposed_fen <= cap_fen)", name="relief_applications_within_cap"))
Index("relief_applications_state", relief_applications.c.state, relief_applications.c.relief_type)

student_aids = aggregate_table(
    "student_aids",
    metadata,
    Column("aid_no", String(32), nullable=False, unique=True),
    key("worker_id", nullable=False, index=True),
    key("file_id", ForeignKey("hardship_files.id"), index=True),
    Column("student_key", String(64), nullable=False),
    Column("school_year", Integer, nullable=False),
    Column("form", String(20), nullable=False),
    fen("value_fen"),
    Column("payer", String(20), nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("given_on", Date, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("reason", String(500)),
)
student_aids.append_constraint(CheckConstraint("value_fen > 0", name="student_aids_something"))
_RECORDED = text("state = 'RECORDED'")
Index("student_aids_once", student_aids.c.student_key, student_aids.c.school_year, student_aids.c.form,
      student_aids.c.document_no, unique=True, sqlite_where=_RECORDED, postgresql_where=_RECORDED)

#: a need that is being met or was met: no two matters hold the same
held_needs = Table(
    "held_needs",
    metadata,
    Column("need_key", String(160), primary_key=True),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False, index=True),
    Column("about_no", String(32), nullable=False),
)

relief_campaigns = aggregate_table(
    "relief_campaigns",
    metadata,
    Column("campaign_no", String(32), nullable=False, unique=True),
    Column("title", String(100), nullable=False),
    Column("relief_type", String(20), nullable=False),
    Column("occasion", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("tier", String(20), nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("amounts_fen", Json, nullable=False),
    Column("filters", Json, nullable=False),
    *[Column(f"{name}_count", Integer, nullable=False)
      for name in ("listed", "already_aided", "done", "reserved", "skipped", "paid", "recovered")],
    *[fen(f"{name}_fen") for name in ("total", "reserved", "paid")],
    Column("released_count", Integer, nullable=False, server_default="0"),
    Column("released_fen", Fen, nullable=False, server_default="0"),
    Column("document", String(200)),
    key("fund_id", ForeignKey("funds.id")),
    Column("fund_source", String(32)),
    Column("is_collective", Boolean, nullable=False),
    Column("document_no", String(60)),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("stalled_reason", String(500)),
    Column("reason", String(500)),
)
relief_campaigns.append_constraint(CheckConstraint(
    "done_count = reserved_count + skipped_count AND done_count <= listed_count", name="relief_campaigns_counted"))
Index("relief_campaigns_state", relief_campaigns.c.state)

campaign_lines = Table(
    "campaign_lines",
    metadata,
    key(primary_key=True),
    key("campaign_id", ForeignKey("relief_campaigns.id"), nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("number", Integer, nullable=False),
    key("file_id", ForeignKey("hardship_files.id")),
    Column("file_no", String(32)),
    key("worker_id", nullable=False),
    Column("grade", String(20), nullable=False),
    fen("amount_fen"),
    Column("state", String(20), nullable=False),
    Column("reason", String(500)),
    Column("created_at", Instant, nullable=False),
    Column("ground", String(20), nullable=False),
    # whose need for the occasion it is: the open file of the household, or the worker where there is none
    key("household_id", nullable=False),
    UniqueConstraint("campaign_id", "file_id"),
    CheckConstraint("amount_fen > 0", name="campaign_lines_positive"),
)
Index("campaign_lines_waiting", campaign_lines.c.campaign_id, campaign_lines.c.state, campaign_lines.c.number)

map_aggregate(mappers, ReliefApplication, relief_applications)
map_aggregate(mappers, ReliefCampaign, relief_campaigns)
map_aggregate(mappers, StudentAid, student_aids)
