"""Tables of budgets, transfers, corrections and year-ends of funds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.funds.budget import Budget, BudgetEdition
from services.relief.domain.funds.charge import BudgetLine
from services.relief.domain.funds.closing import YearClosing
from services.relief.domain.funds.reversal import EntryReversal
from services.relief.domain.funds.transfers import FundTransfer
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Fen, Json


def _person(name: str, *, always: bool = False) -> Column[str]:
    """An account id."""
    return Column(name, String(80), nullable=not always)


def _fund(name: str = "fund_id") -> Column[str]:
    return Column(name, String(36), ForeignKey("funds.id"), nullable=False)


def _decision() -> list[Column[Any]]:
    """Who decided, when, and why not."""
    return [_person("decided_by"), Column("decided_on", Date), Column("refused_reason", String(300))]


budgets = aggregate_table(
    "budgets",
    metadata,
    Column("budget_no", String(32), nullable=False, unique=True),
    _fund(),
    Column("year", Integer, nullable=False),
    _person("drafted_by", always=True),
    Column("lines", Json, nullable=False),
    _person("submitted_by"),
    Column("sent_back_reason", String(300)),
    _person("approved_by"),
    Column("approved_on", Date),
    Column("revision_lines", Json),
    Column("revision_reason", String(300)),
    _person("revised_by"),
)
budgets.append_constraint(UniqueConstraint("fund_id", "year"))

budget_editions = Table(
    "budget_editions",
    metadata,
    key(primary_key=True),
    Column("budget_id", String(36), ForeignKey("budgets.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("lines", Json, nullable=False),
    Column("reason", String(300), nullable=False),
    _person("proposed_by", always=True),
    _person("approved_by", always=True),
    Column("approved_on", Date, nullable=False),
)

budget_lines = Table(
    "budget_lines",
    metadata,
    Column("fund_id", String(36), ForeignKey("funds.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("purpose", String(32), primary_key=True),
    Column("approved_fen", Fen),
    fen("committed_fen"),
    fen("paid_fen"),
    CheckConstraint("paid_fen >= 0 AND committed_fen >= paid_fen", name="budget_lines_committed"),
    CheckConstraint("approved_fen IS NULL OR committed_fen <= approved_fen", name="budget_lines_within"),
)

fund_transfers = aggregate_table(
    "fund_transfers",
    metadata,
    Column("transfer_no", String(32), nullable=False, unique=True),
    _fund("from_fund_id"),
    _fund("to_fund_id"),
    fen("amount_fen"),
    Column("reason", String(300), nullable=False),
    Column("document_no", String(60), nullable=False),
    _person("proposed_by", always=True),
    *_decision(),
)
fund_transfers.append_constraint(CheckConstraint("amount_fen > 0 AND from_fund_id <> to_fund_id",
                                                 name="fund_transfers_two_funds"))

entry_reversals = aggregate_table(
    "entry_reversals",
    metadata,
    _fund(),
    Column("entry_id", String(36), ForeignKey("ledger_entries.id"), nullable=False),
    key("subject_id", nullable=False),
    Column("kind", String(20), nullable=False),
    fen("amount_fen"),
    Column("reason", String(300), nullable=False),
    _person("proposed_by", always=True),
    *_decision(),
)
_STANDS = entry_reversals.c.state != "REFUSED"
Index("entry_reversals_once", entry_reversals.c.subject_id, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)

year_closings = aggregate_table(
    "year_closings",
    metadata,
    _fund(),
    Column("year", Integer, nullable=False),
    _person("proposed_by", always=True),
    Column("carried_reason", String(300)),
    Column("carried_count", Integer, nullable=False),
    fen("carried_fen"),
    Column("figures", Json, nullable=False),
    *_decision(),
)
_LIVES = year_closings.c.state != "REFUSED"
Index("year_closings_once", year_closings.c.fund_id, year_closings.c.year, unique=True, sqlite_where=_LIVES,
      postgresql_where=_LIVES)

carried_reservations = Table(
    "carried_reservations",
    metadata,
    Column("closing_id", String(36), ForeignKey("year_closings.id"), primary_key=True),
    key("id", primary_key=True),
    Column("purpose", String(32), nullable=False),
    Column("about_kind", String(40), nullable=False),
    key("about_id", nullable=False),
    Column("about_part", String(60), nullable=False),
    fen("amount_fen"),
)

mappers.map_imperatively(BudgetLine, budget_lines)
mappers.map_imperatively(BudgetEdition, budget_editions)
map_aggregate(mappers, Budget, budgets, editions=parts(BudgetEdition, budget_editions.c.number))
map_aggregate(mappers, FundTransfer, fund_transfers)
map_aggregate(mappers, EntryReversal, entry_reversals)
map_aggregate(mappers, YearClosing, year_closings)
