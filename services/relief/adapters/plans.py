"""Tables of assistance plans and pair-ups."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.plans.assistance_plan import AssistancePlan, Step
from services.relief.domain.plans.pair_up import Contact, PairUp
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts

assistance_plans = aggregate_table(
    "assistance_plans",
    metadata,
    Column("plan_no", String(32), nullable=False, unique=True),
    Column("file_id", String(36), ForeignKey("hardship_files.id"), nullable=False, index=True),
    key("worker_id", nullable=False, index=True),
    Column("goal", String(300), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("revises_id", String(36), ForeignKey("assistance_plans.id")),
    key("revised_by_id"),
    Column("ended_on", Date),
    Column("reason", String(500)),
)

assistance_steps = Table(
    "assistance_steps",
    metadata,
    key(primary_key=True),
    Column("plan_id", String(36), ForeignKey("assistance_plans.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("what", String(300), nullable=False),
    Column("owner_id", String(80), nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    key("worker_id"),
    Column("state", String(20), nullable=False),
    Column("done_on", Date),
    Column("outcome", String(500)),
    key("placement_id"),
    Column("is_overdue", Boolean, nullable=False),
    Column("referred_to", String(20)),
    Column("result", String(20)),
)
Index("assistance_steps_due", assistance_steps.c.state, assistance_steps.c.due_on)

pair_ups = aggregate_table(
    "pair_ups",
    metadata,
    Column("pair_no", String(32), nullable=False, unique=True),
    Column("file_id", String(36), ForeignKey("hardship_files.id"), nullable=False, index=True),
    Column("cadre_id", String(80), nullable=False, index=True),
    Column("rank", String(20), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("contact_due_on", Date, nullable=False),
    Column("is_overdue", Boolean, nullable=False),
    Column("contacts_missed", Integer, nullable=False),
    Column("to_on", Date),
    Column("reason", String(300)),
    Column("follows_id", String(36), ForeignKey("pair_ups.id")),
    key("followed_by_id"),
)
_ACTIVE = text("state = 'ACTIVE'")
Index("pair_ups_active", pair_ups.c.file_id, pair_ups.c.cadre_id, unique=True, sqlite_where=_ACTIVE,
      postgresql_where=_ACTIVE)
Index("pair_ups_due", pair_ups.c.state, pair_ups.c.contact_due_on)

pair_contacts = Table(
    "pair_contacts",
    metadata,
    key(primary_key=True),
    Column("pair_id", String(36), ForeignKey("pair_ups.id"), nullable=False, index=True),
    Column("contacted_on", Date, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("note", Encrypted("pair_contacts.note"), nullable=False),
    Column("recorded_by", String(80), nullable=False),
)

mappers.map_imperatively(Step, assistance_steps)
mappers.map_imperatively(Contact, pair_contacts)
map_aggregate(mappers, AssistancePlan, assistance_plans, steps=parts(Step, assistance_steps.c.position))
map_aggregate(mappers, PairUp, pair_ups, contacts=parts(Contact, pair_contacts.c.contacted_on))
