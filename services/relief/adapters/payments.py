"""Tables of payments: lines are plain rows, changed many at a time."""

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
)

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.payments.batch import PaymentBatch
from services.relief.domain.payments.correction import PaymentCorrection
from services.relief.domain.payments.job import Job
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, part_table, parts
from shared.store.types import Fen, Instant

payment_lines = Table(
    "payment_lines",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False, index=True),
    Column("fund_id", String(36), ForeignKey("funds.id"), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("state", String(20), nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False),
    Column("about_part", String(60), nullable=False),
    Column("payee_kind", String(20), nullable=False),
    key("payee_id", nullable=False, index=True),
    fen("amount_fen"),
    Column("document_no", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
    key("batch_id"),
    Column("fault", String(20)),
    Column("paid_on", Date),
    Column("reason", String(300)),
    UniqueConstraint("about_kind", "about_id", "about_part"),
    Column("recovered_fen", Fen, nullable=False, server_default="0"),
    Column("due_from", Date),
    Column("written_off_fen", Fen, nullable=False, server_default="0"),
    Column("tier", String(20), nullable=False, server_default="SAFEGUARD"),
    Column("fault_note", String(1000)),
    CheckConstraint("amount_fen > 0", name="payment_lines_positive"),
    CheckConstraint("recovered_fen >= 0 AND recovered_fen <= amount_fen", name="payment_lines_recovered"),
    CheckConstraint("written_off_fen >= 0 AND recovered_fen + written_off_fen <= amount_fen",
                    name="payment_lines_written_off"),
)
#: what of a payment the payee still has: what was recovered is taken off, what was written off was given
LEFT_FEN = payment_lines.c.amount_fen - payment_lines.c.recovered_fen
Index("payment_lines_waiting", payment_lines.c.fund_id, payment_lines.c.state)
# chunks walk a batch by id
Index("payment_lines_batch", payment_lines.c.batch_id, payment_lines.c.id)

#: the papers that lists rest on, a matter each: within it a line's key counts once
payment_matters = Table(
    "payment_matters",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False),
    Column("document_no", String(60), nullable=False),
    # as numbers of papers are compared: width, case and spaces make no other paper
    Column("document_key", String(200), nullable=False),
    UniqueConstraint("org_path", "document_no"),
    Index("payment_matters_paper", "org_path", "document_key", unique=True),
)

payment_batches = aggregate_table(
    "payment_batches",
    metadata,
    Column("batch_no", String(32), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("fund_id", String(36), ForeignKey("funds.id"), nullable=False, index=True),
    Column("purpose", String(32), nullable=False),
    Column("file_format", String(20), nullable=False),
    Column("message_id", String(35), nullable=False, unique=True),
    Column("drafted_by", String(80), nullable=False),
    Column("document_no", String(60)),
    key("matter_id"),
    Column("is_collective", Boolean, nullable=False),
    Column("about_kind", String(40)),
    Column("most_lines", Integer),
    Column("declared_count", Integer),
    Column("declared_fen", Fen),
    *[Column(f"{name}_count", Integer, nullable=False) for name in (
        "requests", "lines", "faults", "paid", "failed", "unknown", "returned", "recovered")],
    *[fen(f"{name}_fen") for name in ("total", "paid", "failed", "unknown", "returned", "recovered")],
    *[Column(f"{step}_by", String(80)) for step in ("checked", "approved", "sent")],
    Column("sent_on", Date),
    Column("outcome_due_on", Date),
    Column("bank_receipt_no", String(60)),
    Column("statement_no", String(60)),
    Column("reason", String(300)),
)
payment_batches.append_constraint(CheckConstraint(
    "paid_count + failed_count + unknown_count <= lines_count", name="payment_batches_counted"))

#: of a line's payee the account that the last check saw, the number masked
payment_accounts_seen = Table(
    "payment_accounts_seen",
    metadata,
    Column("line_id", String(36), ForeignKey("payment_lines.id"), primary_key=True),
    Column("seen", String(150), nullable=False),
)

#: who sent lines to a batch or took some out, each once; the database refuses to change or remove a row
payment_authors = Table(
    "payment_authors",
    metadata,
    Column("batch_id", String(36), ForeignKey("payment_batches.id"), primary_key=True),
    Column("account_id", String(80), primary_key=True),
    Column("created_at", Instant, nullable=False),
)

payment_jobs = part_table(
    "payment_jobs",
    metadata,
    "payment_batches",
    Column("kind", String(20), nullable=False),
    key("subject_id"),
    Column("cursor", String(36), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("started_by", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("progress_at", Instant, nullable=False),
    Column("lease_owner", String(80)),
    Column("lease_until", Instant, nullable=False),
    Column("stuck_since", Instant),
    Column("reason", String(300)),
    Column("finished_at", Instant),
)
Index("payment_jobs_open", payment_jobs.c.lease_until, sqlite_where=payment_jobs.c.finished_at.is_(None),
      postgresql_where=payment_jobs.c.finished_at.is_(None))

payment_files = Table(
    "payment_files",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False, index=True),
    Column("batch_id", String(36), ForeignKey("payment_batches.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("message_id", String(35), nullable=False, unique=True),
    Column("file_format", String(20), nullable=False),
    Column("file_name", String(100), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("lines_count", Integer, nullable=False),
    fen("total_fen"),
    key("first_line_id", nullable=False),
    key("last_line_id", nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Encrypted("payment_files.content"), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("batch_id", "number"),
)

payment_returns = Table(
    "payment_returns",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False, index=True),
    Column("batch_id", String(36), ForeignKey("payment_batches.id"), nullable=False),
    Column("message_id", String(35), nullable=False),
    Column("file_format", String(20), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("lines_count", Integer, nullable=False),
    fen("accepted_fen"),
    fen("rejected_fen"),
    fen("returned_fen"),
    Column("loaded_by", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("batch_id", "sha256"),
)

payment_return_lines = Table(
    "payment_return_lines",
    metadata,
    key("return_id", ForeignKey("payment_returns.id"), primary_key=True),
    key("line_id", primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("told_on", Date, nullable=False),
    Column("reason", String(300)),
)

#: lines that have left a batch, and why: REMOVED, REJECTED by the bank, RETURNED by it
payment_departures = Table(
    "payment_departures",
    metadata,
    key(primary_key=True),
    key("batch_id", nullable=False, index=True),
    key("line_id", nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("reason", String(300)),
    Column("at", Instant, nullable=False),
)

payment_corrections = aggregate_table(
    "payment_corrections",
    metadata,
    Column("line_id", String(36), ForeignKey("payment_lines.id"), nullable=False),
    Column("batch_id", String(36), ForeignKey("payment_batches.id"), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    fen("amount_fen"),
    Column("document_no", String(60), nullable=False),
    Column("on", Date, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("confirmed_by", String(80)),
    Column("refusal", String(300)),
)
_OPEN = payment_corrections.c.state == "PROPOSED"
Index("payment_corrections_one_open", payment_corrections.c.line_id, unique=True, sqlite_where=_OPEN,
      postgresql_where=_OPEN)

# a receipt for money that came back counts once for a payment
_RECEIVED = (payment_corrections.c.outcome == "RECOVERED") & (payment_corrections.c.state != "REFUSED")
Index("payment_corrections_receipt", payment_corrections.c.line_id, payment_corrections.c.document_no, unique=True,
      sqlite_where=_RECEIVED, postgresql_where=_RECEIVED)

mappers.map_imperatively(Job, payment_jobs)
map_aggregate(mappers, PaymentBatch, payment_batches, jobs=parts(Job, payment_jobs.c.number))
map_aggregate(mappers, PaymentCorrection, payment_corrections)
