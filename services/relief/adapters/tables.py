"""Relief's tables."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import registry

from services.relief.domain.fund import FundAccount
from services.relief.domain.hardship_file import HardshipFile, Member
from services.relief.domain.ledger import LedgerEntry
from services.relief.domain.wage_advance import AdvanceLine, Repayment, WageAdvance
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.referrals import referral_table
from shared.store.types import Fen, Instant, Json

metadata = MetaData()
mappers = registry(metadata=metadata)


def _fen(name: str) -> Column[int]:
    return Column(name, Fen, nullable=False)


funds = aggregate_table(
    "funds",
    metadata,
    Column("fund_no", String(32), nullable=False, unique=True),
    Column("source", String(32), nullable=False),
    Column("name", String(100), nullable=False),
    Column("intents", Json, nullable=False),
    Column("receivable_limit_fen", Fen),
    *[_fen(f"{name}_fen") for name in ("received", "available", "reserved", "receivable", "paid", "written_off")],
    Column("entries_count", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("frozen_reason", String(300)),
)
funds.append_constraint(CheckConstraint(
    "available_fen >= 0 AND reserved_fen >= 0 AND receivable_fen >= 0", name="funds_never_negative"))
funds.append_constraint(CheckConstraint("paid_fen >= 0 AND written_off_fen >= 0", name="funds_spent_never_negative"))
funds.append_constraint(CheckConstraint(
    "received_fen = available_fen + reserved_fen + receivable_fen + paid_fen + written_off_fen", name="funds_balanced"))

ledger_entries = Table(
    "ledger_entries",
    metadata,
    key(primary_key=True),
    Column("fund_id", String(36), ForeignKey("funds.id"), nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("debit", String(20), nullable=False),
    Column("credit", String(20), nullable=False),
    _fen("amount_fen"),
    Column("document_no", String(60), nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False),
    Column("about_part", String(60), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("fund_id", "number"),
    CheckConstraint("amount_fen > 0", name="ledger_entries_positive"),
    CheckConstraint("debit <> credit", name="ledger_entries_two_accounts"),
)
# the same part of the same matter can be advanced, repaid, written off or received once; later kinds repeat lawfully
_ONCE = ledger_entries.c.kind.in_(("RECEIVED", "ADVANCED", "REPAID", "WRITTEN_OFF"))
Index("ledger_entries_once", ledger_entries.c.about_id, ledger_entries.c.kind, ledger_entries.c.about_part, unique=True,
      sqlite_where=_ONCE, postgresql_where=_ONCE)
_BY_RECEIPT = ledger_entries.c.kind.in_(("RECEIVED", "REPAID"))
Index("ledger_entries_receipt", ledger_entries.c.org_path, ledger_entries.c.kind, ledger_entries.c.document_no,
      unique=True, sqlite_where=_BY_RECEIPT, postgresql_where=_BY_RECEIPT)

wage_advances = aggregate_table(
    "wage_advances",
    metadata,
    Column("advance_no", String(32), nullable=False, unique=True),
    key("dispute_id", nullable=False, index=True),
    key("employer_id", nullable=False, index=True),
    Column("reason", String(300), nullable=False),
    _fen("total_fen"),
    Column("proposed_by", String(80), nullable=False),
    key("request_id", unique=True),
    Column("is_emergency", Boolean, nullable=False),
    Column("approved_by", String(80)),
    Column("approved_on", Date),
    Column("ratify_due_on", Date),
    Column("ratified_by", String(80)),
    Column("ratified_on", Date),
    Column("ratification_missed", Boolean, nullable=False),
    Column("refused_reason", String(500)),
    Column("alternatives", Json, nullable=False),
    Column("signer", String(60)),
    Column("signed_on", Date),
    Column("repay_due_on", Date, index=True),
    Column("evidence_no", String(60)),
    Column("assignment_no", String(60)),
    Column("fund_id", String(36), ForeignKey("funds.id")),
    Column("document_no", String(60)),
    Column("disbursed_by", String(80)),
    Column("disbursed_on", Date),
    *[_fen(f"{name}_fen") for name in ("disbursed", "repaid", "written_off")],
    Column("recovery_note", String(300)),
    Column("write_off_reason", String(300)),
    Column("write_off_evidence_no", String(60)),
    Column("write_off_proposed_by", String(80)),
    Column("written_off_by", String(80)),
)
wage_advances.append_constraint(CheckConstraint(
    "repaid_fen >= 0 AND repaid_fen + written_off_fen <= disbursed_fen AND disbursed_fen <= total_fen",
    name="wage_advances_balanced"))

wage_advance_lines = Table(
    "wage_advance_lines",
    metadata,
    key(primary_key=True),
    Column("advance_id", String(36), ForeignKey("wage_advances.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    key("claim_id", nullable=False),
    key("worker_id", nullable=False, index=True),
    _fen("claimed_fen"),
    _fen("advanced_fen"),
    Column("is_refused", Boolean, nullable=False),
    Column("cash_receipt_no", String(60)),
    CheckConstraint("advanced_fen > 0 AND (is_refused OR advanced_fen <= claimed_fen)",
                    name="wage_advance_lines_within_claim"),
)
# written as text: comparing with 1 or with TRUE would suit only one of the two databases
_HELD = text("NOT is_refused")
Index("wage_advance_lines_claim", wage_advance_lines.c.claim_id, unique=True, sqlite_where=_HELD,
      postgresql_where=_HELD)

repayments = Table(
    "repayments",
    metadata,
    key(primary_key=True),
    Column("advance_id", String(36), ForeignKey("wage_advances.id"), nullable=False, index=True),
    Column("receipt_no", String(60), nullable=False),
    _fen("amount_fen"),
    Column("repaid_on", Date, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    UniqueConstraint("advance_id", "receipt_no"),
)

hardship_files = aggregate_table(
    "hardship_files",
    metadata,
    Column("file_no", String(32), nullable=False, unique=True),
    Column("level", String(20), nullable=False),
    key("head_worker_id", nullable=False, index=True),
    Column("main_cause", String(40), nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("other_causes", Json, nullable=False),
    _fen("income12_fen"),
    Column("rigid", Json, nullable=False),
    _fen("accident_cost_fen"),
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
    Column("reason", String(500)),
)

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
)
_OPEN = text("is_open")
Index("hardship_members_open", hardship_members.c.worker_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

referral_table(metadata)

mappers.map_imperatively(LedgerEntry, ledger_entries)
mappers.map_imperatively(AdvanceLine, wage_advance_lines)
mappers.map_imperatively(Repayment, repayments)
mappers.map_imperatively(Member, hardship_members)
map_aggregate(mappers, FundAccount, funds)
map_aggregate(mappers, WageAdvance, wage_advances, lines=parts(AdvanceLine, wage_advance_lines.c.position),
              repayments=parts(Repayment, repayments.c.id))
map_aggregate(mappers, HardshipFile, hardship_files, members=parts(Member, hardship_members.c.position))
