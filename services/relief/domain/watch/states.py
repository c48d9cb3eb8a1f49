"""The states of a finding (比对发现): people look into it, it never refuses anything by itself."""

from __future__ import annotations

from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

ASSIGNERS = (Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)
HANDLERS = (Role.GRASSROOTS_OFFICER, Role.TOWNSHIP_REVIEWER, *ASSIGNERS)
WAITING = ("OPEN", "ASSIGNED", "CONFIRMED")

FINDING = Machine("OPEN", [
    Move(("OPEN", "ASSIGNED", "CONFIRMED"), "assign", "ASSIGNED", ASSIGNERS),
    Move(("ASSIGNED",), "confirm", "CONFIRMED", HANDLERS),
    Move(("ASSIGNED",), "dismiss", "DISMISSED", HANDLERS),
    Move(("CONFIRMED",), "resolve", "RESOLVED", HANDLERS),
])
