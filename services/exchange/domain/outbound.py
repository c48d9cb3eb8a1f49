"""Outbound record (外发记录): a fact that waits for an agency to fetch it. It holds ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.kernel.aggregate import Aggregate
from shared.kernel.states import Machine


@dataclass(eq=False)
class OutboundRecord(Aggregate):
    """`subject_id` is the placement or dispute it tells of: one record each."""

    machine = Machine("READY", [])

    id: str
    org_path: str
    kind: str
    subject_id: str
    data: dict[str, Any]
    created_at: datetime
    state: str = "READY"
    version: int = 1
