"""What relief (帮扶救助) answers, tells and listens to."""

from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.referrals import VISIT_ROUTED, referral_events, referral_operations
from shared.contracts.relief.events import EVENTS
from shared.contracts.relief.operations import OPERATIONS
from shared.contracts.table import Contract
from shared.kernel.roles import Role

REFERRAL_ROLES = (Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER, Role.TOWNSHIP_REVIEWER, Role.COUNTY_REVIEWER)

CONTRACT = Contract(
    service="relief",
    zh="帮扶救助:资金与发放、困难职工档案、救助、爱心平台、医疗互助、帮扶计划、工资垫付",
    en="Relief: funds and payments, hardship files, aid, care platforms, mutual aid, plans, wage advances",
    operations=OPERATIONS + referral_operations("relief", REFERRAL_ROLES) + KIT_OPERATIONS,
    events=EVENTS + referral_events("relief"),
    consumes=(
        VISIT_ROUTED,
        "mediation.wage_advance_requested.v1",
        "jobs.placement_confirmed.v1",
        "mediation.mediation_performed.v1",
        "legal.recovery_case_opened.v1",
        "legal.recovery_order_sought.v1",
        "legal.recovery_order_issued.v1",
        "legal.recovery_case_recovered.v1",
        "legal.recovery_case_closed.v1",
        "jobs.placement_ended.v1",
        "jobs.job_seeker_registered.v2",
        "jobs.job_seeker_ended.v1",
        "exchange.agency_hit_found.v1",
        "exchange.verification_reported.v1",
        "membership.membership_ended.v1",
        "membership.employer_changed.v1",
        "membership.worker_deceased.v1",
        "membership.worker_death_corrected.v1",
    ),
)
