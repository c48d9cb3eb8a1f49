"""Membership's tables."""

from __future__ import annotations

from sqlalchemy import Column, Date, MetaData, String
from sqlalchemy.orm import registry

from services.membership.domain.employer import Employer
from services.membership.domain.membership import Membership
from services.membership.domain.organisation import Organisation
from services.membership.domain.worker import Worker
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.referrals import referral_table

metadata = MetaData()
mappers = registry(metadata=metadata)

organisations = aggregate_table(
    "organisations",
    metadata,
    Column("name", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("uscc", String(18)),
)

employers = aggregate_table(
    "employers",
    metadata,
    Column("uscc", String(18), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
)

workers = aggregate_table(
    "workers",
    metadata,
    Column("name", String(60), nullable=False, index=True),
    Column("id_number", Encrypted("workers.id_number"), nullable=False),
    Column("id_index", String(64), nullable=False, unique=True),
    Column("phone", Encrypted("workers.phone")),
    Column("bank_card", Encrypted("workers.bank_card")),
    Column("bank_card_index", String(64), unique=True, index=True),
    Column("bank_name", String(60)),
    Column("bank_holder", Encrypted("workers.bank_holder")),
    Column("died_on", Date),
    Column("death_evidence_kind", String(20)),
    Column("death_evidence_no", Encrypted("workers.death_evidence_no")),
    Column("death_recorded_by", String(80)),
    Column("registration", String(20), nullable=False),
    Column("employment", String(20), nullable=False),
    key("employer_id", index=True),
)

memberships = aggregate_table(
    "memberships",
    metadata,
    key("worker_id", nullable=False, index=True),
    Column("admitted_on", Date),
    Column("reason", String(300)),
)

referral_table(metadata)

map_aggregate(mappers, Organisation, organisations)
map_aggregate(mappers, Employer, employers)
map_aggregate(mappers, Worker, workers)
map_aggregate(mappers, Membership, memberships)
