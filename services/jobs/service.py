"""Jobs (就业培训) on the bus."""

from __future__ import annotations

from services.jobs import rules
from services.jobs.adapters.tables import metadata
from services.jobs.application import fairs, intentions, placements, seekers, vacancies
from shared.contracts.jobs import CONTRACT
from shared.contracts.referrals import VISIT_ROUTED
from shared.service import referrals
from shared.service.definition import Definition

rules.load()

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[seekers, vacancies, fairs, intentions, placements, referrals],
    reactions={VISIT_ROUTED: referrals.keep_referrals},
    ticks=[seekers.expire_job_seekers, vacancies.expire_vacancies, intentions.lapse_intentions,
           placements.settle_placements],
)
