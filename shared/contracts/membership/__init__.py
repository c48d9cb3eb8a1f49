"""What membership (会员服务) answers and tells."""

from shared.contracts.membership.events import EVENTS
from shared.contracts.membership.operations import OPERATIONS, REFERRAL_ROLES
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.referrals import VISIT_ROUTED, referral_events, referral_operations
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="membership",
    zh="会员服务:职工、用人单位、工会组织与会籍",
    en="Membership: workers, employers, union organisations and who belongs where",
    operations=OPERATIONS + referral_operations("membership", REFERRAL_ROLES) + KIT_OPERATIONS,
    events=EVENTS + referral_events("membership"),
    consumes=(VISIT_ROUTED,),
)
