"""Tables of care platforms."""

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
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    text,
)

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.partner import Outlet, Partner
from services.relief.domain.platforms.redemption import Redemption
from services.relief.domain.platforms.settlement import CareSettlement
from services.relief.domain.platforms.visit import CareVisit
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Fen, Instant, Json

partners = aggregate_table(
    "partners",
    metadata,
    Column("partner_no", String(32), nullable=False, unique=True),
    Column("union_path", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("uscc", String(18)),
    Column("contact", String(60)),
    Column("account_name", String(100)),
    Column("bank_name", String(100)),
    Column("account_number", Encrypted("partners.account_number")),
    Column("account_set_by", String(80)),
    Column("account_confirmed_by", String(80)),
    Column("account_note", String(300)),
    Column("new_account_name", String(100)),
    Column("new_bank_name", String(100)),
    Column("new_account_number", Encrypted("partners.new_account_number")),
    Column("new_account_by", String(80)),
    Column("new_account_note", String(300)),
    Column("state_reason", String(300)),
    key("employer_id"),
    Column("focus", String(100)),
)

outlets = aggregate_table(
    "outlets",
    metadata,
    Column("partner_id", String(36), ForeignKey("partners.id"), nullable=False),
    Column("code", String(24), nullable=False),
    Column("name", String(100), nullable=False),
    Column("address", String(200)),
)
outlets.append_constraint(UniqueConstraint("partner_id", "code"))

partner_agreements = aggregate_table(
    "partner_agreements",
    metadata,
    Column("agreement_no", String(32), nullable=False, unique=True),
    Column("partner_id", String(36), ForeignKey("partners.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("union_bp", Integer),
    Column("partner_bp", Integer),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("drafted_by", String(80), nullable=False),
    Column("signed_by", String(80)),
    Column("signed_by_partner", String(60)),
    Column("signed_on", Date),
    Column("ended_reason", String(300)),
    Column("capabilities", Json, nullable=False),
)
partner_agreements.append_constraint(UniqueConstraint("partner_id", "edition"))
partner_agreements.append_constraint(CheckConstraint(
    "(union_bp IS NULL AND partner_bp IS NULL) OR union_bp + partner_bp = 10000", name="partner_agreements_whole"))

care_cards = aggregate_table(
    "care_cards",
    metadata,
    Column("card_no", String(16), unique=True),
    Column("kind", String(20), nullable=False),
    key("worker_id", nullable=False, index=True),
    Column("file_id", String(36), ForeignKey("hardship_files.id"), index=True),
    Column("basis_no", String(60)),
    Column("pin", Encrypted("care_cards.pin")),
    Column("monthly_limit_fen", Fen),
    Column("yearly_limit_fen", Fen),
    Column("valid_to", Date),
    Column("ends_on", Date),
    Column("requested_by", String(80), nullable=False),
    Column("issued_by", String(80)),
    Column("activated_at", Instant),
    Column("stopped_at", Instant),
    Column("reason", String(300)),
    key("replaces_id"),
    key("replaced_by_id"),
)
_LIVE = text("state IN ('REQUESTED', 'ISSUED', 'ACTIVE', 'FROZEN')")
Index("care_cards_one", care_cards.c.worker_id, care_cards.c.kind, unique=True, sqlite_where=_LIVE,
      postgresql_where=_LIVE)

#: how much of a daily quota (grams) or a card's limit (fen) a worker has used in a day, month or year
care_uses = Table(
    "care_uses",
    metadata,
    key("worker_id", nullable=False),
    Column("what", String(32), nullable=False),
    Column("period", String(10), nullable=False),
    Column("used", BigInteger, nullable=False),
    PrimaryKeyConstraint("worker_id", "what", "period"),
    CheckConstraint("used >= 0", name="care_uses_never_negative"),
)

redemptions = aggregate_table(
    "redemptions",
    metadata,
    Column("source", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("outlet_id", String(36), ForeignKey("outlets.id"), nullable=False),
    key("partner_id", nullable=False, index=True),
    Column("agreement_id", String(36), ForeignKey("partner_agreements.id"), nullable=False),
    Column("till_no", String(40), nullable=False),
    Column("content", String(64), nullable=False),
    Column("card_id", String(36), ForeignKey("care_cards.id"), index=True),
    key("worker_id", index=True),
    Column("card_kind", String(20)),
    Column("term", String(20)),
    Column("pupils", Integer),
    Column("request_nos", Json),
    Column("items", Json, nullable=False),
    *[fen(f"{name}_fen") for name in ("total", "union", "partner")],
    Column("redeemed_at", Instant, nullable=False),
    Column("redeemed_on", Date, nullable=False),
    Column("is_offline", Boolean, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("reversal_reason", String(300)),
    Column("reversal_proposed_by", String(80)),
    Column("reversed_by", String(80)),
    Column("reversed_on", Date),
    key("settlement_id", index=True),
    key("credit_settlement_id", index=True),
    key("order_id"),
)
redemptions.append_constraint(UniqueConstraint("outlet_id", "till_no"))
redemptions.append_constraint(CheckConstraint(
    "total_fen > 0 AND union_fen >= 0 AND partner_fen >= 0 AND total_fen = union_fen + partner_fen",
    name="redemptions_whole"))
Index("redemptions_open", redemptions.c.agreement_id, redemptions.c.state, redemptions.c.settlement_id,
      redemptions.c.redeemed_on)
_CHARGED = text("term IS NOT NULL AND state <> 'REVERSED'")
Index("redemptions_term", redemptions.c.outlet_id, redemptions.c.term, unique=True, sqlite_where=_CHARGED,
      postgresql_where=_CHARGED)

care_visits = aggregate_table(
    "care_visits",
    metadata,
    Column("outlet_id", String(36), ForeignKey("outlets.id"), nullable=False),
    key("partner_id", nullable=False),
    Column("agreement_id", String(36), ForeignKey("partner_agreements.id"), nullable=False),
    Column("till_no", String(40), nullable=False),
    Column("content", String(64), nullable=False),
    Column("card_id", String(36), ForeignKey("care_cards.id"), nullable=False),
    key("worker_id", nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("department", Encrypted("care_visits.department"), nullable=False),
    fen("discount_fen"),
    Column("entered_by", String(80), nullable=False),
    Column("health_file_no", Encrypted("care_visits.health_file_no")),
    Column("consent_no", String(60)),
)
care_visits.append_constraint(UniqueConstraint("outlet_id", "till_no"))

care_settlements = aggregate_table(
    "care_settlements",
    metadata,
    Column("settlement_no", String(32), nullable=False, unique=True),
    Column("agreement_id", String(36), ForeignKey("partner_agreements.id"), nullable=False),
    Column("partner_id", String(36), ForeignKey("partners.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("month", String(7), nullable=False),
    *[Column(f"{name}_count", Integer, nullable=False) for name in ("charges", "credits", "disputed")],
    *[fen(f"{name}_fen") for name in ("total", "union", "partner")],
    Column("drafted_by", String(80), nullable=False),
    Column("confirmed_by", String(80)),
    Column("approved_by", String(80)),
    Column("reserved_by", String(80)),
    Column("fund_id", String(36), ForeignKey("funds.id")),
    Column("document_no", String(60)),
    Column("attempts", Integer, nullable=False),
    Column("paid_on", Date),
    Column("note", String(300)),
    Column("tier", String(20), nullable=False, server_default="SAFEGUARD"),
)
care_settlements.append_constraint(CheckConstraint(
    "total_fen = union_fen + partner_fen", name="care_settlements_whole"))
_STANDING = text("state <> 'CANCELLED'")
Index("care_settlements_month", care_settlements.c.agreement_id, care_settlements.c.month, unique=True,
      sqlite_where=_STANDING, postgresql_where=_STANDING)

#: `id` is the redemption's; the index below is what settles a redemption once
settlement_lines = Table(
    "settlement_lines",
    metadata,
    key(nullable=False),
    Column("org_path", String(200), nullable=False),
    Column("settlement_id", String(36), ForeignKey("care_settlements.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    key("outlet_id", nullable=False),
    Column("till_no", String(40), nullable=False),
    Column("redeemed_on", Date, nullable=False),
    *[fen(f"{name}_fen") for name in ("total", "union", "partner")],
    Column("dispute_reason", String(300)),
    Column("disputed_by", String(80)),
    Column("resolution", String(300)),
    Column("resolved_by", String(80)),
    PrimaryKeyConstraint("settlement_id", "id"),
)
_IN = text("state <> 'REMOVED'")
Index("settlement_lines_once", settlement_lines.c.id, settlement_lines.c.kind, unique=True, sqlite_where=_IN,
      postgresql_where=_IN)

for aggregate, table in ((Partner, partners), (Outlet, outlets), (PartnerAgreement, partner_agreements),
                         (CareCard, care_cards), (Redemption, redemptions), (CareVisit, care_visits),
                         (CareSettlement, care_settlements)):
    map_aggregate(mappers, aggregate, table)
