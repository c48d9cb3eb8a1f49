"""What exchange (部门交换) answers and tells."""

from shared.contracts.exchange.events import EVENTS
from shared.contracts.exchange.operations import OPERATIONS
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.table import Contract

CONTRACT = Contract(
    service="exchange",
    zh="部门交换:授权书、名单进出与核对",
    en="Exchange with other agencies: authorisations, lists in and out, checks",
    operations=OPERATIONS + KIT_OPERATIONS,
    events=EVENTS,
    consumes=(
        "jobs.placement_confirmed.v1",
        "mediation.mediation_failed.v1",
        "relief.verification_requested.v1",
        "relief.verification_received.v1",
        "relief.hardship_file_cancelled.v1",
    ),
)
