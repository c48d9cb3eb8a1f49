"""Foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "job_fairs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fair_code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("partners", Json, nullable=False),
        sa.Column("plan_no", sa.String(length=60), nullable=True),
        sa.Column("emergency_plan_no", sa.String(length=60), nullable=True),
        sa.Column("security_plan_no", sa.String(length=60), nullable=True),
        sa.Column("booths", sa.Integer(), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=True),
        sa.Column("visitors", sa.Integer(), nullable=True),
        sa.Column("intentions", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("report_no", sa.String(length=60), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fair_code"),
    )
    op.create_index(op.f("ix_job_fairs_org_path"), "job_fairs", ["org_path"], unique=False)
    op.create_table(
        "job_seekers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seeker_no", sa.String(length=32), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("wish", sa.String(length=100), nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("unemployed_since", sa.Date(), nullable=True),
        sa.Column("is_zero_employment_household", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("seeker_no"),
    )
    op.create_index(op.f("ix_job_seekers_org_path"), "job_seekers", ["org_path"], unique=False)
    op.create_index(op.f("ix_job_seekers_worker_id"), "job_seekers", ["worker_id"], unique=False)
    op.create_index(
        "job_seekers_one_active",
        "job_seekers",
        ["worker_id"],
        unique=True,
        sqlite_where=sa.text("state = 'ACTIVE'"),
        postgresql_where=sa.text("state = 'ACTIVE'"),
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("visit_no", sa.String(length=19), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("routed_on", sa.Date(), nullable=False),
        sa.Column("accept_due_on", sa.Date(), nullable=False),
        sa.Column("refuse_due_on", sa.Date(), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("handled_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("outcome", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_referrals_org_path"), "referrals", ["org_path"], unique=False)
    op.create_index(op.f("ix_referrals_visit_id"), "referrals", ["visit_id"], unique=False)
    op.create_table(
        "vacancies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("vacancy_no", sa.String(length=32), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("occupation", sa.String(length=60), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("monthly_wage_fen", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("filled >= 0 AND filled <= posts", name="vacancies_never_overfilled"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("vacancy_no"),
    )
    op.create_index(op.f("ix_vacancies_employer_id"), "vacancies", ["employer_id"], unique=False)
    op.create_index(op.f("ix_vacancies_occupation"), "vacancies", ["occupation"], unique=False)
    op.create_index(op.f("ix_vacancies_org_path"), "vacancies", ["org_path"], unique=False)
    op.create_table(
        "intentions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("vacancy_id", sa.String(length=36), nullable=False),
        sa.Column("fair_id", sa.String(length=36), nullable=True),
        sa.Column("is_migrant", sa.Boolean(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("lapse_on", sa.Date(), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["fair_id"],
            ["job_fairs.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["vacancies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "intentions_one_open",
        "intentions",
        ["worker_id", "vacancy_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('RECORDED', 'INTERVIEW', 'OFFERED', 'ACCEPTED')"),
        postgresql_where=sa.text("state IN ('RECORDED', 'INTERVIEW', 'OFFERED', 'ACCEPTED')"),
    )
    op.create_index(op.f("ix_intentions_fair_id"), "intentions", ["fair_id"], unique=False)
    op.create_index(op.f("ix_intentions_org_path"), "intentions", ["org_path"], unique=False)
    op.create_index(op.f("ix_intentions_vacancy_id"), "intentions", ["vacancy_id"], unique=False)
    op.create_index(op.f("ix_intentions_worker_id"), "intentions", ["worker_id"], unique=False)
    op.create_table(
        "placements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("monthly_wage_fen", sa.BigInteger(), nullable=False),
        sa.Column("contract_type", sa.String(length=20), nullable=False),
        sa.Column("intention_id", sa.String(length=36), nullable=True),
        sa.Column("vacancy_id", sa.String(length=36), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("stable_due_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=20), nullable=True),
        sa.Column("proof_no", sa.String(length=60), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["intention_id"],
            ["intentions.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["vacancies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_placements_employer_id"), "placements", ["employer_id"], unique=False)
    op.create_index(op.f("ix_placements_org_path"), "placements", ["org_path"], unique=False)
    op.create_index(op.f("ix_placements_stable_due_on"), "placements", ["stable_due_on"], unique=False)
    op.create_index(op.f("ix_placements_worker_id"), "placements", ["worker_id"], unique=False)
    op.create_index(
        "placements_one_open",
        "placements",
        ["worker_id", "employer_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('REPORTED', 'ONBOARDED', 'CONFIRMED', 'STABLE')"),
        postgresql_where=sa.text("state IN ('REPORTED', 'ONBOARDED', 'CONFIRMED', 'STABLE')"),
    )
