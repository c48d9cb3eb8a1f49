"""Tables of school places."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.schools.request import PlacementRequest
from services.relief.domain.schools.school import TermSchool
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Json

term_schools = aggregate_table(
    "term_schools",
    metadata,
    Column("term", String(11), nullable=False),
    Column("name", String(100), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("division", String(12), nullable=False),
    Column("quota", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("outlet_id", String(36), ForeignKey("outlets.id"), index=True),
)
term_schools.append_constraint(UniqueConstraint("org_path", "term", "stage", "name"))
term_schools.append_constraint(CheckConstraint("taken >= 0 AND taken <= quota", name="term_schools_within_quota"))

placement_requests = aggregate_table(
    "placement_requests",
    metadata,
    Column("request_no", String(32), nullable=False, unique=True),
    Column("term", String(11), nullable=False),
    Column("stage", String(10), nullable=False),
    key("worker_id", nullable=False, index=True),
    Column("basis", String(10), nullable=False),
    Column("division", String(12), nullable=False),
    Column("child_name", Encrypted("placement_requests.child_name"), nullable=False),
    Column("child_id_number", Encrypted("placement_requests.child_id_number"), nullable=False),
    Column("child_key", String(64)),
    Column("requested_by", String(80), nullable=False),
    Column("metres", Json, nullable=False),
    Column("consent_no", String(60)),
    Column("consented_on", Date),
    Column("school_id", String(36), ForeignKey("term_schools.id"), index=True),
    Column("offered_until", Date),
    Column("enrolled_on", Date),
    Column("left_on", Date),
    Column("reason", String(300)),
)
# what was withdrawn has lost its key: the child may apply again
_KEYED = text("child_key IS NOT NULL")
Index("placement_requests_child", placement_requests.c.term, placement_requests.c.child_key, unique=True,
      sqlite_where=_KEYED, postgresql_where=_KEYED)
Index("placement_requests_waiting", placement_requests.c.term, placement_requests.c.state)

map_aggregate(mappers, TermSchool, term_schools)
map_aggregate(mappers, PlacementRequest, placement_requests)
