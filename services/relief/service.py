"""Relief (帮扶救助) on the bus."""

from __future__ import annotations

from services.relief import rules
from services.relief.adapters.tables import metadata
from services.relief.application.advances import advances
from services.relief.application.files import files, reviews
from services.relief.application.funds import accounts
from services.relief.application.goods import adjustments, issues, lots, published, stock
from services.relief.application.orders import catalogue, delivery, ordering
from services.relief.application.reactions import REACTIONS
from services.relief.application.schools import placing, requests, schools
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
        advances,
        files, reviews,
        lots, issues, adjustments, stock, published,
        schools, requests, placing,
        catalogue, ordering, delivery,
        referrals,
    ],
    reactions=REACTIONS,
    ticks=TICKS,
)
