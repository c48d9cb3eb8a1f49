"""What legal (法律援助) answers, tells and listens to."""

from shared.contracts.legal.events import EVENTS
from shared.contracts.legal.operations import OFFICERS, OPERATIONS
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.referrals import VISIT_ROUTED, referral_events, referral_operations
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="legal",
    zh="法律援助:咨询、值班律师、援助案件与垫付追偿",
    en="Legal aid: advice, duty lawyers, aid cases and the recovery of advances",
    operations=OPERATIONS + referral_operations("legal", OFFICERS) + KIT_OPERATIONS,
    events=EVENTS + referral_events("legal"),
    consumes=(
        VISIT_ROUTED,
        "reception.incident_reported.v1",
        "mediation.mediation_failed.v1",
        "relief.wage_advance_overdue.v1",
        "relief.wage_advance_repaid.v1",
    ),
)
