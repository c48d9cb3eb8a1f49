"""Window (服务窗口) of a centre's hall. Which windows a centre has is its own choice; eight are described so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

#: kind → Chinese and English name
WINDOW_NAMES = {
    "PETITION": ("信访接待", "Petition reception"),
    "LIVING_RELIEF": ("生活救助", "Living relief"),
    "MUTUAL_AID": ("医疗互助", "Medical mutual aid"),
    "TRAINING_PLACEMENT": ("职培职介", "Training and placement"),
    "MICRO_LOAN": ("小额贷款", "Micro-loans"),
    "MIGRANT_RIGHTS": ("农民工维权", "Migrant workers' rights"),
    "LEGAL_AID": ("法律援助", "Legal aid"),
    "COUNSELLING": ("心理咨询", "Psychological counselling"),
    "OTHER": ("其他", "Other"),
}


@dataclass(eq=False)
class Window(Aggregate):
    """`code` is unique in its unit; `host` says in whose hall it stands."""

    machine = Machine("OPEN", [
        Move(("OPEN",), "close", "CLOSED", (Role.CENTRE_DIRECTOR, Role.SYSTEM_ADMIN)),
        Move(("CLOSED",), "open", "OPEN", (Role.CENTRE_DIRECTOR, Role.SYSTEM_ADMIN)),
    ])

    id: str
    org_path: str
    code: str
    kind: str
    name: str
    host: str
    created_at: datetime
    state: str = "OPEN"
    version: int = 1
