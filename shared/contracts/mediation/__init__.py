"""What mediation (争议调解) answers, tells and listens to."""

from shared.contracts.mediation.events import EVENTS
from shared.contracts.mediation.operations import MEDIATORS, OPERATIONS
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.referrals import VISIT_ROUTED, referral_events, referral_operations
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="mediation",
    zh="争议调解:争议案件、调解协议及其履行、群体性事件",
    en="Mediation: disputes, agreements and whether they are performed, collective incidents",
    operations=OPERATIONS + referral_operations("mediation", MEDIATORS) + KIT_OPERATIONS,
    events=EVENTS + referral_events("mediation"),
    consumes=(
        VISIT_ROUTED,
        "reception.incident_reported.v1",
        "relief.wage_advance_proposed.v1",
        "relief.wage_advance_refused.v1",
        "relief.wage_advance_approved.v1",
        "relief.wage_advance_disbursed.v1",
        "relief.wage_advance_repaid.v1",
        "relief.wage_advance_overdue.v1",
        "relief.wage_advance_written_off.v1",
        "legal.legal_aid_granted.v1",
    ),
)
