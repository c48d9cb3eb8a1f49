"""Tables of means tests."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String

from services.relief.adapters.base import fen, mappers, metadata
from services.relief.domain.means.record import MeansTest
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Json

means_tests = aggregate_table(
    "means_tests",
    metadata,
    Column("file_id", String(36), ForeignKey("hardship_files.id"), nullable=False, index=True),
    Column("file_no", String(32), nullable=False),
    key("head_worker_id", nullable=False, index=True),
    Column("tested_on", Date, nullable=False),
    Column("tested_by", String(80), nullable=False),
    Column("basis", String(10), nullable=False),
    Column("grade", String(20), nullable=False),
    Column("generation", String(4), nullable=False),
    Column("persons", Integer, nullable=False),
    *[fen(f"{name}_fen") for name in ("income12", "rigid12", "dibao")],
    Column("certainty", String(4), nullable=False),
    Column("receives_dibao", Boolean),
    Column("rule_rows", Json, nullable=False),
    Column("facts_edition", Integer, nullable=False, server_default="0"),
    Column("sealed_facts", Encrypted("means_tests.sealed_facts"), nullable=False),
    Column("sealed_steps", Encrypted("means_tests.sealed_steps"), nullable=False),
)

map_aggregate(mappers, MeansTest, means_tests)
