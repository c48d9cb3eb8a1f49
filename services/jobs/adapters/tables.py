"""Tables of jobs."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, MetaData, String
from sqlalchemy.orm import registry

from services.jobs.domain import intention, placement
from services.jobs.domain.intention import Intention
from services.jobs.domain.job_fair import JobFair
from services.jobs.domain.job_seeker import JobSeeker
from services.jobs.domain.placement import Placement
from services.jobs.domain.vacancy import Vacancy
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.referrals import referral_table
from shared.store.types import Fen, Json

metadata = MetaData()
mappers = registry(metadata=metadata)

job_seekers = aggregate_table(
    "job_seekers",
    metadata,
    Column("seeker_no", String(32), nullable=False, unique=True),
    key("worker_id", nullable=False, index=True),
    Column("wish", String(100), nullable=False),
    Column("skills", Json, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("unemployed_since", Date),
    Column("is_zero_employment_household", Boolean, nullable=False),
    Column("reason", String(300)),
)
_ACTIVE = job_seekers.c.state == "ACTIVE"
Index("job_seekers_one_active", job_seekers.c.worker_id, unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)

vacancies = aggregate_table(
    "vacancies",
    metadata,
    Column("vacancy_no", String(32), nullable=False, unique=True),
    key("employer_id", nullable=False, index=True),
    Column("occupation", String(60), nullable=False, index=True),
    Column("posts", Integer, nullable=False),
    Column("filled", Integer, nullable=False),
    Column("monthly_wage_fen", Fen, nullable=False),
    Column("place", String(100), nullable=False),
    Column("source", String(10), nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("reason", String(300)),
)
vacancies.append_constraint(CheckConstraint("filled >= 0 AND filled <= posts", name="vacancies_never_overfilled"))

job_fairs = aggregate_table(
    "job_fairs",
    metadata,
    Column("fair_code", String(32), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("place", String(100), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("partners", Json, nullable=False),
    *[Column(name, String(60)) for name in ("plan_no", "emergency_plan_no", "security_plan_no")],
    *[Column(name, Integer) for name in ("booths", "posts", "visitors", "intentions")],
    Column("held_on", Date),
    Column("report_due_on", Date),
    Column("report_no", String(60)),
    Column("reported_on", Date),
    Column("reason", String(300)),
)

intentions = aggregate_table(
    "intentions",
    metadata,
    key("worker_id", nullable=False, index=True),
    Column("vacancy_id", String(36), ForeignKey("vacancies.id"), nullable=False, index=True),
    Column("fair_id", String(36), ForeignKey("job_fairs.id"), index=True),
    Column("is_migrant", Boolean, nullable=False),
    Column("moved_on", Date, nullable=False),
    Column("lapse_on", Date, nullable=False),
    key("placement_id"),
    Column("reason", String(300)),
)
_RUNNING = intentions.c.state.in_(intention.OPEN)
Index("intentions_one_open", intentions.c.worker_id, intentions.c.vacancy_id, unique=True, sqlite_where=_RUNNING,
      postgresql_where=_RUNNING)

placements = aggregate_table(
    "placements",
    metadata,
    key("worker_id", nullable=False, index=True),
    key("employer_id", nullable=False, index=True),
    Column("monthly_wage_fen", Fen, nullable=False),
    Column("contract_type", String(20), nullable=False),
    Column("intention_id", String(36), ForeignKey("intentions.id")),
    Column("vacancy_id", String(36), ForeignKey("vacancies.id")),
    Column("started_on", Date),
    Column("stable_due_on", Date, index=True),
    Column("proof", String(20)),
    Column("proof_no", String(60)),
    Column("confirmed_on", Date),
    Column("ended_on", Date),
    Column("reason", String(300)),
)
_PLACED = placements.c.state.in_(placement.OPEN)
Index("placements_one_open", placements.c.worker_id, placements.c.employer_id, unique=True, sqlite_where=_PLACED,
      postgresql_where=_PLACED)

referral_table(metadata)

map_aggregate(mappers, JobSeeker, job_seekers)
map_aggregate(mappers, Vacancy, vacancies)
map_aggregate(mappers, JobFair, job_fairs)
map_aggregate(mappers, Intention, intentions)
map_aggregate(mappers, Placement, placements)
