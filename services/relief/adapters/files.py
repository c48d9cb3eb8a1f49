"""Tables of hardship files."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    false,
    text,
)

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.files.hardship_file import HardshipFile, Member
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Json


def flag(name: str) -> Column[bool]:
    """false unless it was said."""
    return Column(name, Boolean, nullable=False, server_default=false())


hardship_files = aggregate_table(
    "hardship_files",
    metadata,
    Column("file_no", String(32), nullable=False, unique=True),
    Column("level", String(20), nullable=False),
    key("head_worker_id", nullable=False, index=True),
    Column("main_cause", String(40), nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("other_causes", Json, nullable=False),
    fen("income12_fen"),
    Column("rigid", Json, nullable=False),
    fen("accident_cost_fen"),
    Column("vetoes", Json, nullable=False),
    Column("authorisation_no", String(60)),
    Column("authorised_on", Date),
    Column("submitted_by", String(80)),
    Column("survey_due_on", Date),
    Column("surveyors", Json, nullable=False),
    Column("survey_notes", Json, nullable=False),
    Column("surveyed_on", Date),
    Column("report_no", String(60)),
    Column("report_hits", Json, nullable=False),
    Column("report_explanation", String(1000)),
    Column("grade", String(20)),
    Column("proposed_grade", String(20)),
    Column("grade_reason", String(500)),
    Column("grade_document", String(200)),
    Column("explanation_zh", Json, nullable=False),
    Column("explanation_en", Json, nullable=False),
    Column("assessed_by", String(80)),
    Column("notice_place", String(200)),
    Column("notice_until", Date),
    Column("objection", String(500)),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("next_review_on", Date, index=True),
    Column("review_reason", String(300)),
    Column("reviewed_placements", Json, nullable=False),
    Column("exit_until", Date),
    Column("exit_on", Date),
    Column("exit_kind", String(20)),
    Column("reason", String(500)),
    flag("is_migrant"),
    Column("form_text", Encrypted("hardship_files.form")),
    Column("home_text", Encrypted("hardship_files.home")),
    flag("may_publish"),
    Column("noticed_on", Date),
    Column("open_objections", Integer, nullable=False, server_default="0"),
    Column("approvals", Json, nullable=False, server_default=text("'[]'")),
    flag("is_temporary"),
    Column("temporary_until", Date),
    Column("suspended_until", Date),
    Column("reviewed_on", Date),
    Column("review_result", String(20)),
    Column("changed_on", Date, index=True),
    Column("paper_due_on", Date, index=True),
    flag("is_paper_overdue"),
    key("previous_file_id", index=True),
    Column("link", String(20)),
    key("merged_into_id"),
    Column("watch_until", Date),
    Column("relapse_flagged_on", Date),
    Column("archive_until", Date, index=True),
    Column("paper_no", String(60), index=True),
    Column("established_year", Integer),
    Column("source_document", String(200)),
    Column("facts_edition", Integer, nullable=False, server_default="1"),
    key("means_test_id"),
    Column("banned_until", Date),
    Column("last_aid_on", Date, index=True),
    Column("assets", Json),
    Column("verifying_version", Integer),
)
Index("hardship_files_state", hardship_files.c.state, hardship_files.c.org_path)

hardship_members = Table(
    "hardship_members",
    metadata,
    key(primary_key=True),
    Column("file_id", String(36), ForeignKey("hardship_files.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    key("worker_id"),
    Column("relation", String(20), nullable=False),
    Column("is_adult", Boolean, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("details_text", Encrypted("hardship_members.details")),
    Column("health_text", Encrypted("hardship_members.health")),
    Column("died_on", Date),
)
_OPEN = text("is_open")
Index("hardship_members_of", hardship_members.c.worker_id)
Index("hardship_members_open", hardship_members.c.worker_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

mappers.map_imperatively(Member, hardship_members)
map_aggregate(mappers, HardshipFile, hardship_files, members=parts(Member, hardship_members.c.position))
