"""Tables of wage advances."""

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
from services.relief.domain.advances.employer_payment import EmployerPayment
from services.relief.domain.advances.wage_advance import AdvanceLine, Repayment, WageAdvance
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Fen, Json

wage_advances = aggregate_table(
    "wage_advances",
    metadata,
    Column("advance_no", String(32), nullable=False, unique=True),
    key("dispute_id", nullable=False, index=True),
    key("employer_id", nullable=False, index=True),
    Column("reason", String(300), nullable=False),
    fen("total_fen"),
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
    *[fen(f"{name}_fen") for name in ("disbursed", "repaid", "written_off")],
    Column("recovery_note", String(300)),
    Column("write_off_reason", String(300)),
    Column("write_off_evidence_no", String(60)),
    Column("write_off_proposed_by", String(80)),
    Column("written_off_by", String(80)),
    Column("next_remind_on", Date, index=True),
    *[Column(name, Json, nullable=False, server_default=text("'[]'")) for name in ("extensions", "day_corrections")],
    key("recovery_id"),
    Column("recovery_stage", String(20)),
    Column("tier", String(20), nullable=False, server_default="EMERGENCY"),
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
    fen("claimed_fen"),
    fen("advanced_fen"),
    Column("is_refused", Boolean, nullable=False),
    Column("cash_receipt_no", String(60)),
    *[Column(f"{name}_fen", Fen, nullable=False, server_default=text("0")) for name in ("employer_paid", "most")],
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
    fen("amount_fen"),
    Column("repaid_on", Date, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    UniqueConstraint("advance_id", "receipt_no"),
)

#: append-only: the database refuses any change of a row (migration 0027)
employer_payments = Table(
    "employer_payments",
    metadata,
    key(primary_key=True),
    Column("advance_id", String(36), ForeignKey("wage_advances.id"), nullable=False, index=True),
    key("claim_id", nullable=False, index=True),
    fen("amount_fen"),
    Column("evidence_no", String(60), nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("reverses_id", String(36), ForeignKey("employer_payments.id"), unique=True),
    Column("reason", String(300)),
)

mappers.map_imperatively(AdvanceLine, wage_advance_lines)
mappers.map_imperatively(Repayment, repayments)
mappers.map_imperatively(EmployerPayment, employer_payments)
map_aggregate(mappers, WageAdvance, wage_advances, lines=parts(AdvanceLine, wage_advance_lines.c.position),
              repayments=parts(Repayment, repayments.c.id),
              employer_payments=parts(EmployerPayment, employer_payments.c.id))
