"""Tables of funds and their ledger."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import LedgerEntry
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Fen, Instant, Json

funds = aggregate_table(
    "funds",
    metadata,
    Column("fund_no", String(32), nullable=False, unique=True),
    Column("source", String(32), nullable=False),
    Column("name", String(100), nullable=False),
    Column("intents", Json, nullable=False),
    Column("receivable_limit_fen", Fen),
    *[fen(f"{name}_fen") for name in ("received", "available", "reserved", "receivable", "paid", "written_off")],
    Column("entries_count", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("frozen_reason", String(300)),
    Column("first_year", Integer, nullable=False),
    Column("closed_year", Integer),
    Column("intent_until", Date),
    Column("intent_note", String(300)),
    Column("account_name", String(100)),
    Column("bank_name", String(100)),
    Column("bank_code", String(12)),
    Column("account_number", Encrypted("funds.account_number")),
    Column("floor_fen", Fen),
    Column("floor_from", Integer),
    Column("floor_to", Integer),
    Column("floor_document", String(60)),
    Column("fiscal_level", String(20)),
)
funds.append_constraint(CheckConstraint(
    "available_fen >= 0 AND reserved_fen >= 0 AND receivable_fen >= 0", name="funds_never_negative"))
funds.append_constraint(CheckConstraint(
    "fiscal_level IS NULL OR source = 'LOCAL_FISCAL'", name="funds_fiscal_level"))
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
    fen("amount_fen"),
    Column("document_no", String(60), nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False),
    Column("about_part", String(60), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("purpose", String(32)),
    Column("edition", Integer, nullable=False),
    UniqueConstraint("fund_id", "number"),
    CheckConstraint("amount_fen > 0", name="ledger_entries_positive"),
    CheckConstraint("debit <> credit", name="ledger_entries_two_accounts"),
)
# the same part of the same matter can be advanced, repaid, written off or received once; later kinds repeat lawfully
_ONCE = ledger_entries.c.kind.in_(("RECEIVED", "ADVANCED", "REPAID", "WRITTEN_OFF"))
Index("ledger_entries_once", ledger_entries.c.about_id, ledger_entries.c.kind, ledger_entries.c.about_part, unique=True,
      sqlite_where=_ONCE, postgresql_where=_ONCE)
# what a payment follows is looked up by its matter; a year's figures by fund and year
Index("ledger_entries_about", ledger_entries.c.about_id, ledger_entries.c.kind)
Index("ledger_entries_year", ledger_entries.c.fund_id, ledger_entries.c.year, ledger_entries.c.kind)
_BY_RECEIPT = ledger_entries.c.kind.in_(("RECEIVED", "REPAID"))
_BY_ADVICE = ledger_entries.c.kind == "INTEREST"
Index("ledger_entries_receipt", ledger_entries.c.org_path, ledger_entries.c.kind, ledger_entries.c.document_no,
      unique=True, sqlite_where=_BY_RECEIPT, postgresql_where=_BY_RECEIPT)
Index("ledger_entries_advice", ledger_entries.c.org_path, ledger_entries.c.document_no, unique=True,
      sqlite_where=_BY_ADVICE, postgresql_where=_BY_ADVICE)
# a repayment's receipt counts once, whether the money comes before the write-off or after
_BACK = ledger_entries.c.kind.in_(("REPAID", "LATE_REPAID"))
Index("ledger_entries_repaid", ledger_entries.c.org_path, ledger_entries.c.document_no, unique=True,
      sqlite_where=_BACK, postgresql_where=_BACK)
# of a wrong payment each part comes back by a receipt of its own
_RECOVERED = ledger_entries.c.kind == "RECOVERED"
Index("ledger_entries_recovered", ledger_entries.c.about_id, ledger_entries.c.about_part, ledger_entries.c.document_no,
      unique=True, sqlite_where=_RECOVERED, postgresql_where=_RECOVERED)

# whatever brings money in (receipt, interest, repayment, recovery, fee), its number, as it is compared, counts once
receipt_numbers = Table(
    "receipt_numbers",
    metadata,
    Column("org_path", String(200), primary_key=True),
    Column("number_hash", String(64), primary_key=True),
    Column("about", String(20), nullable=False),
    key("about_id", nullable=False, index=True),
    Column("about_no", String(40), nullable=False),
)

mappers.map_imperatively(LedgerEntry, ledger_entries)
map_aggregate(mappers, FundAccount, funds)
