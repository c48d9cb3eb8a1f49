"""What jobs (就业培训) answers, tells and listens to."""

from shared.contracts.jobs.events import EVENTS
from shared.contracts.jobs.operations import OPERATIONS
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.referrals import VISIT_ROUTED, referral_events, referral_operations
from shared.contracts.table import Contract
from shared.kernel.roles import Role

CONTRACT = Contract(
    service="jobs",
    zh="就业培训:求职登记、岗位、招聘会、意向与安置",
    en="Jobs: seekers, vacancies, fairs, intentions and placements",
    operations=OPERATIONS + referral_operations("jobs", [Role.JOB_COUNSELLOR]) + KIT_OPERATIONS,
    events=EVENTS + referral_events("jobs"),
    consumes=(VISIT_ROUTED,),
)
