"""Reception (接待前台) on the bus."""

from __future__ import annotations

from services.reception.adapters.tables import metadata
from services.reception.application import visits, windows
from services.reception.application.reactions import REACTIONS
from shared.contracts.reception import CONTRACT
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[visits, windows],
    reactions=REACTIONS,
    ticks=[visits.withdraw_undocumented],
)
