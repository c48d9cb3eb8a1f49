"""Legal (法律援助) on the bus."""

from __future__ import annotations

from services.legal.adapters.tables import metadata
from services.legal.application import (
    applications,
    cases,
    consultations,
    deadlines,
    lawyers,
    reactions,
    reading,
    recoveries,
)
from shared.contracts.legal import CONTRACT
from shared.contracts.referrals import VISIT_ROUTED
from shared.service import referrals
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[applications, cases, reading, lawyers, recoveries, consultations, referrals],
    reactions={
        VISIT_ROUTED: referrals.keep_referrals,
        "reception.incident_reported.v1": reactions.call_duty_lawyer,
        "mediation.mediation_failed.v1": reactions.apply_after_mediation,
        "relief.wage_advance_overdue.v1": reactions.open_recovery,
        "relief.wage_advance_repaid.v1": reactions.note_repayment,
    },
    ticks=[deadlines.lapse_unsupplemented],
)
