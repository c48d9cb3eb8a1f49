"""Relief (帮扶救助) on the bus."""

from __future__ import annotations

from services.relief import rules
from services.relief.adapters.tables import metadata
from services.relief.application.advances import advances, aftermath
from services.relief.application.files import files, reviews
from services.relief.application.funds import accounts
from services.relief.application.mutual_aid import claims, enrolments, scheme_files
from services.relief.application.plans import assistance, pair_ups
from services.relief.application.reactions import REACTIONS
from services.relief.application.ticks import TICKS
from shared.contracts.relief import CONTRACT
from shared.service import referrals
from shared.service.definition import Definition

rules.load()

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[
        accounts,
        advances, aftermath,
        files, reviews,
        enrolments, claims, scheme_files,
        assistance, pair_ups,
        referrals,
    ],
    reactions=REACTIONS,
    ticks=TICKS,
)
