"""Exchange with other agencies (部门交换) on the bus."""

from __future__ import annotations

from services.exchange.adapters.tables import metadata
from services.exchange.application import authorisations, batches, comparing, outbound, verifications
from shared.contracts.exchange import CONTRACT
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[authorisations, batches, outbound, verifications],
    reactions={
        "jobs.placement_confirmed.v1": outbound.keep_placement,
        "mediation.mediation_failed.v1": outbound.keep_failed_mediation,
        "relief.verification_requested.v1": verifications.request_verification,
        "relief.verification_received.v1": verifications.close_verification,
        "relief.hardship_file_cancelled.v1": verifications.close_verification,
    },
    ticks=[authorisations.expire_authorisations],
    jobs=[comparing.compare_batches],
)
