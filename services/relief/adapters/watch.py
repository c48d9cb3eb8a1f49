"""Tables of findings, and how far the daily search for them has come."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, String, Table, UniqueConstraint

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.watch.finding import Finding
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Instant, Json

findings = aggregate_table(
    "findings",
    metadata,
    Column("finding_no", String(32), nullable=False, unique=True),
    Column("code", String(8), nullable=False),
    Column("subject_kind", String(10), nullable=False),
    key("subject_id", nullable=False),
    Column("period", String(40), nullable=False),
    key("file_id", index=True),
    key("worker_id"),
    Column("explanation_zh", String(500), nullable=False),
    Column("explanation_en", String(500), nullable=False),
    Column("document", String(200)),
    Column("certainty", String(4)),
    Column("found_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("figures", Json, nullable=False),
    Column("is_overdue", Boolean, nullable=False),
    Column("assigned_to", String(80)),
    Column("decided_by", String(80)),
    Column("reason", String(500)),
    Column("action", String(20)),
    Column("note", String(500)),
)
findings.append_constraint(UniqueConstraint("subject_id", "code", "period", name="findings_once"))
Index("findings_waiting", findings.c.state, findings.c.due_on)

#: one row a scan: the day of its run, the last key that was looked at, None when the run is over
watch_runs = Table(
    "watch_runs",
    metadata,
    Column("scan", String(20), primary_key=True),
    Column("run_on", Date, nullable=False),
    Column("after", String(80)),
)

#: what other services told of workers, for as long as it is valid; neither names nor numbers
circumstances = Table(
    "known_circumstances",
    metadata,
    key("worker_id", primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("part", String(40), primary_key=True),
    Column("org_path", String(200), nullable=False),
    Column("is_running", Boolean, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("valid_until", Date, index=True),
)
Index("known_circumstances_scan", circumstances.c.kind, circumstances.c.is_running, circumstances.c.worker_id)

map_aggregate(mappers, Finding, findings)
