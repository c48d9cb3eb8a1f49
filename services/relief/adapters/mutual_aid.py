"""Tables of mutual aid. Participants are plain rows, thousands of an enrolment."""

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
from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.scheme_account import SchemeAccount
from services.relief.domain.mutual_aid.scheme_file import SchemeFile
from services.relief.domain.mutual_aid.states import BORNE
from services.relief.domain.mutual_aid.union_share import UnionShare
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Fen, Json

mutual_aid_enrolments = aggregate_table(
    "mutual_aid_enrolments",
    metadata,
    Column("enrolment_no", String(32), nullable=False, unique=True),
    Column("plan", String(40), nullable=False, index=True),
    Column("terms", Json, nullable=False),
    Column("phase", Integer, nullable=False),
    key("employer_id", index=True),
    Column("unit_name", String(100), nullable=False),
    Column("staff", Integer, nullable=False),
    Column("years", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("listed_by", String(80), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("shares", Integer, nullable=False),
    fen("fee_fen"),
    fen("union_fee_fen"),
    Column("waiting_until", Date),
    Column("renews_id", String(36), ForeignKey("mutual_aid_enrolments.id")),
    Column("renewed_by_id", String(36), ForeignKey("mutual_aid_enrolments.id")),
    Column("receipt_no", String(60)),
    Column("paid_on", Date),
    Column("paid_by", String(80)),
    Column("reason", String(300)),
)
Index("mutual_aid_enrolments_state", mutual_aid_enrolments.c.state, mutual_aid_enrolments.c.ends_on)

mutual_aid_participants = Table(
    "mutual_aid_participants",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False, index=True),
    Column("enrolment_id", String(36), ForeignKey("mutual_aid_enrolments.id"), nullable=False, index=True),
    Column("plan", String(40), nullable=False),
    key("worker_id", nullable=False, index=True),
    Column("shares", Integer, nullable=False),
    fen("fee_fen"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("is_waiting_waived", Boolean, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
    Column("is_last", Boolean, nullable=False),
    key("previous_id"),
    CheckConstraint("shares > 0 AND fee_fen >= 0", name="mutual_aid_participants_positive"),
)
# the latest participation of a worker in a plan is one: two lists that race cannot both enrol the worker
_LAST = text("is_last")
Index("mutual_aid_participants_last", mutual_aid_participants.c.plan, mutual_aid_participants.c.worker_id, unique=True,
      sqlite_where=_LAST, postgresql_where=_LAST)

mutual_aid_claims = aggregate_table(
    "mutual_aid_claims",
    metadata,
    Column("claim_no", String(32), nullable=False, unique=True),
    Column("plan", String(40), nullable=False),
    Column("enrolment_id", String(36), ForeignKey("mutual_aid_enrolments.id"), nullable=False, index=True),
    Column("participant_id", String(36), ForeignKey("mutual_aid_participants.id"), nullable=False, index=True),
    key("worker_id", nullable=False, index=True),
    Column("shares", Integer, nullable=False),
    Column("covered_from", Date, nullable=False),
    Column("is_waiting_waived", Boolean, nullable=False),
    Column("cover", Encrypted("mutual_aid_claims.cover"), nullable=False),
    Column("diagnosis", Encrypted("mutual_aid_claims.diagnosis"), nullable=False),
    Column("diagnosed_on", Date, nullable=False),
    Column("hospital_grade", Integer, nullable=False),
    fen("eligible_fen"),
    fen("own_paid_fen"),
    Column("days", Integer, nullable=False),
    Column("is_external", Boolean, nullable=False),
    Column("filed_by", String(80), nullable=False),
    fen("used_fen"),
    Column("used_days", Integer, nullable=False),
    Column("computed_fen", Fen),
    Column("documents", Json, nullable=False),
    Column("checked_by", String(80)),
    Column("submitted_on", Date),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("approved_fen", Fen),
    Column("fund_id", String(36), ForeignKey("funds.id")),
    Column("document_no", String(60)),
    fen("paid_fen"),
    Column("paid_on", Date),
    Column("declined_reason", String(300)),
    Column("tier", String(20), nullable=False, server_default="SAFEGUARD"),
    Column("bill_no", Encrypted("mutual_aid_claims.bill_no")),
    Column("event_key", String(64)),
)
# what a claim is for is claimed once of a plan: two that race cannot both stand
_STANDING = text("event_key IS NOT NULL AND state <> 'DECLINED'")
Index("mutual_aid_claims_event", mutual_aid_claims.c.plan, mutual_aid_claims.c.worker_id, mutual_aid_claims.c.event_key,
      unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING)
mutual_aid_claims.append_constraint(CheckConstraint(
    "paid_fen >= 0 AND (paid_fen = 0 OR paid_fen = approved_fen)", name="mutual_aid_claims_paid"))

mutual_aid_scheme_files = aggregate_table(
    "mutual_aid_scheme_files",
    metadata,
    Column("plan", String(40), nullable=False),
    Column("batch_no", String(60), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("imported_by", String(80), nullable=False),
    Column("applied", Integer, nullable=False),
    Column("errors", Json, nullable=False),
)
mutual_aid_scheme_files.append_constraint(UniqueConstraint(
    mutual_aid_scheme_files.c.org_path, mutual_aid_scheme_files.c.plan, mutual_aid_scheme_files.c.batch_no))

mutual_aid_scheme_accounts = aggregate_table(
    "mutual_aid_scheme_accounts",
    metadata,
    Column("plan", String(40), nullable=False),
    Column("account_name", String(100), nullable=False),
    Column("bank_name", String(100), nullable=False),
    Column("account_number", Encrypted("mutual_aid_scheme_accounts.account_number"), nullable=False),
    Column("set_by", String(80), nullable=False),
)
mutual_aid_scheme_accounts.append_constraint(UniqueConstraint(
    mutual_aid_scheme_accounts.c.org_path, mutual_aid_scheme_accounts.c.plan))

mutual_aid_union_shares = aggregate_table(
    "mutual_aid_union_shares",
    metadata,
    Column("enrolment_id", String(36), ForeignKey("mutual_aid_enrolments.id"), nullable=False),
    Column("plan", String(40), nullable=False),
    fen("amount_fen"),
    Column("fund_id", String(36), ForeignKey("funds.id"), nullable=False),
    Column("account_id", String(36), ForeignKey("mutual_aid_scheme_accounts.id"), nullable=False, index=True),
    Column("document_no", String(60), nullable=False),
    Column("approved_by", String(80), nullable=False),
    Column("paid_on", Date),
    Column("note", String(300)),
    Column("tier", String(20), nullable=False),
)
mutual_aid_union_shares.append_constraint(CheckConstraint("amount_fen > 0", name="mutual_aid_union_shares_positive"))
# of an enrolment the union bears its share once: two approvals that race cannot both reserve it
_BORNE = mutual_aid_union_shares.c.state.in_(BORNE)
Index("mutual_aid_union_shares_once", mutual_aid_union_shares.c.enrolment_id, unique=True, sqlite_where=_BORNE,
      postgresql_where=_BORNE)

map_aggregate(mappers, Enrolment, mutual_aid_enrolments)
map_aggregate(mappers, MutualAidClaim, mutual_aid_claims)
map_aggregate(mappers, SchemeFile, mutual_aid_scheme_files)
map_aggregate(mappers, SchemeAccount, mutual_aid_scheme_accounts)
map_aggregate(mappers, UnionShare, mutual_aid_union_shares)
