"""What reporting (统计报表) answers and listens to. It tells nothing."""

from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.reporting.operations import OPERATIONS
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="reporting",
    zh="统计报表:由事件计数而来的指标",
    en="Reporting: what a period came to, counted from events",
    operations=OPERATIONS + KIT_OPERATIONS,
    consumes=(
        "reception.visit_registered.v1",
        "reception.visit_closed.v1",
        "reception.satisfaction_rated.v1",
        "mediation.dispute_applied.v1",
        "mediation.dispute_accepted.v1",
        "mediation.mediation_agreed.v1",
        "mediation.mediation_failed.v1",
        "mediation.mediation_performed.v1",
        "mediation.mediation_defaulted.v1",
        "mediation.dispute_closed.v1",
        "relief.wage_advance_disbursed.v1",
        "relief.wage_advance_repaid.v1",
        "jobs.job_fair_held.v1",
        "jobs.intention_recorded.v1",
        "jobs.placement_confirmed.v1",
        "legal.legal_aid_granted.v1",
        "legal.legal_aid_case_closed.v1",
        "exchange.agency_batch_imported.v1",
    ),
)
