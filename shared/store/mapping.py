"""Tables for aggregates: the domain's dataclasses are mapped as they are and know nothing of SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import registry, relationship
from sqlalchemy.schema import SchemaItem

from shared.kernel.aggregate import Aggregate
from shared.store.types import Instant


def key(name: str = "id", *constraints: SchemaItem, **rest: Any) -> Column[str]:
    """A column that holds an id of this service or another's."""
    return Column(name, String(36), *constraints, **rest)


def aggregate_table(name: str, metadata: MetaData, *columns: Column[Any]) -> Table:
    """A table with what every aggregate has, and `columns`."""
    return Table(
        name,
        metadata,
        key(primary_key=True),
        Column("org_path", String(200), nullable=False, index=True),
        Column("state", String(40), nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("created_at", Instant, nullable=False),
        *columns,
    )


def part_table(name: str, metadata: MetaData, parent: str, *columns: Column[Any]) -> Table:
    """A table of the parts of an aggregate, numbered within it."""
    owner = key("owner_id", ForeignKey(f"{parent}.id"), nullable=False, index=True)
    return Table(name, metadata, key(primary_key=True), owner, Column("number", Integer, nullable=False), *columns)


def map_aggregate(mappers: registry, aggregate: type[Aggregate], table: Table, **properties: Any) -> None:
    """Map `aggregate` with its version as the optimistic lock: the aggregate counts it, the database compares it."""
    mappers.map_imperatively(aggregate, table, version_id_col=table.c.version, version_id_generator=False,
                             properties=properties)


def parts(kind: type[Any], order_by: Column[Any]) -> Any:
    """The parts of an aggregate (claims, lines, obligations): loaded with it, removed with it."""
    return relationship(kind, order_by=order_by, cascade="all, delete-orphan", lazy="selectin")
