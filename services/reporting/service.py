"""Reporting (统计报表) on the bus."""

from __future__ import annotations

from services.reporting.adapters.tables import metadata
from services.reporting.application import summary
from services.reporting.application.counting import count
from services.reporting.domain.facts import KINDS
from shared.contracts.reporting import CONTRACT
from shared.service.definition import Definition

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[summary],
    reactions={f"{kind}.v1": count for kind in KINDS},
)
