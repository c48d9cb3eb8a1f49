"""The table of referrals, the same in each service that takes them.

The class is mapped once, to a table without a schema: each service's own connection decides whose rows it sees.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, MetaData, String, Table
from sqlalchemy.orm import registry

from shared.kernel.referral import Referral
from shared.store.mapping import aggregate_table, key, map_aggregate

_mappers = registry()

referrals = aggregate_table(
    "referrals",
    _mappers.metadata,
    key("visit_id", nullable=False, index=True),
    Column("visit_no", String(19), nullable=False),
    Column("matter", String(40), nullable=False),
    Column("headcount", Integer, nullable=False),
    key("worker_id"),
    Column("routed_on", Date, nullable=False),
    Column("accept_due_on", Date, nullable=False),
    Column("refuse_due_on", Date, nullable=False),
    key("record_id"),
    Column("handled_by", String(80)),
    Column("reason", String(300)),
    Column("outcome", String(300)),
)

map_aggregate(_mappers, Referral, referrals)


def referral_table(metadata: MetaData) -> Table:
    """The table in a service's own metadata, for its migrations."""
    return referrals.to_metadata(metadata)
