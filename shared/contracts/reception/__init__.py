"""What reception (接待前台) answers and tells."""

from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.reception.events import EVENTS
from shared.contracts.reception.operations import OPERATIONS
from shared.contracts.referrals import TARGETS
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="reception",
    zh="接待前台:来访登记、分流转办与满意度",
    en="Reception: every visit, where it was sent, and whether the person was satisfied",
    operations=OPERATIONS + KIT_OPERATIONS,
    events=EVENTS,
    consumes=(
        *(f"{service}.referral_{told}.v1" for service in TARGETS for told in ("accepted", "refused", "finished")),
        "mediation.collective_incident_opened.v1",
        "mediation.collective_incident_closed.v1",
        "mediation.dispute_accepted.v1",
        "mediation.dispute_closed.v1",
        "legal.legal_aid_applied.v1",
        "legal.legal_aid_refused.v1",
        "legal.legal_aid_withdrawn.v1",
        "legal.legal_aid_terminated.v1",
        "legal.legal_aid_case_closed.v1",
    ),
)
